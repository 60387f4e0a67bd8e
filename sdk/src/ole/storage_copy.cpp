// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/storage_copy.hpp>
#include <sluice/utf8.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {
namespace {

using Entry = CompoundFile::Entry;
using Kind = CompoundFile::Kind;
using ByteSink = std::function<void(std::string_view)>;

constexpr std::size_t kSector = 512;
constexpr std::size_t kSmallSectorSize = 64;
constexpr std::size_t kSmallest = 4096;  // smaller streams stand in small sectors
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kFatSector = 0xFFFFFFFD;
constexpr std::uint32_t kListSector = 0xFFFFFFFC;
constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::size_t kInHeader = 109;  // sectors of the FAT that the header lists
constexpr std::size_t kMaxDepth = 16;   // of storages
constexpr std::size_t kMaxNodes = 100'000;

void append_little(std::string& out, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
}

std::string utf16_of(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_char(utf8, at);
    if (c >= 0x10000) {
      append_little(out, 0xD7C0 + (c >> 10), 2);
      append_little(out, 0xDC00 | (c & 0x3FF), 2);
    } else {
      append_little(out, c, 2);
    }
  }
  return out.substr(0, 62);
}

struct Node {
  std::string name;  // UTF-16LE
  std::uint8_t type = 0;
  std::uint32_t left = kNone;
  std::uint32_t right = kNone;
  std::uint32_t child = kNone;
  std::string class_id = std::string(16, '\0');
  std::uint32_t start = kEndOfChain;
  std::uint64_t size = 0;
};

// 2.6.4: shorter names first, then by their characters in upper case.
bool is_before(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  const auto upper = [](const std::string& name, std::size_t at) {
    const auto unit = static_cast<unsigned>(static_cast<unsigned char>(name[at]) |
                                            static_cast<unsigned char>(name[at + 1]) << 8);
    return unit >= 'a' && unit <= 'z' ? unit - 32 : unit;
  };
  for (std::size_t at = 0; at + 1 < a.size(); at += 2) {
    if (upper(a, at) != upper(b, at)) return upper(a, at) < upper(b, at);
  }
  return false;
}

class StorageWriter {
 public:
  explicit StorageWriter(CompoundFile& file) : file_(file) {}

  std::uint64_t write(const Entry& storage, StorageCopy copy, const ByteSink& sink) {
    Node root;
    root.name = utf16_of("Root Entry");
    root.type = 5;
    root.class_id.assign(storage.class_id.begin(), storage.class_id.end());
    nodes_.push_back(std::move(root));
    std::vector<std::uint32_t> children = add_children(storage, 0);
    if (copy == StorageCopy::kMessage) {
      lengthen_head(children);
      const Entry* const names = file_.find("__nameid_version1.0");
      const bool has_names = file_.find(storage, "__nameid_version1.0") != nullptr;
      if (names != nullptr && !has_names) children.push_back(add(*names, 0));
    }
    nodes_[0].child = tree_of(std::move(children));
    emit(sink);
    return cut_;
  }

 private:
  std::vector<std::uint32_t> add_children(const Entry& storage, std::size_t depth) {
    std::vector<std::uint32_t> children;
    if (depth > kMaxDepth) {
      ++cut_;
      return children;
    }
    for (const Entry* entry : file_.children(storage)) {
      if (nodes_.size() < kMaxNodes) children.push_back(add(*entry, depth));
    }
    return children;
  }

