// SPDX-License-Identifier: Apache-2.0
#include "xlsx/rich_text.hpp"

#include <array>

namespace sluice::xlsx {
namespace {

struct Shifted {
  char plain;
  std::string_view raised;
  std::string_view lowered;
};
constexpr auto kShifted = std::to_array<Shifted>({{'0', "⁰", "₀"},
                                                  {'1', "¹", "₁"},
                                                  {'2', "²", "₂"},
                                                  {'3', "³", "₃"},
                                                  {'4', "⁴", "₄"},
                                                  {'5', "⁵", "₅"},
                                                  {'6', "⁶", "₆"},
                                                  {'7', "⁷", "₇"},
                                                  {'8', "⁸", "₈"},
                                                  {'9', "⁹", "₉"},
                                                  {'+', "⁺", "₊"},
                                                  {'-', "⁻", "₋"},
                                                  {'=', "⁼", "₌"},
                                                  {'(', "⁽", "₍"},
                                                  {')', "⁾", "₎"}});

}  // namespace

RichText::Place RichText::place_of(std::string_view align) {
  if (align == "superscript") return Place::kRaised;
  return align == "subscript" ? Place::kLowered : Place::kLine;
}

void RichText::append(std::string& out, std::string_view piece) const {
  if (place_ == Place::kLine) {
    out += piece;
    return;
  }
  for (const char c : piece) {
    std::string_view shown(&c, 1);
    for (const Shifted& shifted : kShifted) {
      if (shifted.plain == c) shown = place_ == Place::kRaised ? shifted.raised : shifted.lowered;
    }
    out += shown;
  }
}

}  // namespace sluice::xlsx
