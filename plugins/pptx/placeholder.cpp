// SPDX-License-Identifier: Apache-2.0
#include "pptx/placeholder.hpp"

#include <string>

namespace sluice::pptx {
namespace {

constexpr unsigned kNoIndex = 0xffffffff;

// The p:ph of a shape of any kind; its non-visual properties have a name for each kind.
XmlNode placeholder_of(XmlNode shape) {
  for (const char* kind : {"p:nvSpPr", "p:nvPicPr", "p:nvGraphicFramePr"}) {
    if (const auto ph = shape.child(kind).child("p:nvPr").child("p:ph")) return ph;
  }
  return {};
}

std::string_view type_of(XmlNode ph) {
  const std::string_view type = ph.attribute("type").value();
  return type.empty() ? std::string_view("obj") : type;
}

bool is_title(std::string_view type) {
  return type == "title" || type == "ctrTitle";
}

bool is_body(std::string_view type) {
  return type == "body" || type == "subTitle" || type == "obj";
}

// Types that stand for each other on the part above.
bool alike(std::string_view a, std::string_view b) {
  return a == b || (is_title(a) && is_title(b)) || (is_body(a) && is_body(b));
}

XmlNode find_placeholder(XmlNode shapes, std::string_view type, unsigned index) {
  XmlNode by_type;
  for (const XmlNode shape : shapes.children()) {
    const XmlNode ph = placeholder_of(shape);
    if (!ph) continue;
    const bool same_index = index != kNoIndex && ph.attribute("idx").as_uint() == index;
    if (same_index && !is_title(type)) return shape;
    if (!by_type && alike(type, type_of(ph))) by_type = shape;
  }
  return by_type;
}

XmlNode list_style(XmlNode shape) {
  return shape.child("p:txBody").child("a:lstStyle");
}

}  // namespace

Role role_of(XmlNode shape) {
  const XmlNode ph = placeholder_of(shape);
  if (!ph) return Role::kNone;
  const std::string_view type = type_of(ph);
  if (is_title(type)) return Role::kTitle;
  if (is_body(type)) return Role::kBody;
  const bool footer = type == "dt" || type == "ftr" || type == "sldNum" || type == "hdr";
  return footer ? Role::kFooter : Role::kOther;
}

std::array<XmlNode, 2> ancestors_of(XmlNode shape, const Slide& slide) {
  std::array<XmlNode, 2> found;
  const XmlNode ph = placeholder_of(shape);
  if (!ph) return found;
  std::string_view type = type_of(ph);
  if (slide.layout) {
    found[0] = find_placeholder(slide.layout->shapes(), type, ph.attribute("idx").as_uint());
    if (found[0]) type = type_of(placeholder_of(found[0]));
  }
  if (slide.master) found[1] = find_placeholder(slide.master->shapes(), type, kNoIndex);
  return found;
}

LevelStyles::LevelStyles(XmlNode shape, const Slide& slide, XmlNode default_style) {
  const auto ancestors = ancestors_of(shape, slide);
  styles_[0] = list_style(shape);
  styles_[1] = list_style(ancestors[0]);
  styles_[2] = list_style(ancestors[1]);
  if (slide.master) {
    const XmlNode styles = slide.master->xml.root().child("p:txStyles");
    const Role role = role_of(shape);
    styles_[3] = styles.child(role == Role::kTitle  ? "p:titleStyle"
                              : role == Role::kBody ? "p:bodyStyle"
                                                    : "p:otherStyle");
  }
  styles_[4] = default_style;
}

XmlNode LevelStyles::find(XmlNode paragraph_properties, int level,
                          const std::array<const char*, 4>& names) const {
  const auto among = [&](XmlNode properties) {
    for (const char* name : names) {
      if (const auto node = properties.child(name)) return node;
    }
    return XmlNode();
  };
  if (const auto node = among(paragraph_properties)) return node;
  const std::string name = "a:lvl" + std::to_string(level + 1) + "pPr";
  for (const XmlNode style : styles_) {
    if (const auto node = among(style.child(name.c_str()))) return node;
  }
  return {};
}

}  // namespace sluice::pptx
