// SPDX-License-Identifier: Apache-2.0
//
// Recursion is bounded: a Dom is no deeper than kMaxDepth.
#include "mathml.hpp"

#include <algorithm>
#include <array>
#include <sluice/tex.hpp>
#include <vector>

namespace sluice::html {
namespace {

using Nodes = std::vector<NodeId>;

struct Accent {
  std::string_view mark;
  std::string_view command;
};
// What stands over a base and has a command of its own (MathML 3, 3.4.5).
constexpr auto kOver = std::to_array<Accent>({
    {"^", "\\hat"},
    {"\xCB\x86", "\\hat"},
    {"~", "\\tilde"},
    {"\xCB\x9C", "\\tilde"},
    {"\xC2\xAF", "\\overline"},
    {"\xE2\x80\xBE", "\\overline"},
    {"_", "\\overline"},
    {"\xCC\x85", "\\overline"},
    {"\xE2\x86\x92", "\\vec"},
    {"\xE2\x83\x97", "\\vec"},
    {".", "\\dot"},
    {"\xCB\x99", "\\dot"},
    {"\xC2\xA8", "\\ddot"},
    {"\xCB\x87", "\\check"},
    {"\xCB\x98", "\\breve"},
    {"\xC2\xB4", "\\acute"},
    {"`", "\\grave"},
    {"\xE2\x8F\x9E", "\\overbrace"},
    {"\xEF\xB8\xB7", "\\overbrace"},
});
constexpr auto kUnder = std::to_array<Accent>({
    {"_", "\\underline"},
    {"\xE2\x80\xBE", "\\underline"},
    {"\xC2\xAF", "\\underline"},
    {"\xCC\xB2", "\\underline"},
    {"\xE2\x8F\x9F", "\\underbrace"},
    {"\xEF\xB8\xB8", "\\underbrace"},
});

struct Variant {
  std::string_view name;
  std::string_view command;
};
constexpr auto kVariants = std::to_array<Variant>({
    {"bold", "\\mathbf"},
    {"bold-italic", "\\boldsymbol"},
    {"double-struck", "\\mathbb"},
    {"script", "\\mathcal"},
    {"bold-script", "\\mathcal"},
    {"fraktur", "\\mathfrak"},
    {"bold-fraktur", "\\mathfrak"},
    {"sans-serif", "\\mathsf"},
    {"monospace", "\\mathtt"},
    {"normal", "\\mathrm"},
});

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_opening(std::string_view fence) {
  return fence == "(" || fence == "[" || fence == "{" || fence == "\xE2\x9F\xA8" ||
         fence == "\xE2\x8C\x88" || fence == "\xE2\x8C\x8A";
}
bool is_closing(std::string_view fence) {
  return fence == ")" || fence == "]" || fence == "}" || fence == "\xE2\x9F\xA9" ||
         fence == "\xE2\x8C\x89" || fence == "\xE2\x8C\x8B";
}
bool is_bar(std::string_view fence) {
  return fence == "|" || fence == "\xE2\x80\x96" || fence == "\xE2\x88\xA5";
}

// One of its functions for each kind of element; they call each other and share nothing else.
class Writer {
 public:
  explicit Writer(const Dom& dom) : dom_(dom) {}

  std::string row_of(const Nodes& nodes) {
    std::string out;
    write_row(nodes, out);
    return out;
  }
  Nodes children(NodeId node) const {
    Nodes out;
    for (NodeId i = node + 1; i < dom_[node].end; i = dom_[i].end) {
      const Tag tag = dom_[i].tag;
      if (tag != Tag::kText && tag != Tag::kAnnotation && tag != Tag::kAnnotationXml) {
        out.push_back(i);
      }
    }
    return out;
  }

 private:
  std::string tex(NodeId node) {
    std::string out;
    write(node, out);
    return out;
  }
  // The child at `index`, or nothing.
  std::string part(const Nodes& nodes, std::size_t index) {
    return index < nodes.size() ? tex(nodes[index]) : std::string();
  }

  // A command that ends in a letter must not run into one.
  static void append(std::string& out, std::string_view tex) {
    if (tex.empty()) return;
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (letter(tex.front()) && !out.empty() && letter(out.back())) {
      std::size_t at = out.size();
      while (at > 0 && letter(out[at - 1])) --at;
      if (at > 0 && out[at - 1] == '\\') out += ' ';
    }
    out += tex;
  }

