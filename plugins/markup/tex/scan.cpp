// SPDX-License-Identifier: Apache-2.0
#include "markup/tex/scan.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

namespace sluice::markup::tex {
namespace {

// Options are a few words; a formula's bracket without end is none.
constexpr std::size_t kMaxOptions = 4'000;

constexpr auto kRawEnvironments = std::to_array<std::string_view>(
    {"verbatim", "verbatim*", "Verbatim", "Verbatim*", "BVerbatim", "LVerbatim", "lstlisting",
     "minted", "comment", "filecontents", "filecontents*", "Highlighting", "alltt"});

bool is_raw_environment(std::string_view name) {
  return std::find(kRawEnvironments.begin(), kRawEnvironments.end(), name) !=
         kRawEnvironments.end();
}

bool read_raw_environment(std::string_view text, std::size_t at, WordFinder& words, RawPart& part) {
  const std::string_view name = environment_name(text, at);
  if (name.empty() || !is_raw_environment(name)) return false;
  const std::string ending = "\\end{" + std::string(name) + "}";
  std::size_t begin = at + 8 + name.size();
  const std::size_t end = words.find(ending, begin);
  if (end == kNowhere) return false;
  part = {begin, end, end + ending.size(), name, true, {}};
  if (text[begin] == '[') {
    const std::size_t close = find_option_end(text, begin);
    if (close < end) {
      part.language = option_value(text.substr(begin + 1, close - begin - 1), "language");
      begin = close + 1;
    }
  }
  if ((name == "minted" || name.starts_with("filecontents")) && text[begin] == '{') {
    const std::size_t close = text.find('}', begin);
    if (close < end) {
      if (name == "minted") part.language = text.substr(begin + 1, close - begin - 1);
      begin = close + 1;
    }
  }
  // What is left of the line of \begin belongs to nobody.
  const std::size_t line_end = text.find('\n', begin);
  if (line_end < end && trimmed(text.substr(begin, line_end - begin)).empty()) begin = line_end + 1;
  part.begin = std::min(begin, end);
  return true;
}

bool read_raw_word(std::string_view text, std::size_t at, RawPart& part) {
  const std::string_view name = control_name(text, at);
  if (name != "verb" && name != "lstinline" && name != "mintinline") return false;
  std::size_t begin = at + 1 + name.size();
  if (name == "verb" && begin < text.size() && text[begin] == '*') ++begin;
  std::string_view language;
  if (name != "verb" && begin < text.size() && text[begin] == '[') {
    const std::size_t close = find_option_end(text, begin);
    if (close == kNowhere) return false;
    language = option_value(text.substr(begin + 1, close - begin - 1), "language");
    begin = close + 1;
  }
  if (name == "mintinline" && begin < text.size() && text[begin] == '{') {
    const std::size_t close = text.substr(0, std::min(text.size(), begin + 60)).find('}', begin);
    if (close == kNowhere) return false;
    language = text.substr(begin + 1, close - begin - 1);
    begin = close + 1;
  }
  if (begin >= text.size() || text[begin] == '\n') return false;
  // Any character may stand at both ends, of any number of bytes.
  const std::size_t size = utf8_at(text, begin).length;
  const bool in_braces = text[begin] == '{';
  std::string_view line = text.substr(begin + size, kMaxOptions);
  line = line.substr(0, line.find('\n'));
  std::size_t end =
      in_braces ? find_group_end(text, begin, kMaxOptions) : line.find(text.substr(begin, size));
  if (end == kNowhere) return false;
  if (!in_braces) end += begin + size;
  part = {begin + size, end, end + size, name, false, language};
  return true;
}

}  // namespace

std::string_view control_name(std::string_view text, std::size_t at) {
  std::size_t end = ++at;
  while (end < text.size() && is_ascii_letter(static_cast<unsigned char>(text[end]))) ++end;
  if (end == at && at < text.size()) end = at + utf8_at(text, at).length;
  return text.substr(std::min(at, text.size()), end - at);
}

std::size_t token_size(std::string_view text, std::size_t at) {
  return text[at] == '\\' ? 1 + control_name(text, at).size() : utf8_at(text, at).length;
}

bool is_control_word(std::string_view name) {
  return !name.empty() && is_ascii_letter(static_cast<unsigned char>(name[0]));
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \n\t", at), text.size());
}

std::size_t skip_line_blanks(std::string_view text, std::size_t at) {
  const std::size_t end = skip_blanks(text, at);
  const std::string_view blanks = text.substr(std::min(at, text.size()), end - at);
  return std::count(blanks.begin(), blanks.end(), '\n') > 1 ? at : end;
}

std::size_t find_group_end(std::string_view text, std::size_t open, std::size_t reach) {
  const std::size_t limit = std::min(text.size(), open + std::min(reach, text.size()));
  std::size_t depth = 0;
  for (std::size_t at = open; at < limit; ++at) {
    const char c = text[at];
    if (c == '\\') ++at;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at;
  }
  return kNowhere;
}

std::size_t find_option_end(std::string_view text, std::size_t open) {
  const std::size_t limit = std::min(text.size(), open + kMaxOptions);
  std::size_t depth = 0;
  for (std::size_t at = open + 1; at < limit; ++at) {
    const char c = text[at];
    if (c == '\\') ++at;
    if (c == '{') ++depth;
    if (c == '}' && depth-- == 0) return kNowhere;
    if (c == ']' && depth == 0) return at;
    if (c == '\n' && at + 1 < limit && text[at + 1] == '\n') return kNowhere;
  }
  return kNowhere;
}

std::string_view environment_name(std::string_view text, std::size_t at) {
  const std::string_view word = control_name(text, at);
  if (word != "begin" && word != "end") return {};
  const std::size_t open = at + 1 + word.size();
  if (open >= text.size() || text[open] != '{') return {};
  const std::size_t close = text.substr(0, std::min(text.size(), open + 80)).find('}', open);
  return close == kNowhere ? std::string_view() : text.substr(open + 1, close - open - 1);
}

std::size_t WordFinder::find(std::string_view word, std::size_t from) {
  auto place = known_.find(word);
  if (place == known_.end()) place = known_.emplace(std::string(word), Known{}).first;
  Known& known = place->second;
  if (!known.is_set || from < known.from || (known.found != kNowhere && from > known.found)) {
    known = {from, text_.find(word, from), true};
  }
  return known.found;
}

bool read_raw_part(std::string_view text, std::size_t at, WordFinder& words, RawPart& part) {
  return read_raw_word(text, at, part) || read_raw_environment(text, at, words, part);
}

std::string_view option_value(std::string_view options, std::string_view key) {
  while (!options.empty()) {
    const std::size_t comma = std::min(options.find(','), options.size());
    const std::string_view one = options.substr(0, comma);
    options.remove_prefix(std::min(comma + 1, options.size()));
    const std::size_t equals = one.find('=');
    if (equals == kNowhere || trimmed(one.substr(0, equals)) != key) continue;
    std::string_view value = trimmed(one.substr(equals + 1));
    // A dialect stands in front: language={[LaTeX]TeX}.
    if (value.starts_with('{')) value = value.substr(1, value.size() - 1 - value.ends_with('}'));
    if (value.starts_with('['))
      value = value.substr(std::min(value.find(']'), value.size() - 1) + 1);
    return value;
  }
  return {};
}

GroupedText::GroupedText(std::string text) : text_(std::move(text)), words_(text_) {
  std::vector<std::size_t> open;
  RawPart raw;
  for (std::size_t at = text_.find_first_of("\\{}"); at < text_.size();
       at = text_.find_first_of("\\{}", at)) {
    if (text_[at] == '\\') {
      at = read_raw_part(text_, at, words_, raw) ? raw.after : at + 2;
      continue;
    }
    if (text_[at] == '{') {
      open.push_back(groups_.size());
      groups_.emplace_back(at, kNowhere);
    } else if (!open.empty()) {
      groups_[open.back()].second = at;
      open.pop_back();
    }
    ++at;
  }
}

std::size_t GroupedText::group_end(std::size_t open) const {
  const auto found =
      std::lower_bound(groups_.begin(), groups_.end(), std::pair(open, std::size_t{0}));
  return found != groups_.end() && found->first == open ? found->second : kNowhere;
}

}  // namespace sluice::markup::tex
