// What a scan found and skipped: one for each entry of a directory that is neither a source nor a
// directory that was entered, and for each picture that turned out to hold no text. Entries below a skipped directory are not counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::scan {

enum class SkipReason {
  kUnsupported,    // no converter takes files of this extension
  kIgnored,        // a rule of an ignore file or of [ingest] ignore
  kHidden,         // its name begins with a dot
  kNotSelected,    // -g
  kIgnoreFile,     // it holds the rules themselves
  kBrokenLink,     // a link to nothing, or to itself
  kLinkOutside,    // a link that leads out of the folder that was given
  kLinkToFolder,   // a link to a directory; what is in it comes where it stands
  kSpecialFile,    // a pipe, a socket or a device
  kKnowledgeBase,  // a file or folder of the knowledge base itself
  kGone,           // it was listed, and is not there any more
  kNoText,         // a picture in which no words were found
};

// As --json says it: "unsupported", "link-outside".
std::string_view word(SkipReason reason);
std::optional<SkipReason> skip_reason_from_word(std::string_view word);
// As a summary says it: "link outside".
std::string_view label(SkipReason reason);

// A sentence without a full stop.
std::string_view meaning(SkipReason reason);
// In the order above.
std::vector<SkipReason> all_skip_reasons();

struct Skipped {
  std::string given;  // what to call it to the user
  std::string path;   // path key
  std::string kind;   // the extension, or "folder", "link", "special", "no extension"
  SkipReason why = SkipReason::kUnsupported;
  std::string rule;          // kIgnored: "docs/.gitignore:3: *.log"
  std::uint64_t before = 0;  // so many sources came before it
};

inline constexpr const char* kNoExtension = "no extension";

}  // namespace sluice::scan
