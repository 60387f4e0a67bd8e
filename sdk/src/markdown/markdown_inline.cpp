// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_inline.hpp"

#include <algorithm>

namespace sluice::markdown {
namespace {

enum class Byte : std::uint8_t { kWord, kBlank, kDropped };

constexpr std::array<Byte, 256> make_bytes() {
  std::array<Byte, 256> bytes{};
  for (std::size_t i = 0; i < 0x20; ++i) bytes[i] = Byte::kDropped;
  bytes[0x7F] = Byte::kDropped;
  for (const char c : std::string_view(" \t\n\r\f\v")) {
    bytes[static_cast<unsigned char>(c)] = Byte::kBlank;
  }
  return bytes;
}
constexpr auto kBytes = make_bytes();

Byte byte_of(char c) {
  return kBytes[static_cast<unsigned char>(c)];
}

}  // namespace

void Piece::append(const Piece& other) {
  for (Mark mark : other.marks) {
    mark.offset += text.size();
    marks.push_back(mark);
  }
  text += other.text;
}

std::uint8_t InlineBuffer::current_styles() const {
  unsigned styles = 0;
  for (std::size_t i = 0; i < open_styles_.size(); ++i) {
    if (open_styles_[i] > 0) styles |= 1u << i;
  }
  return static_cast<std::uint8_t>(styles);
}

// Writes the blank that is due. It belongs to the styles and the link of both its sides only, so
// that no marker ever stands beside a blank on its inner side.
void InlineBuffer::settle_blank(std::uint8_t styles, std::uint32_t link) {
  const bool due = blank_ && !atoms_.empty() && atoms_.back().kind != AtomKind::kBreak;
  blank_ = false;
  if (!due) return;
  const Atom last = atoms_.back();
  const auto shared = static_cast<std::uint8_t>(last.styles & styles);
  const std::uint32_t shared_link = last.link == link ? link : 0;
  if (last.kind == AtomKind::kText && last.styles == shared && last.link == shared_link) {
    text_ += ' ';
    ++atoms_.back().end;
    return;
  }
  atoms_.push_back({AtomKind::kText, shared, shared_link, 0, text_.size(), text_.size() + 1});
  text_ += ' ';
}

Atom& InlineBuffer::append_atom(AtomKind kind) {
  const std::uint8_t styles = current_styles();
  settle_blank(styles, link_);
  atoms_.push_back({kind, styles, link_, 0, text_.size(), text_.size()});
  return atoms_.back();
}

// Appends words that contain no blanks but single spaces.
void InlineBuffer::append_words(std::string_view words) {
  const std::uint8_t styles = current_styles();
  settle_blank(styles, link_);
  const bool joins = !atoms_.empty() && atoms_.back().kind == AtomKind::kText &&
                     atoms_.back().styles == styles && atoms_.back().link == link_;
  if (!joins) atoms_.push_back({AtomKind::kText, styles, link_, 0, text_.size(), text_.size()});
  text_ += words;
  atoms_.back().end = text_.size();
}

void InlineBuffer::text(std::string_view prose) {
  for (std::size_t i = 0; i < prose.size();) {
    const Byte kind = byte_of(prose[i]);
    if (kind != Byte::kWord) {
      blank_ = blank_ || kind == Byte::kBlank;
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    // A single space between two words needs no thought.
    while (end < prose.size() &&
           (byte_of(prose[end]) == Byte::kWord || (prose[end] == ' ' && end + 1 < prose.size() &&
                                                   byte_of(prose[end + 1]) == Byte::kWord))) {
      ++end;
    }
    append_words(prose.substr(i, end - i));
    i = end;
  }
}

void InlineBuffer::lines(std::string_view prose) {
  while (true) {
    const auto end = prose.find('\n');
    text(prose.substr(0, end));
    if (end == std::string_view::npos) return;
    line_break();
    prose.remove_prefix(end + 1);
  }
}

void InlineBuffer::code(std::string_view code) {
  std::string flat;
  for (const char c : code) {
    if (c == '\n' || c == '\r' || c == '\t') {
      flat += ' ';
    } else if (byte_of(c) != Byte::kDropped) {
      flat += c;
    }
  }
  const std::size_t first = flat.find_first_not_of(' ');
  if (first == std::string::npos) {
    blank_ = blank_ || !flat.empty();
    return;
  }
  const std::size_t last = flat.find_last_not_of(' ');
  if (first > 0) blank_ = true;
  const bool joins = !blank_ && !atoms_.empty() && atoms_.back().kind == AtomKind::kCode &&
                     atoms_.back().styles == current_styles() && atoms_.back().link == link_;
  Atom& atom = joins ? atoms_.back() : append_atom(AtomKind::kCode);
  text_.append(flat, first, last + 1 - first);
  atom.end = text_.size();
  blank_ = last + 1 < flat.size();
}

void InlineBuffer::end_style(Style style) {
  auto& count = open_styles_[static_cast<std::size_t>(style)];
  if (count > 0) --count;
}

void InlineBuffer::begin_link(Target target) {
  if (link_depth_++ > 0) return;
  if (target.url.empty() && target.is_url()) return;
  targets_.push_back(std::move(target));
  link_ = static_cast<std::uint32_t>(targets_.size());
}

void InlineBuffer::end_link() {
  if (link_depth_ > 0 && --link_depth_ == 0) link_ = 0;
}

void InlineBuffer::image(Target target, std::string_view alt) {
  Atom& atom = append_atom(AtomKind::kImage);
  targets_.push_back(std::move(target));
  atom.target = static_cast<std::uint32_t>(targets_.size() - 1);
  bool blank = false;
  for (const char c : alt) {
    if (byte_of(c) == Byte::kBlank) blank = true;
    if (byte_of(c) != Byte::kWord) continue;
    if (blank && text_.size() > atom.begin) text_ += ' ';
    blank = false;
    text_ += c;
  }
  atom.end = text_.size();
}

void InlineBuffer::line_break() {
  blank_ = false;
  if (atoms_.empty() || atoms_.back().kind == AtomKind::kBreak) return;
  Atom& atom = append_atom(AtomKind::kBreak);
  atom.styles = 0;
  atom.link = 0;
}

void InlineBuffer::math(std::string_view tex, MathLayout layout) {
  std::string flat;
  for (const char c : tex) {
    const bool blank = byte_of(c) != Byte::kWord;
    if (!blank) flat += c;
    if (blank && !flat.empty() && flat.back() != ' ') flat += ' ';
  }
  if (!flat.empty() && flat.back() == ' ') flat.pop_back();
  if (flat.empty()) return;
  if (flat.find('$') != std::string::npos) {  // dollars cannot be escaped within dollars
    code(flat);
    return;
  }
  Atom& atom =
      append_atom(layout == MathLayout::kInline ? AtomKind::kInlineMath : AtomKind::kDisplayMath);
  text_ += flat;
  atom.end = text_.size();
}

void InlineBuffer::footnote_reference(std::string_view label) {
  Atom& atom = append_atom(AtomKind::kFootnote);
  text_ += label;
  atom.end = text_.size();
}

void InlineBuffer::clear() {
  text_.clear();
  atoms_.clear();
  blank_ = false;
  if (link_ == 0) {
    targets_.clear();
    return;
  }
  std::swap(targets_[0], targets_[link_ - 1]);
  targets_.resize(1);
  link_ = 1;
}

std::string shown_text(const InlineBuffer& content) {
  std::string shown;
  for (const Atom& atom : content.atoms()) {
    if (atom.kind == AtomKind::kBreak) {
      shown += ' ';
    } else if (atom.kind == AtomKind::kImage) {
      shown += "\uFFFC";
    } else {
      shown += content.content(atom);
    }
  }
  return shown;
}

}  // namespace sluice::markdown
