// SPDX-License-Identifier: Apache-2.0
//
// What stands within a line: styles, links, images, players, formulas.
#include <sluice/url.hpp>

#include "links.hpp"
#include "mathml.hpp"
#include "renderer.hpp"
#include "words.hpp"

namespace sluice::html {
bool Renderer::enter_inline(NodeId i) {
  switch (dom_[i].tag) {
    case Tag::kA:
      return enter_link(i);
    case Tag::kB:
    case Tag::kStrong:
      return enter_strong(i);
    case Tag::kI:
    case Tag::kEm:
    case Tag::kVar:
    case Tag::kDfn:
    case Tag::kCite:
      return enter_emphasis(i);
    case Tag::kS:
    case Tag::kStrike:
    case Tag::kDel:
      return enter_style(i, Style::kStrike);
    case Tag::kU:
      return links_ > 0 || enter_style(i, Style::kUnderline);
    case Tag::kIns:
      return enter_style(i, Style::kUnderline);
    case Tag::kMark:
      return enter_style(i, Style::kHighlight);
    case Tag::kSub:
      return enter_style(i, Style::kSubscript);
    case Tag::kSup:
      return is_note_mark(i) || enter_style(i, Style::kSuperscript);
    case Tag::kCode:
    case Tag::kKbd:
    case Tag::kSamp:
    case Tag::kTt:
      return enter_code(i);
    case Tag::kQ:
      out_.text("“");
      return descend(i, Undo::kQuotation);
    case Tag::kRt:
      out_.text("(");
      return descend(i, Undo::kRuby);
    case Tag::kAbbr:
      return enter_abbreviation(i);
    case Tag::kSpan:
      return !is_page_break(dom_, i) && !is_drawn_formula(i) && !is_ways_back(i) && enter_span(i);
    case Tag::kLabel:
    case Tag::kOption:
    case Tag::kOptgroup:
      out_.text(" ");
      return descend(i, Undo::kBlank);
    default:
      return true;
  }
}

bool Renderer::enter_style(NodeId i, Style style) {
  out_.begin_style(style);
  return descend(i, Undo::kStyle, style);
}

Look Renderer::look_of(NodeId i) const {
  Look look;
  for (const StyleSheet* sheet : rendering_.style_sheets) {
    look.add(sheet->look_of(attribute(i, Attr::kClass)));
  }
  look.add(html::look_of(attribute(i, Attr::kStyle)));
  return look;
}

// A link is underlined as it is.
bool Renderer::is_linked(NodeId i) const {
  bool linked = links_ > 0;
  for (NodeId k = i + 1; k < ahead_of(i); ++k) linked = linked || dom_[k].tag == Tag::kA;
  return linked;
}

bool Renderer::enter_span(NodeId i) {
  if (dom_[i].attributes == 0) return true;
  const Look look = look_of(i);
  const auto enter = [&](Said said, Style style) {
    if (said == Said::kYes && has_content(i)) enter_style(i, style);
  };
  if (!heading_) enter(look.bold, Style::kStrong);
  enter(look.italic, Style::kEmphasis);
  enter(look.struck, Style::kStrike);
  if (look.underlined == Said::kYes && !is_linked(i)) enter(look.underlined, Style::kUnderline);
  if (!is_note_mark(i)) enter(look.raised, Style::kSuperscript);
  enter(look.lowered, Style::kSubscript);
  return true;
}

bool Renderer::enter_strong(NodeId i) {
  return heading_ || look_of(i).bold == Said::kNo || enter_style(i, Style::kStrong);
}

bool Renderer::enter_emphasis(NodeId i) {
  // Icon fonts draw on empty `<i>`s.
  if (!has_content(i)) return false;
  return look_of(i).italic == Said::kNo || enter_style(i, Style::kEmphasis);
}

bool Renderer::enter_code(NodeId i) {
  ++code_;
  return descend(i, Undo::kCode);
}

bool Renderer::enter_link(NodeId i) {
  const std::string called = note_label(i);
  if (!called.empty()) {
    out_.footnote_reference(called);
    return false;
  }
  if (notes_ > 0 && repeats_call(i)) {
    behind_sign_ = true;
    return false;
  }
  if (notes_ > 0 && is_back_link(dom_, i)) return false;
  if (is_permalink(dom_, i) && (heading_ || names_permalink(dom_, i))) return false;
  const std::string target =
      is_all_of_heading(i) ? std::string() : target_of(attribute(i, Attr::kHref));
  if (target.empty()) return !is_lost_call(i) || enter_style(i, Style::kSuperscript);
  out_.begin_link(target, link_title(i));
  ++links_;
  return descend(i, Undo::kLink);
}

std::string Renderer::target_of(std::string_view href) const {
  if (rendering_.link_target) return rendering_.link_target(href);
  return leads_somewhere(href) ? resolve(rendering_.base, href) : std::string();
}

std::string_view Renderer::link_title(NodeId i) const {
  const std::string_view title = attribute(i, Attr::kTitle);
  if (title.empty() || dom_[i].end > ahead_of(i)) return {};
  const std::string text = lower(dom_.inner_text(i));
  const std::string said = lower(title);
  const bool known = said.find(text) != std::string::npos || text.find(said) != std::string::npos;
  return known ? std::string_view() : title;
}

bool Renderer::is_note_mark(NodeId sup) const {
  for (NodeId i = sup + 1; i < ahead_of(sup); ++i) {
    if (dom_[i].tag != Tag::kA) continue;
    const bool in_brackets =
        attribute(i, Attr::kHref).starts_with("#") && dom_.inner_text(sup).starts_with('[');
    return in_brackets || !note_label(i).empty();
  }
  return false;
}

void Renderer::expand(NodeId i) {
  const std::string_view title = attribute(i, Attr::kTitle);
  if (dom_[i].end > ahead_of(i)) return;
  const std::string text = dom_.inner_text(i);
  if (title.find(' ') == std::string_view::npos || text.size() > 12 || text.size() < 2) return;
  if (!expanded_.insert(text).second) return;
  out_.text(" (");
  out_.text(title);
  out_.text(")");
}

bool Renderer::image(NodeId i) {
  const std::string_view alt = attribute(i, Attr::kAlt);
  if (attribute(i, Attr::kClass).find("mwe-math-fallback") != std::string_view::npos) {
    if (!formula_written_) write_tex(alt, MathLayout::kInline);
    formula_written_ = false;
    return false;
  }
  write_image(image_address(dom_, i), alt, attribute(i, Attr::kTitle));
  return false;
}

void Renderer::write_image(std::string_view address, std::string_view alt, std::string_view title) {
  if (address.empty()) return;
  if (title == alt) title = {};
  breaks_ = 0;
  images_.insert(std::string(address));
  const bool beside = rendering_.base.empty() || url_scheme(address) == "data";
  const auto asset = beside ? rendering_.take_image(address) : std::nullopt;
  if (asset) {
    out_.image(*asset, alt, title);
    return;
  }
  if (url_scheme(address) == "data") return;
  const std::string target =
      rendering_.link_target ? rendering_.link_target(address) : resolve(rendering_.base, address);
  if (target.empty()) {
    out_.text(alt);
  } else {
    out_.image(target, alt, title);
  }
}

bool Renderer::noscript(NodeId i) {
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag != Tag::kImg) continue;
    const std::string_view address = image_address(dom_, k);
    if (images_.count(std::string(address)) == 0) {
      write_image(address, attribute(k, Attr::kAlt), attribute(k, Attr::kTitle));
    }
  }
  return false;
}

