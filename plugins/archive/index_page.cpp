// SPDX-License-Identifier: Apache-2.0
#include "archive/index_page.hpp"

#include <array>
#include <cstdio>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/utf8.hpp>
#include <utility>

namespace sluice::archive {
namespace {

// Folders in folders that are shown; what lies deeper has the rest of its path as its label. A
// MarkdownWriter nests 48 containers, two of which are needed for each level.
constexpr std::size_t kMaxDepth = 20;

struct Path {
  std::vector<std::string> parts;
  bool escapes = false;
};

Path path_of(std::string_view name) {
  Path path;
  path.escapes =
      name.starts_with('/') || name.starts_with('\\') ||
      (name.size() > 1 && name[1] == ':' && name.size() > 2 && (name[2] == '/' || name[2] == '\\'));
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("/\\"), name.size());
    const std::string_view part = name.substr(0, end);
    if (part == "..") {
      path.escapes = true;
    } else if (!part.empty() && part != ".") {
      if (path.parts.size() > kMaxDepth) {
        path.parts.back().append("/").append(utf8_prefix(part, kMaxLabel));
      } else {
        path.parts.emplace_back(part);
      }
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  for (std::string& part : path.parts) part = one_line(part, kMaxLabel);
  return path;
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return counted(bytes, "byte");
  auto value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 9.95 ? "%.1f %s" : "%.0f %s", value,
                kUnits[unit]);
  return text.data();
}

void IndexPage::add(const Member& member, std::optional<std::uint64_t> size, sluice_child child,
                    std::string_view remark) {
  Path path = path_of(member.name);
  if (path.escapes) ++escaping_names_;
  const bool is_folder = member.kind == MemberKind::kFolder;
  if (is_folder && path.parts.empty()) return;  // the archive itself, "./"
  if (member.kind == MemberKind::kFile) {
    ++files_;
    bytes_ += size.value_or(0);
  }
  if (nodes_.size() >= kMaxListed) {
    not_listed_ += is_folder ? 0 : 1;
    return;
  }
  if (path.parts.empty()) path.parts.emplace_back("document");
  std::uint32_t at = kNone;
  for (std::size_t i = 0; i + 1 < path.parts.size(); ++i) at = folder(at, path.parts[i]);
  if (is_folder) {
    folder(at, path.parts.back());
    return;
  }
  std::string details;
  const auto mention = [&](std::string_view fact) {
    if (!fact.empty()) details.append(details.empty() ? "" : ", ").append(fact);
  };
  if (size) mention(size_text(*size));
  mention(member.modified);
  mention(remark);
  append(at, {path.parts.back(), std::move(details), child, false});
}

std::uint32_t IndexPage::folder(std::uint32_t parent, const std::string& label) {
  const auto [found, is_new] = folders_.try_emplace(std::to_string(parent) + "/" + label, kNone);
  if (is_new) found->second = append(parent, {label, {}, 0, true});
  return found->second;
}

std::uint32_t IndexPage::append(std::uint32_t parent, Node node) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  node.parent = parent;
  nodes_.push_back(std::move(node));
  std::uint32_t& first = parent == kNone ? first_ : nodes_[parent].first;
  std::uint32_t& last = parent == kNone ? last_ : nodes_[parent].last;
  if (first == kNone) {
    first = index;
  } else {
    nodes_[last].next = index;
  }
  last = index;
  return index;
}

void IndexPage::write(MarkdownWriter& out, std::string_view title,
                      const std::vector<std::string>& remarks) const {
  out.begin_heading(1);
  out.text(title);
  out.end_heading();
  out.text(counted(files_, "file") + ", " + size_text(bytes_) + ".");
  out.end_paragraph();
  for (const std::string& remark : remarks) {
    out.text(remark);
    out.end_paragraph();
  }
  write_tree(out);
  if (not_listed_ > 0) {
    out.text("And " + counted(not_listed_, "file") + " more.");
    out.end_paragraph();
  }
}

// In the order of the archive, without recursion.
void IndexPage::write_tree(MarkdownWriter& out) const {
  std::uint32_t at = first_;
  if (at == kNone) return;
  out.begin_list();
  while (at != kNone) {
    const Node& node = nodes_[at];
    out.begin_item();
    write_node(out, node);
    if (node.first != kNone) {
      out.begin_list();
      at = node.first;
      continue;
    }
    out.end_item();
    while (at != kNone && nodes_[at].next == kNone) {
      at = nodes_[at].parent;
      out.end_list();
      if (at != kNone) out.end_item();
    }
    if (at != kNone) at = nodes_[at].next;
  }
}

void IndexPage::write_node(MarkdownWriter& out, const Node& node) const {
  if (node.child != 0) out.begin_child_link(node.child);
  out.text(node.label);
  if (node.child != 0) out.end_link();
  if (node.is_folder) out.text("/");
  if (!node.details.empty()) out.text(" (" + node.details + ")");
  out.end_paragraph();
}

}  // namespace sluice::archive