  static std::string braced(const std::string& tex) { return "{" + tex + "}"; }
  // As the base of a script: one sign or one command needs no braces.
  static std::string base(const std::string& tex) {
    const bool command =
        tex.size() > 1 && tex[0] == '\\' && std::all_of(tex.begin() + 1, tex.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
    return tex.size() == 1 || command ? tex : braced(tex);
  }

  void write(NodeId node, std::string& out) {
    const Nodes parts = children(node);
    switch (dom_[node].tag) {
      case Tag::kMi:
        return append(out, identifier(node));
      case Tag::kMn:
        return append(out, tex_text(trimmed(dom_.inner_text(node))));
      case Tag::kMo:
        return append(out, operator_of(trimmed(dom_.inner_text(node))));
      case Tag::kMtext:
      case Tag::kMs:
        return append(out, text_of(node));
      case Tag::kMspace:
        return append(out, "\\;");
      case Tag::kMfrac:
        return append(out, fraction(node, parts));
      case Tag::kMsqrt:
        return append(out, "\\sqrt" + braced(row_of(parts)));
      case Tag::kMroot:
        return append(out, "\\sqrt[" + part(parts, 1) + "]" + braced(part(parts, 0)));
      case Tag::kMsub:
        return append(out, scripted(part(parts, 0), part(parts, 1), {}));
      case Tag::kMsup:
        return append(out, scripted(part(parts, 0), {}, part(parts, 1)));
      case Tag::kMsubsup:
        return append(out, scripted(part(parts, 0), part(parts, 1), part(parts, 2)));
      case Tag::kMunder:
      case Tag::kMover:
      case Tag::kMunderover:
        return append(out, stacked(node, parts));
      case Tag::kMmultiscripts:
        return append(out, multiscripts(parts));
      case Tag::kMtable:
        return append(out, table(node, "matrix"));
      case Tag::kMfenced:
        return append(out, fenced(node, parts));
      case Tag::kMenclose:
        return append(out, enclosed(node, parts));
      case Tag::kMphantom:
        return append(out, "\\phantom" + braced(row_of(parts)));
      case Tag::kMaction:
      case Tag::kSemantics:
        return append(out, part(parts, 0));
      case Tag::kMnone:
      case Tag::kMprescripts:
        return;
      default:
        return parts.empty() ? append(out, tex_text(trimmed(dom_.inner_text(node))))
                             : write_row(parts, out);
    }
  }

  // --- tokens ---

  std::string identifier(NodeId node) {
    const std::string shown = dom_.inner_text(node);
    const std::string_view name = trimmed(shown);
    if (name.empty()) return {};
    const std::string_view function = tex_function(name);
    const std::string_view variant = dom_.attribute(node, Attr::kMathVariant);
    if (!function.empty()) return std::string(function);
    const std::string plain = tex_text(name);
    const bool several = utf8_length(name) > 1;
    // Signs that are no letters are upright as they are.
    const bool upright = variant == "normal" && plain != name;
    for (const Variant& known : kVariants) {
      if (known.name == variant && !upright) return std::string(known.command) + braced(plain);
    }
    return several && plain == name ? "\\mathrm" + braced(plain) : plain;
  }

  static std::size_t utf8_length(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
  }

  static std::string operator_of(std::string_view sign) {
    const std::string_view function = tex_function(sign);
    return function.empty() ? tex_text(sign) : std::string(function);
  }

  std::string text_of(NodeId node) {
    const std::string shown = dom_.inner_text(node);
    return shown.empty() ? std::string() : "\\text" + braced(tex_prose(shown));
  }

  // --- layout ---

  std::string fraction(NodeId node, const Nodes& parts) {
    const std::string_view thickness = dom_.attribute(node, Attr::kLineThickness);
    const bool bare =
        !thickness.empty() && thickness.find_first_not_of("0.pxtem%") == std::string_view::npos;
    return (bare ? "\\genfrac{}{}{0pt}{}" : "\\frac") + braced(part(parts, 0)) +
           braced(part(parts, 1));
  }

  static std::string scripted(const std::string& inner, const std::string& below,
                              const std::string& above) {
    std::string out = base(inner);
    if (!below.empty()) out += "_" + braced(below);
    if (!above.empty()) out += "^" + braced(above);
    return out;
  }

  template <std::size_t Size>
  static std::string_view accent(const std::array<Accent, Size>& table, std::string_view mark) {
    const auto* found = std::find_if(table.begin(), table.end(),
                                     [&](const Accent& known) { return known.mark == mark; });
    return found == table.end() ? std::string_view() : found->command;
  }

  // Limits above and below, accents, braces.
  std::string stacked(NodeId node, const Nodes& parts) {
    const Tag tag = dom_[node].tag;
    const std::string inner = part(parts, 0);
    const std::size_t over = tag == Tag::kMunderover ? 2 : tag == Tag::kMover ? 1 : 3;
    const std::size_t under = tag == Tag::kMover ? 3 : 1;
    std::string below = part(parts, under);
    std::string above = part(parts, over);
    std::string out = inner;
    if (over < parts.size()) {
      const std::string_view command = accent(kOver, trimmed(dom_.inner_text(parts[over])));
      if (!command.empty()) {
        out = std::string(command) + braced(out);
        above.clear();
      }
    }
    if (under < parts.size()) {
      const std::string_view command = accent(kUnder, trimmed(dom_.inner_text(parts[under])));
      if (!command.empty()) {
        out = std::string(command) + braced(out);
        below.clear();
      }
    }
    if (below.empty() && above.empty()) return out;
    const bool brace = out.starts_with("\\overbrace") || out.starts_with("\\underbrace");
    if (brace || tex_takes_limits(inner)) {
      if (!below.empty()) out += "_" + braced(below);
      if (!above.empty()) out += "^" + braced(above);
      return out;
    }
    if (!below.empty()) out = "\\underset" + braced(below) + braced(out);
    if (!above.empty()) out = "\\overset" + braced(above) + braced(out);
    return out;
  }

  std::string multiscripts(const Nodes& parts) {
    std::string before;
    std::string after;
    std::string* side = &after;
    std::vector<std::string> scripts;
    const auto flush = [&] {
      for (std::size_t i = 0; i < scripts.size(); ++i) {
        if (!scripts[i].empty()) *side += (i % 2 == 0 ? "_" : "^") + braced(scripts[i]);
      }
      scripts.clear();
    };
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (dom_[parts[i]].tag == Tag::kMprescripts) {
        flush();
        side = &before;
      } else {
        scripts.push_back(tex(parts[i]));
      }
    }
    flush();
    return (before.empty() ? before : "{}" + before) + base(part(parts, 0)) + after;
  }

