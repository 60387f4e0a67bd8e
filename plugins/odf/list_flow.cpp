// SPDX-License-Identifier: Apache-2.0
#include "odf/list_flow.hpp"

namespace sluice::odf {

void ListFlow::begin_item(const Label& label, std::string_view style_name, int level) {
  const bool is_ordered = label.kind == Label::Kind::kNumber;
  close_below(level);
  if (!lists_.empty() && lists_.back().level == level) {
    const OpenList& open = lists_.back();
    const bool goes_on = open.is_ordered == is_ordered &&
                         (is_ordered ? label.number == open.last + 1 : open.style == style_name);
    if (!goes_on) close_below(level - 1);
  }
  if (lists_.empty() || lists_.back().level < level) {
    ListOptions options;
    options.kind = is_ordered ? ListKind::kOrdered : ListKind::kBullet;
    out_.begin_list(options);
    lists_.push_back({level, is_ordered, std::string(style_name), label.number});
  } else {
    out_.end_item();
    lists_.back().last = label.number;
  }
  ItemOptions options;
  options.number = label.number;
  out_.begin_item(options);
}

void ListFlow::close_below(int level) {
  while (!lists_.empty() && lists_.back().level > level) {
    out_.end_item();
    out_.end_list();
    lists_.pop_back();
  }
}

}  // namespace sluice::odf
