// SPDX-License-Identifier: Apache-2.0
#include "tex_signs.hpp"

#include <algorithm>

#include "../words.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxFormula = 20'000;  // the end of a formula is looked for no further
constexpr std::size_t kMaxSettings = 200;    // between `inlineMath` and the signs that it sets

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != kNone;
}

// Whether a script's settings name `$` as a sign: `inlineMath: [['$', '$']]` of MathJax, `left:
// "$"` of KaTeX.
bool sets_dollars(std::string_view source) {
  for (std::size_t at = 0; (at = source.find("inlineMath", at)) != kNone; ++at) {
    const std::string_view settings = source.substr(at, kMaxSettings);
    if (contains(settings, "'$'") || contains(settings, "\"$\"")) return true;
  }
  for (std::size_t at = 0; (at = source.find("left", at)) != kNone; ++at) {
    std::string_view rest = source.substr(at + 4, 10);
    while (!rest.empty() &&
           (is_blank(rest.front()) || rest.front() == ':' || rest.front() == '"')) {
      if (rest.starts_with("\"$\"")) return true;
      rest.remove_prefix(1);
    }
    if (rest.starts_with("'$'")) return true;
  }
  return false;
}

struct Formula {
  TexPiece piece{TexPiece::Kind::kText, {}};
  std::size_t length = 0;  // with its signs; 0 for none
};

Formula between(std::string_view text, std::string_view open, std::string_view close,
                TexPiece::Kind kind) {
  if (!text.starts_with(open)) return {};
  const std::size_t end = text.find(close, open.size());
  if (end == kNone || end == open.size()) return {};
  return {{kind, text.substr(open.size(), end - open.size())}, end + close.size()};
}

// `\begin{align}...\end{align}`, which stays around the formula.
Formula environment(std::string_view text) {
  constexpr std::string_view kBegin = "\\begin{";
  if (!text.starts_with(kBegin)) return {};
  const std::size_t name_end = text.find('}', kBegin.size());
  if (name_end == kNone || name_end > 40) return {};
  const std::string_view name = text.substr(kBegin.size(), name_end - kBegin.size());
  for (std::size_t at = name_end; (at = text.find("\\end{", at)) != kNone; ++at) {
    const std::string_view rest = text.substr(at + 5);
    if (!rest.starts_with(name) || rest.substr(name.size(), 1) != "}") continue;
    const std::size_t length = at + 5 + name.size() + 1;
    return {{TexPiece::Kind::kDisplay, text.substr(0, length)}, length};
  }
  return {};
}

// `$x$`, but not the dollars of "$5 and $6".
Formula between_dollars(std::string_view text) {
  if (text.size() < 3 || is_blank(text[1])) return {};
  std::size_t end = 1;
  while ((end = text.find('$', end)) != kNone && text[end - 1] == '\\') ++end;
  if (end == kNone || end == 1 || is_blank(text[end - 1])) return {};
  const char behind = end + 1 < text.size() ? text[end + 1] : ' ';
  if (behind >= '0' && behind <= '9') return {};
  return {{TexPiece::Kind::kInline, text.substr(1, end - 1)}, end + 1};
}

Formula formula_at(std::string_view text, TexSigns signs) {
  using Kind = TexPiece::Kind;
  if (text.front() == '$') {
    const Formula display = between(text, "$$", "$$", Kind::kDisplay);
    if (display.length > 0 || text.starts_with("$$")) return display;
    return signs == TexSigns::kDollars ? between_dollars(text) : Formula{};
  }
  const Formula in_line = between(text, "\\(", "\\)", Kind::kInline);
  if (in_line.length > 0) return in_line;
  const Formula display = between(text, "\\[", "\\]", Kind::kDisplay);
  return display.length > 0 ? display : environment(text);
}

}  // namespace

TexSigns tex_signs_of(std::string_view source) {
  const bool drawn = contains(source, "MathJax") || contains(source, "mathjax") ||
                     contains(source, "renderMathInElement") || contains(source, "auto-render");
  if (!drawn || !contains(source, "<script")) return TexSigns::kNone;
  return sets_dollars(source) ? TexSigns::kDollars : TexSigns::kBrackets;
}

std::vector<TexPiece> tex_pieces(std::string_view text, TexSigns signs) {
  std::vector<TexPiece> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; (at = text.find_first_of("$\\", at)) != kNone;) {
    const Formula formula = formula_at(text.substr(at, kMaxFormula), signs);
    if (formula.length == 0) {
      at += text.substr(at, 2) == "$$" ? 2 : 1;
      continue;
    }
    if (at > begin) pieces.push_back({TexPiece::Kind::kText, text.substr(begin, at - begin)});
    pieces.push_back(formula.piece);
    at += formula.length;
    begin = at;
  }
  if (begin < text.size()) pieces.push_back({TexPiece::Kind::kText, text.substr(begin)});
  return pieces;
}

}  // namespace sluice::html