  std::string table(NodeId node, std::string_view kind) {
    std::string out = "\\begin{" + std::string(kind) + "}";
    bool first_row = true;
    for (const NodeId row : children(node)) {
      if (!first_row) out += " \\\\ ";
      first_row = false;
      bool first_cell = true;
      for (const NodeId cell : children(row)) {
        if (!first_cell) out += " & ";
        first_cell = false;
        out += row_of(children(cell));
      }
    }
    return out + "\\end{" + std::string(kind) + "}";
  }

  std::string fenced(NodeId node, const Nodes& parts) {
    const auto given = [&](Attr attr, std::string_view otherwise) {
      return dom_.has(node, attr) ? dom_.attribute(node, attr) : otherwise;
    };
    const std::string_view separators = trimmed(given(Attr::kSeparators, ","));
    std::string inner;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0 && !separators.empty()) {
        inner += tex_text(separators.substr(std::min(i - 1, separators.size() - 1), 1));
      }
      append(inner, tex(parts[i]));
    }
    return "\\left" + delimiter(trimmed(given(Attr::kOpen, "("))) + " " + inner + "\\right" +
           delimiter(trimmed(given(Attr::kClose, ")")));
  }

  static std::string delimiter(std::string_view fence) {
    return fence.empty() ? "." : tex_text(fence);
  }

  std::string enclosed(NodeId node, const Nodes& parts) {
    const std::string_view notation = dom_.attribute(node, Attr::kNotation);
    const std::string inner = braced(row_of(parts));
    const auto says = [&](std::string_view word) {
      return notation.find(word) != std::string_view::npos;
    };
    if (says("box") || says("circle")) return "\\boxed" + inner;
    if (says("strike")) return "\\cancel" + inner;
    if (says("radical")) return "\\sqrt" + inner;
    if (says("top")) return "\\overline" + inner;
    if (says("bottom")) return "\\underline" + inner;
    return inner;
  }

  // --- rows ---

  std::string fence_at(const Nodes& nodes, std::size_t index) const {
    if (dom_[nodes[index]].tag != Tag::kMo) return {};
    return std::string(trimmed(dom_.inner_text(nodes[index])));
  }

