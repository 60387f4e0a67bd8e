// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdint>
#include <sluice/ascii.hpp>
#include <sluice/tex.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

struct Symbol {
  char32_t character;
  std::string_view tex;
};

// Sorted by character.
// clang-format off
constexpr auto kSymbols = std::to_array<Symbol>({
    {0x0023, "\\#"}, {0x0024, "\\$"}, {0x0025, "\\%"}, {0x0026, "\\&"}, {0x005C, "\\backslash"},
    {0x005E, "\\hat{}"}, {0x005F, "\\_"}, {0x007B, "\\{"}, {0x007D, "\\}"}, {0x007E, "\\sim"},
    {0x00A0, "~"}, {0x00A3, "\\pounds"}, {0x00A7, "\\S"}, {0x00AC, "\\neg"},
    {0x00B0, "^{\\circ}"}, {0x00B1, "\\pm"}, {0x00B5, "\\mu"}, {0x00B6, "\\P"},
    {0x00B7, "\\cdot"}, {0x00D7, "\\times"}, {0x00F0, "\\eth"}, {0x00F7, "\\div"},
    {0x0131, "\\imath"}, {0x0237, "\\jmath"}, {0x0393, "\\Gamma"}, {0x0394, "\\Delta"},
    {0x0398, "\\Theta"}, {0x039B, "\\Lambda"}, {0x039E, "\\Xi"}, {0x03A0, "\\Pi"},
    {0x03A3, "\\Sigma"}, {0x03A5, "\\Upsilon"}, {0x03A6, "\\Phi"}, {0x03A8, "\\Psi"},
    {0x03A9, "\\Omega"}, {0x03B1, "\\alpha"}, {0x03B2, "\\beta"}, {0x03B3, "\\gamma"},
    {0x03B4, "\\delta"}, {0x03B5, "\\varepsilon"}, {0x03B6, "\\zeta"}, {0x03B7, "\\eta"},
    {0x03B8, "\\theta"}, {0x03B9, "\\iota"}, {0x03BA, "\\kappa"}, {0x03BB, "\\lambda"},
    {0x03BC, "\\mu"}, {0x03BD, "\\nu"}, {0x03BE, "\\xi"}, {0x03C0, "\\pi"}, {0x03C1, "\\rho"},
    {0x03C2, "\\varsigma"}, {0x03C3, "\\sigma"}, {0x03C4, "\\tau"}, {0x03C5, "\\upsilon"},
    {0x03C6, "\\varphi"}, {0x03C7, "\\chi"}, {0x03C8, "\\psi"}, {0x03C9, "\\omega"},
    {0x03D1, "\\vartheta"}, {0x03D5, "\\phi"}, {0x03D6, "\\varpi"}, {0x03F0, "\\varkappa"},
    {0x03F1, "\\varrho"}, {0x03F5, "\\epsilon"}, {0x2002, "\\ "}, {0x2003, "\\quad"},
    {0x2004, "\\:"}, {0x2005, "\\:"}, {0x2009, "\\,"}, {0x200A, "\\,"}, {0x200B, ""},
    {0x200D, ""}, {0x2013, "-"}, {0x2014, "-"}, {0x2016, "\\|"}, {0x2020, "\\dagger"},
    {0x2021, "\\ddagger"}, {0x2022, "\\bullet"}, {0x2026, "\\ldots"}, {0x202F, "\\,"},
    {0x2032, "'"}, {0x2033, "''"}, {0x2034, "'''"}, {0x2044, "/"}, {0x204E, "*"},
    {0x205F, "\\:"}, {0x2060, ""}, {0x2061, ""}, {0x2062, ""}, {0x2063, ""}, {0x2064, ""},
    {0x2102, "\\mathbb{C}"}, {0x210A, "\\mathcal{g}"}, {0x210B, "\\mathcal{H}"},
    {0x210C, "\\mathfrak{H}"}, {0x210D, "\\mathbb{H}"}, {0x210E, "h"}, {0x210F, "\\hbar"},
    {0x2110, "\\mathcal{I}"}, {0x2111, "\\Im"}, {0x2112, "\\mathcal{L}"}, {0x2113, "\\ell"},
    {0x2115, "\\mathbb{N}"}, {0x2118, "\\wp"}, {0x2119, "\\mathbb{P}"}, {0x211A, "\\mathbb{Q}"},
    {0x211B, "\\mathcal{R}"}, {0x211C, "\\Re"}, {0x211D, "\\mathbb{R}"}, {0x2124, "\\mathbb{Z}"},
    {0x2128, "\\mathfrak{Z}"}, {0x212C, "\\mathcal{B}"}, {0x212D, "\\mathfrak{C}"},
    {0x212F, "\\mathcal{e}"}, {0x2130, "\\mathcal{E}"}, {0x2131, "\\mathcal{F}"},
    {0x2133, "\\mathcal{M}"}, {0x2134, "\\mathcal{o}"}, {0x2135, "\\aleph"}, {0x2136, "\\beth"},
    {0x2146, "d"}, {0x2147, "e"}, {0x2148, "i"}, {0x2190, "\\leftarrow"}, {0x2191, "\\uparrow"},
    {0x2192, "\\rightarrow"}, {0x2193, "\\downarrow"}, {0x2194, "\\leftrightarrow"},
    {0x2195, "\\updownarrow"}, {0x2196, "\\nwarrow"}, {0x2197, "\\nearrow"},
    {0x2198, "\\searrow"}, {0x2199, "\\swarrow"}, {0x219A, "\\nleftarrow"},
    {0x219B, "\\nrightarrow"}, {0x219D, "\\leadsto"}, {0x21A0, "\\twoheadrightarrow"},
    {0x21A3, "\\rightarrowtail"}, {0x21A6, "\\mapsto"}, {0x21A9, "\\hookleftarrow"},
    {0x21AA, "\\hookrightarrow"}, {0x21BC, "\\leftharpoonup"}, {0x21BD, "\\leftharpoondown"},
    {0x21C0, "\\rightharpoonup"}, {0x21C1, "\\rightharpoondown"}, {0x21C4, "\\rightleftarrows"},
    {0x21CB, "\\leftrightharpoons"}, {0x21CC, "\\rightleftharpoons"}, {0x21CF, "\\nRightarrow"},
    {0x21D0, "\\Leftarrow"}, {0x21D1, "\\Uparrow"}, {0x21D2, "\\Rightarrow"},
    {0x21D3, "\\Downarrow"}, {0x21D4, "\\Leftrightarrow"}, {0x21D5, "\\Updownarrow"},
    {0x2200, "\\forall"}, {0x2201, "\\complement"}, {0x2202, "\\partial"}, {0x2203, "\\exists"},
    {0x2204, "\\nexists"}, {0x2205, "\\emptyset"}, {0x2207, "\\nabla"}, {0x2208, "\\in"},
    {0x2209, "\\notin"}, {0x220B, "\\ni"}, {0x220C, "\\not\\ni"}, {0x220E, "\\blacksquare"},
    {0x220F, "\\prod"}, {0x2210, "\\coprod"}, {0x2211, "\\sum"}, {0x2212, "-"}, {0x2213, "\\mp"},
    {0x2214, "\\dotplus"}, {0x2215, "/"}, {0x2216, "\\setminus"}, {0x2217, "*"},
    {0x2218, "\\circ"}, {0x221A, "\\surd"}, {0x221D, "\\propto"}, {0x221E, "\\infty"},
    {0x2220, "\\angle"}, {0x2221, "\\measuredangle"}, {0x2222, "\\sphericalangle"},
    {0x2223, "\\mid"}, {0x2224, "\\nmid"}, {0x2225, "\\parallel"}, {0x2226, "\\nparallel"},
    {0x2227, "\\wedge"}, {0x2228, "\\vee"}, {0x2229, "\\cap"}, {0x222A, "\\cup"},
    {0x222B, "\\int"}, {0x222C, "\\iint"}, {0x222D, "\\iiint"}, {0x222E, "\\oint"},
    {0x222F, "\\oiint"}, {0x2230, "\\oiiint"}, {0x2234, "\\therefore"}, {0x2235, "\\because"},
    {0x2236, ":"}, {0x223C, "\\sim"}, {0x223D, "\\backsim"}, {0x2240, "\\wr"},
    {0x2241, "\\nsim"}, {0x2243, "\\simeq"}, {0x2245, "\\cong"}, {0x2247, "\\ncong"},
    {0x2248, "\\approx"}, {0x2249, "\\not\\approx"}, {0x224A, "\\approxeq"}, {0x224D, "\\asymp"},
    {0x2250, "\\doteq"}, {0x2251, "\\doteqdot"}, {0x2254, ":="}, {0x225C, "\\triangleq"},
    {0x225D, "\\stackrel{\\text{def}}{=}"}, {0x225F, "\\stackrel{?}{=}"}, {0x2260, "\\neq"},
    {0x2261, "\\equiv"}, {0x2262, "\\not\\equiv"}, {0x2264, "\\leq"}, {0x2265, "\\geq"},
    {0x2266, "\\leqq"}, {0x2267, "\\geqq"}, {0x226A, "\\ll"}, {0x226B, "\\gg"},
    {0x226E, "\\nless"}, {0x226F, "\\ngtr"}, {0x2270, "\\nleq"}, {0x2271, "\\ngeq"},
    {0x2272, "\\lesssim"}, {0x2273, "\\gtrsim"}, {0x2276, "\\lessgtr"}, {0x2277, "\\gtrless"},
    {0x227A, "\\prec"}, {0x227B, "\\succ"}, {0x227C, "\\preceq"}, {0x227D, "\\succeq"},
    {0x2282, "\\subset"}, {0x2283, "\\supset"}, {0x2284, "\\not\\subset"},
    {0x2285, "\\not\\supset"}, {0x2286, "\\subseteq"}, {0x2287, "\\supseteq"},
    {0x2288, "\\nsubseteq"}, {0x2289, "\\nsupseteq"}, {0x228A, "\\subsetneq"},
    {0x228B, "\\supsetneq"}, {0x228E, "\\uplus"}, {0x228F, "\\sqsubset"}, {0x2290, "\\sqsupset"},
    {0x2291, "\\sqsubseteq"}, {0x2292, "\\sqsupseteq"}, {0x2293, "\\sqcap"}, {0x2294, "\\sqcup"},
    {0x2295, "\\oplus"}, {0x2296, "\\ominus"}, {0x2297, "\\otimes"}, {0x2298, "\\oslash"},
    {0x2299, "\\odot"}, {0x229E, "\\boxplus"}, {0x22A0, "\\boxtimes"}, {0x22A2, "\\vdash"},
    {0x22A3, "\\dashv"}, {0x22A4, "\\top"}, {0x22A5, "\\perp"}, {0x22A8, "\\models"},
    {0x22A9, "\\Vdash"}, {0x22B2, "\\vartriangleleft"}, {0x22B3, "\\vartriangleright"},
    {0x22C0, "\\bigwedge"}, {0x22C1, "\\bigvee"}, {0x22C2, "\\bigcap"}, {0x22C3, "\\bigcup"},
    {0x22C4, "\\diamond"}, {0x22C5, "\\cdot"}, {0x22C6, "\\star"}, {0x22C8, "\\bowtie"},
    {0x22C9, "\\ltimes"}, {0x22CA, "\\rtimes"}, {0x22D8, "\\lll"}, {0x22D9, "\\ggg"},
    {0x22EE, "\\vdots"}, {0x22EF, "\\cdots"}, {0x22F1, "\\ddots"}, {0x2300, "\\varnothing"},
    {0x2308, "\\lceil"}, {0x2309, "\\rceil"}, {0x230A, "\\lfloor"}, {0x230B, "\\rfloor"},
    {0x25A0, "\\blacksquare"}, {0x25A1, "\\square"}, {0x25B3, "\\triangle"},
    {0x25B5, "\\triangle"}, {0x25B7, "\\triangleright"}, {0x25BD, "\\triangledown"},
    {0x25BF, "\\triangledown"}, {0x25C1, "\\triangleleft"}, {0x25C7, "\\diamond"},
    {0x2660, "\\spadesuit"}, {0x2661, "\\heartsuit"}, {0x2662, "\\diamondsuit"},
    {0x2663, "\\clubsuit"}, {0x266D, "\\flat"}, {0x266E, "\\natural"}, {0x266F, "\\sharp"},
    {0x27E6, "[\\!["}, {0x27E7, "]\\!]"}, {0x27E8, "\\langle"}, {0x27E9, "\\rangle"},
    {0x27F5, "\\longleftarrow"}, {0x27F6, "\\longrightarrow"}, {0x27F7, "\\longleftrightarrow"},
    {0x27F8, "\\Longleftarrow"}, {0x27F9, "\\Longrightarrow"}, {0x27FA, "\\Longleftrightarrow"},
    {0x27FC, "\\longmapsto"}, {0x2A00, "\\bigodot"}, {0x2A01, "\\bigoplus"},
    {0x2A02, "\\bigotimes"}, {0x2A04, "\\biguplus"}, {0x2A06, "\\bigsqcup"},
    {0x2A0C, "\\iiiint"}, {0x2A3F, "\\amalg"}, {0x2A7D, "\\leqslant"}, {0x2A7E, "\\geqslant"},
    {0x2AAF, "\\preceq"}, {0x2AB0, "\\succeq"}, {0x3008, "\\langle"}, {0x3009, "\\rangle"},
    {0xFE0E, ""}, {0xFE0F, ""},
});
// clang-format on
static_assert(std::is_sorted(kSymbols.begin(), kSymbols.end(),
                             [](const Symbol& a, const Symbol& b) {
                               return a.character < b.character;
                             }));

