// SPDX-License-Identifier: Apache-2.0
#include "odf/styles.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxParents = 32;  // of a style; chains may be loops
constexpr std::size_t kMaxStyles = 100'000;
constexpr double kQuoteIndent = 25;  // points, on both sides

Toggle toggle(std::string_view value, std::string_view off) {
  if (value.empty()) return Toggle::kUnset;
  return value == off ? Toggle::kOff : Toggle::kOn;
}

Toggle pick(Toggle base, Toggle stated) {
  return stated == Toggle::kUnset ? base : stated;
}

Toggle bold_of(std::string_view weight) {
  if (weight.empty()) return Toggle::kUnset;
  const bool is_heavy = weight == "bold" || (weight.size() == 3 && weight >= "600");
  return is_heavy ? Toggle::kOn : Toggle::kOff;
}

// style:text-position: "super 58%", "sub", "-33% 58%", "0% 100%" (20.396).
Vertical vertical_of(std::string_view position) {
  if (position.empty()) return Vertical::kUnset;
  if (position.starts_with("super")) return Vertical::kSuperscript;
  if (position.starts_with("sub") || position.starts_with('-')) return Vertical::kSubscript;
  const bool is_raised = position[0] >= '1' && position[0] <= '9';
  return is_raised ? Vertical::kSuperscript : Vertical::kBaseline;
}

bool is_code_font(std::string_view name) {
  constexpr std::array<std::string_view, 17> kFonts = {
      "courier",  "consolas",    "menlo",     "monaco",      "mono",         "lucida console",
      "andale",   "inconsolata", "fira code", "source code", "fixedsys",     "cousine",
      "terminal", "hack",        "cascadia",  "ocr a",       "letter gothic"};
  const std::string lower = ascii_lower(name);
  return std::any_of(kFonts.begin(), kFonts.end(),
                     [&](std::string_view font) { return lower.find(font) != std::string::npos; });
}

// Names of styles that say what a paragraph is: those of LibreOffice, and of Word documents that it
// converted.
Role role_of(std::string_view name) {
  const std::string lower = ascii_lower(name);
  if (lower == "title") return Role::kTitle;
  if (lower == "quotations" || lower == "quote" || lower == "intense quote" ||
      lower == "block text" || lower == "blockquote" || lower == "block quotation") {
    return Role::kQuote;
  }
  if (lower == "preformatted text" || lower == "source code" || lower == "html preformatted") {
    return Role::kCode;
  }
  return lower == "horizontal line" ? Role::kRule : Role::kPlain;
}

// "Heading 3", for paragraphs that have the style of a heading without being one.
int heading_of(std::string_view name) {
  constexpr std::string_view kHeading = "heading ";
  const bool is_heading = name.size() == kHeading.size() + 1 &&
                          starts_with_ignoring_ascii_case(name, kHeading) &&
                          is_ascii_digit(name.back()) && name.back() != '0';
  return is_heading ? name.back() - '0' : 0;
}

}  // namespace

TextLook over(const TextLook& base, const TextLook& stated) {
  TextLook look;
  look.bold = pick(base.bold, stated.bold);
  look.italic = pick(base.italic, stated.italic);
  look.underline = pick(base.underline, stated.underline);
  look.strike = pick(base.strike, stated.strike);
  look.highlight = pick(base.highlight, stated.highlight);
  look.monospaced = pick(base.monospaced, stated.monospaced);
  look.hidden = pick(base.hidden, stated.hidden);
  look.vertical = stated.vertical == Vertical::kUnset ? base.vertical : stated.vertical;
  return look;
}

Styles::Styles(const std::vector<XmlNode>& roots) {
  for (const XmlNode root : roots) {
    for (const char* group :
         {"office:automatic-styles", "office:styles", "office:font-face-decls"}) {
      if (const XmlNode parent = root.child(group)) read(parent);
    }
  }
}