  // Whether something in it is higher than a line, so that fences around it grow.
  bool is_tall(NodeId node) const {
    for (NodeId i = node; i < dom_[node].end; ++i) {
      switch (dom_[i].tag) {
        case Tag::kMfrac:
        case Tag::kMtable:
        case Tag::kMunderover:
        case Tag::kMsqrt:
        case Tag::kMroot:
          return true;
        default:
          break;
      }
    }
    return false;
  }

  static std::string_view matrix_kind(std::string_view open, std::string_view close) {
    if (open == "(" && close == ")") return "pmatrix";
    if (open == "[" && close == "]") return "bmatrix";
    if (open == "{" && close == "}") return "Bmatrix";
    if (open == "|" && close == "|") return "vmatrix";
    return {};
  }

  // The closing fence that belongs to the opening one at `begin`; the size if there is none.
  std::size_t closing_of(const Nodes& nodes, std::size_t begin) const {
    const bool bar = is_bar(fence_at(nodes, begin));
    std::size_t depth = 0;
    for (std::size_t i = begin + 1; i < nodes.size(); ++i) {
      const std::string fence = fence_at(nodes, i);
      if (bar ? is_bar(fence) : is_closing(fence)) {
        if (depth == 0) return i;
        --depth;
      } else if (is_opening(fence)) {
        ++depth;
      }
    }
    return nodes.size();
  }

  void write_row(const Nodes& nodes, std::string& out) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const std::string open = fence_at(nodes, i);
      if (!is_opening(open) && !is_bar(open)) {
        write(nodes[i], out);
        continue;
      }
      i = write_fence(nodes, i, open, out);
    }
  }

  // Writes from the fence at `begin` on; returns the place of the last node written.
  std::size_t write_fence(const Nodes& nodes, std::size_t begin, const std::string& open,
                          std::string& out) {
    const std::size_t end = closing_of(nodes, begin);
    const std::size_t inside = std::min(end, nodes.size()) - begin - 1;
    const bool one_table = inside == 1 && dom_[nodes[begin + 1]].tag == Tag::kMtable;
    if (end == nodes.size()) {
      if (one_table && open == "{") {
        append(out, table(nodes[begin + 1], "cases"));
        return begin + 1;
      }
      append(out, tex_text(open));
      return begin;
    }
    const std::string close = fence_at(nodes, end);
    const std::string_view kind = matrix_kind(open, close);
    if (one_table && !kind.empty()) {
      append(out, table(nodes[begin + 1], kind));
      return end;
    }
    const auto from = nodes.begin() + static_cast<std::ptrdiff_t>(begin) + 1;
    const Nodes content(from, nodes.begin() + static_cast<std::ptrdiff_t>(end));
    const bool tall =
        std::any_of(content.begin(), content.end(), [&](NodeId n) { return is_tall(n); });
    append(out, (tall ? "\\left" : "") + tex_text(open));
    const std::string inner = row_of(content);
    if (tall && !inner.empty() && inner.front() != '\\') out += ' ';
    append(out, inner);
    out += (tall ? "\\right" : "") + tex_text(close);
    return end;
  }

  const Dom& dom_;
};

}  // namespace

std::string tex_of(const Dom& dom, NodeId math) {
  Writer writer(dom);
  return writer.row_of(writer.children(math));
}

std::string tex_that_is_shown(const Dom& dom, NodeId math) {
  std::string tex(dom.attribute(math, Attr::kAltText));
  for (NodeId i = math + 1; i < dom[math].end; ++i) {
    if (dom[i].tag != Tag::kAnnotation) continue;
    const std::string_view encoding = dom.attribute(i, Attr::kEncoding);
    const bool is_tex = encoding.find("tex") != std::string_view::npos ||
                        encoding.find("TeX") != std::string_view::npos;
    if (is_tex) tex = dom.inner_text(i);
  }
  return tex.empty() ? tex_of(dom, math) : tex;
}

bool is_drawn_formula(const Dom& dom, NodeId node) {
  if (dom[node].tag != Tag::kSpan) return false;
  const std::string_view classes = dom.attribute(node, Attr::kClass);
  return classes == "katex-html" || classes == "MathJax_Preview" || classes == "MathJax" ||
         classes == "MathJax_SVG" || classes == "MathJax_CHTML";
}

}  // namespace sluice::html
