// SPDX-License-Identifier: Apache-2.0
#include "active_formatting.hpp"

#include <functional>

namespace sluice::html::parser {
namespace {

constexpr int kMostAlike = 3;

std::uint64_t fingerprint(const TagToken& tag) {
  const std::hash<std::string_view> hash;
  std::uint64_t sum = tag.attributes();
  for (std::size_t i = 0; i < tag.attributes(); ++i) {
    const std::uint64_t name = hash(tag.attribute_name(i));
    sum += (name ^ (hash(tag.attribute_value(i)) + 0x9E3779B97F4A7C15)) * 0xFF51AFD7ED558CCD;
  }
  return sum;
}

}  // namespace

void ActiveFormatting::push(TreeId element, Name name, const TagToken& tag) {
  const Entry entry{element, name, fingerprint(tag)};
  int alike = 0;
  std::size_t behind_marker = 0;
  for (std::size_t i = entries_.size(); i-- > 0 && !entries_[i].is_marker();) {
    ++behind_marker;
    const bool same = entries_[i].name == name && entries_[i].attributes == entry.attributes;
    if (!same || ++alike < kMostAlike) continue;
    erase(i);
    --behind_marker;
    break;
  }
  if (behind_marker >= kMaxEntries) erase(entries_.size() - behind_marker);
  if (entries_.size() >= kMaxInAll) erase(0);
  entries_.push_back(entry);
}

void ActiveFormatting::push_marker() {
  if (entries_.size() >= kMaxInAll) erase(0);
  entries_.emplace_back();
}

void ActiveFormatting::clear_to_marker() {
  while (!entries_.empty()) {
    const bool marker = entries_.back().is_marker();
    entries_.pop_back();
    if (marker) return;
  }
}

void ActiveFormatting::remove(TreeId element) {
  const std::size_t place = place_of(element);
  if (place < entries_.size()) erase(place);
}

std::size_t ActiveFormatting::place_of(TreeId element) const {
  for (std::size_t i = entries_.size(); i-- > 0;) {
    if (entries_[i].element == element) return i;
  }
  return entries_.size();
}

std::size_t ActiveFormatting::last(Name name) const {
  for (std::size_t i = entries_.size(); i-- > 0 && !entries_[i].is_marker();) {
    if (entries_[i].name == name) return i;
  }
  return entries_.size();
}

}  // namespace sluice::html::parser