void Styles::read(XmlNode parent) {
  for (const XmlNode node : parent.children()) {
    if (!node.is_element() || by_name_.size() > kMaxStyles || lists_.size() > kMaxStyles) continue;
    const std::string_view name = value_of(node, "style:name");
    if (named(node, "style:style")) {
      by_name_.emplace(Key(value_of(node, "style:family"), name), node);
    } else if (named(node, "style:default-style")) {
      defaults_.emplace(value_of(node, "style:family"), node);
    } else if (named(node, "text:list-style")) {
      lists_.emplace(name, node);
    } else if (named(node, "text:outline-style")) {
      if (!outline_) outline_ = node;
    } else if (named(node, "style:font-face")) {
      fonts_.emplace(name, node);
    }
  }
}

XmlNode Styles::find(std::string_view family, std::string_view name) const {
  const auto found = by_name_.find(Key(family, name));
  return found == by_name_.end() ? XmlNode() : found->second;
}

// The style itself first, then its ancestors.
std::vector<XmlNode> Styles::chain(std::string_view family, std::string_view name) const {
  std::vector<XmlNode> styles;
  XmlNode style = find(family, name);
  while (style && styles.size() < kMaxParents) {
    styles.push_back(style);
    const std::string_view parent = value_of(style, "style:parent-style-name");
    style = parent.empty() ? XmlNode() : find(family, parent);
  }
  return styles;
}

bool Styles::is_monospaced(XmlNode properties) const {
  if (value_of(properties, "style:font-pitch") == "fixed") return true;
  if (is_code_font(value_of(properties, "fo:font-family"))) return true;
  const std::string_view name = value_of(properties, "style:font-name");
  const auto face = fonts_.find(name);
  if (face == fonts_.end()) return is_code_font(name);
  return value_of(face->second, "style:font-pitch") == "fixed" ||
         is_code_font(value_of(face->second, "svg:font-family"));
}

TextLook Styles::look_of(XmlNode style) const {
  const XmlNode text = style.child("style:text-properties");
  TextLook look;
  if (!text) return look;
  look.bold = bold_of(value_of(text, "fo:font-weight"));
  look.italic = toggle(value_of(text, "fo:font-style"), "normal");
  look.underline = toggle(value_of(text, "style:text-underline-style"), "none");
  look.strike = toggle(value_of(text, "style:text-line-through-style"), "none");
  if (look.strike == Toggle::kUnset) {
    look.strike = toggle(value_of(text, "style:text-line-through-type"), "none");
  }
  look.highlight = toggle(value_of(text, "fo:background-color"), "transparent");
  look.hidden = toggle(value_of(text, "text:display"), "true");
  look.vertical = vertical_of(value_of(text, "style:text-position"));
  const bool names_font = text.attribute("style:font-name") || text.attribute("fo:font-family") ||
                          text.attribute("style:font-pitch");
  if (names_font) look.monospaced = is_monospaced(text) ? Toggle::kOn : Toggle::kOff;
  return look;
}

const TextLook& Styles::text(std::string_view name) {
  const auto known = texts_.find(name);
  if (known != texts_.end()) return known->second;
  TextLook look;
  const auto styles = chain("text", name);
  for (auto style = styles.rbegin(); style != styles.rend(); ++style) {
    look = over(look, look_of(*style));
    const std::string shown = decoded_name(value_of(*style, "style:name"));
    if (shown == "Source Text" || shown == "Teletype") look.monospaced = Toggle::kOn;
    // The look of links is a reader's matter.
    if (shown == "Internet link" || shown == "Visited Internet Link") look = TextLook();
  }
  return texts_.emplace(name, look).first->second;
}

