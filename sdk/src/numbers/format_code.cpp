// SPDX-License-Identifier: Apache-2.0
#include "numbers/format_code.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

bool is_digit_symbol(char c) {
  return c == '0' || c == '#' || c == '?';
}

// One section's tokens, left to right.
class SectionParser {
 public:
  explicit SectionParser(std::string_view code) : code_(code) {}

  // Reads up to the next `;` or the end; returns how much of the code that was, without the `;`.
  std::size_t read(FormatSection& out) {
    section_ = &out;
    while (at_ < code_.size() && code_[at_] != ';') step();
    settle_commas();
    settle_minutes();
    settle_kind();
    return at_;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < code_.size() ? code_[at_ + ahead] : '\0';
  }

  void push(FormatTokenKind kind, char symbol = 0, unsigned count = 1) {
    section_->tokens.push_back({kind, symbol, count, {}});
  }

  void literal(std::string_view text) {
    auto& tokens = section_->tokens;
    if (tokens.empty() || tokens.back().kind != FormatTokenKind::kLiteral)
      push(FormatTokenKind::kLiteral);
    tokens.back().text += text;
  }

  // The character at `at_`, all its bytes.
  std::string_view character() const { return code_.substr(at_, utf8_at(code_, at_).length); }

  bool starts_with(std::string_view word) const {
    return equal_ignoring_ascii_case(code_.substr(at_, word.size()), word);
  }

  void step() {
    const char c = peek();
    if (c == '"') return quoted();
    if (c == '\\') return escaped();
    if (c == '[') return bracketed();
    if (c == '_' || c == '*') return filler();
    if (is_digit_symbol(c)) {
      push(FormatTokenKind::kDigit, c);
      ++at_;
      return;
    }
    if (starts_with("General")) {
      push(FormatTokenKind::kGeneral);
      at_ += 7;
      return;
    }
    if (starts_with("AM/PM") || starts_with("A/P")) {
      push(FormatTokenKind::kHalfOfDay, starts_with("AM") ? 'A' : 'a');
      at_ += starts_with("AM") ? 5 : 3;
      return;
    }
    if (ascii_lower(c) == 'e' && (peek(1) == '+' || peek(1) == '-') &&
        section_->has(FormatTokenKind::kDigit)) {
      push(FormatTokenKind::kExponent, peek(1));
      at_ += 2;
      return;
    }
    if (symbol(c) || letter(c)) return;
    literal(character());
    at_ += character().size();
  }

  void quoted() {
    const auto end = code_.find('"', at_ + 1);
    literal(code_.substr(at_ + 1, end == std::string_view::npos ? end : end - at_ - 1));
    at_ = end == std::string_view::npos ? code_.size() : end + 1;
  }

  void escaped() {
    ++at_;
    if (at_ >= code_.size()) return;
    const auto text = character();
    literal(text);
    at_ += text.size();
  }

  // `_x` leaves a space as wide as x; `*x` fills the cell with x.
  void filler() {
    const bool space = peek() == '_';
    ++at_;
    if (at_ < code_.size()) at_ += character().size();
    if (space) literal(" ");
  }

  bool symbol(char c) {
    switch (c) {
      case '.':
        if (!section_->tokens.empty() && peek(1) == '0' && seconds_before()) {
          fraction_of_second();
          return true;
        }
        push(FormatTokenKind::kPoint);
        break;
      case ',':
        commas_.push_back(section_->tokens.size());
        break;
      case '%':
        ++section_->percents;
        push(FormatTokenKind::kPercent);
        break;
      case '/':
        push(FormatTokenKind::kSlash);
        break;
      case '@':
        push(FormatTokenKind::kText);
        break;
      default:
        return false;
    }
    ++at_;
    return true;
  }

  bool seconds_before() const {
    const FormatTokenKind last = section_->tokens.back().kind;
    return last == FormatTokenKind::kSecond || last == FormatTokenKind::kElapsedSeconds;
  }

  void fraction_of_second() {
    ++at_;
    unsigned count = 0;
    while (peek() == '0') {
      ++count;
      ++at_;
    }
    push(FormatTokenKind::kFraction, 0, std::min(count, 3U));
  }

  unsigned run(char c) {
    unsigned count = 0;
    while (ascii_lower(peek()) == c) {
      ++count;
      ++at_;
    }
    return count;
  }

  bool letter(char c) {
    switch (ascii_lower(c)) {
      case 'y':
        push(FormatTokenKind::kYear, 0, run('y'));
        return true;
      case 'e':
        run('e');
        push(FormatTokenKind::kYear, 'e', 4);
        return true;
      case 'g':
        push(FormatTokenKind::kEra, 0, run('g'));
        return true;
      case 'm':
        push(FormatTokenKind::kMonth, 0, run('m'));
        return true;
      case 'd':
        push(FormatTokenKind::kDay, 0, run('d'));
        return true;
      case 'h':
        push(FormatTokenKind::kHour, 0, run('h'));
        return true;
      case 's':
        push(FormatTokenKind::kSecond, 0, run('s'));
        return true;
      default:
        return false;
    }
  }