// The alphabets of U+1D400 to U+1D6A3: 52 letters each (Unicode 15, chapter 22.2).
constexpr char32_t kAlphabets = 0x1D400;
constexpr char32_t kAlphabetsEnd = 0x1D6A4;
constexpr auto kAlphabetCommands = std::to_array<std::string_view>(
    {"\\mathbf", "", "\\boldsymbol", "\\mathcal", "\\mathcal", "\\mathfrak", "\\mathbb",
     "\\mathfrak", "\\mathsf", "\\mathsf", "\\mathsf", "\\mathsf", "\\mathtt"});
// Bold, italic, bold italic, sans-serif bold, sans-serif bold italic Greek: 58 characters each.
constexpr char32_t kGreek = 0x1D6A8;
constexpr char32_t kGreekEnd = 0x1D7CA;
// Bold, double-struck, sans-serif, sans-serif bold, monospace digits.
constexpr char32_t kDigits = 0x1D7CE;
constexpr char32_t kDigitsEnd = 0x1D800;
constexpr auto kDigitCommands =
    std::to_array<std::string_view>({"\\mathbf", "\\mathbb", "\\mathsf", "\\mathsf", "\\mathtt"});

constexpr auto kFunctions = std::to_array<std::string_view>({
    "\\arccos", "\\arcsin", "\\arctan", "\\arg",    "\\cos",    "\\cosh", "\\cot", "\\coth",
    "\\csc",    "\\deg",    "\\det",    "\\dim",    "\\exp",    "\\gcd",  "\\hom", "\\inf",
    "\\ker",    "\\lg",     "\\lim",    "\\liminf", "\\limsup", "\\ln",   "\\log", "\\max",
    "\\min",    "\\Pr",     "\\sec",    "\\sin",    "\\sinh",   "\\sup",  "\\tan", "\\tanh",
});
constexpr auto kWithLimits = std::to_array<std::string_view>({
    "\\det",     "\\gcd",      "\\inf",       "\\lim",      "\\liminf",   "\\limsup",
    "\\max",     "\\min",      "\\Pr",        "\\sup",      "\\sum",      "\\prod",
    "\\coprod",  "\\int",      "\\iint",      "\\iiint",    "\\iiiint",   "\\oint",
    "\\oiint",   "\\oiiint",   "\\bigcap",    "\\bigcup",   "\\bigwedge", "\\bigvee",
    "\\bigodot", "\\bigoplus", "\\bigotimes", "\\biguplus", "\\bigsqcup",
});

