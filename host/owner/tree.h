// How a group takes the documents within a source: all of them with it, in one transaction, so that
// a source that changed replaces its whole set at once. REQUIRES: as Group.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "owner/group.h"

namespace sluice::owner {

class TreeTaker {
 public:
  TreeTaker(Group& group, Bundle& root);

  // Before anything is written: why the tree cannot be taken now.
  std::optional<Group::Verdict> obstacle() const;
  // Once the source was taken: what is within it.
  void take_children();

  // Takes what is within a source that has left the registry out, too.
  static void remove_within(Group& group, const std::string& path_key, RawFile raw);

 private:
  const Registry& registry() const { return group_.kb_.registry(); }
  bool is_still_known(const Bundle& child) const;
  bool is_own_document(const std::string& path_key) const;
  void take_child(Bundle& child);
  void keep_within(const std::string& path_key, bool report);
  void drop_gone();
  void drop(const ChildRow& row, RawFile raw);
  void settle_links();
  void move_sidecars(Group::Linked& linked, const std::vector<struct Edit>& edits);
  std::vector<struct Edit> link_edits(const Group::Linked& from) const;

  Group& group_;
  Bundle& root_;
  const std::string root_key_;
  std::vector<ChildRow> on_record_;
  std::set<std::string> seen_;    // path keys that stay on record
  std::string closed_container_;  // what is within it is left out: a duplicate, or failed
};

// What to report of the documents within an unchanged source, without looking at them.
std::vector<DocumentResult> kept_children(const KnowledgeBase& kb, const Bundle& root,
                                          const std::vector<ChildRow>& rows);

}  // namespace sluice::owner
