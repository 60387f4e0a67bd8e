// SPDX-License-Identifier: Apache-2.0
#include "xlsx/cell_text.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/plugin.hpp>
#include <sluice/url.hpp>

namespace sluice::xlsx {
namespace {

// Whether General shows a number with just these characters: at most 15 digits, no exponent, no
// needless zeros. Most numbers of most sheets.
bool is_as_shown(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 15) return false;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && point == text.size()) {
      point = i;
    } else if (!is_ascii_digit(text[i])) {
      return false;
    }
  }
  if (point == 0 || (point > 1 && text[0] == '0')) return false;
  if (point == text.size()) return true;
  return text.back() != '0' && text.back() != '.' && !(text[0] == '0' && text.size() > 10);
}

// A whole number of 16 digits and more, as it is stored; empty if `text` is none. Excel counts with
// 15, so these are identifiers: numbers of cards, accounts, devices. Doubles have all whole numbers
// up to 2^53; beyond it only what stands there counts.
std::string long_identifier(std::string_view text) {
  constexpr std::size_t kFewest = 16;
  constexpr std::size_t kMost = 21;  // from there on Excel itself writes an exponent
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  const bool all_digits = digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (all_digits) {
    const bool is_long = digits.size() >= kFewest && digits.size() <= kMost && digits[0] != '0';
    return is_long ? std::string(text) : std::string();
  }
  if (digits.size() < kFewest || digits.find_first_of("eE") == std::string_view::npos) return {};
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kFirst = 1e15;
  constexpr double kLast = 9007199254740992;  // 2^53
  const bool is_exact = result.ec == std::errc() && result.ptr == text.data() + text.size() &&
                        std::fabs(value) >= kFirst && std::fabs(value) <= kLast &&
                        value == std::floor(value);
  return is_exact ? std::to_string(static_cast<long long>(value)) : std::string();
}

std::optional<double> value_of(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\n')) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

int digits_at(std::string_view text, std::size_t at, std::size_t size) {
  int value = -1;
  if (at + size > text.size()) return value;
  const char* const end = text.data() + at + size;
  return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
}

// The serial number of "2021-03-04T05:06:07.8", its date alone, or its time alone (ISO 8601).
std::optional<double> serial_of(std::string_view text, Epoch epoch) {
  double days = 0;
  std::size_t at = 0;
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
    using namespace std::chrono;
    const year_month_day date(year(digits_at(text, 0, 4)),
                              month(static_cast<unsigned>(digits_at(text, 5, 2))),
                              day(static_cast<unsigned>(digits_at(text, 8, 2))));
    if (!date.ok()) return std::nullopt;
    const auto base = sys_days(year(1899) / December / 30);
    days = static_cast<double>((sys_days(date) - base).count());
    if (days < 61) days -= 1;
    if (epoch == Epoch::k1904) days -= 1462;
    at = 10;
    if (at == text.size()) return days;
    ++at;
  }
  const int hours = digits_at(text, at, 2);
  const int minutes = digits_at(text, at + 3, 2);
  const int seconds = digits_at(text, at + 6, 2);
  if (hours < 0 || minutes < 0) return std::nullopt;
  double fraction = 0;
  if (text.size() > at + 9 && text[at + 8] == '.') {
    std::from_chars(text.data() + at + 8, text.data() + text.size(), fraction);
  }
  return days + (hours * 3600 + minutes * 60 + std::max(seconds, 0) + fraction) / 86'400;
}

// The address of =HYPERLINK("address", ...), if it stands there as it is.
std::string hyperlink_of(std::string_view formula, const SheetLinks& sheets) {
  constexpr std::string_view kName = "HYPERLINK(\"";
  if (!equal_ignoring_ascii_case(formula.substr(0, kName.size()), kName)) return {};
  formula.remove_prefix(kName.size());
  const auto end = formula.find('"');
  if (end == std::string_view::npos || formula.substr(end, 2) == "\"\"") return {};
  const std::string_view url = formula.substr(0, end);
  return url.starts_with('#') ? sheets.target(url.substr(1)) : std::string(url);
}

}  // namespace

void CellText::show_number(const Cell& cell, ShownCell& out,
                           const NumberFormat* conditional) const {
  const NumberFormat& format = conditional != nullptr ? *conditional : styles_.format(cell.style);
  if (format.is_general() && is_as_shown(cell.value)) {
    out.text = cell.value;
    return;
  }
  if (conditional == nullptr && styles_.shows_digits(cell.style)) {
    out.text = long_identifier(cell.value);
    if (!out.text.empty()) return;
  }
  if (const auto value = value_of(cell.value)) {
    out.text = format.number(*value, epoch_, dates_);
  } else {
    out.is_number = false;
    out.text = cell.value;
  }
}

void CellText::show_date(const Cell& cell, const NumberFormat& format, ShownCell& out) const {
  const auto serial = serial_of(cell.value, epoch_);
  if (serial && !format.is_general()) {
    out.text = format.number(*serial, epoch_, dates_);
    return;
  }
  out.text = cell.value;
  const auto t = out.text.find('T');
  if (t != std::string::npos) out.text[t] = ' ';
}

std::string_view CellText::shared(const Cell& cell) {
  std::uint64_t index = ~std::uint64_t{0};
  std::from_chars(cell.value.data(), cell.value.data() + cell.value.size(), index);
  const std::string_view text = strings_.at(index);
  if (text.size() > shared_left_) {
    throw Failure(Outcome::kLimit, "its cells repeat long texts without end");
  }
  shared_left_ -= text.size();
  return text;
}

void CellText::show(const Cell& cell, ShownCell& out, const NumberFormat* conditional) {
  const NumberFormat& format = conditional != nullptr ? *conditional : styles_.format(cell.style);
  out.column = cell.column;
  out.is_number = cell.type == CellType::kNumber;
  out.text.clear();
  out.formula.clear();
  out.url.clear();
  out.image = nullptr;
  if (cell.has_formula) {
    out.url = hyperlink_of(cell.formula, sheets_);
    // A formula whose value was never computed is all there is to show.
    const bool computed = !cell.value.empty() || (cell.type == CellType::kText && cell.has_value);
    if (!cell.formula.empty() && (formulas_ != Formulas::kValues || !computed)) {
      out.formula = "=" + cell.formula;
      if (formulas_ == Formulas::kFormulas) return;
    }
  }
  switch (cell.type) {
    case CellType::kNumber:
      if (!cell.value.empty()) show_number(cell, out, conditional);
      break;
    case CellType::kShared:
      out.text = format.text(shared(cell));
      break;
    case CellType::kText:
      out.text = format.text(cell.value);
      break;
    case CellType::kBoolean:
      out.text = cell.value == "1" || cell.value == "true" ? "TRUE" : "FALSE";
      break;
    case CellType::kError:
      out.text = cell.value;
      if (const CellImage& image = images_.at(cell.value_metadata); !image.part.empty()) {
        out.image = &image;
      }
      break;
    case CellType::kDate:
      show_date(cell, format, out);
      break;
  }
  if (is_blank(out.text)) out.text.clear();
}

}  // namespace sluice::xlsx
