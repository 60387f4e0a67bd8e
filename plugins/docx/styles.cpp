// SPDX-License-Identifier: Apache-2.0
#include "docx/styles.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "docx/elements.hpp"
#include "docx/style_names.hpp"

namespace sluice::docx {

int outline_level(XmlNode paragraph_properties) {
  const XmlNode node = paragraph_properties.child("w:outlineLvl");
  if (!node) return -1;
  const int level = node.attribute("w:val").as_int(9);
  return level >= 0 && level < 9 ? level + 1 : 0;
}

NumberReference numbering_of(XmlNode paragraph_properties) {
  NumberReference reference;
  const XmlNode properties = paragraph_properties.child("w:numPr");
  if (const XmlNode number = properties.child("w:numId")) {
    reference.number = number.attribute("w:val").as_int(0);
  }
  if (const XmlNode level = properties.child("w:ilvl")) {
    reference.level = std::clamp(level.attribute("w:val").as_int(0), 0, 8);
  }
  return reference;
}

Indent indent_of(XmlNode paragraph_properties) {
  Indent indent;
  const XmlNode node = paragraph_properties.child("w:ind");
  const auto read = [&node](const char* name, const char* strict, std::int32_t& value) {
    XmlAttribute attribute = node.attribute(name);
    if (!attribute) attribute = node.attribute(strict);
    if (attribute) value = std::clamp(attribute.as_int(0), -(1 << 20), 1 << 20);
  };
  read("w:left", "w:start", indent.left);
  read("w:right", "w:end", indent.right);
  return indent;
}

Styles::Styles(XmlPart part) : part_(std::move(part)) {
  std::string_view default_id;
  for (const XmlNode node : part_.root().children("w:style")) {
    const std::string_view id = node.attribute("w:styleId").value();
    const std::string_view type = node.attribute("w:type").value();
    if (type != "paragraph" && type != "character") continue;
    styles_.emplace(id, Raw{node, false, {}});
    const std::string_view is_default = node.attribute("w:default").value();
    if (type == "paragraph" && (is_default == "1" || is_default == "true")) default_id = id;
  }
  const XmlNode defaults = part_.root().child("w:docDefaults");
  defaults_ = read_look(defaults.child("w:rPrDefault").child("w:rPr"));
  if (const auto found = styles_.find(default_id); found != styles_.end()) {
    resolve(found->second);
    default_paragraph_ = found->second.style;
  }
  typewritten_ = is_on(over(defaults_, default_paragraph_.look).monospaced);
  for (auto& [id, raw] : styles_) resolve(raw);
}

const ParagraphStyle& Styles::paragraph(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? default_paragraph_ : found->second.style;
}

const RunLook& Styles::character(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? none_ : found->second.style.look;
}

// Resolves the styles that it is based on first, without recursion; a circle ends where it began.
void Styles::resolve(Raw& raw) {
  std::vector<Raw*> chain;
  Raw* next = &raw;
  while (next != nullptr && !next->resolved &&
         std::find(chain.begin(), chain.end(), next) == chain.end()) {
    chain.push_back(next);
    const auto base = styles_.find(value_of(next->node.child("w:basedOn")));
    next = base == styles_.end() ? nullptr : &base->second;
  }
  ParagraphStyle style;
  if (next != nullptr && next->resolved) style = next->style;
  while (!chain.empty()) {
    Raw& derived = *chain.back();
    chain.pop_back();
    apply(derived, style);
    derived.style = style;
    derived.resolved = true;
  }
}

void Styles::apply(const Raw& raw, ParagraphStyle& style) const {
  const XmlNode properties = raw.node.child("w:pPr");
  const std::string_view name = value_of(raw.node.child("w:name"));
  style.id = raw.node.attribute("w:styleId").value();
  // What is based on a title may be an author's name; what is based on a heading is one.
  if (style.role == Role::kTitle || style.role == Role::kSubtitle) style.role = Role::kNone;
  style.look = over(style.look, read_look(raw.node.child("w:rPr")));
  if (std::string_view(raw.node.attribute("w:type").value()) == "character") {
    if (is_code_name(name)) style.look.monospaced = Toggle::kOn;
    return;
  }
  if (const NamedRole named = role_of_name(name); named.role != Role::kNone) {
    style.role = named.role;
    style.level = named.level;
  } else if (const int level = outline_level(properties); level > 0) {
    // One that looks like a high heading, and hides deep in the outline, is the high one.
    constexpr int kMaxDepth = 6;
    if (style.role != Role::kHeading || level <= kMaxDepth) style.level = level;
    style.role = Role::kHeading;
  } else if (level == 0 && style.role == Role::kHeading) {
    style.role = Role::kNone;
  }
  const NumberReference numbering = numbering_of(properties);
  if (numbering.number >= 0) style.numbering.number = numbering.number;
  if (numbering.level >= 0) style.numbering.level = numbering.level;
  const Indent indent = indent_of(properties);
  if (indent.left != Indent::kUnset) style.indent.left = indent.left;
  if (indent.right != Indent::kUnset) style.indent.right = indent.right;
}

}  // namespace sluice::docx
