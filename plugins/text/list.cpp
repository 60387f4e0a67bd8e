// SPDX-License-Identifier: Apache-2.0
#include "text/list.hpp"

#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/list_marks.hpp>
#include <sluice/utf8.hpp>

namespace sluice::text {
namespace {

// The item that a line begins, with what of its text stands on that line.
std::optional<Item> item_of(std::string_view line) {
  Item item;
  item.indent = indent_of(line);
  std::string_view text = trimmed(line);
  std::size_t marker = 0;
  if (!text.empty() && bullet_of(first_char(text)) == Bullet::kSure) {
    marker = utf8_at(text, 0).length;
  } else if (!text.empty() && (text[0] == '-' || text[0] == '*' || text[0] == '+')) {
    marker = 1;
  } else {
    while (marker < text.size() && marker < 3 && is_ascii_digit(text[marker])) ++marker;
    if (marker == 0 || marker == text.size()) return std::nullopt;
    if (text[marker] != '.' && text[marker] != ')') return std::nullopt;
    item.ordered = true;
    item.number = std::stoi(std::string(text.substr(0, marker)));
    ++marker;
  }
  if (marker >= text.size() || (text[marker] != ' ' && text[marker] != '\t')) return std::nullopt;
  item.text = trimmed(text.substr(marker));
  return item;
}

}  // namespace

bool begins_item(std::string_view line) {
  return item_of(line).has_value();
}

std::vector<Item> read_items(const Block& block) {
  std::vector<Item> items;
  for (const std::string& line : block) {
    if (auto item = item_of(line)) {
      items.push_back(std::move(*item));
    } else if (items.empty() || indent_of(line) <= items.back().indent) {
      return {};
    } else {
      append_line(items.back().text, line);
    }
  }
  return items;
}

void ListWriter::add(const std::vector<Item>& items) {
  for (const Item& item : items) {
    while (levels_.size() > 1 && item.indent < levels_.back().indent) end_level();
    if (levels_.empty() || item.indent > levels_.back().indent + 1) {
      open(item);
    } else {
      out_.end_item();
      if (levels_.back().ordered != item.ordered) {
        out_.end_list();
        levels_.pop_back();
        open(item);
      }
    }
    ItemOptions options;
    options.number = item.number;
    out_.begin_item(options);
    out_.text(item.text);
  }
}

void ListWriter::close() {
  while (!levels_.empty()) end_level();
}

void ListWriter::open(const Item& item) {
  ListOptions options;
  options.kind = item.ordered ? ListKind::kOrdered : ListKind::kBullet;
  out_.begin_list(options);
  levels_.push_back({item.indent, item.ordered});
}

void ListWriter::end_level() {
  out_.end_item();
  out_.end_list();
  levels_.pop_back();
}

}  // namespace sluice::text
