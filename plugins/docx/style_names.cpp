// SPDX-License-Identifier: Apache-2.0
#include "docx/style_names.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sluice::docx {
namespace {

// ASCII in lower case, without blanks, hyphens and underscores.
std::string squeezed(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '_') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

struct RoleName {
  std::string_view name;
  Role role;
};

constexpr auto kRoles = std::to_array<RoleName>({
    {"title", Role::kTitle},
    {"subtitle", Role::kSubtitle},
    {"titel", Role::kTitle},
    {"untertitel", Role::kSubtitle},
    {"soustitre", Role::kSubtitle},
    {"quote", Role::kQuote},
    {"intensequote", Role::kQuote},
    {"blocktext", Role::kQuote},
    {"blockquote", Role::kQuote},
    {"blockquotation", Role::kQuote},
    {"quotation", Role::kQuote},
    {"quotations", Role::kQuote},
    {"zitat", Role::kQuote},
    {"intensiveszitat", Role::kQuote},
    {"citation", Role::kQuote},
    {"citationintense", Role::kQuote},
    {"cita", Role::kQuote},
    {"sourcecode", Role::kCode},
    {"code", Role::kCode},
    {"codeblock", Role::kCode},
    {"codetext", Role::kCode},
    {"listing", Role::kCode},
    {"htmlpreformatted", Role::kCode},
    {"preformatted", Role::kCode},
    {"preformattedtext", Role::kCode},
    {"verbatim", Role::kCode},
    {"macrotext", Role::kCode},
    {"macro", Role::kCode},
    {"caption", Role::kCaption},
    {"tablecaption", Role::kCaption},
    {"imagecaption", Role::kCaption},
    {"figurecaption", Role::kCaption},
    {"beschriftung", Role::kCaption},
    {"tocheading", Role::kContentsHeading},
    {"horizontalline", Role::kRule},
    {"listcontinue", Role::kListContinued},
    {"listcontinue2", Role::kListContinued},
    {"listcontinue3", Role::kListContinued},
    {"listcontinue4", Role::kListContinued},
    {"listcontinue5", Role::kListContinued},
});

// "Heading", squeezed, in the languages of Office; a digit follows. In UTF-8, with both cases of
// what is not ASCII.
constexpr auto kHeadings = std::to_array<std::string_view>({
    "heading",
    "\u00FCberschrift",
    "\u00DCberschrift",
    "titre",
    "t\u00EDtulo",
    "titolo",
    "titulo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nag\u0142\u00F3wek",
    "nadpis",
    "kapitola",
    "c\u00EDmsor",
    "\u043D\u0430\u0433\u043B\u043E\u0432\u0430\u043A",
    "\u0437\u0430\u0433\u043E\u043B\u043E\u0432\u043E\u043A",
    "\u0417\u0430\u0433\u043E\u043B\u043E\u0432\u043E\u043A",
    "ba\u015Fl\u0131k",
    "titlu",
    "encabezado",
    "naslov",
    "\u6807\u9898",
    "\u6A19\u984C",
    "\u898B\u51FA\u3057",
    "\uC81C\uBAA9",
});

// The digit 1 to 9 that `name` consists of behind `prefix`, or 0.
int level_behind(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || name.size() != prefix.size() + 1) return 0;
  const char digit = name.back();
  return digit >= '1' && digit <= '9' ? digit - '0' : 0;
}

}  // namespace

NamedRole role_of_name(std::string_view name) {
  const std::string squeezed_name = squeezed(name);
  for (const std::string_view heading : kHeadings) {
    if (const int level = level_behind(squeezed_name, heading); level > 0) {
      return {Role::kHeading, level};
    }
  }
  for (const std::string_view contents : {"toc", "contents", "verzeichnis"}) {
    if (const int level = level_behind(squeezed_name, contents); level > 0) {
      return {Role::kContents, level};
    }
  }
  const auto* const found = std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleName& entry) {
    return entry.name == squeezed_name;
  });
  return found == kRoles.end() ? NamedRole() : NamedRole{found->role, 0};
}

bool is_code_name(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"verbatimchar", "sourcetext", "htmlcode", "htmltypewriter", "htmlsample", "htmlkeyboard",
       "teletype", "code", "codechar", "inlinecode", "sourcecodechar", "codeinline"});
  const std::string squeezed_name = squeezed(name);
  return std::find(kNames.begin(), kNames.end(), squeezed_name) != kNames.end();
}

}  // namespace sluice::docx
