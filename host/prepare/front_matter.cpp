#include "prepare/front_matter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sluice/abi_rules.hpp>

#include "model/utf8.h"

namespace sluice::prepare {
namespace {

constexpr std::array<std::string_view, 8> kOrder = {
    "title", "author", "created", "modified", "language", "description", "keywords", "pages"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_control(char c) {
  return (c >= '\0' && c < ' ') || c == '\x7F';
}

// Characters that YAML takes for line ends or refuses: U+0080-U+009F, U+2028, U+2029, U+FEFF,
// U+FFFE and U+FFFF.
bool is_treacherous(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xC2' && character[1] < '\xA0';
  return character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9" ||
         character == "\xEF\xBB\xBF" || character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

// One line: every run of blanks and control characters is one space; none at the ends.
std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    const Utf8Step step = utf8_step(text.substr(i));
    const std::string_view character = text.substr(i, step.size);
    i += step.size;
    if (is_control(character[0]) || character[0] == ' ' || is_treacherous(character)) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += character;
  }
  return out;
}

bool is_reserved_word(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  constexpr std::array<std::string_view, 9> kWords = {"true", "false", "yes", "no", "on",
                                                      "off",  "null",  "y",   "n"};
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

bool may_be_plain(std::string_view text) {
  if (text.empty() || is_reserved_word(text)) return false;
  const char first = text.front();
  if (!is_letter(first) && first != '/' && (first & '\x80') == 0) return false;
  constexpr std::string_view kHarmless = " _-./()+=;,'&$!?^~";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_letter(c) || is_digit(c) || (c & '\x80') != 0) continue;
    if (kHarmless.find(c) != std::string_view::npos) continue;
    // A colon begins a mapping before a blank, a hash a comment behind one.
    if (c == ':' && i + 1 < text.size() && text[i + 1] != ' ') continue;
    if (c == '#' && text[i - 1] != ' ') continue;
    return false;
  }
  return true;
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), is_digit);
}

std::string value_of(std::string_view key, std::string_view text) {
  if (key == "pages" && is_number(text)) return std::string(text);
  // A full date or time stays plain, so that readers see a date. A year alone would be a number.
  constexpr std::size_t kFullDate = 10;
  const bool is_day = key == "created" || key == "modified";
  if (is_day && text.size() >= kFullDate && abi_rules::is_iso_date(text)) return std::string(text);
  return yaml_scalar(text);
}

// Every character of it, since a script opens what it names. Where front matter is shown as
// Markdown, none of it is live: YAML has escapes for what begins a tag, a link or code.
std::string yaml_path(std::string_view text) {
  const bool has_blank_ends = text.starts_with(' ') || text.ends_with(' ');
  if (may_be_plain(text) && !has_blank_ends) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += {'\\', c};
        break;
      case '<':
        out += "\\x3C";
        break;
      case '>':
        out += "\\x3E";
        break;
      case '[':
        out += "\\x5B";
        break;
      case ']':
        out += "\\x5D";
        break;
      case '`':
        out += "\\x60";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

void add(std::string& out, std::string_view key, const std::string& value) {
  if (value == "\"\"") return;
  out.append(key).append(": ").append(value).append("\n");
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  std::string line = folded(text);
  return may_be_plain(line) ? line : double_quoted(line);
}

void note_title(Bundle& bundle, const std::vector<wire::Field>& metadata) {
  for (const wire::Field& field : metadata) {
    if (field.key == "title") bundle.title = field.value;
    if (field.key != "pages") continue;
    const char* const end = field.value.data() + field.value.size();
    std::int64_t pages = 0;
    const auto read = std::from_chars(field.value.data(), end, pages);
    if (read.ec == std::errc() && read.ptr == end && pages > 0) bundle.pages = pages;
  }
}

std::string front_matter(std::string_view author, const std::vector<wire::Field>& metadata,
                         const HostFacts& facts) {
  std::string out = "---\n";
  out += author;
  const auto add_field = [&](const wire::Field& field) {
    if (abi_rules::has_entry(author, field.key)) return;
    add(out, field.key, value_of(field.key, field.value));
  };
  for (const std::string_view key : kOrder) {
    for (const wire::Field& field : metadata) {
      if (field.key == key) add_field(field);
    }
  }
  for (const wire::Field& field : metadata) {
    if (std::find(kOrder.begin(), kOrder.end(), field.key) == kOrder.end()) add_field(field);
  }
  // What the author wrote stays under its name.
  const auto add_fact = [&](std::string key, const std::string& value) {
    while (abi_rules::has_entry(author, key)) key.insert(0, "sluice_");
    add(out, key, value);
  };
  add_fact("source", yaml_path(facts.source));
  add_fact("sha256", double_quoted(facts.sha256));
  add_fact("media_type", yaml_scalar(facts.media_type));
  add_fact("converter", yaml_scalar(facts.converter));
  return out + "---\n\n";
}

}  // namespace sluice::prepare
