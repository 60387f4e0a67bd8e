// SPDX-License-Identifier: Apache-2.0
#include "markdown/toml_to_yaml.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sluice/ascii.hpp>
#include <sstream>
#include <vector>

namespace sluice::markdown_plugin {
namespace {

// Each dot of a key is a table inside a table, which the parser takes apart by recursion.
constexpr std::ptrdiff_t kMaxDots = 2000;

std::string quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < ' ' || byte == 0x7F) {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Plain only where no reader of YAML 1.1 or 1.2 could see anything but this text.
std::string text_of(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords = {"true", "false", "yes", "no", "on",
                                                      "off",  "null",  "y",   "n"};
  const bool is_word = std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return equal_ignoring_ascii_case(word, text);
  });
  const bool is_plain =
      !text.empty() && !is_word && is_ascii_letter(text.front()) && text.back() != ' ' &&
      std::all_of(text.begin(), text.end(), [](char c) {
        return is_ascii_alphanumeric(c) || c == ' ' || c == '-' || c == '_' || c == '/' || c == '.';
      });
  return is_plain ? std::string(text) : quoted(text);
}

// Tables come out of toml++ sorted by name: the order of the author is that of the places.
std::vector<std::pair<std::string_view, const toml::node*>> in_order(const toml::table& table) {
  std::vector<std::pair<std::string_view, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(key.str(), &node);
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return a.second->source().begin < b.second->source().begin;
  });
  return entries;
}

class Writer {
 public:
  std::string run(const toml::table& table) {
    entries(table, 0);
    return std::move(out_);
  }

 private:
  void entries(const toml::table& table, std::size_t indent) {
    bool is_first = true;
    for (const auto& [name, node] : in_order(table)) {
      // The first entry of an item stands behind its mark.
      if (!is_first || !after_mark_) out_.append(indent, ' ');
      after_mark_ = false;
      is_first = false;
      out_ += text_of(name) + ":";
      value(*node, indent);
    }
  }

  // Behind a name or the mark of an item.
  void value(const toml::node& node, std::size_t indent) {
    if (const toml::table* table = node.as_table()) {
      if (table->empty()) return line(" {}");
      out_ += '\n';
      return entries(*table, indent + 2);
    }
    if (const toml::array* array = node.as_array()) {
      if (array->empty()) return line(" []");
      out_ += '\n';
      return items(*array, indent + 2);
    }
    line(" " + scalar(node));
  }

  void items(const toml::array& array, std::size_t indent) {
    for (const toml::node& node : array) {
      if (!after_mark_) out_.append(indent, ' ');
      after_mark_ = false;
      out_ += "-";
      const toml::table* table = node.as_table();
      const toml::array* inner = node.as_array();
      if (table != nullptr && !table->empty()) {
        out_ += ' ';
        after_mark_ = true;
        entries(*table, indent + 2);
      } else if (inner != nullptr && !inner->empty()) {
        out_ += ' ';
        after_mark_ = true;
        items(*inner, indent + 2);
      } else {
        value(node, indent);
      }
    }
  }

  static std::string scalar(const toml::node& node) {
    std::ostringstream out;
    if (const auto* text = node.as_string()) {
      out << text_of(text->get());
    } else if (const auto* number = node.as_floating_point()) {
      out << floating(number->get());
    } else if (const auto* whole = node.as_integer()) {
      out << whole->get();
    } else if (const auto* truth = node.as_boolean()) {
      out << (truth->get() ? "true" : "false");
    } else if (const auto* date = node.as_date()) {
      out << date->get();
    } else if (const auto* time = node.as_time()) {
      out << '"' << time->get() << '"';  // YAML 1.1 would read 12:30:00 as a number to the base 60
    } else if (const auto* moment = node.as_date_time()) {
      out << moment->get();
    }
    return out.str();
  }

  static std::string floating(double number) {
    if (std::isnan(number)) return ".nan";
    if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
    std::array<char, 32> room{};
    const auto end = std::to_chars(room.data(), room.data() + room.size(), number).ptr;
    std::string text(room.data(), end);
    // A number without a point would be a whole one, and YAML 1.1 wants the point before an `e`.
    if (text.find('.') == std::string::npos) {
      text.insert(std::min(text.find('e'), text.size()), ".0");
    }
    return text;
  }

  void line(const std::string& text) { out_ += text + '\n'; }

  std::string out_;
  bool after_mark_ = false;
};

}  // namespace

std::optional<std::string> toml_to_yaml(std::string_view toml) {
  if (std::count(toml.begin(), toml.end(), '.') > kMaxDots) return std::nullopt;
  try {
    return Writer().run(toml::parse(toml));
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

}  // namespace sluice::markdown_plugin
