// SPDX-License-Identifier: Apache-2.0
//
// A recursive walk with a cap on its depth: each construct of Office Math is a function from its
// element to TeX.
#include <cstdint>
#include <sluice/ascii.hpp>
#include <sluice/omml.hpp>
#include <sluice/tex.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string_view>

#include "math/omml_marks.hpp"

namespace sluice {
namespace {

constexpr int kMaxDepth = 200;

// What an ampersand in a formula's text is: a character, or the alignment mark of a row.
enum class Ampersand : std::uint8_t { kCharacter, kAlignment };

void append_math(std::string& out, std::string_view text,
                 Ampersand ampersand = Ampersand::kCharacter) {
  while (ampersand == Ampersand::kAlignment) {
    const std::size_t end = text.find('&');
    if (end == std::string_view::npos) break;
    append_tex(out, tex_text(text.substr(0, end)));
    out += '&';
    text.remove_prefix(end + 1);
  }
  append_tex(out, tex_text(text));
}

void append_words(std::string& out, std::string_view text) {
  append_tex(out, "\\text{" + tex_prose(text) + "}");
}

// A property `m:<group>Pr/m:<name>/@m:val`, or `absent` where it is not said.
std::string_view property(XmlNode element, const char* group, const char* name,
                          std::string_view absent) {
  const XmlNode node = element.child(group).child(name);
  if (!node) return absent;
  const XmlAttribute value = node.attribute("m:val");
  return value ? value.value() : std::string_view();
}

// An on-off property (22.9.2.7): off where it is not said, on where it stands without a value.
bool is_on(XmlNode element, const char* group, const char* name) {
  const std::string_view value = property(element, group, name, "0");
  return value != "0" && value != "off" && value != "false";
}

bool has_more_than_one_character(std::string_view text) {
  return !text.empty() && utf8_at(text, 0).length < text.size();
}

// One of its functions for each kind of element; they call each other and share nothing else.
class TexFromOmml {
 public:
  std::string all_below(XmlNode parent) {
    std::string tex;
    for (const XmlNode child : parent.children()) append_tex(tex, of(child));
    return tex;
  }

 private:
  using Construct = std::string (TexFromOmml::*)(XmlNode);
  struct Entry {
    const char* name;
    Construct construct;
  };

  std::string of(XmlNode node) {
    if (!node.is_element()) return {};
    if (depth_ >= kMaxDepth) return flat(node);
    static constexpr Entry kConstructs[] = {
        {"m:r", &TexFromOmml::run},
        {"m:f", &TexFromOmml::fraction},
        {"m:sSup", &TexFromOmml::superscript},
        {"m:sSub", &TexFromOmml::subscript},
        {"m:sSubSup", &TexFromOmml::both_scripts},
        {"m:sPre", &TexFromOmml::scripts_before},
        {"m:d", &TexFromOmml::delimiters},
        {"m:nary", &TexFromOmml::n_ary},
        {"m:rad", &TexFromOmml::radical},
        {"m:func", &TexFromOmml::function},
        {"m:m", &TexFromOmml::matrix},
        {"m:acc", &TexFromOmml::accent},
        {"m:bar", &TexFromOmml::bar},
        {"m:limLow", &TexFromOmml::limit_below},
        {"m:limUpp", &TexFromOmml::limit_above},
        {"m:eqArr", &TexFromOmml::equation_array},
        {"m:groupChr", &TexFromOmml::group_character},
        {"m:borderBox", &TexFromOmml::border_box},
        {"m:phant", &TexFromOmml::phantom},
        {"w:t", &TexFromOmml::words},
        {"w:del", &TexFromOmml::nothing},
        {"w:moveFrom", &TexFromOmml::nothing},
        {"w:instrText", &TexFromOmml::nothing},
    };
    ++depth_;
    std::string tex;
    const auto* entry = kConstructs;
    while (entry != std::end(kConstructs) && !named(node, entry->name)) ++entry;
    if (entry != std::end(kConstructs)) {
      tex = (this->*entry->construct)(node);
    } else if (!is_properties(node)) {
      tex = all_below(node);
    }
    --depth_;
    return tex;
  }

  static bool is_properties(XmlNode node) {
    const std::string_view name = node.name();
    return name.ends_with("Pr") && (name.starts_with("m:") || name.starts_with("w:"));
  }