const ParagraphStyle& Styles::paragraph(std::string_view name) {
  const auto known = paragraphs_.find(name);
  if (known != paragraphs_.end()) return known->second;
  ParagraphStyle out;
  bool named_code = false;
  double left = 0;
  double right = 0;
  const auto styles = chain("paragraph", name);
  for (auto style = styles.rbegin(); style != styles.rend(); ++style) {
    out.look = over(out.look, look_of(*style));
    const std::string own = decoded_name(value_of(*style, "style:name"));
    const std::string_view display = value_of(*style, "style:display-name");
    const std::string shown = display.empty() ? own : std::string(display);
    if (const Role role = role_of(shown); role != Role::kPlain) out.role = role;
    named_code = out.role == Role::kCode;
    if (const int level = heading_of(shown); level != 0) out.heading = level;
    if (const XmlAttribute list = style->attribute("style:list-style-name"))
      out.list = list.value();
    if (const XmlAttribute level = style->attribute("style:list-level")) {
      out.list_level = level.as_int();
    }
    const XmlNode layout = style->child("style:paragraph-properties");
    if (const auto indent = points_of(value_of(layout, "fo:margin-left"))) left = *indent;
    if (const auto indent = points_of(value_of(layout, "fo:margin-right"))) right = *indent;
  }
  if (!styles.empty()) {
    // A master page is a new page, too (16.2); neither is inherited.
    const XmlNode own = styles.front();
    const XmlNode layout = own.child("style:paragraph-properties");
    out.begins_page = value_of(layout, "fo:break-before") == "page" ||
                      !value_of(own, "style:master-page-name").empty();
  }
  if (out.role == Role::kPlain && out.heading == 0) {
    if (out.look.monospaced == Toggle::kOn) {
      out.role = Role::kCode;
    } else if (left >= kQuoteIndent && right >= kQuoteIndent) {
      out.role = Role::kQuote;
    }
  }
  out.named_code = out.role == Role::kCode && named_code;
  if (out.role == Role::kCode) out.look.monospaced = Toggle::kUnset;
  return paragraphs_.emplace(name, out).first->second;
}

namespace {

ListLevel read_level(XmlNode node) {
  ListLevel level;
  if (named(node, "text:list-level-style-number") || named(node, "text:outline-level-style")) {
    level.format = value_of(node, "style:num-format");
    level.kind = level.format.empty() ? ListLevel::Kind::kNone : ListLevel::Kind::kNumber;
    level.prefix = value_of(node, "style:num-prefix");
    level.suffix = value_of(node, "style:num-suffix");
    // A newer form that LibreOffice writes beside the others: "%1%.%2%".
    level.shown_levels =
        std::clamp(node.attribute("text:display-levels").as_int(1), 1, kListLevels);
    level.start =
        std::clamp<std::int64_t>(node.attribute("text:start-value").as_llong(1), 0, kMaxListNumber);
  }
  return level;
}

ListStyle read_list(XmlNode style) {
  ListStyle list;
  for (const XmlNode node : style.children()) {
    const int level = node.attribute("text:level").as_int();
    if (level >= 1 && level <= kListLevels)
      list[static_cast<std::size_t>(level) - 1] = read_level(node);
  }
  return list;
}

}  // namespace

const ListStyle* Styles::list(std::string_view name) {
  auto known = read_lists_.find(name);
  if (known == read_lists_.end()) {
    const auto found = lists_.find(name);
    std::optional<ListStyle> list;
    if (found != lists_.end()) list = read_list(found->second);
    known = read_lists_.emplace(name, list).first;
  }
  return known->second ? &*known->second : nullptr;
}

const ListStyle* Styles::outline() {
  // No list has an empty name.
  auto known = read_lists_.find("");
  if (known == read_lists_.end()) {
    std::optional<ListStyle> list;
    if (outline_) list = read_list(outline_);
    known = read_lists_.emplace("", list).first;
  }
  return known->second ? &*known->second : nullptr;
}

XmlNode Styles::properties(std::string_view family, std::string_view name,
                           const char* element) const {
  for (const XmlNode style : chain(family, name)) {
    if (const XmlNode found = style.child(element)) return found;
  }
  return {};
}

}  // namespace sluice::odf
