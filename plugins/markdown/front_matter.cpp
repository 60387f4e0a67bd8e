// SPDX-License-Identifier: Apache-2.0
#include "markdown/front_matter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sluice/utf8.hpp>

namespace sluice::markdown_plugin {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 10;
constexpr std::size_t kMostFields = 48;  // the host takes 64
constexpr std::size_t kLongestKey = 32;

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

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

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

bool is_comment_or_blank(std::string_view line) {
  line = trim(line);
  return line.empty() || line.front() == '#';
}

// "YYYY-MM-DD", maybe with a time after it: what the host takes as a date.
bool is_iso_date(std::string_view value) {
  constexpr std::string_view kShape = "0000-00-00";
  if (value.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = value[i] >= '0' && value[i] <= '9';
    if (kShape[i] == '0' ? !digit : value[i] != '-') return false;
  }
  return value.size() == kShape.size() || value[10] == 'T' || value[10] == ' ';
}

bool is_number(std::string_view value) {
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A metadata key for a YAML name; empty if nothing of it can be one.
std::string key_for(std::string_view name, std::string_view value) {
  std::string key;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool good = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (good) {
      key.push_back(lower);
    } else if (!key.empty() && key.back() != '_') {
      key.push_back('_');
    }
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  if (key.empty() || key.size() > kLongestKey || key[0] < 'a' || key[0] > 'z') return {};
  const auto common =
      std::find_if(kCommon.begin(), kCommon.end(), [&](const Common& c) { return c.name == key; });
  const std::string meant(common == kCommon.end() ? key : common->key);
  if ((meant == "created" || meant == "modified") && !is_iso_date(value)) {
    return key == meant ? key + "_as_written" : key;
  }
  if (meant == "pages" && !is_number(value)) return "pages_as_written";
  const bool taken = std::find(kOfTheHost.begin(), kOfTheHost.end(), meant) != kOfTheHost.end();
  return taken ? "original_" + meant : meant;
}

// A double-quoted scalar (YAML 1.2, section 7.3.1) without its quotes; nothing if it has escapes
// that are not common.
std::optional<std::string> double_quoted(std::string_view body) {
  std::string out;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '"') return std::nullopt;
    if (body[i] != '\\') {
      out.push_back(body[i]);
      continue;
    }
    if (++i == body.size()) return std::nullopt;
    if (body[i] != '"' && body[i] != '\\' && body[i] != '/') return std::nullopt;
    out.push_back(body[i]);
  }
  return out;
}

std::optional<std::string> single_quoted(std::string_view body) {
  std::string out;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\'' && (++i == body.size() || body[i] != '\'')) return std::nullopt;
    out.push_back(body[i]);
  }
  return out;
}

// A scalar on one line; nothing if it is more than that. `ends`: characters that a plain one in
// this place cannot hold.
std::optional<std::string> scalar(std::string_view text, std::string_view ends = {}) {
  text = trim(text);
  if (text.empty()) return std::string();
  if (text.front() == '"' || text.front() == '\'') {
    if (text.size() < 2 || text.back() != text.front()) return std::nullopt;
    const auto body = text.substr(1, text.size() - 2);
    return text.front() == '"' ? double_quoted(body) : single_quoted(body);
  }
  text = trim(text.substr(0, text.find(" #")));
  const bool special =
      std::string_view("[]{}&*!|>%@`,").find(text.front()) != std::string_view::npos;
  const bool nested = text.find(": ") != std::string_view::npos || text.back() == ':';
  if (special || nested || text.find_first_of(ends) != std::string_view::npos ||
      text.starts_with("- ")) {
    return std::nullopt;
  }
  return std::string(text);
}

// "[a, b]" as "a, b".
std::optional<std::string> flow_list(std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string out;
  while (!trim(text).empty()) {
    const auto comma = text.find(',');
    const auto item = scalar(text.substr(0, comma), "[]{}");
    // A comma inside quotes cuts a quote open, which is then no scalar.
    if (!item || item->empty()) return std::nullopt;
    out.append(out.empty() ? "" : ", ").append(*item);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

// The lines "- item" that `rest` begins with, as "a, b"; takes them off it.
std::string block_list(std::string_view& rest) {
  std::string out;
  while (!rest.empty()) {
    std::string_view after = rest;
    const std::string_view line = trim(next_line(after));
    if (!line.starts_with("- ")) break;
    const auto item = scalar(line.substr(2));
    if (!item || item->empty()) break;
    out.append(out.empty() ? "" : ", ").append(*item);
    rest = after;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(FrontMatter& out) : out_(out) {}

  void run() {
    std::string_view rest = out_.yaml;
    while (!rest.empty()) {
      const std::string_view line = next_line(rest);
      if (is_comment_or_blank(line)) {
        out_.complete = out_.complete && trim(line).empty();
      } else if (!field(line, rest)) {
        out_.complete = false;
      }
    }
  }

 private:
  bool field(std::string_view line, std::string_view& rest) {
    const auto colon = line.find(':');
    if (line.front() == ' ' || line.front() == '\t' || colon == std::string_view::npos)
      return false;
    if (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\t') return false;
    const auto name = scalar(line.substr(0, colon));
    const std::string_view written = line.substr(colon + 1);
    auto value = scalar(written);
    if (!value) value = flow_list(written);
    if (value && value->empty()) value = block_list(rest);
    // The next line belongs to this one: text that goes on, or something nested.
    if (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t' || rest.starts_with("- "))) {
      const std::string_view next = rest.substr(0, rest.find('\n'));
      if (!trim(next).empty()) return false;
    }
    if (!name || !value) return false;
    return value->empty() || add(*name, std::move(*value));
  }

  bool add(std::string_view name, std::string value) {
    std::string key = key_for(name, value);
    const auto same = [&](const auto& other) { return other.first == key; };
    if (key.empty() || out_.fields.size() >= kMostFields ||
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
    if (is_comment_or_blank(line)) continue;
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
  if (!first.starts_with("---") || !trim(first.substr(3)).empty()) return out;
  const char* const begin = rest.data();
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    const auto read = static_cast<std::size_t>(line.data() - begin);
    if (read > kMostBytes) return out;
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
