// SPDX-License-Identifier: Apache-2.0
#include "markdown/entities.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>

namespace sluice::markdown_plugin {
namespace {

struct Named {
  std::string_view name;
  char32_t code;
};

constexpr std::array kAscii = {
    Named{"amp", '&'},    Named{"lt", '<'},     Named{"gt", '>'},     Named{"quot", '"'},
    Named{"apos", '\''},  Named{"lpar", '('},   Named{"rpar", ')'},   Named{"lsqb", '['},
    Named{"rsqb", ']'},   Named{"num", '#'},    Named{"percnt", '%'}, Named{"plus", '+'},
    Named{"comma", ','},  Named{"period", '.'}, Named{"sol", '/'},    Named{"colon", ':'},
    Named{"quest", '?'},  Named{"equals", '='}, Named{"excl", '!'},   Named{"dollar", '$'},
    Named{"commat", '@'}, Named{"lowbar", '_'}, Named{"Tab", '\t'},   Named{"bsol", '\\'},
};

// U+00A0 to U+00FF in order (HTML 4.01, section 24.2).
constexpr std::array<std::string_view, 96> kLatin1 = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

std::optional<char32_t> named(std::string_view name) {
  const auto ascii = std::find_if(kAscii.begin(), kAscii.end(),
                                  [name](const Named& entry) { return entry.name == name; });
  if (ascii != kAscii.end()) return ascii->code;
  const auto latin = std::find(kLatin1.begin(), kLatin1.end(), name);
  if (latin == kLatin1.end()) return std::nullopt;
  return static_cast<char32_t>(0xA0 + (latin - kLatin1.begin()));
}

// "#228" or "#xE4": at most 7 decimal or 6 hexadecimal digits.
std::optional<char32_t> numeric(std::string_view text) {
  text.remove_prefix(1);
  const bool hexadecimal = !text.empty() && (text[0] == 'x' || text[0] == 'X');
  if (hexadecimal) text.remove_prefix(1);
  if (text.empty() || text.size() > (hexadecimal ? 6u : 7u)) return std::nullopt;
  char32_t code = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    const int base = hexadecimal ? 16 : 10;
    if (digit < 0 || digit >= base) return std::nullopt;
    code = code * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
  }
  return code == 0 ? char32_t{0xFFFD} : code;
}

// Appends the character that the reference at `text[at]` ('&') stands for and returns its length; 0
// if it is none.
std::size_t decode_reference(std::string_view text, std::size_t at, std::string& out) {
  constexpr std::size_t kMaxLength = 12;
  const auto end = text.substr(at, kMaxLength).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view body = text.substr(at + 1, end - 1);
  const auto code = body[0] == '#' ? numeric(body) : named(body);
  if (!code) return 0;
  append_utf8(out, *code);
  return end + 1;
}

enum class Escapes { kLiteral, kResolved };

std::string decode(std::string_view text, Escapes escapes) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && escapes == Escapes::kResolved && at + 1 < text.size() &&
        is_ascii_punctuation(text[at + 1])) {
      out.push_back(text[at + 1]);
      at += 2;
      continue;
    }
    const std::size_t length = text[at] == '&' ? decode_reference(text, at, out) : 0;
    if (length == 0) out.push_back(text[at]);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  return decode(text, Escapes::kLiteral);
}
std::string unescape(std::string_view raw) {
  return decode(raw, Escapes::kResolved);
}

}  // namespace sluice::markdown_plugin
