// What a server's robots.txt lets us fetch (RFC 9309).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::fetch {

// More of it is not read; RFC 9309 asks for 500 KiB at least.
inline constexpr std::uint64_t kMaxRobotsBytes = 512 << 10;

class Robots {
 public:
  // Of a server that has none: everything is allowed.
  Robots() = default;
  // `agent`: our product's name. A group for that name counts, else the one for `*`.
  Robots(std::string_view text, std::string_view agent);

  // `path`: with its query. The longest pattern that matches decides; of two, the one that allows.
  bool allows(std::string_view path) const;

 private:
  struct Rule {
    bool allow = false;
    std::string pattern;
  };
  std::vector<Rule> rules_;
};

}  // namespace sluice::fetch