  // [Red], [>=100], [$€-407], [h]
  void bracketed() {
    const auto end = code_.find(']', at_);
    if (end == std::string_view::npos) {
      literal(code_.substr(at_));
      at_ = code_.size();
      return;
    }
    const std::string_view inside = code_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (inside.empty()) return;
    if (inside[0] == '$') return currency(inside.substr(1));
    if (inside[0] == '<' || inside[0] == '>' || inside[0] == '=') return condition(inside);
    const char first = ascii_lower(inside[0]);
    const bool repeated = std::all_of(inside.begin(), inside.end(),
                                      [first](char c) { return ascii_lower(c) == first; });
    const auto count = static_cast<unsigned>(inside.size());
    if (repeated && first == 'h') push(FormatTokenKind::kElapsedHours, 0, count);
    if (repeated && first == 'm') push(FormatTokenKind::kElapsedMinutes, 0, count);
    if (repeated && first == 's') push(FormatTokenKind::kElapsedSeconds, 0, count);
    // Colours and the like do not show in text.
  }

  void currency(std::string_view inside) {
    const auto dash = inside.find('-');
    literal(inside.substr(0, dash));
    if (dash == std::string_view::npos) return;
    std::uint32_t lcid = 0;
    const std::string_view number = inside.substr(dash + 1);
    std::from_chars(number.data(), number.data() + number.size(), lcid, 16);
    // F800 and F400 are "as the system does".
    if ((lcid & 0xf000) != 0xf000) section_->lcid = lcid;
  }

  void condition(std::string_view inside) {
    FormatCondition condition;
    std::size_t size = 1;
    if (inside.starts_with("<=")) {
      condition.comparison = Comparison::kLessEqual;
      size = 2;
    } else if (inside.starts_with("<>")) {
      condition.comparison = Comparison::kNotEqual;
      size = 2;
    } else if (inside.starts_with(">=")) {
      condition.comparison = Comparison::kGreaterEqual;
      size = 2;
    } else if (inside[0] == '<') {
      condition.comparison = Comparison::kLess;
    } else if (inside[0] == '>') {
      condition.comparison = Comparison::kGreater;
    }
    condition.value = std::strtod(std::string(inside.substr(size)).c_str(), nullptr);
    section_->condition = condition;
  }

  // A comma between two digits groups; one right after the last digit before the point divides; any
  // other is text.
  void settle_commas() {
    auto& tokens = section_->tokens;
    const auto is_digit = [&](std::size_t i) {
      return i < tokens.size() && tokens[i].kind == FormatTokenKind::kDigit;
    };
    std::size_t shifted = 0;
    for (const std::size_t comma : commas_) {
      const std::size_t at = comma + shifted;
      const bool after_digit = at > 0 && is_digit(at - 1);
      if (after_digit && is_digit(at)) {
        section_->grouped = true;
      } else if (after_digit) {
        ++section_->thousands;
      } else {
        FormatToken token;
        token.text = ",";
        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), token);
        ++shifted;
      }
    }
  }

  // `m` is minutes after hours and before seconds.
  void settle_minutes() {
    auto& tokens = section_->tokens;
    const auto is_clock = [](FormatTokenKind kind) {
      return kind == FormatTokenKind::kHour || kind == FormatTokenKind::kElapsedHours;
    };
    FormatTokenKind before = FormatTokenKind::kLiteral;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind < FormatTokenKind::kYear) continue;
      if (tokens[i].kind == FormatTokenKind::kMonth && tokens[i].count <= 2) {
        const auto next = std::find_if(
            tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, tokens.end(),
            [](const FormatToken& token) { return token.kind >= FormatTokenKind::kYear; });
        const bool seconds_next =
            next != tokens.end() && (next->kind == FormatTokenKind::kSecond ||
                                     next->kind == FormatTokenKind::kElapsedSeconds);
        if (is_clock(before) || seconds_next) tokens[i].kind = FormatTokenKind::kMinute;
      }
      before = tokens[i].kind;
    }
  }

  void settle_kind() {
    const auto& tokens = section_->tokens;
    const bool date = std::any_of(tokens.begin(), tokens.end(), [](const FormatToken& token) {
      return token.kind >= FormatTokenKind::kYear;
    });
    if (date) {
      section_->kind = FormatSectionKind::kDate;
    } else if (section_->has(FormatTokenKind::kText)) {
      section_->kind = FormatSectionKind::kText;
    }
  }

  std::string_view code_;
  std::size_t at_ = 0;
  FormatSection* section_ = nullptr;
  std::vector<std::size_t> commas_;  // before which token each comma stands
};

}  // namespace

bool FormatCondition::holds(double number) const {
  switch (comparison) {
    case Comparison::kLess:
      return number < value;
    case Comparison::kLessEqual:
      return number <= value;
    case Comparison::kEqual:
      return number == value;
    case Comparison::kNotEqual:
      return number != value;
    case Comparison::kGreaterEqual:
      return number >= value;
    case Comparison::kGreater:
      return number > value;
  }
  return false;
}

bool FormatSection::has(FormatTokenKind wanted) const {
  return std::any_of(tokens.begin(), tokens.end(),
                     [wanted](const FormatToken& token) { return token.kind == wanted; });
}

std::vector<FormatSection> parse_format_code(std::string_view code) {
  constexpr std::size_t kMaxSections = 4;
  constexpr std::size_t kMaxBytes = 1024;  // Excel's own limit is 255 characters
  code = utf8_prefix(code, kMaxBytes);
  std::vector<FormatSection> sections;
  while (sections.size() < kMaxSections) {
    const std::size_t size = SectionParser(code).read(sections.emplace_back());
    if (size >= code.size()) break;
    code.remove_prefix(size + 1);
  }
  return sections;
}

}  // namespace sluice