// Whether `tex` ends in a command that a letter would become a part of.
bool ends_in_command(std::string_view tex) {
  std::size_t at = tex.size();
  while (at > 0 && is_ascii_letter(tex[at - 1])) --at;
  // The backslash must begin a command: in `\\n` it is the end of a line break.
  std::size_t backslashes = 0;
  while (at > backslashes && tex[at - 1 - backslashes] == '\\') ++backslashes;
  return at < tex.size() && backslashes % 2 == 1;
}

std::string_view symbol(char32_t character, bool& known) {
  const auto* const found = std::lower_bound(
      kSymbols.begin(), kSymbols.end(), character,
      [](const Symbol& symbol, char32_t wanted) { return symbol.character < wanted; });
  known = found != kSymbols.end() && found->character == character;
  return known ? found->tex : std::string_view();
}

// A Greek letter of the alphabets as the plain one: 25 capitals (theta symbol at 17), nabla, 25
// small ones, partial, and six variants.
char32_t plain_greek(char32_t index) {
  constexpr std::array<char32_t, 7> kTail = {0x2202, 0x03F5, 0x03D1, 0x03F0,
                                             0x03D5, 0x03F1, 0x03D6};
  if (index == 17) return 0x0398;
  if (index < 25) return 0x0391 + index;
  if (index == 25) return 0x2207;
  if (index < 51) return 0x03B1 + (index - 26);
  return kTail.at(index - 51);
}

