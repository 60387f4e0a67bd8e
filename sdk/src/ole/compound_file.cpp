// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/compound_file.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>
#include <sluice/utf8.hpp>
#include <utility>

namespace sluice {
namespace {

constexpr std::uint32_t kMaxSector = 0xFFFFFFFA;  // 2.1: above it stand marks, not sectors
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kSmallSector = 64;
constexpr std::size_t kHeaderTables = 109;   // sectors of the FAT that the header names itself
constexpr std::uint64_t kFirstLarge = 4096;  // 2.2: streams below it are in the small sectors
constexpr std::uint8_t kStorageType = 1;
constexpr std::uint8_t kStreamType = 2;
constexpr std::uint8_t kRootType = 5;

[[noreturn]] void fail_broken() {
  throw Failure(Outcome::kMalformed, "the compound file is damaged");
}

std::vector<std::uint32_t> numbers_of(std::string_view bytes) {
  std::vector<std::uint32_t> numbers(bytes.size() / 4);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = little_u32(bytes, i * 4);
  return numbers;
}

std::string name_of(std::string_view entry) {
  const std::size_t size = std::min<std::size_t>(little_u16(entry, 64), 64);
  return size < 2 ? std::string() : utf8_of_utf16le(entry.substr(0, size - 2));
}

}  // namespace

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
  if (!bytes.starts_with(kCompoundFileMark)) fail_broken();
  const std::uint32_t shift = little_u16(bytes, 30);
  if (shift != 9 && shift != 12) fail_broken();
  sector_size_ = std::size_t{1} << shift;
  read_allocation();
  read_directory();
}

// The last one of a file may be short; one behind its end has no bytes.
std::string_view CompoundFile::sector(std::uint32_t index) const {
  const std::uint64_t at = (std::uint64_t{index} + 1) * sector_size_;
  if (index >= kMaxSector || at >= bytes_.size()) return {};
  return bytes_.substr(static_cast<std::size_t>(at), sector_size_);
}

std::uint32_t CompoundFile::next(std::uint32_t index) const {
  return index < next_.size() ? next_[index] : kMaxSector;
}

void CompoundFile::read_allocation() {
  const std::size_t most = bytes_.size() / sector_size_ + 1;
  const std::size_t per_sector = sector_size_ / 4;
  std::vector<std::uint32_t> tables;
  for (std::size_t i = 0; i < kHeaderTables; ++i) {
    const std::uint32_t at = little_u32(bytes_, 76 + i * 4);
    if (at < kMaxSector) tables.push_back(at);
  }
  // 2.5: more of the list stands in sectors of its own, the last number of each leads to the next.
  std::uint32_t more = little_u32(bytes_, 68);
  for (std::size_t i = 0; more < kMaxSector && i < most; ++i) {
    const std::string_view list = sector(more);
    if (list.size() < sector_size_) break;
    for (std::size_t j = 0; j + 1 < per_sector; ++j) {
      const std::uint32_t at = little_u32(list, j * 4);
      if (at < kMaxSector && tables.size() <= most) tables.push_back(at);
    }
    more = little_u32(list, (per_sector - 1) * 4);
  }
  for (const std::uint32_t table : tables) {
    // No more of the table than the file has sectors for.
    if (next_.size() > most) break;
    const std::vector<std::uint32_t> part = numbers_of(sector(table));
    next_.insert(next_.end(), part.begin(), part.end());
    next_.resize((next_.size() + per_sector - 1) / per_sector * per_sector, kMaxSector);
    if (part.empty()) next_.resize(next_.size() + per_sector, kMaxSector);
  }
  owners_.resize(std::min(next_.size(), most));
}

// A chain of the file's own tables, as far as it can be followed.
std::string CompoundFile::metadata(std::uint32_t start) const {
  std::string content;
  std::vector<bool> seen(bytes_.size() / sector_size_ + 1);
  for (std::uint32_t at = start; at < seen.size() && !seen[at]; at = next(at)) {
    seen[at] = true;
    content += sector(at);
  }
  return content;
}

void CompoundFile::read_directory() {
  const std::string directory = metadata(little_u32(bytes_, 48));
  std::vector<std::array<std::uint32_t, 3>> links;
  for (std::size_t at = 0; at + kEntrySize <= directory.size(); at += kEntrySize) {
    const std::string_view entry = std::string_view(directory).substr(at, kEntrySize);
    const auto type = static_cast<std::uint8_t>(entry[66]);
    Entry one;
    one.index = static_cast<std::uint32_t>(entries_.size());
    if (type == kStorageType || type == kStreamType || type == kRootType) one.name = name_of(entry);
    one.kind = type == kStreamType ? Kind::kStream : Kind::kStorage;
    std::copy_n(entry.begin() + 80, one.class_id.size(), one.class_id.begin());
    one.start = little_u32(entry, 116);
    one.size = little_u32(entry, 120);
    // 2.6.1: the upper half may hold anything in files with small sectors.
    if (sector_size_ > 512) one.size |= std::uint64_t{little_u32(entry, 124)} << 32;
    links.push_back({little_u32(entry, 68), little_u32(entry, 72), little_u32(entry, 76)});
    entries_.push_back(std::move(one));
  }
  if (entries_.empty() || entries_.front().kind != Kind::kStorage) fail_broken();
  build_tree(links);
}

