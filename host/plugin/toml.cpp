#include "plugin/toml.h"

#include <toml++/toml.h>

#include <algorithm>

#include "platform/error.h"
#include "plugin/nearest.h"

namespace sluice::plugin {
namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
// Each dot of a key is a table inside a table, which the parser takes apart by recursion.
constexpr std::ptrdiff_t kMaxDots = 2000;
constexpr unsigned kMaxDepth = 16;

Toml convert(const toml::node& node, const std::string& file, unsigned depth) {
  Toml out;
  out.line = node.source().begin.line;
  if (depth > kMaxDepth) {
    fail_at(file, out.line, "the values are nested more than 16 deep", "make it flat");
  }
  if (const auto* table = node.as_table()) {
    for (const auto& [key, value] : *table) {
      Toml entry = convert(value, file, depth + 1);
      // A table that only its subtables mention has no place of its own.
      if (entry.line == 0 || !value.is_table()) entry.line = key.source().begin.line;
      out.entries.push_back({std::string(key.str()), std::move(entry)});
    }
    std::stable_sort(out.entries.begin(), out.entries.end(),
                     [](const auto& a, const auto& b) { return a.value.line < b.value.line; });
  } else if (const auto* array = node.as_array()) {
    out.kind = Toml::Kind::kArray;
    for (const auto& item : *array) out.items.push_back(convert(item, file, depth + 1));
  } else if (const auto* string = node.as_string()) {
    out.kind = Toml::Kind::kString;
    out.string = string->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = Toml::Kind::kInteger;
    out.integer = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = Toml::Kind::kFloat;
    out.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = Toml::Kind::kBoolean;
    out.boolean = boolean->get();
  } else {
    out.kind = Toml::Kind::kDate;
  }
  return out;
}

}  // namespace

std::string_view kind_name(Toml::Kind kind) {
  switch (kind) {
    case Toml::Kind::kString:
      return "a string";
    case Toml::Kind::kInteger:
      return "a whole number";
    case Toml::Kind::kFloat:
      return "a number with a point";
    case Toml::Kind::kBoolean:
      return "true or false";
    case Toml::Kind::kDate:
      return "a date or time";
    case Toml::Kind::kArray:
      return "a list";
    case Toml::Kind::kTable:
      return "a table";
  }
  return "something else";
}

std::string toml_string(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

void fail_at(const std::string& file, unsigned line, const std::string& cause,
             const std::string& next) {
  throw Error("read", line == 0 ? file : file + ":" + std::to_string(line), cause, next,
              ExitCode::kUsage);
}

Toml parse_toml(const std::string& text, const std::string& file) {
  if (text.size() > kMaxBytes) fail_at(file, 0, "it is over 1 MiB", "make it smaller");
  if (std::count(text.begin(), text.end(), '.') > kMaxDots) {
    fail_at(file, 0, "it has more than 2000 dots", "make it smaller");
  }
  try {
    return convert(toml::parse(text, file), file, 0);
  } catch (const toml::parse_error& error) {
    fail_at(file, error.source().begin.line, std::string(error.description()),
            "see https://toml.io for the syntax");
  }
}

TableReader::TableReader(const Toml& table, std::string file, std::string where)
    : table_(table), file_(std::move(file)), where_(std::move(where)) {}

const Toml* TableReader::find(const std::string& key) const {
  for (const auto& [name, value] : table_.entries) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Toml* TableReader::any(const std::string& key) {
  asked_.push_back(key);
  return find(key);
}

const Toml* TableReader::of_kind(const std::string& key, Toml::Kind kind) {
  const Toml* value = any(key);
  if (value != nullptr && value->kind != kind) {
    fail(key, "\"" + key + "\" is " + std::string(kind_name(value->kind)),
         "make it " + std::string(kind_name(kind)));
  }
  return value;
}

std::optional<std::string> TableReader::string(const std::string& key) {
  const Toml* value = of_kind(key, Toml::Kind::kString);
  if (value == nullptr) return std::nullopt;
  return value->string;
}

std::optional<std::int64_t> TableReader::integer(const std::string& key, std::int64_t minimum,
                                                 std::int64_t maximum) {
  const Toml* value = of_kind(key, Toml::Kind::kInteger);
  if (value == nullptr) return std::nullopt;
  if (value->integer < minimum || value->integer > maximum) {
    fail(key, "\"" + key + "\" is " + std::to_string(value->integer),
         "make it " + std::to_string(minimum) + " to " + std::to_string(maximum));
  }
  return value->integer;
}

std::optional<bool> TableReader::boolean(const std::string& key) {
  const Toml* value = of_kind(key, Toml::Kind::kBoolean);
  if (value == nullptr) return std::nullopt;
  return value->boolean;
}

std::vector<std::string> TableReader::strings(const std::string& key) {
  std::vector<std::string> out;
  const Toml* list = of_kind(key, Toml::Kind::kArray);
  if (list == nullptr) return out;
  for (const Toml& item : list->items) {
    if (item.kind != Toml::Kind::kString) {
      fail_at(file_, item.line,
              "the list \"" + key + "\" holds " + std::string(kind_name(item.kind)),
              "let it hold strings only");
    }
    out.push_back(item.string);
  }
  return out;
}

std::string TableReader::required_string(const std::string& key) {
  auto value = string(key);
  if (!value || value->empty()) {
    fail(key, "\"" + key + "\" is missing" + (where_.empty() ? "" : " in " + where_),
         "add " + key + " = \"...\"");
  }
  return *value;
}

void TableReader::finish() const {
  for (const auto& [name, value] : table_.entries) {
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
    fail_at(file_, value.line,
            "unknown key \"" + name + "\"" + (where_.empty() ? "" : " in " + where_),
            suggest(name, asked_));
  }
}

void TableReader::fail(const std::string& key, const std::string& cause,
                       const std::string& next) const {
  const Toml* value = find(key);
  fail_at(file_, value != nullptr ? value->line : table_.line, cause, next);
}

}  // namespace sluice::plugin