// A character of the mathematical alphabets; empty if it is none.
std::string styled(char32_t character) {
  const auto wrap = [](std::string_view command, std::string_view inner) {
    return command.empty() ? std::string(inner)
                           : std::string(command) + "{" + std::string(inner) + "}";
  };
  if (character >= kAlphabets && character < kAlphabetsEnd) {
    const char32_t index = character - kAlphabets;
    const char32_t letter = index % 52;
    const char plain = static_cast<char>(letter < 26 ? 'A' + letter : 'a' + (letter - 26));
    return wrap(kAlphabetCommands.at(index / 52), std::string_view(&plain, 1));
  }
  if (character >= kGreek && character < kGreekEnd) {
    const char32_t index = character - kGreek;
    bool known = false;
    std::string plain(symbol(plain_greek(index % 58), known));
    if (!known) append_utf8(plain, plain_greek(index % 58));
    const bool italic = index / 58 == 1;
    return wrap(italic ? "" : "\\boldsymbol", plain);
  }
  if (character >= kDigits && character < kDigitsEnd) {
    const char32_t index = character - kDigits;
    const char plain = static_cast<char>('0' + index % 10);
    return wrap(kDigitCommands.at(index / 10), std::string_view(&plain, 1));
  }
  return {};
}

}  // namespace

