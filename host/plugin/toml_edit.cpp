#include "plugin/toml_edit.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "platform/error.h"
#include "plugin/toml.h"

namespace sluice::plugin {
namespace {

struct TextPlace {
  std::size_t line = 0;    // from 1; 0: nowhere
  std::size_t column = 0;  // from 1, in characters
};

TextPlace place_of(const toml::node& node) {
  return {node.source().begin.line, node.source().begin.column};
}

// Bytes in front of a place.
std::size_t offset_of(const std::string& text, const TextPlace& place) {
  std::size_t at = 0;
  for (std::size_t line = 1; line < place.line; ++line) at = text.find('\n', at) + 1;
  for (std::size_t column = 1; column < place.column; ++at) {
    const bool ends_character = at + 1 >= text.size() || (text[at + 1] & '\xC0') != '\x80';
    if (ends_character) ++column;
  }
  return at;
}

// Behind the string that begins at `at`: of one line, with or without escapes.
std::size_t skip_string(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (quote == '"' && text[at] == '\\') ++at;
  }
  return at + 1;
}

// Behind the list that begins at `at`.
std::size_t skip_list(const std::string& text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '#') at = std::min(text.find('\n', at), text.size());
    if (c == '[') ++depth;
    if (c == ']' && --depth == 0) return at + 1;
    ++at;
  }
  return text.size();
}

std::string toml_list(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + toml_string(value);
  return out + "]";
}

// Whether the table's own header stands in that line, so that a key can follow it.
bool is_header(const std::string& line, const std::string& table) {
  std::string bare;
  for (const char c : line.substr(0, line.find('#'))) {
    if (c != ' ' && c != '\t' && c != '\r') bare += c;
  }
  return bare == "[" + table + "]";
}

std::string text_with_list(const std::string& text, const toml::table& root,
                           const std::string& table, const std::string& key,
                           const std::vector<std::string>& values) {
  const std::string line = key + " = " + toml_list(values) + "\n";
  const toml::node* found = root.get(table);
  if (found == nullptr || !found->is_table()) {
    const std::string gap = text.empty() ? "" : text.back() == '\n' ? "\n" : "\n\n";
    return text + gap + "[" + table + "]\n" + line;
  }
  if (const toml::node* value = found->as_table()->get(key)) {
    const std::size_t begin = offset_of(text, place_of(*value));
    const std::size_t end = skip_list(text, begin);
    return text.substr(0, begin) + toml_list(values) + text.substr(end);
  }
  const std::size_t header = offset_of(text, {place_of(*found).line, 1});
  const std::size_t next = std::min(text.find('\n', header), text.size());
  if (!is_header(text.substr(header, next - header), table)) return text;
  const std::string head = text.substr(0, next) + "\n";
  return head + line + text.substr(std::min(next + 1, text.size()));
}

// The list as the text has it; nothing if the text does not parse or has no such list.
std::optional<std::vector<std::string>> list_in(const std::string& text, const std::string& file,
                                                const std::string& table, const std::string& key) {
  try {
    const Toml root = parse_toml(text, file);
    TableReader top(root, file, "");
    const Toml* found = top.of_kind(table, Toml::Kind::kTable);
    if (found == nullptr) return std::nullopt;
    TableReader reader(*found, file, table);
    if (reader.any(key) == nullptr) return std::nullopt;
    return reader.strings(key);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::string with_toml_list(const std::string& text, const std::string& file,
                           const std::string& table, const std::string& key,
                           const std::vector<std::string>& values) {
  parse_toml(text, file);  // its errors have the line
  std::string out = text_with_list(text, toml::parse(text, file), table, key, values);
  // Read back: whatever was not understood above must not end in a broken file.
  if (list_in(out, file, table, key) != values) {
    throw Error("change", file, "[" + table + "] " + key + " is written in an unusual way",
                "set it by hand: " + key + " = " + toml_list(values), ExitCode::kUsage);
  }
  return out;
}

}  // namespace sluice::plugin
