// SPDX-License-Identifier: Apache-2.0
#include "odf/context.hpp"

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxChanges = 200'000;

}  // namespace

std::string Notes::add(XmlNode node, bool is_comment) {
  std::string label = is_comment ? "c" + std::to_string(++comments_) : std::to_string(++notes_);
  pending_.push_back({node, label, is_comment});
  return label;
}

bool Notes::next(Note& note) {
  if (pending_.empty()) return false;
  note = std::move(pending_.front());
  pending_.pop_front();
  return true;
}

void TrackedChanges::read(XmlNode tracked_changes) {
  for (const XmlNode region : tracked_changes.children("text:changed-region")) {
    if (by_id_.size() >= kMaxChanges) return;
    Change change;
    change.deletion = region.child("text:deletion");
    change.is_insertion = static_cast<bool>(region.child("text:insertion"));
    by_id_.emplace(value_of(region, "text:id"), change);
    // ODF 1.2 has xml:id beside it, or alone.
    by_id_.emplace(value_of(region, "xml:id"), change);
  }
}

TrackedChanges::Change TrackedChanges::find(XmlNode mark) const {
  const auto found = by_id_.find(value_of(mark, "text:change-id"));
  return found == by_id_.end() ? Change() : found->second;
}

}  // namespace sluice::odf
