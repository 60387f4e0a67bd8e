// SPDX-License-Identifier: Apache-2.0
#include "xlsx/cell_formula.hpp"

#include <algorithm>
#include <charconv>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::xlsx {
namespace {

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Operand boolean(bool value) {
  return {Operand::Kind::kBoolean, value ? 1.0 : 0.0, {}};
}

bool is_truth(const Operand& operand) {
  return operand.number != 0;
}

// Reads a formula from its start, and says what it comes to. Nothing is left if it is of a kind
// that is not read.
class FormulaReader {
 public:
  FormulaReader(std::string_view formula, const FormulaPlace& place)
      : rest_(formula), place_(place) {}

  std::optional<Operand> read() {
    const auto value = comparison();
    skip_blanks();
    return rest_.empty() ? value : std::nullopt;
  }

 private:
  static constexpr int kMaxDepth = 16;  // parentheses and functions within each other

  std::optional<Operand> comparison() {
    const auto left = operand();
    skip_blanks();
    if (!left || rest_.empty() || (rest_[0] != '<' && rest_[0] != '>' && rest_[0] != '='))
      return left;
    const std::size_t size =
        rest_.substr(0, 2) == "<>" || rest_.substr(0, 2) == "<=" || rest_.substr(0, 2) == ">=" ? 2
                                                                                               : 1;
    const std::string_view sign = rest_.substr(0, size);
    rest_.remove_prefix(size);
    const auto right = operand();
    if (!right) return std::nullopt;
    const int order = compare(*left, *right);
    if (sign == "=") return boolean(order == 0);
    if (sign == "<>") return boolean(order != 0);
    if (sign == "<") return boolean(order < 0);
    if (sign == "<=") return boolean(order <= 0);
    return boolean(sign == ">" ? order > 0 : order >= 0);
  }

  std::optional<Operand> operand() {
    skip_blanks();
    if (rest_.empty()) return std::nullopt;
    if (rest_[0] == '"') return string();
    if (rest_[0] == '(') return group();
    const bool is_number =
        is_ascii_digit(static_cast<unsigned char>(rest_[0])) || rest_[0] == '.' || rest_[0] == '-';
    return is_number ? number() : name();
  }

  std::optional<Operand> number() {
    Operand value{Operand::Kind::kNumber, 0, {}};
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value.number);
    if (result.ec != std::errc()) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
    if (accept('%')) value.number /= 100;
    return value;
  }

  // One without quotation marks in it, which would have to be taken out.
  std::optional<Operand> string() {
    const std::size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos || rest_.substr(end + 1, 1) == "\"") return std::nullopt;
    Operand value;
    value.kind = Operand::Kind::kText;
    value.text = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return value;
  }

  std::optional<Operand> group() {
    if (++depth_ > kMaxDepth || !accept('(')) return std::nullopt;
    const auto value = comparison();
    --depth_;
    return value && accept(')') ? value : std::nullopt;
  }

  // TRUE, a function, or a reference.
  std::optional<Operand> name() {
    const auto is_part = [](char c) {
      return c == '$' || c == '.' || c == '_' ||
             is_ascii_alphanumeric(static_cast<unsigned char>(c));
    };
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_part);
    const std::string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    if (word.empty()) return std::nullopt;
    if (rest_.starts_with('(')) return function(word);
    if (equal_ignoring_ascii_case(word, "TRUE")) return boolean(true);
    if (equal_ignoring_ascii_case(word, "FALSE")) return boolean(false);
    // Of another sheet, or of several cells.
    if (rest_.starts_with('!') || rest_.starts_with(':')) return std::nullopt;
    return reference(word);
  }

  std::optional<Operand> function(std::string_view word) {
    const bool is_and = equal_ignoring_ascii_case(word, "AND");
    const bool is_or = equal_ignoring_ascii_case(word, "OR");
    const bool is_not = equal_ignoring_ascii_case(word, "NOT");
    if ((!is_and && !is_or && !is_not) || ++depth_ > kMaxDepth || !accept('(')) return std::nullopt;
    bool result = is_and;
    std::size_t arguments = 0;
    do {
      const auto argument = comparison();
      if (!argument || argument->kind == Operand::Kind::kText) return std::nullopt;
      result = is_and ? result && is_truth(*argument) : result || is_truth(*argument);
      ++arguments;
    } while (accept(','));
    --depth_;
    if (!accept(')') || (is_not && arguments != 1)) return std::nullopt;
    return boolean(is_not ? !result : result);
  }

  // A cell of the same row: "$B2", "B$2".
  std::optional<Operand> reference(std::string_view word) const {
    const bool is_column_fixed = word.starts_with('$');
    if (is_column_fixed) word.remove_prefix(1);
    const std::size_t letters = word.find_first_of("$0123456789");
    if (letters == std::string_view::npos || letters == 0) return std::nullopt;
    const bool is_row_fixed = word[letters] == '$';
    const std::string plain = std::string(word.substr(0, letters)) +
                              std::string(word.substr(letters + (is_row_fixed ? 1 : 0)));
    const auto stands = parse_place(plain);
    if (!stands) return std::nullopt;
    if (stands->row != (is_row_fixed ? place_.cell.row : place_.base.row)) return std::nullopt;
    const std::int64_t column =
        is_column_fixed ? stands->column
                        : std::int64_t{stands->column} - place_.base.column + place_.cell.column;
    for (const Cell& cell : place_.row.cells) {
      if (cell.column == column) return operand_of(cell, place_.strings);
    }
    return Operand();  // blank
  }

  bool accept(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kAsciiBlanks), rest_.size()));
  }

  std::string_view rest_;
  const FormulaPlace& place_;
  int depth_ = 0;
};

}  // namespace

std::optional<Operand> operand_of(const Cell& cell, const SharedStrings& strings) {
  Operand operand;
  switch (cell.type) {
    case CellType::kNumber: {
      if (cell.value.empty()) return operand;
      const auto value = number_in(cell.value);
      if (!value) return std::nullopt;
      operand.kind = Operand::Kind::kNumber;
      operand.number = *value;
      return operand;
    }
    case CellType::kBoolean:
      return boolean(cell.value == "1" || cell.value == "true");
    case CellType::kShared: {
      std::uint64_t index = ~std::uint64_t{0};
      std::from_chars(cell.value.data(), cell.value.data() + cell.value.size(), index);
      operand.kind = Operand::Kind::kText;
      operand.text = strings.at(index);
      return operand;
    }
    case CellType::kText:
      operand.kind = Operand::Kind::kText;
      operand.text = cell.value;
      return operand;
    case CellType::kError:
    case CellType::kDate:
      break;
  }
  return std::nullopt;
}

int compare(const Operand& a, const Operand& b) {
  using Kind = Operand::Kind;
  const bool has_blank = a.kind == Kind::kBlank || b.kind == Kind::kBlank;
  if (a.kind != b.kind && !has_blank) return a.kind < b.kind ? -1 : 1;
  if (a.kind == Kind::kText || b.kind == Kind::kText) {
    return ascii_lower(a.text).compare(ascii_lower(b.text));
  }
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}

std::optional<Operand> value_of_formula(std::string_view formula, const FormulaPlace& place) {
  return FormulaReader(formula, place).read();
}

std::optional<bool> holds(std::string_view formula, const FormulaPlace& place) {
  const auto value = value_of_formula(formula, place);
  if (!value || value->kind == Operand::Kind::kText) return std::nullopt;
  return is_truth(*value);
}

}  // namespace sluice::xlsx
