// SPDX-License-Identifier: Apache-2.0
#include "odf/anchors.hpp"

#include <algorithm>
#include <bit>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/url.hpp>

#include "odf/context.hpp"
#include "odf/elements.hpp"
#include "odf/inline_writer.hpp"

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

bool is_heading_of(XmlNode node, Styles& styles) {
  if (named(node, "text:h")) return true;
  if (!named(node, "text:p")) return false;
  const ParagraphStyle& style = styles.paragraph(value_of(node, "text:style-name"));
  return style.heading != 0 || style.role == Role::kTitle;
}

bool is_mark(XmlNode node) {
  return named(node, "text:bookmark") || named(node, "text:bookmark-start") ||
         named(node, "text:reference-mark") || named(node, "text:reference-mark-start");
}

// What readers of Markdown will see of a heading.
std::string rehearse(XmlNode heading, const std::string& number, Context& rehearsal) {
  const TextLook& look = rehearsal.styles.paragraph(value_of(heading, "text:style-name")).look;
  if (look.hidden == Toggle::kOn && !rehearsal.settings.hidden_text) return {};
  std::vector<XmlNode> asides;
  rehearsal.out.begin_heading(1);
  if (!number.empty()) rehearsal.out.text(number + " ");
  InlineWriter(rehearsal, asides).write_heading(heading, TextLook());
  rehearsal.out.end_heading();
  return rehearsal.out.heading_text();
}

// Outside of headings, what changes the text of later ones: numbers of notes, and insertions that
// are not shown.
void follow(XmlNode node, Context& rehearsal) {
  std::vector<XmlNode> asides;
  const bool rejects = rehearsal.settings.changes == Changes::kReject;
  if (rejects && std::string_view(node.name()).starts_with("text:change")) {
    InlineWriter(rehearsal, asides).change(node);
  } else if (rehearsal.rejected == 0 && named(node, "text:note")) {
    rehearsal.notes.add(node, false);
  } else if (rehearsal.rejected == 0 && named(node, "office:annotation") &&
             rehearsal.settings.comments) {
    rehearsal.notes.add(node, true);
  }
}

}  // namespace

Anchors::Anchors(XmlNode body, Context& rehearsal) {
  HeadingAnchors anchors;
  HeadingNumbers numbers(rehearsal.styles);
  std::string current;
  std::size_t open = 0;  // headings that are being walked
  walk_xml(
      body,
      [&](XmlNode node) {
        if (named(node, "text:tracked-changes")) return Walk::kOver;
        if (is_heading_of(node, rehearsal.styles)) {
          const std::string said = plain_text(node);
          std::string number = named(node, "text:h") ? numbers.next(node) : std::string();
          const std::string shown =
              said.empty() ? std::string() : rehearse(node, number, rehearsal);
          if (!shown.empty()) {
            current = anchors.add(shown);
            if (by_text_.size() < kMaxNames) by_text_.emplace(said, current);
          }
          if (!number.empty()) numbers_.emplace(identity_of(node), std::move(number));
          ++open;
        } else if (open == 0) {
          follow(node, rehearsal);
        }
        if (is_mark(node) && !current.empty() && by_bookmark_.size() < kMaxNames) {
          by_bookmark_.emplace(value_of(node, "text:name"), current);
        }
        return named(node, "office:annotation") ? Walk::kOver : Walk::kInto;
      },
      [&](XmlNode node) {
        if (is_heading_of(node, rehearsal.styles)) --open;
      });
}

std::string Anchors::number_of(XmlNode heading) const {
  const auto found = numbers_.find(identity_of(heading));
  return found == numbers_.end() ? std::string() : found->second;
}

void Anchors::name_bookmarks(Job& job) const {
  constexpr std::size_t kMaxTold = 10'000;
  std::size_t told = 0;
  for (const auto& [name, anchor] : by_bookmark_) {
    // Made by programs for references and contents: nobody knows them.
    if (name.starts_with("__Ref") || name.starts_with("__DdeLink") || name.starts_with("_Toc"))
      continue;
    if (++told > kMaxTold) return;
    if (name != anchor) job.name_anchor(name, anchor);
  }
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
