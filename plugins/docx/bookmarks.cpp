// SPDX-License-Identifier: Apache-2.0
#include "docx/bookmarks.hpp"

#include <algorithm>
#include <array>
#include <sluice/heading_anchor.hpp>
#include <utility>
#include <vector>

#include "docx/document.hpp"
#include "docx/elements.hpp"
#include "docx/paragraphs.hpp"
#include "docx/story.hpp"

namespace sluice::docx {
namespace {

constexpr std::size_t kMaxNames = 10'000;

struct Marks {
  std::vector<std::string_view>& bookmarks;
  Notes& notes;
};

// The bookmarks of a paragraph, and the notes that it refers to.
void collect_marks(XmlNode paragraph, const Settings& settings, const Marks& marks) {
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (is_hidden_branch(node, element, settings.changes)) return Walk::kOver;
        switch (element) {
          case Element::kBookmark:
            marks.bookmarks.emplace_back(node.attribute("w:name").value());
            return Walk::kInto;
          case Element::kFootnoteReference:
            marks.notes.announce(NoteKind::kFootnote, node.attribute("w:id").value());
            return Walk::kOver;
          case Element::kEndnoteReference:
            marks.notes.announce(NoteKind::kEndnote, node.attribute("w:id").value());
            return Walk::kOver;
          case Element::kCommentReference:
            if (settings.comments)
              marks.notes.announce(NoteKind::kComment, node.attribute("w:id").value());
            return Walk::kOver;
          case Element::kDrawing:
            return Walk::kOver;
          default:
            return Walk::kInto;
        }
      },
      [](XmlNode) {});
}

}  // namespace

void BookmarkNames::add(std::string_view bookmark) {
  // Word's own, for tables of contents, references and the place of the cursor: nobody knows them.
  constexpr auto kOwn = std::to_array<std::string_view>({"_Toc", "_Ref", "_Hlk", "_GoBack"});
  const bool is_own = std::any_of(kOwn.begin(), kOwn.end(),
                                  [&](std::string_view own) { return bookmark.starts_with(own); });
  if (bookmark.empty() || is_own || ++names_ > kMaxNames) return;
  waiting_.emplace_back(bookmark);
}

void BookmarkNames::end_paragraph(std::string_view heading) {
  if (!heading.empty()) anchor_ = anchors_.add(heading);
  if (anchor_.empty()) return;
  for (const std::string& name : waiting_) {
    if (name != anchor_) job_.name_anchor(name, anchor_);
  }
  waiting_.clear();
}

Bookmarks::Bookmarks(Document& document, Numbering numbering) {
  MarkdownWriter nowhere;
  Story rehearsal(document, document.relationships, nowhere, Pages::kIgnored, Purpose::kRehearse);
  HeadingAnchors anchors;
  std::vector<std::string_view> pending;  // bookmarks that stand before a paragraph
  const auto read_paragraph = [&](XmlNode paragraph) {
    const ParagraphShape shape = shape_of(paragraph, document.styles, numbering);
    std::string number;
    if (shape.numbering.number > 0) {
      const auto label = numbering.count(shape.numbering.number, shape.numbering.level);
      if (label && label->kind != LabelKind::kBullet) number = label->text;
    }
    collect_marks(paragraph, document.settings, {pending, document.notes});
    const bool is_heading = shape.role == Role::kHeading || shape.role == Role::kTitle;
    if (is_heading && first_content(paragraph, document.settings.changes).found) {
      const std::string_view text = rehearsal.rehearse_heading(paragraph, shape, number);
      if (text.empty()) return;
      fragments_.push_back(anchors.add(text));
    }
    for (const std::string_view name : pending) {
      if (!name.empty() && !fragments_.empty()) bookmarks_.emplace(name, fragments_.size() - 1);
    }
    pending.clear();
  };
  walk_xml(
      document.body(),
      [&](XmlNode node) {
        const Element element = element_of(node);
        if (element == Element::kParagraph) {
          read_paragraph(node);
          return Walk::kOver;
        }
        if (element == Element::kBookmark) pending.emplace_back(node.attribute("w:name").value());
        return element == Element::kIgnored ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
}

std::string_view Bookmarks::fragment_of(std::string_view bookmark) const {
  const auto found = bookmarks_.find(bookmark);
  return found == bookmarks_.end() ? std::string_view()
                                   : std::string_view(fragments_[found->second]);
}

}  // namespace sluice::docx
