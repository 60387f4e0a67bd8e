// What the owner does once at the end of a batch, in groups that are committed and published like
// all others: it settles the links between documents, and writes the index.
#include "owner/link_settler.h"
#include "owner/owner.h"

namespace sluice::owner {

void Owner::settle_links(const std::function<bool()>& is_interrupted) {
  std::int64_t last = 0;
  while (!is_interrupted()) {
    if (kb_.registry().unsettled_links(last, 1).empty()) return;
    std::vector<std::string> warnings;
    commit_in_group([&](Group& group) {
      LinkSettler settler(kb_, group);
      // Others may have settled some of them meanwhile, and added more.
      for (const std::int64_t document :
           kb_.registry().unsettled_links(last, settings_.group_documents)) {
        if (group.bytes() >= settings_.group_bytes) break;
        settler.settle(document);
        last = document;
      }
      settler.record_targets();
      warnings = settler.warnings();
    });
    for (const std::string& warning : warnings) calls_.warn(warning);
  }
}

void Owner::write_index() {
  if (!index_is_behind(kb_, settings_.index)) return;
  commit_in_group([&](Group& group) { IndexWriter(kb_, group).write(settings_.index); });
}

}  // namespace sluice::owner
