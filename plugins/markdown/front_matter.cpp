// SPDX-License-Identifier: Apache-2.0
#include "markdown/front_matter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>

#include "markdown/yaml_entry.hpp"

namespace sluice::markdown_plugin {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxFields = 48;  // the host takes 64
constexpr std::size_t kMaxKey = 32;

struct Common {
  std::string_view name;
  std::string_view key;
};

// What others call the fields that mean the same everywhere.
constexpr std::array kCommon = {
    Common{"authors", "author"},         Common{"creator", "author"},
    Common{"date", "created"},           Common{"published", "created"},
    Common{"updated", "modified"},       Common{"lastmod", "modified"},
    Common{"last_modified", "modified"}, Common{"lang", "language"},
    Common{"summary", "description"},    Common{"abstract", "description"},
    Common{"tags", "keywords"},
};

constexpr std::array<std::string_view, 4> kOfTheHost = {"source", "sha256", "media_type",
                                                        "converter"};

// The next line of `text`, which is shortened by it.
std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool is_end(std::string_view line) {
  const auto text = line.substr(0, line.find_last_not_of(" \t") + 1);
  return text == "---" || text == "...";
}

bool is_blank_line(std::string_view line) {
  return trimmed(line).empty();
}
bool is_comment(std::string_view line) {
  return trimmed(line).starts_with('#');
}

// What the host takes as a date: a day, perhaps with a time.
bool is_date(std::string_view value) {
  return iso_date_size(value) == 10 && (value.size() == 10 || value[10] == 'T' || value[10] == ' ');
}

// A metadata key for a YAML name; empty if nothing of it can be one.
std::string key_for(std::string_view name, std::string_view value) {
  std::string key;
  for (const char c : name) {
    if (is_ascii_alphanumeric(c)) {
      key.push_back(ascii_lower(c));
    } else if (!key.empty() && key.back() != '_') {
      key.push_back('_');
    }
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  if (key.empty() || key.size() > kMaxKey || !is_ascii_letter(key[0])) return {};
  const auto common =
      std::find_if(kCommon.begin(), kCommon.end(), [&](const Common& c) { return c.name == key; });
  const std::string meant(common == kCommon.end() ? key : common->key);
  if ((meant == "created" || meant == "modified") && !is_date(value)) {
    return key == meant ? key + "_as_written" : key;
  }
  if (meant == "pages" && !is_ascii_number(value)) return "pages_as_written";
  const bool taken = std::find(kOfTheHost.begin(), kOfTheHost.end(), meant) != kOfTheHost.end();
  return taken ? "original_" + meant : meant;
}

// Reads the front matter entry by entry: one that is no YAML, or more than a field, costs only
// itself.
class Reader {
 public:
  explicit Reader(FrontMatter& out) : out_(out) {}

  void run() {
    std::string_view rest = out_.yaml;
    while (!rest.empty()) {
      const std::string_view entry = next_entry(rest);
      if (!entry.empty() && !field(entry)) out_.complete = false;
    }
  }

 private:
  // The first line of `rest` with the lines that belong to it: those that are indented, the items
  // of a list, and blank lines between them. Takes them off `rest`.
  std::string_view next_entry(std::string_view& rest) {
    const char* const begin = rest.data();
    const std::string_view first = next_line(rest);
    out_.complete = out_.complete && !is_comment(first);
    if (is_blank_line(first) || is_comment(first)) return {};
    while (!rest.empty()) {
      std::string_view after = rest;
      const std::string_view line = next_line(after);
      const bool belongs = line.empty() || line.front() == ' ' || line.front() == '\t' ||
                           line == "-" || line.starts_with("- ");
      if (!belongs) break;
      // A comment is no part of a field, and must not go missing.
      out_.complete = out_.complete && !is_comment(line);
      rest = after;
    }
    return {begin, static_cast<std::size_t>(rest.data() - begin)};
  }

  bool field(std::string_view text) {
    std::optional<YamlEntry> simple = read_simple_entry(text);
    YamlEntry entry = simple ? std::move(*simple) : read_yaml_entry(text);
    if (entry.kind == YamlEntry::Kind::kOther) return false;
    if (entry.kind == YamlEntry::Kind::kNull || entry.value.empty()) return true;
    return add(entry.name, std::move(entry.value));
  }

  bool add(std::string_view name, std::string value) {
    std::string key = key_for(name, value);
    const auto same = [&](const auto& other) { return other.first == key; };
    if (key.empty() || out_.fields.size() >= kMaxFields ||
        std::any_of(out_.fields.begin(), out_.fields.end(), same)) {
      return false;
    }
    out_.fields.emplace_back(std::move(key), std::move(value));
    return true;
  }

  FrontMatter& out_;
};

// Whether the first line that says something is "name: value".
bool begins_with_name(std::string_view yaml) {
  while (!yaml.empty()) {
    const std::string_view line = next_line(yaml);
    if (is_blank_line(line) || is_comment(line)) continue;
    const auto colon = line.find(':');
    return colon != std::string_view::npos && colon > 0 && line.front() != ' ' &&
           line.find_first_of("`*[<|#") > colon &&
           (colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t');
  }
  return false;
}

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
  FrontMatter out;
  std::string_view rest = text;
  const std::string_view first = next_line(rest);
  if (!first.starts_with("---") || !trimmed(first.substr(3)).empty()) return out;
  const char* const begin = rest.data();
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    const auto read = static_cast<std::size_t>(line.data() - begin);
    if (read > kMaxBytes) return out;
    if (!is_end(line)) continue;
    const std::string_view yaml(begin, read);
    if (!begins_with_name(yaml)) return out;
    out.yaml = yaml;
    out.size = text.size() - rest.size();
    Reader(out).run();
    return out;
  }
  return out;
}

}  // namespace sluice::markdown_plugin
