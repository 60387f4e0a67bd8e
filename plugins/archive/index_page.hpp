// SPDX-License-Identifier: Apache-2.0
//
// The page of an archive: its members as a tree, with sizes, dates and links, and what was left
// out.
#pragma once

#include <sluice/ext/children.h>

#include <cstdint>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/members.hpp"

namespace sluice::archive {

// Bounds: what people read in a page; the documents themselves are counted by the host.
inline constexpr std::size_t kMaxListed = 20'000;
inline constexpr std::size_t kMaxLabel = 255;  // NAME_MAX

class IndexPage {
 public:
  // `remark` says what is to know of the member ("encrypted"), or is empty. `size` is what was
  // read, or what the archive says.
  void add(const Member& member, std::optional<std::uint64_t> size, sluice_child child,
           std::string_view remark);
  std::uint64_t files() const { return files_; }
  // Members whose names lead out of the archive, or to a place of the system.
  std::uint64_t escaping_names() const { return escaping_names_; }
  void write(MarkdownWriter& out, std::string_view title,
             const std::vector<std::string>& remarks) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    std::string label;
    std::string details;
    sluice_child child = 0;
    bool is_folder = false;
    std::uint32_t parent = kNone;
    std::uint32_t first = kNone;
    std::uint32_t last = kNone;
    std::uint32_t next = kNone;
  };

  std::uint32_t folder(std::uint32_t parent, const std::string& label);
  std::uint32_t append(std::uint32_t parent, Node node);
  std::uint32_t first_of(std::uint32_t parent) const;
  void write_tree(MarkdownWriter& out) const;
  void write_node(MarkdownWriter& out, const Node& node) const;

  std::vector<Node> nodes_;
  std::uint32_t first_ = kNone;
  std::uint32_t last_ = kNone;
  std::unordered_map<std::string, std::uint32_t> folders_;  // by parent and label
  std::uint64_t files_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t not_listed_ = 0;
  std::uint64_t escaping_names_ = 0;
};

// "1.2 MB".
std::string size_text(std::uint64_t bytes);

}  // namespace sluice::archive