  std::uint32_t add(const Entry& entry, std::size_t depth) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    contents_.resize(nodes_.size());
    Node node;
    node.name = utf16_of(entry.name);
    if (entry.kind == Kind::kStorage) {
      node.type = 1;
      node.class_id.assign(entry.class_id.begin(), entry.class_id.end());
      node.child = tree_of(add_children(entry, depth + 1));
    } else {
      node.type = 2;
      CompoundFile::Content content = file_.read(entry);
      cut_ += content.is_whole ? 0U : 1U;
      contents_.resize(nodes_.size());
      contents_[index] = std::move(content.bytes);
    }
    nodes_[index] = std::move(node);
    return index;
  }

  // 24 bytes before the properties become 32.
  void lengthen_head(const std::vector<std::uint32_t>& children) {
    const std::string name = utf16_of("__properties_version1.0");
    for (const std::uint32_t i : children) {
      const bool is_head = nodes_[i].type == 2 && nodes_[i].name == name;
      if (is_head && contents_[i].size() >= 24) contents_[i].insert(24, 8, '\0');
    }
  }

  // Children as a tree of search, the middle one on top; the depth of calls is that of the tree.
  std::uint32_t tree_of(std::vector<std::uint32_t> children) {
    std::sort(children.begin(), children.end(), [this](std::uint32_t a, std::uint32_t b) {
      return is_before(nodes_[a].name, nodes_[b].name);
    });
    return subtree(children, 0, children.size());
  }
  std::uint32_t subtree(const std::vector<std::uint32_t>& sorted, std::size_t from,
                        std::size_t to) {
    if (from >= to) return kNone;
    const std::size_t middle = from + (to - from) / 2;
    nodes_[sorted[middle]].left = subtree(sorted, from, middle);
    nodes_[sorted[middle]].right = subtree(sorted, middle + 1, to);
    return sorted[middle];
  }

  // Gives `bytes` sectors of their own; returns the first.
  std::uint32_t place(std::string_view bytes) {
    if (bytes.empty()) return kEndOfChain;
    const auto first = static_cast<std::uint32_t>(fat_.size());
    const std::size_t sectors = (bytes.size() + kSector - 1) / kSector;
    for (std::size_t i = 0; i < sectors; ++i) {
      fat_.push_back(i + 1 < sectors ? static_cast<std::uint32_t>(first + i + 1) : kEndOfChain);
    }
    body_ += bytes;
    body_.resize(fat_.size() * kSector, '\0');
    return first;
  }

  void place_streams() {
    contents_.resize(nodes_.size());
    for (std::size_t i = 1; i < nodes_.size(); ++i) {
      if (nodes_[i].type != 2) continue;
      const std::string& content = contents_[i];
      nodes_[i].size = content.size();
      if (content.size() >= kSmallest) {
        nodes_[i].start = place(content);
      } else if (!content.empty()) {
        nodes_[i].start = static_cast<std::uint32_t>(small_next_.size());
        small_ += content;
        small_.resize((small_.size() + kSmallSectorSize - 1) / kSmallSectorSize * kSmallSectorSize,
                      '\0');
        while (small_next_.size() < small_.size() / kSmallSectorSize) {
          small_next_.push_back(static_cast<std::uint32_t>(small_next_.size() + 1));
        }
        small_next_.back() = kEndOfChain;
      }
      contents_[i] = std::string();
    }
  }

  static std::string numbers(const std::vector<std::uint32_t>& values) {
    std::string out;
    for (const std::uint32_t value : values) append_little(out, value, 4);
    while (out.size() % kSector != 0) append_little(out, kFree, 4);
    return out;
  }

  std::string directory() const {
    std::string out;
    for (const Node& node : nodes_) {
      std::string entry = node.name;
      entry.resize(64, '\0');
      append_little(entry, node.name.size() + 2, 2);
      entry += static_cast<char>(node.type);
      entry += '\1';  // black
      append_little(entry, node.left, 4);
      append_little(entry, node.right, 4);
      append_little(entry, node.child, 4);
      entry += node.class_id;
      entry.append(20, '\0');  // flags and times
      append_little(entry, node.start, 4);
      append_little(entry, node.size, 8);
      out += entry;
    }
    while (out.size() % kSector != 0) {
      std::string unused(128, '\0');
      unused.replace(68, 12, 12, '\xFF');
      out += unused;
    }
    return out;
  }

  void emit(const ByteSink& sink) {
    place_streams();
    const std::uint32_t small_table = place(numbers(small_next_));
    const std::size_t small_sectors = numbers(small_next_).size() / kSector;
    nodes_[0].start = place(small_);
    nodes_[0].size = small_.size();
    const std::uint32_t directory_start = place(directory());
    // The FAT describes its own sectors, too, and those that list what the header cannot.
    std::size_t tables = 0;
    std::size_t lists = 0;
    for (std::size_t before = ~std::size_t{0}; before != tables + lists;) {
      before = tables + lists;
      tables = (fat_.size() + tables + lists + kSector / 4 - 1) / (kSector / 4);
      lists = tables <= kInHeader ? 0 : (tables - kInHeader + kSector / 4 - 2) / (kSector / 4 - 1);
    }
    const auto first_table = static_cast<std::uint32_t>(fat_.size());
    const auto first_list = static_cast<std::uint32_t>(first_table + tables);
    fat_.insert(fat_.end(), tables, kFatSector);
    fat_.insert(fat_.end(), lists, kListSector);
    sink(header(directory_start, small_table, small_sectors, tables, lists, first_table,
                first_list));
    sink(body_);
    sink(numbers(fat_));
    if (lists > 0) sink(list_sectors(tables, first_table, first_list));
  }

  static std::string list_sectors(std::size_t tables, std::uint32_t first_table,
                                  std::uint32_t first_list) {
    std::string out;
    std::uint32_t next_list = first_list + 1;
    for (std::size_t i = kInHeader; i < tables;) {
      for (std::size_t j = 0; j + 1 < kSector / 4; ++j, ++i) {
        append_little(out, i < tables ? first_table + i : kFree, 4);
      }
      append_little(out, i < tables ? next_list++ : kEndOfChain, 4);
    }
    return out;
  }

  std::string header(std::uint32_t directory_start, std::uint32_t small_table,
                     std::size_t small_sectors, std::size_t tables, std::size_t lists,
                     std::uint32_t first_table, std::uint32_t first_list) const {
    std::string out(kCompoundFileMark);
    out.append(16, '\0');
    append_little(out, 0x3E, 2);
    append_little(out, 3, 2);
    append_little(out, 0xFFFE, 2);
    append_little(out, 9, 2);
    append_little(out, 6, 2);
    out.append(10, '\0');
    append_little(out, tables, 4);
    append_little(out, directory_start, 4);
    out.append(4, '\0');
    append_little(out, kSmallest, 4);
    append_little(out, small_sectors == 0 ? kEndOfChain : small_table, 4);
    append_little(out, small_sectors, 4);
    append_little(out, lists == 0 ? kEndOfChain : first_list, 4);
    append_little(out, lists, 4);
    for (std::size_t i = 0; i < kInHeader; ++i) {
      append_little(out, i < tables ? first_table + i : kFree, 4);
    }
    return out;
  }

  CompoundFile& file_;
  std::vector<Node> nodes_;
  std::vector<std::string> contents_;  // by node
  std::vector<std::uint32_t> fat_;
  std::string body_;
  std::string small_;
  std::vector<std::uint32_t> small_next_;
  std::uint64_t cut_ = 0;
};

}  // namespace

std::uint64_t copy_storage(CompoundFile& file, const Entry& storage, StorageCopy copy,
                           const ByteSink& sink) {
  return StorageWriter(file).write(storage, copy, sink);
}

}  // namespace sluice
