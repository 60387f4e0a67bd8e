// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>
#include <utility>

#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

// Of a tag or a block of overrides; what is longer is text.
constexpr std::size_t kMaxTag = 512;

// Appends what the character reference at the start of `text` means, and returns its size; 0 if
// there is none. WebVTT 6.4 has the first six; programs that save SubRip as HTML write numbers,
// too.
std::size_t append_reference(std::string_view text, std::string& out) {
  static constexpr auto kNames = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"&amp;", "&"},
      {"&lt;", "<"},
      {"&gt;", ">"},
      {"&nbsp;", "\u00A0"},
      {"&lrm;", "\u200E"},
      {"&rlm;", "\u200F"},
      {"&quot;", "\""},
      {"&apos;", "'"},
  });
  for (const auto& [name, meaning] : kNames) {
    if (!text.starts_with(name)) continue;
    out += meaning;
    return name.size();
  }
  if (!text.starts_with("&#")) return 0;
  const bool hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  std::size_t at = hexadecimal ? 3 : 2;
  char32_t code = 0;
  const std::size_t begin = at;
  while (at < text.size() && at < begin + 8) {
    const int digit = hex_value(static_cast<unsigned char>(text[at]));
    if (digit < 0 || (!hexadecimal && digit > 9)) break;
    code = code * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
    ++at;
  }
  if (at == begin || at >= text.size() || text[at] != ';' || code < 0x20) return 0;
  append_utf8(out, code);
  return at + 1;
}

// Whether `tag`, without its brackets, is one of the formats' own: anything else in brackets is
// text.
bool is_tag(std::string_view tag) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"b", "i", "u", "s", "c", "v", "font", "ruby", "rt", "lang",
                                       "span", "p", "br", "em", "strong"});
  if (tag.starts_with('/')) tag.remove_prefix(1);
  if (!tag.empty() && is_ascii_digit(static_cast<unsigned char>(tag[0])))
    return read_time(tag).has_value();  // of a word
  const std::string name = ascii_lower(tag.substr(0, tag.find_first_of(" .\t/")));
  return tag.empty() || std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The voice that `<v.loud Ann>` names.
std::string voice_of(std::string_view tag) {
  if (!tag.starts_with("v ") && !tag.starts_with("v.") && !tag.starts_with("v\t")) return {};
  const std::size_t blank = tag.find_first_of(" \t");
  return blank == std::string_view::npos ? std::string() : one_line(tag.substr(blank + 1));
}

}  // namespace

std::string plain_line(std::string_view line, std::string& speaker) {
  std::string out;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::string_view rest = line.substr(at);
    if (rest[0] == '<') {
      const std::size_t end = rest.substr(0, kMaxTag).find('>');
      if (end != std::string_view::npos && is_tag(rest.substr(1, end - 1))) {
        std::string voice = voice_of(rest.substr(1, end - 1));
        if (!voice.empty() && speaker.empty()) speaker = std::move(voice);
        at += end + 1;
        continue;
      }
    } else if (rest.starts_with("{\\")) {  // places and looks, which SubRip has from SubStation
      const std::size_t end = rest.substr(0, kMaxTag).find('}');
      if (end != std::string_view::npos) {
        at += end + 1;
        continue;
      }
    } else if (rest[0] == '&') {
      if (const std::size_t size = append_reference(rest, out); size > 0) {
        at += size;
        continue;
      }
    }
    out += rest[0];
    ++at;
  }
  return std::string(trimmed(out));
}

std::optional<Time> read_time(std::string_view text) {
  constexpr int kMaxDigits = 6;
  std::int64_t seconds = 0;
  std::int64_t part = 0;
  int parts = 0;
  int digits = 0;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_ascii_digit(static_cast<unsigned char>(c)) && digits < kMaxDigits) {
      part = part * 10 + (c - '0');
      ++digits;
    } else if (c == ':' && digits > 0 && parts < 2) {
      seconds = (seconds + part) * 60;
      part = 0;
      digits = 0;
      ++parts;
    } else {
      break;
    }
  }
  if (digits == 0 || parts == 0) return std::nullopt;
  Time time{(seconds + part) * 1000, at};
  if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') &&
      is_ascii_digit(static_cast<unsigned char>(text[at + 1]))) {
    std::int64_t scale = 100;
    for (++at; at < text.size() && is_ascii_digit(static_cast<unsigned char>(text[at])); ++at) {
      time.milliseconds += scale * (text[at] - '0');
      scale /= 10;
    }
    time.size = at;
  }
  return time;
}

namespace {

// Captions roll on within this time; people who say the same again take longer.
constexpr std::int64_t kAtOnce = 50;

// How many lines at the beginning of `next` repeat the last ones of `last`.
std::size_t repeated_lines(const Cue& last, const Cue& next) {
  for (std::size_t count = std::min(last.lines.size(), next.lines.size()); count > 0; --count) {
    if (std::equal(next.lines.begin(), next.lines.begin() + static_cast<std::ptrdiff_t>(count),
                   last.lines.end() - static_cast<std::ptrdiff_t>(count))) {
      return count;
    }
  }
  return 0;
}

// Whether `next` is `last` with more words behind it.
bool grows(const Cue& last, const Cue& next) {
  if (last.lines.size() != next.lines.size() || last.lines.empty()) return false;
  if (!std::equal(last.lines.begin(), last.lines.end() - 1, next.lines.begin())) return false;
  const std::string& before = last.lines.back();
  const std::string& after = next.lines.back();
  return after.size() > before.size() && after.starts_with(before) && after[before.size()] == ' ';
}

}  // namespace

void join_rolling(std::vector<Cue>& cues) {
  std::vector<Cue> joined;
  Cue last;  // as it was before its repeated lines went
  for (Cue& cue : cues) {
    const bool follows = !joined.empty() && cue.begin <= last.end + kAtOnce &&
                         cue.begin >= last.begin && cue.speaker == last.speaker;
    Cue whole = cue;
    if (follows && grows(last, cue)) {
      joined.back().lines.back() = cue.lines.back();
      joined.back().end = std::max(joined.back().end, cue.end);
    } else {
      const std::size_t repeated = follows ? repeated_lines(last, cue) : 0;
      cue.lines.erase(cue.lines.begin(), cue.lines.begin() + static_cast<std::ptrdiff_t>(repeated));
      if (!cue.lines.empty()) {
        joined.push_back(std::move(cue));
      } else if (!joined.empty()) {
        joined.back().end = std::max(joined.back().end, cue.end);
      }
    }
    last = std::move(whole);
  }
  cues = std::move(joined);
}

}  // namespace sluice::subtitles
