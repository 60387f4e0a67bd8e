// SPDX-License-Identifier: Apache-2.0
//
// Numbers under a section of digits: whole and decimal places, exponents, fractions.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "numbers/decimal.hpp"
#include "numbers/format_render.hpp"

namespace sluice {
namespace {

using Tokens = std::vector<FormatToken>;

bool is_digit(const FormatToken& token) {
  return token.kind == FormatTokenKind::kDigit;
}

std::size_t count_digits(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return static_cast<std::size_t>(std::count_if(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                                tokens.begin() + static_cast<std::ptrdiff_t>(end),
                                                is_digit));
}

std::size_t find_kind(const Tokens& tokens, FormatTokenKind kind) {
  const auto at = std::find_if(tokens.begin(), tokens.end(),
                               [kind](const FormatToken& token) { return token.kind == kind; });
  return static_cast<std::size_t>(at - tokens.begin());
}

// What stands for a place that has no digit.
std::string_view empty_place(char symbol) {
  return symbol == '0' ? "0" : symbol == '?' ? " " : "";
}

// `digits` (of a whole number, "" for 0) under the places of tokens [begin, end), with what stands
// between them. Digits that have no place go before the first.
std::string fill_whole(const Tokens& tokens, std::size_t begin, std::size_t end,
                       const std::string& digits, bool grouped) {
  const std::size_t places = count_digits(tokens, begin, end);
  std::size_t place = places;  // the place to fill, counted from the right, plus one
  std::string out;
  const auto put = [&](std::size_t from_right, std::string_view text) {
    out += text;
    if (grouped && from_right > 0 && from_right % 3 == 0 && !text.empty() && text != " ")
      out += ",";
  };
  const auto put_surplus = [&] {
    for (std::size_t left = digits.size(); left > places; --left) {
      put(left - 1, std::string_view(digits).substr(digits.size() - left, 1));
    }
  };
  if (places == 0) put_surplus();
  for (std::size_t i = begin; i < end; ++i) {
    const FormatToken& token = tokens[i];
    if (token.kind == FormatTokenKind::kLiteral) out += token.text;
    if (token.kind == FormatTokenKind::kPercent) out += "%";
    if (token.kind == FormatTokenKind::kSlash) out += "/";
    if (!is_digit(token)) continue;
    if (place == places) put_surplus();
    --place;
    put(place, place < digits.size() ? std::string_view(digits).substr(digits.size() - 1 - place, 1)
                                     : empty_place(token.symbol));
  }
  return out;
}

// The decimal point and `digits` under the places of tokens [begin, end): zeros at the end that
// their places do not ask for are left out.
std::string fill_fraction(const Tokens& tokens, std::size_t begin, std::size_t end,
                          const std::string& digits) {
  std::vector<std::string> shown(digits.size());
  bool counts = false;
  std::size_t place = digits.size();
  for (std::size_t i = end; i-- > begin;) {
    if (!is_digit(tokens[i])) continue;
    --place;
    counts = counts || digits[place] != '0';
    shown[place] =
        counts ? std::string(1, digits[place]) : std::string(empty_place(tokens[i].symbol));
  }
  std::string out;
  const bool any = std::any_of(shown.begin(), shown.end(),
                               [](const std::string& text) { return !text.empty(); });
  if (any || digits.empty()) out += ".";
  place = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (is_digit(tokens[i])) out += shown[place++];
    if (tokens[i].kind == FormatTokenKind::kLiteral) out += tokens[i].text;
    if (tokens[i].kind == FormatTokenKind::kPercent) out += "%";
  }
  return out;
}

// Whole and decimal places of tokens [0, end).
std::string fill(const FormatSection& section, const Decimal& number, std::size_t end) {
  const Tokens& tokens = section.tokens;
  const std::size_t point = std::min(find_kind(tokens, FormatTokenKind::kPoint), end);
  std::string out = fill_whole(tokens, 0, point, number.whole(), section.grouped);
  if (point < end) {
    const std::size_t places = count_digits(tokens, point, end);
    out += fill_fraction(tokens, point + 1, end, number.fraction(places));
  }
  return out;
}

std::size_t decimals_of(const Tokens& tokens, std::size_t end) {
  const std::size_t point = std::min(find_kind(tokens, FormatTokenKind::kPoint), end);
  return count_digits(tokens, point, end);
}

struct Rendered {
  std::string text;
  bool is_zero = false;
};

Rendered render_plain(const FormatSection& section, Decimal number) {
  number.shift(2 * static_cast<int>(section.percents) - 3 * static_cast<int>(section.thousands));
  const std::size_t end = section.tokens.size();
  number.round(static_cast<int>(decimals_of(section.tokens, end)));
  return {fill(section, number, end), number.is_zero()};
}

// Engineering notation where there are several whole places: the exponent is a multiple of their
// number.
Rendered render_exponent(const FormatSection& section, Decimal number, std::size_t at) {
  const Tokens& tokens = section.tokens;
  number.shift(2 * static_cast<int>(section.percents));
  const std::size_t point = std::min(find_kind(tokens, FormatTokenKind::kPoint), at);
  const int places = std::max(1, static_cast<int>(count_digits(tokens, 0, point)));
  const int decimals = static_cast<int>(count_digits(tokens, point, at));
  int exponent = 0;
  if (!number.is_zero()) {
    const auto settle = [&] {
      const int magnitude = number.point() - 1;
      const int multiple = (magnitude >= 0 ? magnitude : magnitude - places + 1) / places * places;
      exponent += multiple;
      number.shift(-multiple);
    };
    settle();
    number.round(decimals);
    settle();  // 9.99 may have become 10
  }
  std::string out = fill(section, number, at) + "E";
  if (exponent < 0) out += "-";
  if (exponent >= 0 && tokens[at].symbol == '+') out += "+";
  const std::string power = exponent == 0 ? "" : std::to_string(std::abs(exponent));
  out += fill_whole(tokens, at + 1, tokens.size(), power, false);
  return {out, number.is_zero()};
}

// Where the parts of a fraction are among the tokens.
struct FractionPlan {
  std::size_t numerator = 0;  // first token
  std::size_t slash = 0;
  std::size_t end = 0;  // after the denominator
  long fixed = 0;       // a denominator that is given
  long most = 9;        // the largest that has place
};

// Nothing if the slash is not between places.
std::optional<FractionPlan> plan_fraction(const Tokens& tokens) {
  FractionPlan plan;
  plan.slash = find_kind(tokens, FormatTokenKind::kSlash);
  if (plan.slash >= tokens.size() || plan.slash == 0 || !is_digit(tokens[plan.slash - 1])) {
    return std::nullopt;
  }
  plan.numerator = plan.slash;
  while (plan.numerator > 0 && is_digit(tokens[plan.numerator - 1])) --plan.numerator;
  std::string denominator;
  for (plan.end = plan.slash + 1; plan.end < tokens.size(); ++plan.end) {
    const FormatToken& token = tokens[plan.end];
    if (is_digit(token)) {
      denominator += token.symbol;
    } else if (token.kind == FormatTokenKind::kLiteral &&
               token.text.find_first_not_of("0123456789") == std::string::npos) {
      denominator += token.text;
    } else {
      break;
    }
  }
  if (denominator.empty() || denominator.size() > 6) return std::nullopt;
  if (denominator.find_first_of("123456789") != std::string::npos) {
    std::replace(denominator.begin(), denominator.end(), '?', '0');
    std::replace(denominator.begin(), denominator.end(), '#', '0');
    plan.fixed = std::strtol(denominator.c_str(), nullptr, 10);
  }
  plan.most = denominator.size() == 1 ? 9 : denominator.size() == 2 ? 99 : 999;
  return plan;
}

Rendered render_fraction(const FormatSection& section, double value, const FractionPlan& plan) {
  const Tokens& tokens = section.tokens;
  const bool mixed = count_digits(tokens, 0, plan.numerator) > 0;
  double whole = mixed ? std::floor(value) : 0;
  const double rest = value - whole;
  long denominator = plan.fixed != 0 ? plan.fixed : 1;
  double numerator = std::round(rest * static_cast<double>(denominator));
  double error = std::fabs(numerator / static_cast<double>(denominator) - rest);
  for (long candidate = 2; plan.fixed == 0 && candidate <= plan.most; ++candidate) {
    const auto by = static_cast<double>(candidate);
    const double closest = std::round(rest * by);
    if (std::fabs(closest / by - rest) < error - 1e-12) {
      error = std::fabs(closest / by - rest);
      numerator = closest;
      denominator = candidate;
    }
  }
  if (mixed && numerator == static_cast<double>(denominator)) {
    whole += 1;
    numerator = 0;
  }
  Decimal shown(whole);
  std::string out;
  const bool hide_whole = mixed && whole == 0 && numerator != 0;
  std::string digits = hide_whole ? "" : shown.whole();
  if (mixed && !hide_whole && digits.empty()) digits = "0";
  out += fill_whole(tokens, 0, plan.numerator, digits, section.grouped);
  if (!mixed || numerator != 0) {
    const std::string top = Decimal(numerator).whole();
    out += (top.empty() ? "0" : top) + "/" + std::to_string(denominator);
  }
  out += fill_whole(tokens, plan.end, tokens.size(), "", false);
  return {out, whole == 0 && numerator == 0};
}

Rendered render_general(const FormatSection& section, double value) {
  Rendered out;
  for (const FormatToken& token : section.tokens) {
    if (token.kind == FormatTokenKind::kGeneral || token.kind == FormatTokenKind::kText)
      out.text += general_number(value);
    if (token.kind == FormatTokenKind::kLiteral) out.text += token.text;
  }
  return out;
}

}  // namespace

std::string render_number(const FormatSection& section, double value, bool keep_sign) {
  const double magnitude = std::fabs(value);
  Rendered out;
  const std::size_t exponent = find_kind(section.tokens, FormatTokenKind::kExponent);
  if (section.has(FormatTokenKind::kGeneral) || section.has(FormatTokenKind::kText)) {
    out = render_general(section, magnitude);
  } else if (!section.has(FormatTokenKind::kDigit)) {
    // Only text, or nothing at all: a number does not show.
    for (const FormatToken& token : section.tokens) out.text += token.text;
    return out.text;
  } else if (exponent < section.tokens.size()) {
    out = render_exponent(section, Decimal(magnitude), exponent);
  } else if (const auto plan = plan_fraction(section.tokens)) {
    out = render_fraction(section, magnitude, *plan);
  } else {
    out = render_plain(section, Decimal(magnitude));
  }
  return value < 0 && keep_sign && !out.is_zero ? "-" + out.text : out.text;
}

}  // namespace sluice
