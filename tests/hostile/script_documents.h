// Documents of every format that lead to a script: in each place where the format can hold a link.
#pragma once

#include <string>
#include <vector>

namespace sluice::test {

// One way to write a destination that runs a script.
struct Disguise {
  const char* name;
  std::string url;
};
const std::vector<Disguise>& script_disguises();

struct ScriptDocument {
  std::string file_name;
  std::string bytes;
  bool is_sound = true;  // well-formed, so that none of its other links is lost
};
// Documents of all formats with links to `url`. Each has the words "linked text" where the format
// gives a link a text, and a link to kHarmlessLink.
std::vector<ScriptDocument> documents_linking_to(const std::string& url);

inline constexpr const char* kHarmlessLink = "https://example.org/harmless";

}  // namespace sluice::test