void append_tex(std::string& out, std::string_view tex) {
  if (tex.empty()) return;
  if (is_ascii_letter(tex.front()) && ends_in_command(out)) out += ' ';
  out += tex;
}

std::string tex_text(std::string_view characters) {
  std::string out;
  for (std::size_t at = 0; at < characters.size();) {
    const Utf8Char character = utf8_at(characters, at);
    bool known = false;
    const std::string_view tex = symbol(character.code, known);
    const std::string of_alphabet = known ? std::string() : styled(character.code);
    if (known) {
      append_tex(out, tex);
    } else {
      append_tex(out, of_alphabet.empty() ? characters.substr(at, character.length) : of_alphabet);
    }
    at += character.length;
  }
  return out;
}

std::string_view tex_function(std::string_view name) {
  const auto* const found =
      std::find_if(kFunctions.begin(), kFunctions.end(),
                   [&](std::string_view command) { return command.substr(1) == name; });
  return found == kFunctions.end() ? std::string_view() : *found;
}

bool tex_takes_limits(std::string_view tex) {
  return std::find(kWithLimits.begin(), kWithLimits.end(), tex) != kWithLimits.end();
}

std::string tex_prose(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '{':
      case '}':
      case '$':
      case '%':
      case '&':
      case '#':
      case '_':
        out += '\\';
        out += c;
        break;
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace sluice
