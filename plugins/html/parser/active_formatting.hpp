// SPDX-License-Identifier: Apache-2.0
//
// The list of active formatting elements (HTML 13.2.4.3): what bold, italics and the like are
// opened again where markup is closed in the wrong order.
#pragma once

#include <cstdint>
#include <vector>

#include "tree.hpp"

namespace sluice::html::parser {

class ActiveFormatting {
 public:
  struct Entry {
    TreeId element = kDocument;  // none: a marker
    Name name = Name::kNone;
    std::uint64_t attributes = 0;  // a fingerprint of them, whatever their order
    bool is_marker() const { return element == kDocument; }
  };
  // Behind the last marker at most so many are kept, as with three alike (the "Noah's Ark clause"):
  // all of them are opened again with each paragraph.
  static constexpr std::size_t kMaxEntries = 64;
  // And so many in all, markers too: they are looked through for each end tag.
  static constexpr std::size_t kMaxInAll = 1024;

  std::size_t size() const { return entries_.size(); }
  Entry& operator[](std::size_t i) { return entries_[i]; }

  void push(TreeId element, Name name, const TagToken& tag);
  void push_marker();
  void clear_to_marker();
  void remove(TreeId element);
  void erase(std::size_t i) { entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i)); }
  void insert(std::size_t i, const Entry& entry) {
    entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(i), entry);
  }
  // Where an element is; size() if it is not there.
  std::size_t place_of(TreeId element) const;
  // The last one of a name behind the last marker; size() if there is none.
  std::size_t last(Name name) const;

 private:
  std::vector<Entry> entries_;
};

}  // namespace sluice::html::parser