  std::string flat(XmlNode node) {
    std::string tex;
    append_math(tex, xml_text(node), ampersand_);
    return tex;
  }
  std::string nothing(XmlNode) { return {}; }

  std::string part(XmlNode element, const char* name) { return all_below(element.child(name)); }
  std::string group(XmlNode element, const char* name) { return "{" + part(element, name) + "}"; }
  // The base of scripts: in braces unless it is a single symbol or command.
  std::string base(XmlNode element) {
    std::string tex = part(element, "m:e");
    const bool symbol = tex.size() == 1 && tex[0] != '\'';
    const bool command =
        tex.size() > 1 && tex[0] == '\\' && is_letters(std::string_view(tex).substr(1));
    return symbol || command ? tex : "{" + tex + "}";
  }

  // 22.1.2.87 (r), 22.1.2.111 (sty), 22.1.2.96 (scr), 22.1.2.74 (nor).
  std::string run(XmlNode element) {
    std::string text;
    for (const XmlNode child : element.children()) {
      if (named(child, "m:t") || named(child, "w:t")) text += xml_text(child);
      if (named(child, "w:sym")) append_utf8(text, symbol_of(child));
    }
    if (text.empty()) return {};
    std::string tex;
    if (is_on(element, "m:rPr", "m:nor")) {
      append_words(tex, text);
      return tex;
    }
    append_math(tex, text, ampersand_);
    return in_alphabet(element, text, std::move(tex));
  }

  static char32_t symbol_of(XmlNode symbol) {
    const unsigned code = symbol.attribute("w:char").as_uint(0xFFFD);
    return code;
  }

  static std::string in_alphabet(XmlNode run, std::string_view text, std::string tex) {
    const std::string_view script = property(run, "m:rPr", "m:scr", "roman");
    const std::string_view style = property(run, "m:rPr", "m:sty", "i");
    const bool letters = is_letters(text);
    if (script == "script") return "\\mathcal{" + tex + "}";
    if (script == "fraktur") return "\\mathfrak{" + tex + "}";
    if (script == "double-struck") return "\\mathbb{" + tex + "}";
    if (script == "sans-serif") return "\\mathsf{" + tex + "}";
    if (script == "monospace") return "\\mathtt{" + tex + "}";
    if (style == "b") return "\\mathbf{" + tex + "}";
    if (style == "bi") return "\\boldsymbol{" + tex + "}";
    if (style != "p" || !letters) return tex;
    if (const auto named_function = tex_function(text); !named_function.empty()) {
      return std::string(named_function);
    }
    return "\\mathrm{" + tex + "}";
  }

  static bool is_letters(std::string_view text) {
    for (const char c : text) {
      if (!is_ascii_letter(c)) return false;
    }
    return true;
  }

  std::string words(XmlNode element) {
    std::string tex;
    append_words(tex, xml_text(element));
    return tex;
  }

  // 22.1.2.36, 22.1.2.115 (type).
  std::string fraction(XmlNode element) {
    const std::string_view type = property(element, "m:fPr", "m:type", "bar");
    const std::string numerator = group(element, "m:num");
    const std::string denominator = group(element, "m:den");
    if (type == "lin") return numerator + "/" + denominator;
    if (type == "skw") return "{}^" + numerator + "/_" + denominator;
    if (type == "noBar") return "\\genfrac{}{}{0pt}{}" + numerator + denominator;
    return "\\frac" + numerator + denominator;
  }

  std::string superscript(XmlNode element) { return base(element) + "^" + group(element, "m:sup"); }
  std::string subscript(XmlNode element) { return base(element) + "_" + group(element, "m:sub"); }
  std::string both_scripts(XmlNode element) {
    return base(element) + "_" + group(element, "m:sub") + "^" + group(element, "m:sup");
  }
  std::string scripts_before(XmlNode element) {
    return "{}_" + group(element, "m:sub") + "^" + group(element, "m:sup") + base(element);
  }

