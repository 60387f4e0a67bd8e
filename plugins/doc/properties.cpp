// SPDX-License-Identifier: Apache-2.0
#include "doc/properties.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>

namespace sluice::doc {
namespace {

constexpr std::size_t kPageSize = 512;

// 2.6.1: the size of an operand stands in the code, or in front of the operand.
std::size_t operand_size(std::uint16_t code, std::string_view rest, std::size_t& header) {
  constexpr std::uint16_t kTableShape = 0xD608;
  constexpr std::uint16_t kTabStops = 0xC615;
  header = 0;
  switch (code >> 13) {
    case 0:
    case 1:
      return 1;
    case 3:
      return 4;
    case 6:
      break;
    case 7:
      return 3;
    default:
      return 2;
  }
  if (code == kTableShape) {
    header = 2;
    const std::size_t size = little_u16(rest, 0);
    return size == 0 ? 0 : size - 1;
  }
  header = 1;
  const std::size_t size = little_u8(rest, 0);
  if (code != kTabStops || size < 255) return size;
  // Stops that go, then stops that come, each behind its count.
  const std::size_t gone = little_u8(rest, 1);
  const std::size_t come = little_u8(rest, 2 + gone * 4);
  return 2 + gone * 4 + come * 3;
}

}  // namespace

std::uint32_t Modifier::value() const {
  return static_cast<std::uint32_t>(
      little_number(operand, 0, std::min<std::size_t>(operand.size(), 4)));
}

void for_each_modifier(std::string_view list, const std::function<void(const Modifier&)>& each) {
  while (list.size() >= 3) {
    Modifier modifier;
    modifier.code = little_u16(list, 0);
    list.remove_prefix(2);
    std::size_t header = 0;
    const std::size_t size = operand_size(modifier.code, list, header);
    if (header + size > list.size()) return;
    modifier.operand = list.substr(header, size);
    each(modifier);
    list.remove_prefix(header + size);
  }
}

PropertyRuns::PropertyRuns(const Streams& streams, RunKind kind) {
  const PlaceList pages(
      streams.at(kind == RunKind::kCharacters ? Table::kCharacterPages : Table::kParagraphPages),
      4);
  // Each page belongs to one entry; a list that repeats pages is no more than the file can hold.
  const std::size_t most = streams.main.size() / kPageSize;
  for (std::size_t i = 0; i < std::min(pages.size(), most); ++i) {
    constexpr std::uint32_t kNumberBits = 0x3FFFFF;
    read_page(streams, little_u32(pages.value(i), 0) & kNumberBits, kind);
  }
  std::stable_sort(runs_.begin(), runs_.end(),
                   [](const PropertyRun& a, const PropertyRun& b) { return a.begin < b.begin; });
}

void PropertyRuns::read_page(const Streams& streams, std::size_t number, RunKind kind) {
  const std::string_view main = streams.main;
  if (number * kPageSize >= main.size()) return;
  const std::string_view page = main.substr(number * kPageSize, kPageSize);
  const std::size_t count = little_u8(page, kPageSize - 1);
  const std::size_t entry_size = kind == RunKind::kCharacters ? 1 : 13;
  for (std::size_t i = 0; i < count; ++i) {
    PropertyRun run;
    run.begin = little_u32(page, i * 4);
    run.end = little_u32(page, (i + 1) * 4);
    const std::size_t at = std::size_t{little_u8(page, (count + 1) * 4 + i * entry_size)} * 2;
    if (run.end <= run.begin) continue;
    if (at > 0 && kind == RunKind::kCharacters) {
      run.list = page.substr(at + 1, little_u8(page, at));
    } else if (at > 0) {
      // 2.9.188: the size counts words; a zero says that it stands in the next byte.
      const std::size_t words = little_u8(page, at);
      const std::size_t begin = words == 0 ? at + 2 : at + 1;
      const std::size_t size =
          words == 0 ? std::size_t{little_u8(page, at + 1)} * 2 : words * 2 - 1;
      run.style = little_u16(page, begin);
      if (size >= 2 && begin + 2 <= page.size()) run.list = page.substr(begin + 2, size - 2);
    }
    runs_.push_back(run);
  }
}

const PropertyRun& PropertyRuns::at(std::uint32_t place) {
  const auto holds = [&](std::size_t index) {
    return index < runs_.size() && runs_[index].begin <= place && place < runs_[index].end;
  };
  if (holds(last_)) return runs_[last_];
  if (holds(last_ + 1)) return runs_[++last_];
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), place,
      [](std::uint32_t wanted, const PropertyRun& run) { return wanted < run.begin; });
  const auto index = static_cast<std::size_t>(after - runs_.begin());
  if (index > 0 && holds(index - 1)) return runs_[last_ = index - 1];
  gap_ = {place, after == runs_.end() ? ~0U : after->begin, 0, {}};
  return gap_;
}

}  // namespace sluice::doc