// 2.6.4: a storage leads to one child, and each child to two neighbours.
void CompoundFile::build_tree(const std::vector<std::array<std::uint32_t, 3>>& links) {
  std::vector<bool> seen(entries_.size());
  seen[0] = true;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> waiting = {{links[0][2], 0}};
  const auto walk = [&] {
    while (!waiting.empty()) {
      const auto [index, parent] = waiting.back();
      waiting.pop_back();
      if (index >= entries_.size() || seen[index]) continue;
      seen[index] = true;
      if (entries_[index].name.empty()) continue;
      entries_[parent].children.push_back(index);
      waiting.emplace_back(links[index][0], parent);
      waiting.emplace_back(links[index][1], parent);
      if (entries_[index].kind == Kind::kStorage) waiting.emplace_back(links[index][2], index);
    }
  };
  walk();
  // A damaged tree loses what is below it; what it holds is still there. Storages first: they know
  // what belongs to them.
  for (const Kind kind : {Kind::kStorage, Kind::kStream}) {
    for (std::uint32_t i = 1; i < entries_.size(); ++i) {
      if (seen[i] || entries_[i].name.empty() || entries_[i].kind != kind) continue;
      seen[i] = true;
      entries_[0].children.push_back(i);
      if (kind == Kind::kStorage) waiting.emplace_back(links[i][2], i);
      walk();
    }
  }
  for (Entry& entry : entries_) std::sort(entry.children.begin(), entry.children.end());
}

std::vector<const CompoundFile::Entry*> CompoundFile::children(const Entry& storage) const {
  std::vector<const Entry*> all;
  for (const std::uint32_t index : storage.children) all.push_back(&entries_[index]);
  return all;
}

const CompoundFile::Entry* CompoundFile::find(const Entry& storage, std::string_view name) const {
  for (const std::uint32_t index : storage.children) {
    if (equal_ignoring_ascii_case(entries_[index].name, name)) return &entries_[index];
  }
  return nullptr;
}

bool CompoundFile::claim(std::vector<std::uint32_t>& owners, std::uint32_t sector,
                         std::uint32_t owner) {
  if (sector >= owners.size()) return false;
  if (owners[sector] == 0) owners[sector] = owner;
  return owners[sector] == owner;
}

CompoundFile::Content CompoundFile::read(const Entry& stream, std::uint64_t most) {
  if (stream.kind != Kind::kStream) return {};
  const std::uint64_t size = std::min(stream.size, most);
  return stream.size < kFirstLarge ? read_small(stream, size) : read_large(stream, size);
}

CompoundFile::Content CompoundFile::read_large(const Entry& entry, std::uint64_t size) {
  Content content;
  content.bytes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes_.size())));
  std::size_t steps = 0;
  for (std::uint32_t at = entry.start; content.bytes.size() < size; at = next(at)) {
    const std::string_view part = sector(at);
    const bool is_circle = steps++ > owners_.size();
    if (part.empty() || is_circle || !claim(owners_, at, entry.index + 1)) break;
    content.bytes += part.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(
                                        part.size(), size - content.bytes.size())));
  }
  content.is_whole = content.bytes.size() == size;
  return content;
}

void CompoundFile::load_small_sectors() {
  if (std::exchange(has_small_sectors_, true)) return;
  small_sectors_ = metadata(root().start);
  small_next_ = numbers_of(metadata(little_u32(bytes_, 60)));
  small_owners_.resize(small_sectors_.size() / kSmallSector + 1);
}

CompoundFile::Content CompoundFile::read_small(const Entry& entry, std::uint64_t size) {
  load_small_sectors();
  Content content;
  std::uint32_t at = entry.start;
  while (content.bytes.size() < size) {
    const std::size_t begin = std::size_t{at} * kSmallSector;
    if (begin >= small_sectors_.size() || !claim(small_owners_, at, entry.index + 1)) break;
    const auto left = static_cast<std::size_t>(size) - content.bytes.size();
    content.bytes.append(small_sectors_, begin, std::min(kSmallSector, left));
    at = at < small_next_.size() ? small_next_[at] : kMaxSector;
  }
  content.is_whole = content.bytes.size() == size;
  return content;
}

std::string read_stream(CompoundFile& file, std::string_view name, bool& is_whole) {
  const CompoundFile::Entry* entry = file.find(name);
  if (entry == nullptr) return {};
  CompoundFile::Content content = file.read(*entry);
  is_whole = is_whole && content.is_whole;
  return std::move(content.bytes);
}

}  // namespace sluice