  // 22.1.2.24. An array or a matrix alone between delimiters has environments of its own.
  std::string delimiters(XmlNode element) {
    const std::string_view open = property(element, "m:dPr", "m:begChr", "(");
    const std::string_view close = property(element, "m:dPr", "m:endChr", ")");
    const XmlNode only = only_content(element.child("m:e"));
    if (!element.child("m:e").next_sibling("m:e")) {
      if (named(only, "m:m")) {
        if (const auto name = matrix_between(open, close); !name.empty()) {
          return rows_of_matrix(only, std::string(name));
        }
      }
      const bool cases = open == "{" && close.empty();
      if (named(only, "m:m") && cases) return rows_of_matrix(only, "cases");
      if (named(only, "m:eqArr") && cases) return rows_of(only, "cases");
    }
    std::string tex = edge("\\left", open);
    append_tex(tex, fenced_content(element));
    append_tex(tex, edge("\\right", close));
    return tex;
  }

  // A delimiter that cannot stretch stands beside an invisible one.
  static std::string edge(const std::string& side, std::string_view delimiter) {
    const std::string_view stretching = omml::stretching_delimiter(delimiter);
    if (!stretching.empty()) return side + std::string(stretching);
    const std::string plain = tex_text(delimiter);
    return side == "\\left" ? plain + side + "." : side + "." + plain;
  }

  std::string fenced_content(XmlNode element) {
    const std::string_view separator = property(element, "m:dPr", "m:sepChr", "|");
    std::string between;
    bool first = true;
    for (const XmlNode part : element.children("m:e")) {
      const std::string_view stretching = omml::stretching_delimiter(separator);
      if (!first && !stretching.empty() && !separator.empty()) {
        append_tex(between, "\\middle" + std::string(stretching));
      } else if (!first) {
        append_math(between, separator);
      }
      append_tex(between, all_below(part));
      first = false;
    }
    return between;
  }

  // The one element in `parent` that is no property, or none.
  static XmlNode only_content(XmlNode parent) {
    XmlNode only;
    for (const XmlNode child : parent.children()) {
      if (!child.is_element() || is_properties(child)) continue;
      if (only) return {};
      only = child;
    }
    return only;
  }

  static std::string_view matrix_between(std::string_view open, std::string_view close) {
    if (open == "(" && close == ")") return "pmatrix";
    if (open == "[" && close == "]") return "bmatrix";
    if (open == "{" && close == "}") return "Bmatrix";
    if (open == "|" && close == "|") return "vmatrix";
    if (open == "\u2016" && close == "\u2016") return "Vmatrix";
    return {};
  }

  // 22.1.2.70, 22.1.2.20 (chr): an integral unless said otherwise.
  std::string n_ary(XmlNode element) {
    const std::string_view character = property(element, "m:naryPr", "m:chr", "\u222B");
    std::string tex;
    append_math(tex, character);
    const std::string_view place = property(element, "m:naryPr", "m:limLoc", "");
    const bool integral = first_char(character) >= 0x222B && first_char(character) <= 0x2233;
    if (place == "undOvr" && integral) tex += "\\limits";
    if (place == "subSup" && !integral) tex += "\\nolimits";
    if (has_part(element, "m:sub", "m:subHide")) tex += "_" + group(element, "m:sub");
    if (has_part(element, "m:sup", "m:supHide")) tex += "^" + group(element, "m:sup");
    return tex + group(element, "m:e");
  }
  bool has_part(XmlNode element, const char* name, const char* hidden) {
    return !is_on(element, "m:naryPr", hidden) && !part(element, name).empty();
  }

  std::string radical(XmlNode element) {
    const std::string degree = part(element, "m:deg");
    const bool hidden = is_on(element, "m:radPr", "m:degHide") || degree.empty();
    return (hidden ? "\\sqrt" : "\\sqrt[" + degree + "]") + group(element, "m:e");
  }

  // 22.1.2.39. The name is text, or text with a limit or scripts around it.
  std::string function(XmlNode element) {
    const std::string plain = xml_text(element.child("m:fName"));
    std::string tex(tex_function(plain));
    if (tex.empty()) {
      tex = part(element, "m:fName");
      if (is_letters(plain) && plain.size() > 1 && tex == plain) {
        tex = "\\operatorname{" + plain + "}";
      }
    }
    append_tex(tex, group(element, "m:e"));
    return tex;
  }

  std::string rows_of_matrix(XmlNode element, const std::string& environment) {
    std::string tex = "\\begin{" + environment + "}";
    bool first_row = true;
    for (const XmlNode row : element.children("m:mr")) {
      tex += first_row ? " " : " \\\\ ";
      first_row = false;
      bool first = true;
      for (const XmlNode cell : row.children("m:e")) {
        if (!first) tex += " & ";
        first = false;
        tex += all_below(cell);
      }
    }
    return tex + " \\end{" + environment + "}";
  }
  std::string matrix(XmlNode element) { return rows_of_matrix(element, "matrix"); }

