// The sidecar <name>.sections.json ([output] sections): the text of a document in pieces for search
// and retrieval, cut at its headings and where its pages, slides or sheets begin, each with the
// headings above it and its place in the Markdown as Sluice made it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "owner/splice.h"
#include "platform/files.h"

namespace sluice::owner {

inline constexpr const char* kSectionsKind = "sections";

struct Section {
  // The page, slide or sheet that it is on; an empty unit: there are none.
  std::string unit;
  std::uint64_t number = 0;
  std::string label;
  std::vector<std::string> heading;  // from the outermost to its own
  std::uint64_t offset = 0;          // bytes
  std::string text;
};

// Of Markdown with front matter, which belongs to none. Headings are those that begin with `#`, not
// in fenced code. Blank sections are left out, but for one where a part begins.
std::vector<Section> sections_of(std::string_view markdown, const std::vector<StagedPart>& parts);

// {"v":1,"sections":[{"unit":"page","number":1,"label":"iv","heading":["A","B"],"offset":120,
// "length":40,"text":"..."}, ...]}.
std::string sections_json(const std::vector<Section>& sections);
// Nothing if that is not what sections_json() makes.
std::optional<std::vector<Section>> parse_sections(std::string_view json);

// Stages the sidecar of a bundle for its staged Markdown, under the staged name `name`, in place of
// the one that it may have already. Does nothing if the Markdown is larger than kMaxSectionsBytes.
void stage_sections(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
                    const std::string& name);

// The published sidecar of that hash, for the Markdown after the edits. Nothing if it is another
// file.
std::optional<std::string> moved_sections(platform::Files& files, const platform::Dir& at,
                                          const std::string& name,
                                          const platform::Sha256Digest& sha256,
                                          const std::vector<Edit>& edits,
                                          std::string_view markdown);

// The text is held in memory, and once more in JSON. No page of a knowledge base is that long; a
// table of a million rows is, and nobody retrieves it by its headings.
inline constexpr std::uint64_t kMaxSectionsBytes = 64ULL << 20;

}  // namespace sluice::owner
