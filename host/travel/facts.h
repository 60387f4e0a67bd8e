// What a bundle that travels says of itself: the facts that a lane and the owner share in memory
// (model/bundle.h), and what the far side needs besides. host/docs/bundle.md describes the format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/bundle.h"

namespace sluice::travel {

// Fields may be added to it. What an older program must not ignore gets another number.
inline constexpr std::uint64_t kFormat = 1;
// Of bundle.json. A document with 200,000 links, the most that one may have, has some 40 MB.
inline constexpr std::uint64_t kMaxFactsBytes = 64ULL << 20;

// A broken byte of a converter's text comes out as three.
inline constexpr std::size_t kMended = 3;

// Why a bundle is refused: of what it says, or of its files.
struct Refused {
  std::string reason;
};

// A file that a scan found and left out.
struct SkippedFile {
  std::string path;    // path key
  std::string source;  // what its user called it
  std::string kind;    // extension, "folder", ...
  std::string why;     // as --json says it
  std::string rule;
};

struct Facts {
  // Of a prepared bundle or a failure. Its files have the names of bundle_names.h, and of an
  // identity only what is written down is known. An entry that was skipped has none.
  Bundle bundle;
  std::optional<SkippedFile> skipped;
  std::string made_by;           // "sluice 0.3.0"
  bool has_front_matter = true;  // its Markdown begins with it

  std::string path_key() const { return skipped ? skipped->path : bundle.source.path_key(); }
};

// The text of bundle.json. The setup of a failure that may end differently another day is left out.
std::string format_facts(const Facts& facts);
// Takes the text apart and checks each value by itself. Throws Refused.
Facts parse_facts(std::string_view text);

}  // namespace sluice::travel
