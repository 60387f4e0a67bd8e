// SPDX-License-Identifier: Apache-2.0
#include "odf/anchors.hpp"

#include <algorithm>
#include <bit>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/url.hpp>

#include "odf/elements.hpp"

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxNames = 200'000;

std::uintptr_t identity_of(XmlNode node) {
  return std::bit_cast<std::uintptr_t>(node);
}

bool is_number_of_list(XmlNode heading) {
  return named(heading.parent(), "text:list-item");
}

// How deep in lists, from 0 on.
std::size_t list_level(XmlNode heading) {
  std::size_t level = 0;
  for (XmlNode at = heading.parent(); at; at = at.parent()) level += named(at, "text:list") ? 1 : 0;
  return level == 0 ? 0 : std::min<std::size_t>(level - 1, kListLevels - 1);
}

XmlNode outermost_list(XmlNode heading) {
  XmlNode list;
  for (XmlNode at = heading.parent(); at; at = at.parent()) {
    if (named(at, "text:list")) list = at;
  }
  return list;
}

// Numbers the headings of a document in their order.
class HeadingNumbers {
 public:
  explicit HeadingNumbers(Styles& styles) : styles_(styles) {}

  std::string next(XmlNode heading) {
    if (value_of(heading, "text:is-list-header") == "true") return {};
    const XmlNode list = outermost_list(heading);
    const bool is_listed = is_number_of_list(heading);
    std::string_view name = is_listed ? value_of(list, "text:style-name") : std::string_view();
    if (name.empty()) name = styles_.paragraph(value_of(heading, "text:style-name")).list;
    const int outline_level = heading.attribute("text:outline-level").as_int(1);
    const std::size_t level =
        is_listed ? list_level(heading)
                  : static_cast<std::size_t>(std::clamp(outline_level, 1, kListLevels) - 1);
    const ListStyle* const style =
        name.empty() || name == "Outline" ? styles_.outline() : styles_.list(name);
    if (style == nullptr) return {};
    Counters& counters = counters_[std::string(style == styles_.outline() ? "" : name)];
    const XmlAttribute start = is_listed ? heading.parent().attribute("text:start-value")
                                         : heading.attribute("text:start-value");
    if (value_of(heading, "text:restart-numbering") == "true" || (is_listed && start)) {
      counters.restart(level, start.as_llong((*style)[level].start));
    }
    counters.advance(*style, level);
    const Label label = counters.label(*style, level);
    const bool has_number =
        label.kind == Label::Kind::kNumber || label.kind == Label::Kind::kLiteral;
    return has_number ? std::string(trimmed(label.text)) : std::string();
  }

 private:
  Styles& styles_;
  std::map<std::string, Counters> counters_;
};

// "The gates" of "1.2.The gates".
std::string_view without_number(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (is_ascii_digit(text[at]) || text[at] == '.')) ++at;
  return at > 0 && text[at - 1] == '.' ? text.substr(at) : text;
}

}  // namespace

Anchors::Anchors(XmlNode body, Styles& styles) {
  HeadingAnchors anchors;
  HeadingNumbers numbers(styles);
  std::string current;
  walk_xml(
      body,
      [&](XmlNode node) {
        if (named(node, "text:tracked-changes") || named(node, "office:annotation"))
          return Walk::kOver;
        const bool is_heading = named(node, "text:h");
        const bool is_styled =
            named(node, "text:p") &&
            (styles.paragraph(value_of(node, "text:style-name")).heading != 0 ||
             styles.paragraph(value_of(node, "text:style-name")).role == Role::kTitle);
        if (is_heading || is_styled) {
          const std::string text = plain_text(node);
          if (!text.empty() || is_heading) {
            std::string number = is_heading ? numbers.next(node) : std::string();
            if (!text.empty()) {
              current = anchors.add(number.empty() ? text : number + " " + text);
              if (by_text_.size() < kMaxNames) by_text_.emplace(text, current);
            }
            if (!number.empty()) numbers_.emplace(identity_of(node), std::move(number));
          }
        }
        const bool is_mark = named(node, "text:bookmark") || named(node, "text:bookmark-start") ||
                             named(node, "text:reference-mark") ||
                             named(node, "text:reference-mark-start");
        if (is_mark && !current.empty() && by_bookmark_.size() < kMaxNames) {
          by_bookmark_.emplace(value_of(node, "text:name"), current);
        }
        return Walk::kInto;
      },
      [](XmlNode) {});
}

std::string Anchors::number_of(XmlNode heading) const {
  const auto found = numbers_.find(identity_of(heading));
  return found == numbers_.end() ? std::string() : found->second;
}

std::string Anchors::fragment_of(std::string_view reference) const {
  if (reference.starts_with('#')) reference.remove_prefix(1);
  const std::string name = percent_decode(reference);
  std::string_view text = name;
  if (text.ends_with("|outline")) {
    text.remove_suffix(std::string_view("|outline").size());
    for (const std::string_view spelling : {text, without_number(text)}) {
      const auto found = by_text_.find(one_line(spelling));
      if (found != by_text_.end()) return found->second;
    }
    return {};
  }
  if (const auto found = by_bookmark_.find(text); found != by_bookmark_.end()) return found->second;
  return {};
}

}  // namespace sluice::odf
