// SPDX-License-Identifier: Apache-2.0
#include "xlsx/formula_tokens.hpp"

#include <cmath>
#include <sluice/ascii.hpp>
#include <sluice/little_endian.hpp>
#include <utility>
#include <vector>

#include "xlsx/cell_value.hpp"
#include "xlsx/characters.hpp"
#include "xlsx/conditional_formats.hpp"

namespace sluice::xlsx {
namespace {

// Token numbers: the two bits above the lowest five tell what kind of value is wanted of an
// operand, which does not matter here.
enum Token : std::uint8_t {
  kUnaryPlus = 0x12,
  kUnaryMinus = 0x13,
  kPercent = 0x14,
  kParentheses = 0x15,
  kString = 0x17,
  kAttribute = 0x19,
  kBoolean = 0x1D,
  kInteger = 0x1E,
  kNumber = 0x1F,
  kFunction = 0x21,
  kFunctionOfMany = 0x22,
  kCell = 0x24,
  kRelativeCell = 0x2C,  // its relative parts are distances
};

const char* comparison_sign(std::uint8_t token) {
  static constexpr const char* kSigns[] = {"<", "<=", "=", ">=", ">", "<>"};
  constexpr std::uint8_t kFirst = 0x09;
  return token >= kFirst && token < kFirst + std::size(kSigns) ? kSigns[token - kFirst] : nullptr;
}

std::uint8_t without_class(std::uint8_t token) {
  constexpr std::uint8_t kClass = 0x60;
  return (token & kClass) == 0 ? token : static_cast<std::uint8_t>((token & 0x1F) | 0x20);
}

class TokenReader {
 public:
  TokenReader(std::string_view tokens, TokenForm form, Place base)
      : fields_(tokens), form_(form), base_(base) {}

  std::optional<std::string> read() {
    while (fields_.left() > 0) {
      if (!token(without_class(fields_.u8())) || !fields_.ok()) return std::nullopt;
      if (!stack_.empty() && stack_.back().size() > kMaxFormulaBytes) return std::nullopt;
    }
    if (stack_.size() != 1) return std::nullopt;
    return std::move(stack_.back());
  }

 private:
  // False if it is not read.
  bool token(std::uint8_t token) {
    if (const char* sign = comparison_sign(token)) return comparison(sign);
    switch (token) {
      case kUnaryPlus:
      case kParentheses:
        return !stack_.empty();
      case kUnaryMinus:
        if (!is_number() || stack_.back().starts_with('-')) return false;
        stack_.back().insert(0, "-");
        return true;
      case kPercent:
        if (!is_number()) return false;
        stack_.back() += '%';
        return true;
      case kString:
        return string();
      case kAttribute:
        return attribute();
      case kBoolean:
        return push(fields_.u8() != 0 ? "TRUE" : "FALSE");
      case kInteger:
        return push(std::to_string(fields_.u16()));
      case kNumber: {
        const double value = fields_.real();
        return std::isfinite(value) && push(number_text(value));
      }
      case kFunction:
        return function(fields_.u16(), 1);
      case kFunctionOfMany: {
        const std::size_t count = fields_.u8() & 0x7FU;
        return function(fields_.u16(), count);
      }
      case kCell:
        return cell(false);
      case kRelativeCell:
        return cell(true);
      default:
        return false;
    }
  }

  bool push(std::string text) {
    stack_.push_back(std::move(text));
    return true;
  }

  bool is_number() const {
    if (stack_.empty()) return false;
    const std::string& text = stack_.back();
    const auto first = static_cast<unsigned char>(text[text[0] == '-' && text.size() > 1 ? 1 : 0]);
    return is_ascii_digit(first) && text.back() != '%';
  }

  bool comparison(const char* sign) {
    if (stack_.size() < 2) return false;
    const std::string right = std::move(stack_.back());
    stack_.pop_back();
    stack_.back() = "(" + stack_.back() + sign + right + ")";
    return true;
  }

  bool string() {
    const bool is_old = form_ == TokenForm::kExcel97;
    const std::size_t count = is_old ? fields_.u8() : fields_.u16();
    const bool is_wide = !is_old || (fields_.u8() & 1U) != 0;
    std::string text = read_characters(fields_, count, is_wide);
    if (text.find('"') != std::string::npos) return false;  // as cell_formula.cpp
    return push("\"" + std::move(text) + "\"");
  }

  // Blanks, and the mark of a formula that is computed each time.
  bool attribute() {
    constexpr std::uint8_t kVolatile = 0x01;
    constexpr std::uint8_t kBlanks = 0x40;
    const std::uint8_t kind = fields_.u8();
    fields_.skip(2);
    return (kind & ~(kVolatile | kBlanks)) == 0;
  }

  bool function(std::uint16_t number, std::size_t arguments) {
    const char* name = number == 36 ? "AND" : number == 37 ? "OR" : number == 38 ? "NOT" : nullptr;
    if (name == nullptr || arguments == 0 || stack_.size() < arguments) return false;
    std::string text = name;
    const auto first = stack_.end() - static_cast<std::ptrdiff_t>(arguments);
    for (auto each = first; each != stack_.end(); ++each) {
      text += (each == first ? "(" : ",") + *each;
      if (text.size() > kMaxFormulaBytes) return false;
    }
    stack_.erase(first, stack_.end());
    return push(std::move(text) + ")");
  }

  bool cell(bool has_distances) {
    const bool is_old = form_ == TokenForm::kExcel97;
    const std::uint32_t rows = is_old ? 65'536 : kMaxRows;
    const std::uint32_t columns = is_old ? 256 : kMaxColumns;
    const std::uint32_t row = is_old ? fields_.u16() : fields_.u32();
    const std::uint32_t bits = fields_.u16();
    const bool is_row_relative = (bits & 0x8000U) != 0;
    const bool is_column_relative = (bits & 0x4000U) != 0;
    const std::uint32_t column = bits & 0x3FFFU;
    if (!has_distances && (row >= rows || column >= columns)) return false;
    // A distance that goes backwards is one that goes around; both sizes are powers of two.
    const auto from = [&](std::uint32_t stored, bool is_relative, std::uint32_t base,
                          std::uint32_t size) {
      return (stored + (has_distances && is_relative ? base - 1 : 0)) % size + 1;
    };
    const std::string name = place_name(from(row, is_row_relative, base_.row, rows),
                                        from(column, is_column_relative, base_.column, columns));
    const std::size_t digits = name.find_first_of("0123456789");
    return push((is_column_relative ? "" : "$") + name.substr(0, digits) +
                (is_row_relative ? "" : "$") + name.substr(digits));
  }

  FieldReader fields_;
  TokenForm form_;
  Place base_;
  std::vector<std::string> stack_;
};

}  // namespace

std::optional<std::string> formula_of_tokens(std::string_view tokens, TokenForm form, Place base) {
  if (tokens.size() > kMaxFormulaBytes) return std::nullopt;
  return TokenReader(tokens, form, base).read();
}

}  // namespace sluice::xlsx
