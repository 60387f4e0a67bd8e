// SPDX-License-Identifier: Apache-2.0
#include "code_tables.hpp"

#include <algorithm>
#include <string_view>

#include "../text.hpp"

namespace sluice::html {
namespace {

constexpr NodeId kMaxRowNodes = 20'000;  // a line of code has fewer

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_numbers(std::string_view text) {
  return text.find_first_not_of("0123456789 \t\r\n") == std::string_view::npos;
}

bool is_code_class(std::string_view classes) {
  return contains_any(classes, {"code", "highlight", "hljs", "rouge", "lntable", "js-file-line"});
}

// Of line numbers, by what it is called; or empty, as those of GitHub are.
bool is_number_cell(const Dom& dom, NodeId cell) {
  const std::string_view classes = dom.attribute(cell, Attr::kClass);
  const bool named = dom.has(cell, Attr::kDataLineNumber) ||
                     contains_any(classes, {"lineno", "linenos", "line-num", "blob-num", "ln-num",
                                            "gutter", "lntd", "line_num"});
  return named && is_numbers(dom.inner_text(cell));
}

class CodeTable {
 public:
  CodeTable(const Dom& dom, NodeId table) : dom_(dom), table_(table) {
    called_code_ = is_code_class(dom.attribute(table, Attr::kClass));
  }

  std::optional<std::string> read() {
    for (NodeId i = table_ + 1; i < dom_[table_].end; ++i) {
      const Tag tag = dom_[i].tag;
      if (tag == Tag::kTable || tag == Tag::kTh || tag == Tag::kCaption) return std::nullopt;
      if (tag != Tag::kTr) continue;
      if (!read_row(i)) return std::nullopt;
      i = dom_[i].end - 1;
    }
    if (!numbered_ || !called_code_ || code_.empty()) return std::nullopt;
    return std::move(code_);
  }

 private:
  // Numbers, and at most one cell of anything else.
  bool read_row(NodeId row) {
    if (dom_[row].end > row + kMaxRowNodes && !called_code_) return false;
    NodeId line = kRootNode;
    for (NodeId i = row + 1; i < dom_[row].end; i = dom_[i].end) {
      if (dom_[i].tag == Tag::kTh) return false;
      if (dom_[i].tag != Tag::kTd) continue;
      if (is_number_cell(dom_, i)) {
        numbered_ = true;
      } else if (line != kRootNode) {
        return false;
      } else {
        line = i;
      }
    }
    if (line == kRootNode) return true;
    called_code_ = called_code_ || is_code_class(dom_.attribute(line, Attr::kClass));
    if (dom_.find(Tag::kTable, line) != kRootNode) return false;
    code_ += preformatted(dom_, line);
    if (!code_.ends_with('\n')) code_ += '\n';
    return called_code_;
  }

  const Dom& dom_;
  const NodeId table_;
  bool called_code_ = false;
  bool numbered_ = false;
  std::string code_;
};

}  // namespace

std::optional<std::string> code_of_table(const Dom& dom, NodeId table) {
  return CodeTable(dom, table).read();
}

}  // namespace sluice::html
