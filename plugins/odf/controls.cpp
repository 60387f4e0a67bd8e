// SPDX-License-Identifier: Apache-2.0
#include "odf/controls.hpp"

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxControls = 10'000;
constexpr const char* kChosen = "\u2612";
constexpr const char* kNotChosen = "\u2610";

// The first of two attributes that is there: the state that the user left, and that of the start.
std::string_view first_of(const Controls::AttributeOf& attribute, const char* now,
                          const char* start) {
  const std::string_view value = attribute(now);
  return value.empty() ? attribute(start) : value;
}

std::string choice(bool is_chosen, std::string_view label) {
  std::string text = is_chosen ? kChosen : kNotChosen;
  if (!label.empty()) text.append(" ").append(label);
  return text;
}

std::string text_of_control(std::string_view element, const Controls::AttributeOf& attribute) {
  if (element == "form:checkbox") {
    return choice(first_of(attribute, "form:current-state", "form:state") == "checked",
                  attribute("form:label"));
  }
  if (element == "form:radio") {
    return choice(first_of(attribute, "form:current-selected", "form:selected") == "true",
                  attribute("form:label"));
  }
  if (element == "form:fixed-text" || element == "form:frame" || element == "form:button") {
    return std::string(attribute("form:label"));
  }
  // Their values are no text of the page.
  if (element == "form:password" || element == "form:hidden" || element == "form:image") return {};
  return std::string(first_of(attribute, "form:current-value", "form:value"));
}

}  // namespace

void Controls::add(std::string_view element, const AttributeOf& attribute) {
  if (element == "form:option") {
    if (last_ == nullptr ||
        first_of(attribute, "form:current-selected", "form:selected") != "true") {
      return;
    }
    if (!last_->empty()) *last_ += ", ";
    last_->append(attribute("form:label"));
    return;
  }
  if (texts_.size() == kMaxControls) return;
  for (const char* name : {"form:id", "xml:id"}) {
    const std::string_view id = attribute(name);
    if (id.empty()) continue;
    last_ = &(texts_[std::string(id)] = text_of_control(element, attribute));
    return;
  }
}

void Controls::add_below(XmlNode node) {
  bool in_forms = false;
  walk_xml(
      node,
      [&](XmlNode at) {
        if (named(at, "office:forms")) in_forms = true;
        if (in_forms && at.is_element()) {
          add(at.name(), [&](const char* name) { return value_of(at, name); });
        }
        return Walk::kInto;
      },
      [&](XmlNode at) {
        if (named(at, "office:forms")) in_forms = false;
      });
}

const std::string& Controls::text_of(std::string_view id) const {
  static const std::string kNone;
  const auto found = texts_.find(id);
  return found == texts_.end() ? kNone : found->second;
}

}  // namespace sluice::odf
