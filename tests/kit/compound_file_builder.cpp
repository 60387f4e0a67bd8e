#include "kit/compound_file_builder.h"

#include <algorithm>
#include <map>

namespace sluice::test {
namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kSmall = 64;
constexpr std::uint32_t kEnd = 0xFFFFFFFE;
constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kTable = 0xFFFFFFFD;
constexpr std::uint32_t kList = 0xFFFFFFFC;

std::string padded(std::string bytes, std::size_t unit) {
  bytes.resize((bytes.size() + unit - 1) / unit * unit, '\0');
  return bytes;
}

struct Node {
  std::string name;
  int type = 1;
  std::string bytes;
  std::vector<std::size_t> children;
  std::uint32_t start = kEnd;
  std::size_t size = 0;
};

// Sectors of one size and the table of what follows what.
struct Space {
  std::size_t unit;
  bool is_backwards;
  std::string bytes;
  std::vector<std::uint32_t> next;

  std::uint32_t add(const std::string& content) {
    const std::size_t count = (content.size() + unit - 1) / unit;
    if (count == 0) return kEnd;
    const auto first = static_cast<std::uint32_t>(next.size());
    const std::string whole = padded(content, unit);
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = first + static_cast<std::uint32_t>(i);
      const std::size_t piece = is_backwards ? count - 1 - i : i;
      bytes += whole.substr(piece * unit, unit);
      if (is_backwards) {
        next.push_back(i == 0 ? kEnd : at - 1);
      } else {
        next.push_back(i + 1 == count ? kEnd : at + 1);
      }
    }
    return is_backwards ? first + static_cast<std::uint32_t>(count) - 1 : first;
  }
};

std::string table_of(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  for (const std::uint32_t one : numbers) out += little(one, 4);
  out.resize((out.size() + kSector - 1) / kSector * kSector, '\xFF');
  return out;
}

std::vector<Node> tree_of(const std::vector<std::pair<std::string, std::string>>& streams) {
  std::vector<Node> nodes(1);
  nodes[0].name = "Root Entry";
  nodes[0].type = 5;
  std::map<std::string, std::size_t> storages = {{"", 0}};
  for (const auto& [path, bytes] : streams) {
    std::size_t parent = 0;
    std::size_t begin = 0;
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', begin)) {
      const auto [known, is_new] = storages.emplace(path.substr(0, slash), nodes.size());
      if (is_new) {
        nodes[parent].children.push_back(nodes.size());
        nodes.emplace_back().name = path.substr(begin, slash - begin);
      }
      parent = known->second;
      begin = slash + 1;
    }
    nodes[parent].children.push_back(nodes.size());
    Node& node = nodes.emplace_back();
    node.name = path.substr(begin);
    node.type = 2;
    node.bytes = bytes;
  }
  return nodes;
}

// A storage's children as a list that leans to the right.
std::string directory_of(const std::vector<Node>& nodes, const std::string& class_id) {
  std::vector<std::uint32_t> right(nodes.size(), kFree);
  std::vector<std::uint32_t> child(nodes.size(), kFree);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::uint32_t* to = &child[i];
    for (const std::size_t each : nodes[i].children) {
      *to = static_cast<std::uint32_t>(each);
      to = &right[each];
    }
  }
  std::string out;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    std::string entry = utf16le(node.name);
    entry.resize(64, '\0');
    entry += little(node.name.size() * 2 + 2, 2) + little(static_cast<unsigned>(node.type), 1) +
             '\1' + little(kFree, 4) + little(right[i], 4) + little(child[i], 4) +
             (i == 0 ? class_id : std::string(16, '\0')) + std::string(20, '\0') +
             little(node.start, 4) + little(node.size, 8);
    out += entry;
  }
  return padded(out, kSector);
}

}  // namespace

std::string little(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string utf16le(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) out += {c, '\0'};
  return out;
}

std::string CompoundFileBuilder::build() const {
  std::vector<Node> nodes = tree_of(streams_);
  Space large{kSector, is_backwards_, {}, {}};
  Space small{kSmall, is_backwards_, {}, {}};
  for (Node& node : nodes) {
    if (node.type != 2) continue;
    node.size = node.bytes.size();
    node.start = (node.size < 4096 ? small : large).add(node.bytes);
  }
  nodes[0].start = large.add(small.bytes);
  nodes[0].size = small.bytes.size();
  const std::uint32_t small_table = small.next.empty() ? kEnd : large.add(table_of(small.next));
  large.is_backwards = false;
  const std::uint32_t directory = large.add(directory_of(nodes, class_id_));
  // The tables come last, with the list of those that the header has no room for (2.5): they count
  // themselves.
  constexpr std::size_t kInHeader = 109;
  constexpr std::size_t kPerSector = kSector / 4;
  std::size_t tables = 1;
  std::size_t lists = 0;
  while (tables * kPerSector < large.next.size() + tables + lists) {
    ++tables;
    lists = tables <= kInHeader ? 0 : (tables - kInHeader + kPerSector - 2) / (kPerSector - 1);
  }
  const std::size_t first_table = large.next.size() + lists;
  std::vector<std::uint32_t> named;
  for (std::size_t i = 0; i < tables; ++i) {
    named.push_back(static_cast<std::uint32_t>(first_table + i));
  }
  const std::uint32_t list = lists == 0 ? kEnd : static_cast<std::uint32_t>(large.next.size());
  for (std::size_t i = 0; i < lists; ++i) {
    const std::size_t begin = kInHeader + i * (kPerSector - 1);
    std::vector<std::uint32_t> part(
        named.begin() + static_cast<std::ptrdiff_t>(begin),
        named.begin() + static_cast<std::ptrdiff_t>(std::min(tables, begin + kPerSector - 1)));
    part.resize(kPerSector - 1, kFree);
    part.push_back(i + 1 == lists ? kEnd : list + static_cast<std::uint32_t>(i) + 1);
    large.bytes += table_of(part);
    large.next.push_back(kList);
  }
  large.next.resize(first_table + tables, kTable);
  named.resize(std::min(tables, kInHeader));
  std::string head = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + little(0x3E, 2) +
                     little(3, 2) + little(0xFFFE, 2) + little(9, 2) + little(6, 2) +
                     std::string(10, '\0') + little(tables, 4) + little(directory, 4) +
                     little(0, 4) + little(4096, 4) + little(small_table, 4) +
                     little(small.next.empty() ? 0 : 1, 4) + little(list, 4) + little(lists, 4);
  for (const std::uint32_t one : named) head += little(one, 4);
  head.resize(kSector, '\xFF');
  return head + large.bytes + table_of(large.next);
}

std::string object_kind(const std::string& kind) {
  return std::string(28, '\0') + little(kind.size() + 1, 4) + kind + '\0';
}

std::string packaged(const std::string& label, const std::string& bytes) {
  const std::string data = little(2, 2) + label + '\0' + "C:\\x\\" + label + '\0' + little(0, 2) +
                           little(3, 2) + little(4, 4) + std::string("tmp\0", 4) +
                           little(bytes.size(), 4) + bytes;
  return little(data.size(), 4) + data;
}

std::string compound_file(const std::vector<std::pair<std::string, std::string>>& streams) {
  CompoundFileBuilder builder;
  for (const auto& [path, bytes] : streams) builder.stream(path, bytes);
  return builder.build();
}

}  // namespace sluice::test
