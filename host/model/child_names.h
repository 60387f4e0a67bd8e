// Names of the documents within a container: from what the container says to what may stand in a
// path key. Such a name is never a path that anything is written to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace sluice {

inline constexpr std::size_t kMaxChildPartBytes = 200;
inline constexpr std::size_t kMaxChildPathBytes = 1000;

class ChildNames {
 public:
  // A name that was not given before: parts with `/` between them, none empty, `.` or `..`, without
  // control characters, and no folder that ends in `!`, which would look like a container. Long
  // parts are cut, and end in a hash and their extension; of many folders the last ones stay. Equal
  // names get `-2`, `-3`, ... in front of their extension.
  std::string next(std::string_view given);

 private:
  std::map<std::string, std::uint32_t, std::less<>> taken_;  // how often it was asked for
};

// What stands in the Markdown of a container as the destination of a link to the document of that
// name, until it is known which document that is.
std::string child_destination(std::string_view name);

}  // namespace sluice
