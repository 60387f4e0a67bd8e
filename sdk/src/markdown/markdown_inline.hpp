// SPDX-License-Identifier: Apache-2.0
//
// The inline content of one paragraph, heading or cell: collected as atoms that each carry their
// styles and link, so that runs merge and overlaps untangle, and rendered when the leaf ends.
#pragma once

#include <array>
#include <cstdint>
#include <sluice/markdown_writer.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::markdown {

// Markdown whose links to assets and children are not filled in: the host writes one at each mark,
// and one to another source in the place of what stands there.
struct Piece {
  struct Mark {
    std::size_t offset;
    sluice_asset asset;  // 0: a link to a child, or to another source
    sluice_child child;
    std::size_t size = 0;  // of the destination of another source; 0 for the others
    std::string url = {};  // what it means
  };
  std::string text;
  std::vector<Mark> marks;

  void append(const Piece& other);
  void clear() {
    text.clear();
    marks.clear();
  }
};

enum class Leaf : std::uint8_t { kParagraph, kHeading, kCell };

struct Target {
  std::string url;
  sluice_asset asset = 0;
  std::string title;
  sluice_child child = 0;

  bool is_url() const { return asset == 0 && child == 0; }
};

enum class AtomKind : std::uint8_t {
  kText,
  kCode,
  kImage,
  kInlineMath,
  kDisplayMath,
  kBreak,
  kFootnote
};

// A piece of content in which nothing changes. `begin` and `end` are offsets in the buffer's text.
struct Atom {
  AtomKind kind = AtomKind::kText;
  std::uint8_t styles = 0;   // a bit per Style
  std::uint32_t link = 0;    // 0, or 1 + index of the link
  std::uint32_t target = 0;  // of an image
  std::size_t begin = 0;
  std::size_t end = 0;
};

inline constexpr int kStyles = 7;

class InlineBuffer {
 public:
  void text(std::string_view prose);
  void lines(std::string_view prose);
  void code(std::string_view code);
  void begin_style(Style style) { ++open_styles_[static_cast<std::size_t>(style)]; }
  void end_style(Style style);
  void begin_link(Target target);
  void end_link();
  void image(Target target, std::string_view alt);
  void line_break();
  void math(std::string_view tex, MathLayout layout);
  void footnote_reference(std::string_view label);

  bool empty() const { return atoms_.empty(); }
  // Whether there is no content, and neither a style nor a link is open.
  bool is_untouched() const { return atoms_.empty() && link_ == 0 && current_styles() == 0; }
  // Grows with whatever is added.
  std::size_t size() const { return text_.size() + atoms_.size(); }
  // Forgets the content; styles and the link stay open.
  void clear();
  // Appends the Markdown of the content to `out`. Lines after the first begin with `prefix`.
  // `task_could_begin`: the content opens a list item. Leaves the content as it is.
  void render(Leaf leaf, std::string_view prefix, bool task_could_begin, Piece& out) const;

  // The content as it was collected.
  std::span<const Atom> atoms() const { return atoms_; }
  std::string_view text() const { return text_; }
  std::string_view content(const Atom& atom) const {
    return text().substr(atom.begin, atom.end - atom.begin);
  }
  const Target& target(std::uint32_t index) const { return targets_[index]; }
  const Target& link_target(std::uint32_t link) const { return targets_[link - 1]; }

 private:
  std::uint8_t current_styles() const;
  void settle_blank(std::uint8_t styles, std::uint32_t link);
  Atom& append_atom(AtomKind kind);
  void append_words(std::string_view words);

  std::string text_;
  std::vector<Atom> atoms_;
  std::vector<Target> targets_;
  std::array<std::uint32_t, kStyles> open_styles_{};
  std::uint32_t link_ = 0;        // the open link: 1 + index in targets_
  std::uint32_t link_depth_ = 0;  // links within links count, but do not link
  bool blank_ = false;            // a blank is due before the next word
};

// What readers see of the content: text, code, TeX and labels of footnotes; a break is a blank, an
// image U+FFFC.
std::string shown_text(const InlineBuffer& content);

}  // namespace sluice::markdown