bool Renderer::media(NodeId i) {
  std::string_view address = attribute(i, Attr::kSrc);
  if (dom_[i].tag == Tag::kObject) address = attribute(i, Attr::kData);
  for (NodeId k = i + 1; k < ahead_of(i) && address.empty(); ++k) {
    if (dom_[k].tag == Tag::kSource) address = attribute(k, Attr::kSrc);
  }
  std::string url = target_of(address);
  if (url.starts_with("//")) url.insert(0, "https:");
  if (url.empty() || url.starts_with("about:")) {
    return dom_[i].tag == Tag::kObject;  // its content is its fallback
  }
  const std::string_view title = attribute(i, Attr::kTitle);
  out_.end_paragraph();
  out_.begin_link(url);
  out_.text(title.empty() ? std::string_view(url) : title);
  out_.end_link();
  out_.end_paragraph();
  return false;
}

void Renderer::write_tex(std::string_view tex, MathLayout layout) {
  // Wikipedia wraps each formula in {\displaystyle ...}.
  constexpr std::string_view kWrap = "{\\displaystyle ";
  if (tex.starts_with(kWrap) && tex.ends_with('}')) {
    tex = tex.substr(kWrap.size(), tex.size() - kWrap.size() - 1);
  }
  out_.math(tex, layout);
  breaks_ = 0;
}

bool Renderer::math(NodeId i) {
  const bool display = attribute(i, Attr::kDisplay) == "block";
  std::string tex(attribute(i, Attr::kAltText));
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag != Tag::kAnnotation) continue;
    const bool is_tex = attribute(k, Attr::kEncoding).find("tex") != std::string_view::npos ||
                        attribute(k, Attr::kEncoding).find("TeX") != std::string_view::npos;
    if (is_tex) tex = dom_.inner_text(k);
  }
  if (tex.empty()) tex = tex_of(dom_, i);
  if (tex.empty()) return false;
  write_tex(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  formula_written_ = true;
  return false;
}

bool Renderer::tex_script(NodeId i) {
  const bool display = attribute(i, Attr::kType).find("mode=display") != std::string_view::npos;
  std::string tex;
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag == Tag::kText) tex += dom_.text(k);
  }
  write_tex(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  return false;
}

// As pandoc, Sphinx and the extension arithmatex write formulas: text in TeX's own brackets or, for
// pandoc's KaTeX, in none.
bool Renderer::tex_text(NodeId i) {
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
    write_tex(tex.substr(size, tex.size() - 2 * size), around.layout);
    return true;
  }
  const bool display = has_word(classes, "display");
  if (tex.empty() || (!display && !has_word(classes, "inline"))) return false;
  write_tex(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  return true;
}

bool Renderer::is_lost_call(NodeId i) const {
  if (!is_note_call(dom_, i) || dom_[i].end > ahead_of(i)) return false;
  return dom_[dom_[i].parent].tag != Tag::kSup && dom_.find(Tag::kSup, i) == kRootNode;
}

bool Renderer::is_all_of_heading(NodeId i) const {
  if (!heading_ || !attribute(i, Attr::kHref).starts_with('#')) return false;
  NodeId heading = dom_[i].parent;
  while (heading != kRootNode && !is_heading(dom_[heading].tag)) heading = dom_[heading].parent;
  return dom_[heading].end <= ahead_of(heading) && dom_.inner_text(i) == dom_.inner_text(heading);
}

bool Renderer::is_ways_back(NodeId i) const {
  return notes_ > 0 && has_word(attribute(i, Attr::kClass), "mw-cite-backlink");
}

bool Renderer::is_drawn_formula(NodeId i) const {
  const std::string_view classes = attribute(i, Attr::kClass);
  return classes == "katex-html" || classes == "MathJax_Preview" || classes == "MathJax" ||
         classes == "MathJax_SVG" || classes == "MathJax_CHTML";
}

}  // namespace sluice::html
