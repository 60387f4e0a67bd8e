// SPDX-License-Identifier: Apache-2.0
#include "formulas.hpp"

#include <string>

#include "../habits/tex_signs.hpp"
#include "../mathml.hpp"
#include "../words.hpp"

namespace sluice::html {

void Formulas::write(std::string_view tex, MathLayout layout) {
  // Wikipedia wraps each formula in {\displaystyle ...}.
  constexpr std::string_view kWrap = "{\\displaystyle ";
  if (tex.starts_with(kWrap) && tex.ends_with('}')) {
    tex = tex.substr(kWrap.size(), tex.size() - kWrap.size() - 1);
  }
  out_.math(tex, layout);
  reset_breaks();
}

void Formulas::write_math(NodeId i) {
  const bool display = attribute(i, Attr::kDisplay) == "block";
  const std::string tex = tex_that_is_shown(dom_, i);
  if (tex.empty()) return;
  write(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  written_before_ = true;
}

void Formulas::write_tex_script(NodeId i) {
  const bool display = attribute(i, Attr::kType).find("mode=display") != std::string_view::npos;
  std::string tex;
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag == Tag::kText) tex += dom_.text(k);
  }
  write(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
}

// As pandoc, Sphinx and the extension arithmatex write formulas: text in TeX's own brackets or, for
// pandoc's KaTeX, in none.
bool Formulas::write_tex_element(NodeId i) {
  const std::string_view classes = attribute(i, Attr::kClass);
  if (!has_word(classes, "math") && !has_word(classes, "arithmatex")) return false;
  const bool only_text = dom_[i].end == i + 2 && dom_[i + 1].tag == Tag::kText;
  if (!only_text) return false;
  std::string tex = dom_.inner_text(i);
  struct Brackets {
    std::string_view open;
    std::string_view close;
    MathLayout layout;
  };
  for (const Brackets& around :
       {Brackets{"\\(", "\\)", MathLayout::kInline}, Brackets{"\\[", "\\]", MathLayout::kDisplay},
        Brackets{"$$", "$$", MathLayout::kDisplay}, Brackets{"$", "$", MathLayout::kInline}}) {
    const std::size_t size = around.open.size();
    if (tex.size() <= 2 * size || !tex.starts_with(around.open) || !tex.ends_with(around.close)) {
      continue;
    }
    write(tex.substr(size, tex.size() - 2 * size), around.layout);
    return true;
  }
  const bool display = has_word(classes, "display");
  if (tex.empty() || (!display && !has_word(classes, "inline"))) return false;
  write(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  return true;
}

void Formulas::write_text_with_tex(std::string_view text) {
  if (dom_.tex_signs == TexSigns::kNone) {
    out_.text(text);
    return;
  }
  for (const TexPiece& piece : tex_pieces(text, dom_.tex_signs)) {
    if (piece.kind == TexPiece::Kind::kText) {
      out_.text(piece.text);
    } else {
      write(piece.text,
            piece.kind == TexPiece::Kind::kDisplay ? MathLayout::kDisplay : MathLayout::kInline);
    }
  }
}

bool Formulas::write_fallback_image(NodeId img) {
  if (attribute(img, Attr::kClass).find("mwe-math-fallback") == std::string_view::npos)
    return false;
  if (!written_before_) write(attribute(img, Attr::kAlt), MathLayout::kInline);
  written_before_ = false;
  return true;
}

}  // namespace sluice::html
