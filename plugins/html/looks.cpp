// SPDX-License-Identifier: Apache-2.0
#include "looks.hpp"

#include <algorithm>

#include "sluice/blanks.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxClasses = 100'000;
constexpr std::string_view kBlanks = " \t\r\n\f";

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

Said said(bool yes) {
  return yes ? Said::kYes : Said::kNo;
}

bool is_bold(std::string_view weight) {
  const bool heavy = weight.size() == 3 && weight[0] >= '6' && weight[0] <= '9';
  return weight == "bold" || weight == "bolder" || heavy;
}

void declare(const std::string& property, std::string_view value, Look& look) {
  if (value == "inherit") return;
  if (property == "font-weight") {
    look.bold = said(is_bold(value));
  } else if (property == "font-style") {
    look.italic = said(value.starts_with("italic") || value.starts_with("oblique"));
  } else if (property == "text-decoration" || property == "text-decoration-line") {
    look.struck = said(contains(value, "line-through"));
    look.underlined = said(contains(value, "underline"));
  } else if (property == "vertical-align") {
    look.raised = said(value == "super");
    look.lowered = said(value == "sub");
  }
}

// Where the block that opens at `open` closes; the end of the text if it does not.
std::size_t end_of_block(std::string_view css, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < css.size(); ++i) {
    if (css[i] == '{') ++depth;
    if (css[i] == '}' && --depth == 0) return i;
  }
  return css.size();
}

std::string without_comments(std::string_view css) {
  std::string out;
  while (true) {
    const std::size_t begin = css.find("/*");
    out += css.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    const std::size_t end = css.find("*/", begin + 2);
    if (end == std::string_view::npos) return out;
    css.remove_prefix(end + 2);
  }
}

}  // namespace

void Look::add(const Look& other) {
  for (Said Look::*what : {&Look::bold, &Look::italic, &Look::struck, &Look::underlined,
                           &Look::raised, &Look::lowered}) {
    if (other.*what != Said::kNothing) this->*what = other.*what;
  }
}

Look look_of(std::string_view declarations) {
  Look look;
  while (!declarations.empty()) {
    const std::size_t end = std::min(declarations.find(';'), declarations.size());
    const std::string_view declaration = declarations.substr(0, end);
    declarations.remove_prefix(std::min(end + 1, declarations.size()));
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    std::string value = lower(trimmed(declaration.substr(colon + 1), kBlanks));
    value.resize(std::min(value.find('!'), value.size()));  // !important
    declare(lower(trimmed(declaration.substr(0, colon), kBlanks)), trimmed(value, kBlanks), look);
  }
  return look;
}

StyleSheet::StyleSheet(std::string_view source) {
  const std::string text = without_comments(source);
  std::string_view css = text;
  while (true) {
    css = trimmed(css, kBlanks);
    const std::size_t open = css.find_first_of("{;");
    if (open == std::string_view::npos) return;
    if (css[open] == ';') {  // as after @import
      css.remove_prefix(open + 1);
      continue;
    }
    const std::size_t close = end_of_block(css, open);
    // What holds for some media only, and fonts, are passed over.
    if (css.front() != '@') add_rule(css.substr(0, open), css.substr(open + 1, close - open - 1));
    css.remove_prefix(std::min(close + 1, css.size()));
  }
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations) {
  const Look look = html::look_of(declarations);
  while (!selectors.empty()) {
    const std::size_t end = std::min(selectors.find(','), selectors.size());
    std::string_view selector = trimmed(selectors.substr(0, end), kBlanks);
    selectors.remove_prefix(std::min(end + 1, selectors.size()));
    if (selector.starts_with("span.")) selector.remove_prefix(4);
    const bool is_class =
        selector.starts_with('.') &&
        selector.find_first_of(" \t\r\n\f.#:>+~[*\\", 1) == std::string_view::npos;
    if (is_class && classes_.size() < kMaxClasses) {
      classes_[std::string(selector.substr(1))].add(look);
    }
  }
}

Look StyleSheet::look_of(std::string_view classes) const {
  Look look;
  if (classes_.empty()) return look;
  while (!(classes = trimmed(classes, kBlanks)).empty()) {
    const std::size_t end = std::min(classes.find_first_of(kBlanks), classes.size());
    const auto found = classes_.find(std::string(classes.substr(0, end)));
    if (found != classes_.end()) look.add(found->second);
    classes.remove_prefix(end);
  }
  return look;
}

}  // namespace sluice::html
