// What a group puts on record of a document's links to other sources. They are written into the
// Markdown once the batch is in (link_settler.h).
#include <algorithm>

#include "owner/group.h"
#include "owner/link_rows.h"
#include "owner/link_targets.h"

namespace sluice::owner {
namespace {

// Of all links of the document, each once.
std::vector<std::string> targets_of(const std::string& kb_path, const std::string& path_key,
                                    const std::vector<LinkRow>& links) {
  std::vector<std::string> targets;
  for (const LinkRow& link : links) {
    for (std::string& target : link_targets(kb_path, path_key, link.wish)) {
      targets.push_back(std::move(target));
    }
  }
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  return targets;
}

}  // namespace

void Group::put_links(const Bundle& bundle, std::int64_t document, bool is_new) {
  if (!is_new || !bundle.source_links.empty()) {
    const std::vector<LinkRow> links = link_rows(bundle.source_links);
    writer_.put_links(document, links, targets_of(kb_.path(), bundle.source.path_key(), links));
  }
  if (!is_new || !bundle.anchors.empty()) writer_.put_anchors(document, bundle.anchors);
}

// Its links are relative to another source from now on.
void Group::relink(const Document& document) {
  const std::vector<LinkRow> links = kb_.registry().links_of(document.id);
  if (links.empty()) return;
  writer_.put_links(document.id, links, targets_of(kb_.path(), document.path_key, links));
}

}  // namespace sluice::owner