  // 22.1.2.34. An ampersand in its text aligns the rows.
  std::string rows_of(XmlNode element, const std::string& environment) {
    const Ampersand outside = ampersand_;
    ampersand_ = Ampersand::kAlignment;
    std::string tex = "\\begin{" + environment + "}";
    bool first = true;
    for (const XmlNode row : element.children("m:e")) {
      tex += first ? " " : " \\\\ ";
      first = false;
      tex += all_below(row);
    }
    ampersand_ = outside;
    return tex + " \\end{" + environment + "}";
  }
  std::string equation_array(XmlNode element) { return rows_of(element, "aligned"); }

  // 22.1.2.1: a hat unless said otherwise.
  std::string accent(XmlNode element) {
    const std::string_view character = property(element, "m:accPr", "m:chr", "\u0302");
    const std::string_view command = omml::accent_command(first_char(character));
    const std::string content = part(element, "m:e");
    if (character.empty()) return content;
    if (command.empty()) {
      std::string above;
      append_math(above, character);
      return "\\overset{" + above + "}{" + content + "}";
    }
    const bool wide = has_more_than_one_character(content);
    if (wide && command == "\\hat") return "\\widehat{" + content + "}";
    if (wide && command == "\\tilde") return "\\widetilde{" + content + "}";
    if (wide && command == "\\bar") return "\\overline{" + content + "}";
    if (wide && command == "\\vec") return "\\overrightarrow{" + content + "}";
    return std::string(command) + "{" + content + "}";
  }

  std::string bar(XmlNode element) {
    const bool above = property(element, "m:barPr", "m:pos", "bot") == "top";
    return (above ? "\\overline" : "\\underline") + group(element, "m:e");
  }

  // Below an operator that LaTeX names, a limit is a subscript; elsewhere it is set below.
  std::string limit_below(XmlNode element) {
    const std::string under = base_of_limit(element);
    const std::string limit = group(element, "m:lim");
    if (is_operator(under)) return under + "_" + limit;
    if (under.starts_with("\\underbrace")) return under + "_" + limit;
    return "\\underset" + limit + "{" + under + "}";
  }
  std::string limit_above(XmlNode element) {
    const std::string under = base_of_limit(element);
    const std::string limit = group(element, "m:lim");
    if (is_operator(under) || under.starts_with("\\overbrace")) return under + "^" + limit;
    return "\\overset" + limit + "{" + under + "}";
  }
  std::string base_of_limit(XmlNode element) {
    const std::string plain = xml_text(element.child("m:e"));
    if (const auto operation = tex_function(plain); !operation.empty()) {
      return std::string(operation);
    }
    return part(element, "m:e");
  }
  static bool is_operator(std::string_view tex) {
    return tex.starts_with('\\') && !tex_function(tex.substr(1)).empty();
  }

  // 22.1.2.41: a brace below unless said otherwise.
  std::string group_character(XmlNode element) {
    const std::string_view character = property(element, "m:groupChrPr", "m:chr", "\u23DF");
    const bool above = property(element, "m:groupChrPr", "m:pos", "bot") == "top";
    const std::string content = group(element, "m:e");
    const std::string_view command = omml::accent_command(first_char(character));
    const bool under = command.starts_with("\\under");
    if (!command.empty() && under == !above && command.find('{') == std::string_view::npos &&
        (under || above)) {
      return std::string(command) + content;
    }
    std::string mark;
    append_math(mark, character);
    return (above ? "\\overset{" : "\\underset{") + mark + "}" + content;
  }

  std::string border_box(XmlNode element) { return "\\boxed" + group(element, "m:e"); }

  // 22.1.2.81: shown unless said otherwise.
  std::string phantom(XmlNode element) {
    const std::string_view shown = property(element, "m:phantPr", "m:show", "1");
    if (shown != "0" && shown != "off" && shown != "false") return part(element, "m:e");
    return "\\phantom" + group(element, "m:e");
  }

  int depth_ = 0;
  Ampersand ampersand_ = Ampersand::kCharacter;
};

}  // namespace

std::string omml_to_tex(XmlNode math) {
  return TexFromOmml().all_below(math);
}

}  // namespace sluice
