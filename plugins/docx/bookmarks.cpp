// SPDX-License-Identifier: Apache-2.0
#include "bookmarks.hpp"

#include <sluice/utf8.hpp>
#include <utility>
#include <vector>

#include "elements.hpp"
#include "paragraphs.hpp"

namespace sluice::docx {
namespace {

void collect_bookmarks(pugi::xml_node paragraph, std::vector<std::string_view>& names) {
  walk_xml(
      paragraph,
      [&names](pugi::xml_node node) {
        const Element element = element_of(node);
        if (element == Element::kBookmark) names.emplace_back(node.attribute("w:name").value());
        return element == Element::kDrawing || element == Element::kIgnored ? Walk::kOver
                                                                            : Walk::kInto;
      },
      [](pugi::xml_node) {});
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

std::string heading_fragment(std::string_view text) {
  constexpr std::string_view kDropped = "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~";
  std::string fragment;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char c = utf8_at(text, at);
    const char ascii = c.code < 0x80 ? static_cast<char>(c.code) : '\0';
    const bool general_punctuation = c.code >= 0x2000 && c.code <= 0x206F;
    if (ascii == ' ') {
      fragment += '-';
    } else if (ascii >= 'A' && ascii <= 'Z') {
      fragment += static_cast<char>(ascii - 'A' + 'a');
    } else if (!general_punctuation &&
               (ascii == '\0' || kDropped.find(ascii) == std::string_view::npos)) {
      fragment += text.substr(at, c.length);
    }
    at += c.length;
  }
  return fragment;
}

Bookmarks::Bookmarks(pugi::xml_node story, const Styles& styles, Numbering numbering,
                     const Settings& settings) {
  std::map<std::string, int> seen;
  std::vector<std::string_view> pending;  // bookmarks that stand before a paragraph
  const auto take = [&](pugi::xml_node paragraph) {
    const ParagraphShape shape = shape_of(paragraph, styles, numbering);
    std::string text;
    if (shape.numbering.number > 0) {
      const auto label = numbering.count(shape.numbering.number, shape.numbering.level);
      if (label && label->kind != LabelKind::kBullet) text = label->text + " ";
    }
    collect_bookmarks(paragraph, pending);
    if (shape.role == Role::kHeading || shape.role == Role::kTitle) {
      const std::string words = one_line(plain_text(paragraph, settings.changes));
      if (words.empty()) return;
      std::string fragment = heading_fragment(one_line(text + words));
      const int count = seen[fragment]++;
      if (count > 0) fragment += "-" + std::to_string(count);
      for (const std::string_view name : pending) {
        if (!name.empty()) fragments_.emplace(name, fragment);
      }
    }
    pending.clear();
  };
  walk_xml(
      story,
      [&](pugi::xml_node node) {
        const Element element = element_of(node);
        if (element == Element::kParagraph) {
          take(node);
          return Walk::kOver;
        }
        if (element == Element::kBookmark) pending.emplace_back(node.attribute("w:name").value());
        return element == Element::kIgnored ? Walk::kOver : Walk::kInto;
      },
      [](pugi::xml_node) {});
}

std::string_view Bookmarks::fragment_of(std::string_view bookmark) const {
  const auto found = fragments_.find(bookmark);
  return found == fragments_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace sluice::docx
