// SPDX-License-Identifier: Apache-2.0
#include "math/omml_marks.hpp"

#include <algorithm>
#include <array>
#include <sluice/utf8.hpp>

namespace sluice::omml {
namespace {

struct Accent {
  char32_t character;
  std::string_view command;
};

// ECMA-376, part 1, 22.1.2.1 (acc) and 22.1.2.41 (groupChr) list those that Office uses.
constexpr auto kAccents = std::to_array<Accent>({
    {U'^', "\\hat"},
    {U'~', "\\tilde"},
    {U'`', "\\grave"},
    {0x00A8, "\\ddot"},
    {0x00AF, "\\overline"},
    {0x00B4, "\\acute"},
    {0x02C6, "\\hat"},
    {0x02C7, "\\check"},
    {0x02D8, "\\breve"},
    {0x02D9, "\\dot"},
    {0x02DA, "\\mathring"},
    {0x02DC, "\\tilde"},
    {0x0300, "\\grave"},
    {0x0301, "\\acute"},
    {0x0302, "\\hat"},
    {0x0303, "\\tilde"},
    {0x0304, "\\bar"},
    {0x0305, "\\overline"},
    {0x0306, "\\breve"},
    {0x0307, "\\dot"},
    {0x0308, "\\ddot"},
    {0x030A, "\\mathring"},
    {0x030C, "\\check"},
    {0x0331, "\\underline"},
    {0x0332, "\\underline"},
    {0x0333, "\\underline"},
    {0x033F, "\\overline"},
    {0x203E, "\\overline"},
    {0x20D0, "\\overset{\\leftharpoonup}"},
    {0x20D1, "\\overset{\\rightharpoonup}"},
    {0x20D6, "\\overleftarrow"},
    {0x20D7, "\\vec"},
    {0x20DB, "\\dddot"},
    {0x20DC, "\\ddddot"},
    {0x20E1, "\\overleftrightarrow"},
    {0x2190, "\\overleftarrow"},
    {0x2192, "\\overrightarrow"},
    {0x2194, "\\overleftrightarrow"},
    {0x23B4, "\\overbracket"},
    {0x23B5, "\\underbracket"},
    {0x23DC, "\\overparen"},
    {0x23DD, "\\underparen"},
    {0x23DE, "\\overbrace"},
    {0x23DF, "\\underbrace"},
});

constexpr auto kDelimiters = std::to_array<Accent>({
    {U'(', "("},
    {U')', ")"},
    {U'[', "["},
    {U']', "]"},
    {U'{', "\\{"},
    {U'}', "\\}"},
    {U'|', "|"},
    {U'/', "/"},
    {U'\\', "\\backslash"},
    {U'<', "\\langle"},
    {U'>', "\\rangle"},
    {0x2016, "\\|"},
    {0x2191, "\\uparrow"},
    {0x2193, "\\downarrow"},
    {0x2195, "\\updownarrow"},
    {0x2223, "|"},
    {0x2225, "\\|"},
    {0x2308, "\\lceil"},
    {0x2309, "\\rceil"},
    {0x230A, "\\lfloor"},
    {0x230B, "\\rfloor"},
    {0x2329, "\\langle"},
    {0x232A, "\\rangle"},
    {0x23B0, "\\lmoustache"},
    {0x23B1, "\\rmoustache"},
    {0x27E8, "\\langle"},
    {0x27E9, "\\rangle"},
    {0x27EE, "\\lgroup"},
    {0x27EF, "\\rgroup"},
    {0x3008, "\\langle"},
    {0x3009, "\\rangle"},
});

template <class Table>
std::string_view look_up(const Table& table, char32_t character) {
  const auto found = std::find_if(table.begin(), table.end(), [character](const Accent& entry) {
    return entry.character == character;
  });
  return found == table.end() ? std::string_view() : found->command;
}

}  // namespace

std::string_view accent_command(char32_t character) {
  return look_up(kAccents, character);
}

std::string_view stretching_delimiter(std::string_view delimiter) {
  if (delimiter.empty()) return ".";
  return look_up(kDelimiters, first_char(delimiter));
}

}  // namespace sluice::omml
