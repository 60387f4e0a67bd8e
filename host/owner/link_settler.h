// Writes the links of a document anew, where they lead elsewhere than what stands in its Markdown:
// at exactly their recorded positions, as a step of the group's journal. REQUIRES: as Group.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "owner/group.h"
#include "owner/link_resolver.h"
#include "owner/link_rows.h"

namespace sluice::owner {

class LinkSettler {
 public:
  LinkSettler(const KnowledgeBase& kb, Group& group) : group_(group), resolver_(kb) {}

  // Takes the document off the list of those whose links are to be looked at.
  void settle(std::int64_t document);
  // Once, after the last document of the group: what the settled ones wait for from now on.
  void record_targets();
  // What the user should know: files that were edited by hand, whose links stay as they are.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  bool rewrite(const Document& document, const std::vector<struct Edit>& edits);
  void move_sidecars(const Document& document, const std::string& markdown,
                     const std::vector<struct Edit>& edits, std::vector<Step>& steps);

  Group& group_;
  LinkResolver resolver_;
  std::vector<AwaitedTarget> awaited_;
  std::vector<std::string> warnings_;
};

}  // namespace sluice::owner
