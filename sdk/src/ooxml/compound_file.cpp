// SPDX-License-Identifier: Apache-2.0
#include "ooxml/compound_file.hpp"

#include <algorithm>
#include <sluice/plugin.hpp>

namespace sluice::detail {
namespace {

constexpr std::uint32_t kMaxSector = 0xFFFFFFFA;  // 2.1: above it stand marks, not sectors
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kMiniSector = 64;
constexpr std::uint8_t kStream = 2;
constexpr std::uint8_t kRoot = 5;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  if (at > bytes.size() || bytes.size() - at < size) return value;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  }
  return value;
}

[[noreturn]] void fail_broken() {
  throw Failure(Outcome::kMalformed, "the compound file is damaged");
}

// The name of an entry as ASCII; what is not becomes '?'.
std::string name_of(std::string_view entry) {
  const std::size_t size = std::min<std::size_t>(number_at(entry, 64, 2), 64);
  std::string name;
  for (std::size_t i = 0; i + 3 < size; i += 2) name.push_back(entry[i + 1] == 0 ? entry[i] : '?');
  return name;
}

}  // namespace

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
  if (!bytes.starts_with(kCompoundFileMark)) fail_broken();
  const std::uint32_t shift = number(30, 2);
  if (shift != 9 && shift != 12) fail_broken();
  sector_size_ = std::size_t{1} << shift;
  read_allocation();
  read_directory();
}

std::uint32_t CompoundFile::number(std::size_t at, std::size_t size) const {
  return number_at(bytes_, at, size);
}

// The last one of a file may be short.
std::string_view CompoundFile::sector(std::uint32_t index) const {
  const std::uint64_t at = (std::uint64_t{index} + 1) * sector_size_;
  if (index >= kMaxSector || at >= bytes_.size()) fail_broken();
  return bytes_.substr(static_cast<std::size_t>(at), sector_size_);
}

void CompoundFile::read_allocation() {
  const std::size_t most = bytes_.size() / sector_size_ + 1;
  const std::size_t per_sector = sector_size_ / 4;
  std::vector<std::uint32_t> tables;
  for (std::size_t i = 0; i < 109; ++i) {
    const std::uint32_t at = number(76 + i * 4, 4);
    if (at < kMaxSector) tables.push_back(at);
  }
  // 2.5: more of the list stands in sectors of its own, the last number of each leads to the next.
  std::uint32_t more = number(68, 4);
  for (std::size_t i = 0; more < kMaxSector && i < most; ++i) {
    const std::string_view list = sector(more);
    for (std::size_t j = 0; j + 1 < per_sector; ++j) {
      const std::uint32_t at = number_at(list, j * 4, 4);
      if (at < kMaxSector) tables.push_back(at);
    }
    more = number_at(list, (per_sector - 1) * 4, 4);
  }
  if (tables.size() > most) fail_broken();
  for (const std::uint32_t table : tables) {
    const std::string_view part = sector(table);
    for (std::size_t j = 0; j < per_sector; ++j) next_.push_back(number_at(part, j * 4, 4));
  }
}

std::vector<std::uint32_t> CompoundFile::chain(std::uint32_t start) const {
  std::vector<std::uint32_t> sectors;
  for (std::uint32_t at = start; at < kMaxSector; at = next_[at]) {
    if (at >= next_.size() || sectors.size() > next_.size()) fail_broken();
    sectors.push_back(at);
  }
  return sectors;
}

std::string CompoundFile::content_of(std::uint32_t start) const {
  std::string content;
  for (const std::uint32_t at : chain(start)) content += sector(at);
  return content;
}

void CompoundFile::read_directory() {
  const std::string directory = content_of(number(48, 4));
  for (std::size_t at = 0; at + kEntrySize <= directory.size(); at += kEntrySize) {
    const std::string_view entry = std::string_view(directory).substr(at, kEntrySize);
    Entry one;
    one.name = name_of(entry);
    one.type = static_cast<std::uint8_t>(entry[66]);
    one.start = number_at(entry, 116, 4);
    one.size = number_at(entry, 120, 4);
    // 2.6.1: the upper half may hold anything in files with small sectors.
    if (sector_size_ > 512) one.size |= std::uint64_t{number_at(entry, 124, 4)} << 32;
    entries_.push_back(std::move(one));
  }
  if (entries_.empty()) fail_broken();
}

// 2.4: small streams stand in one large one, that of the root.
std::string CompoundFile::mini_stream(const Entry& entry) const {
  const auto root = std::find_if(entries_.begin(), entries_.end(),
                                 [](const Entry& each) { return each.type == kRoot; });
  if (root == entries_.end()) fail_broken();
  const std::string all = content_of(root->start);
  const std::string next = content_of(number(60, 4));
  std::string content;
  for (std::uint32_t at = entry.start; at < kMaxSector && content.size() < entry.size;
       at = number_at(next, std::size_t{at} * 4, 4)) {
    const std::size_t begin = std::size_t{at} * kMiniSector;
    if (begin >= all.size() || std::size_t{at} * 4 + 4 > next.size()) fail_broken();
    content.append(all, begin, kMiniSector);
  }
  return content;
}

std::string CompoundFile::stream(std::string_view name) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [name](const Entry& each) {
    return each.type == kStream && each.name == name;
  });
  if (entry == entries_.end()) return {};
  const std::uint32_t smallest_large = number(56, 4);
  std::string content =
      entry->size < smallest_large ? mini_stream(*entry) : content_of(entry->start);
  if (content.size() < entry->size) fail_broken();
  content.resize(static_cast<std::size_t>(entry->size));
  return content;
}

}  // namespace sluice::detail
