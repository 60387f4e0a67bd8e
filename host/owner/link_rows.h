// The links of a document to other sources, as the registry keeps them: what the converter said of
// each, and what stands in the Markdown now. Their text may come from a forged registry: what is
// not as Sluice writes it is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"

namespace sluice::owner {

struct LinkRow {
  // Bytes between the end of the link before (or the beginning of the file) and this one. It stays
  // the same whatever becomes of the links.
  std::uint64_t gap = 0;
  LinkWish wish;
  std::string destination;  // of the link that stands there now; empty: as its author wrote it

  bool operator==(const LinkRow&) const = default;
};

// What stands in the Markdown for a link with this destination.
std::string standing_text(const LinkWish& wish, std::string_view destination);

// Of a staged document, all as written. REQUIRES: by position.
std::vector<LinkRow> link_rows(const std::vector<SourceLink>& links);

std::string format_links(const std::vector<LinkRow>& links);
std::optional<std::vector<LinkRow>> parse_links(std::string_view text);

std::string format_anchors(const std::vector<NamedAnchor>& anchors);
std::optional<std::vector<NamedAnchor>> parse_anchors(std::string_view text);

// A list of texts.
std::string format_texts(const std::vector<std::string>& texts);
std::optional<std::vector<std::string>> parse_texts(std::string_view text);

}  // namespace sluice::owner
