// SPDX-License-Identifier: Apache-2.0
#include "hyphens.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>

#include "page/unicode.hpp"

namespace sluice::pdf {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
std::string_view last_word(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (is_word_byte(text[at - 1]) || text[at - 1] == '-')) --at;
  return text.substr(at);
}
std::string_view first_word(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (is_word_byte(text[at]) || text[at] == '-')) ++at;
  return text.substr(0, at);
}

}  // namespace

std::uint64_t Hyphens::hash(std::string_view word) {
  std::uint64_t value = 0xCBF29CE484222325U;
  for (char c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return value;
}

Hyphens::Hyphens(const Story& story) {
  // A line's last word may be broken, and its first the rest of one: they teach nothing.
  for (const Line& line : story.lines) {
    const std::string text = story.text_of(line);
    const std::size_t from = text.find(' ');
    const std::size_t end = text.rfind(' ');
    if (from == std::string::npos || from >= end) continue;
    for (std::size_t at = from; at < end;) {
      while (at < end && !is_word_byte(text[at])) ++at;
      std::size_t stop = at;
      while (stop < end && (is_word_byte(text[stop]) || text[stop] == '-')) ++stop;
      if (stop - at > 2) words_.insert(hash(std::string_view(text).substr(at, stop - at)));
      at = stop;
    }
  }
}

bool Hyphens::is_kept(std::string_view before, std::string_view next) const {
  const std::string left(last_word(before));
  const std::string right(first_word(next));
  if (left.empty() || right.empty()) return true;
  const char32_t follows = first_char(right);
  const bool lower = (follows >= 'a' && follows <= 'z') || follows >= 0xDF;
  if (!lower) return true;  // "Jean-" "Paul", "12-" "13"
  if (last_char(left) >= '0' && last_char(left) <= '9') return true;
  if (words_.contains(hash(left + right))) return false;
  if (words_.contains(hash(left + "-" + right))) return true;
  if (left.find('-') != std::string::npos) return true;  // "state-of-" "the-art"
  return is_compound(left, right);
}

// Parts that take a hyphen whatever else the document says: "self-evident", "Email-based". Endings
// of one word ("self-ish", "well-ness") do not follow one.
bool Hyphens::is_compound(const std::string& left, const std::string& right) const {
  const auto is_one_of = [](const std::string& word, const auto& words) {
    return std::find(std::begin(words), std::end(words), ascii_lower(word)) != std::end(words);
  };
  static constexpr std::string_view kFirst[] = {"self", "well"};
  static constexpr std::string_view kEndings[] = {"ish", "less", "hood", "ness", "ing", "ed", "s"};
  static constexpr std::string_view kSecond[] = {"based",    "driven",   "oriented", "related",
                                                 "friendly", "specific", "aware",    "minded"};
  static constexpr std::string_view kPrefixes[] = {"un",   "in",    "dis",   "inter", "cor", "unre",
                                                   "over", "under", "inter", "non",   "de",  "re"};
  if (is_one_of(left, kFirst)) return !is_one_of(right, kEndings);
  if (is_one_of(right, kSecond) && left.size() >= 4 && !is_one_of(left, kPrefixes)) return true;
  // Both are words by themselves, and what stands before is of the kind that takes a hyphen.
  static constexpr std::string_view kTakesHyphen[] = {"non",  "semi",  "cross", "high", "low",
                                                      "long", "short", "real",  "half", "quasi"};
  return is_one_of(left, kTakesHyphen) && words_.contains(hash(right));
}

bool ends_in_hyphen(std::string_view line, std::size_t& bytes) {
  const char32_t last = last_char(line);
  // U+2011 does not break a line, but typesetters of the family of xdvipdfmx end lines in it.
  if (last != '-' && last != 0xAD && last != 0x2010 && last != 0x2011) return false;
  bytes = last == '-' ? 1 : last == 0xAD ? 2 : 3;
  if (line.size() <= bytes) return false;
  const char32_t before = last_char(line.substr(0, line.size() - bytes));
  return before >= 0x80 || (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
         (before >= '0' && before <= '9');
}

}  // namespace sluice::pdf
