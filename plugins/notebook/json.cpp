// SPDX-License-Identifier: Apache-2.0
#include "notebook/json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::notebook {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 256;  // of metadata and of outputs in JSON; cells and outputs need 8

// The code unit of `\uXXXX` at `at`, or nothing.
std::optional<unsigned> escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_value(static_cast<unsigned char>(text[i]));
    if (digit < 0) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(digit);
  }
  return unit;
}

bool is_high(unsigned unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(unsigned unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Copies the string that begins at `at`, mended, and returns where it ends.
std::size_t copy_string(std::string_view text, std::size_t at, std::string& out) {
  out += text[at++];
  while (at < text.size() && text[at] != '"') {
    if (text[at] != '\\') {
      const bool is_control = static_cast<unsigned char>(text[at]) < 0x20;
      if (is_control) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto c = static_cast<unsigned char>(text[at]);
        out += "\\u00";
        out += kDigits[c >> 4];
        out += kDigits[c & 0xF];
      } else {
        out += text[at];
      }
      ++at;
      continue;
    }
    const auto unit = escaped_unit(text, at);
    if (!unit) {
      out += text.substr(at, 2);
      at += 2;
      continue;
    }
    const auto next = escaped_unit(text, at + 6);
    if (is_high(*unit) && next && is_low(*next)) {
      out += text.substr(at, 12);
      at += 12;
      continue;
    }
    out += is_high(*unit) || is_low(*unit) ? std::string_view("\\ufffd") : text.substr(at, 6);
    at += 6;
  }
  if (at < text.size()) out += text[at++];
  return std::min(at, text.size());
}

// The text with what only Python's reader takes in the place of what it means.
std::string mended(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      at = copy_string(text, at, out);
      continue;
    }
    bool is_number = false;
    for (const std::string_view word : {"NaN", "-Infinity", "Infinity"}) {
      if (!text.substr(at).starts_with(word)) continue;
      out += "null";
      at += word.size();
      is_number = true;
      break;
    }
    if (!is_number) out += text[at++];
  }
  return out;
}

Json parse_strictly(std::string_view text) {
  const auto bounded = [](int depth, Json::parse_event_t, Json&) {
    if (depth > kMaxDepth) throw Failure(Outcome::kLimit, "the notebook is nested too deeply");
    return true;
  };
  return Json::parse(text, bounded);
}

Json parse(const std::string& text) {
  try {
    return parse_strictly(text);
  } catch (const Json::exception&) {
    // What follows says what is wrong, if it is.
  }
  try {
    return parse_strictly(mended(text));
  } catch (const Json::parse_error& error) {
    throw Failure(
        Outcome::kMalformed,
        "it is not JSON: byte " + std::to_string(error.byte) +
            " is not expected; a notebook that was cut off or merged by hand must be mended first");
  } catch (const Json::exception&) {
    throw Failure(Outcome::kMalformed, "a number in its JSON is out of range");
  }
}

const Json& json(const void* node) {
  static const Json kNull;
  return node == nullptr ? kNull : *static_cast<const Json*>(node);
}

}  // namespace

struct JsonDocument::Tree {
  Json root;
};

JsonDocument::JsonDocument(const std::string& text)
    : tree_(std::make_unique<Tree>(Tree{parse(text)})) {}
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
  return JsonValue(&tree_->root);
}

bool JsonValue::is_null() const {
  return json(node_).is_null();
}
bool JsonValue::is_array() const {
  return json(node_).is_array();
}
bool JsonValue::is_object() const {
  return json(node_).is_object();
}
bool JsonValue::is_number() const {
  return json(node_).is_number();
}

std::optional<std::int64_t> JsonValue::integer() const {
  const Json& value = json(node_);
  return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

JsonValue JsonValue::member(std::string_view key) const {
  const Json& value = json(node_);
  if (!value.is_object()) return JsonValue();
  const auto found = value.find(std::string(key));
  return found == value.end() ? JsonValue() : JsonValue(&*found);
}

std::vector<JsonValue> JsonValue::items() const {
  std::vector<JsonValue> items;
  const Json& value = json(node_);
  if (!value.is_array()) return items;
  for (const Json& item : value) items.push_back(JsonValue(&item));
  return items;
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::members() const {
  std::vector<std::pair<std::string, JsonValue>> members;
  const Json& value = json(node_);
  if (!value.is_object()) return members;
  for (const auto& [key, member] : value.items()) members.emplace_back(key, JsonValue(&member));
  return members;
}

std::string JsonValue::text() const {
  const Json& value = json(node_);
  if (value.is_string()) return value.get<std::string>();
  std::string all;
  if (!value.is_array()) return all;
  for (const Json& part : value) {
    if (part.is_string()) all += part.get_ref<const std::string&>();
  }
  return all;
}

std::string JsonValue::written() const {
  return json(node_).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sluice::notebook
