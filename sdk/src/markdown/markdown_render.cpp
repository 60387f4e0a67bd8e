// SPDX-License-Identifier: Apache-2.0
//
// The last step from atoms to Markdown: the markers of the token stream, and the text between them,
// escaped for what stands around it.
#include <algorithm>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "markdown/markdown_inline.hpp"
#include "markdown/markdown_text.hpp"
#include "markdown/markdown_tokens.hpp"

namespace sluice::markdown {
namespace {

constexpr std::array<std::string_view, kStyles> kTags = {"strong", "em", "del", "sub",
                                                         "sup",    "u",  "mark"};

class InlineRenderer {
 public:
  InlineRenderer(const InlineBuffer& buffer, Leaf leaf, std::string_view prefix,
                 bool task_could_begin, Piece& out)
      : buffer_(buffer),
        leaf_(leaf),
        prefix_(prefix),
        task_(task_could_begin),
        tokens_(buffer, leaf),
        out_(out) {}

  void run() {
    note_all_pairs();
    for (std::size_t i = 0; i < tokens_.size(); ++i) emit(i);
  }

 private:
  void note_all_pairs() {
    if (find_pairing(buffer_.text()) == buffer_.text().size()) return;
    // Some readers (md4c) let a backtick find its partner in another cell of the row.
    if (leaf_ == Leaf::kCell) noted_.open('`', 0);
    std::uint64_t at = 1;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.kind == TokenKind::kOpen && tokens_.delimiter_at(i) != 0) {
        noted_.open(tokens_.delimiter_at(i), at);
      } else if (token.kind == TokenKind::kClose && tokens_.delimiter_at(i) != 0) {
        noted_.close(tokens_.delimiter_at(i), at);
      } else if (token.kind == TokenKind::kAtom) {
        note_atom(i, at);
        at += token.end - token.begin;
      }
      ++at;
    }
  }

  void note_atom(std::size_t i, std::uint64_t at) {
    const Token& token = tokens_[i];
    const AtomKind kind = tokens_.atom_of(token).kind;
    if (kind == AtomKind::kText) {
      TextContext context = context_of(i);
      context.position = at;
      note_pairs(tokens_.text_of(token), context, noted_);
      return;
    }
    const bool math = kind == AtomKind::kInlineMath || kind == AtomKind::kDisplayMath;
    for (const char c : kPairing) {
      const bool delimits = (c == '`' && kind == AtomKind::kCode) || (c == '$' && math) ||
                            (math && tokens_.text_of(token).find(c) != std::string_view::npos);
      if (!delimits) continue;
      noted_.open(c, at);
      noted_.close(c, at);
    }
  }

  TextContext context_of(std::size_t i) const {
    TextContext context;
    context.before = tokens_.before(i);
    context.after = tokens_.after(i);
    context.delimiter_before = i == 0 ? '\0' : tokens_.delimiter_at(i - 1);
    context.delimiter_after = tokens_.delimiter_at(i + 1);
    const bool last = i + 1 == tokens_.size();
    context.link_after = !last && tokens_[i + 1].kind == TokenKind::kOpen &&
                         tokens_.pair_of(tokens_[i + 1]).what == kLink;
    context.ends_line = last || tokens_.is_break(i + 1);
    context.in_link = tokens_.atom_of(tokens_[i]).link != 0;
    context.in_cell = leaf_ == Leaf::kCell;
    context.task_could_begin = task_ && i == 0;
    if (leaf_ == Leaf::kParagraph && i == 0) context.line = Line::kFirst;
    if (leaf_ == Leaf::kParagraph && i > 0 && tokens_.is_break(i - 1)) context.line = Line::kLater;
    context.position = position_;
    return context;
  }

  void emit(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.kind == TokenKind::kAutolink) {
      out_.text += '<';
      out_.text += buffer_.content(tokens_.atom_of(token));
      out_.text += '>';
    } else if (token.kind == TokenKind::kAtom) {
      emit_atom(i);
      position_ += token.end - token.begin;
    } else {
      emit_marker(tokens_.pair_of(token), token.kind);
    }
    ++position_;
  }

  void emit_marker(const Pair& pair, TokenKind kind) {
    const bool opens = kind == TokenKind::kOpen;
    switch (pair.spelling) {
      case Spelling::kStar:
        out_.text += '*';
        break;
      case Spelling::kUnderscore:
        out_.text += '_';
        break;
      case Spelling::kDoubleStar:
        out_.text += "**";
        break;
      case Spelling::kTildes:
        out_.text += "~~";
        break;
      case Spelling::kTag:
        out_.text += opens ? "<" : "</";
        out_.text += kTags[pair.what];
        out_.text += '>';
        break;
      case Spelling::kBrackets:
        out_.text += opens ? "[" : "]";
        if (!opens) emit_target(buffer_.link_target(pair.link));
        break;
    }
  }

  void emit_target(const Target& target) {
    out_.text += '(';
    if (target.is_url()) {
      const std::size_t begin = out_.text.size();
      append_destination(out_.text, target.url);
      if (file_link(target.url)) {
        out_.marks.push_back({begin, 0, 0, out_.text.size() - begin, target.url});
      }
    } else {
      out_.marks.push_back({out_.text.size(), target.asset, target.child});
    }
    append_title(out_.text, target.title, leaf_ == Leaf::kCell);
    out_.text += ')';
  }

  void emit_atom(std::size_t i) {
    const Token& token = tokens_[i];
    const Atom& a = tokens_.atom_of(token);
    const std::string_view text = tokens_.text_of(token);
    switch (a.kind) {
      case AtomKind::kText:
        emit_text(i, text);
        break;
      case AtomKind::kCode:
        append_code(out_.text, text, leaf_ == Leaf::kCell);
        break;
      case AtomKind::kImage:
        emit_image(a, text);
        break;
      case AtomKind::kInlineMath:
        emit_math("$", text);
        break;
      case AtomKind::kDisplayMath:
        emit_math("$$", text);
        break;
      case AtomKind::kBreak:
        emit_break();
        break;
      case AtomKind::kFootnote:
        out_.text.append("[^").append(text).append("]");
        break;
    }
  }

  void emit_text(std::size_t i, std::string_view text) {
    const TextContext context = context_of(i);
    // `[^1](x)` would be a link.
    if (text.starts_with('(') && context.delimiter_before == ']') out_.text += '\\';
    if (leaf_ == Leaf::kHeading && i + 1 == tokens_.size()) {
      // A heading's last run of # would read as its closing sequence (CommonMark 4.2).
      const std::size_t last = text.find_last_not_of('#');
      const std::size_t run = last == std::string_view::npos ? 0 : last + 1;
      if (run < text.size() &&
          (run == 0 ? tokens_.before(i) : last_char(text.substr(0, run))) == U' ') {
        append_text(out_.text, text.substr(0, run), context, noted_);
        out_.text.append("\\").append(text.substr(run));
        return;
      }
    }
    append_text(out_.text, text, context, noted_);
  }

  void emit_image(const Atom& a, std::string_view alt) {
    TextContext context;
    context.before = U'[';
    context.after = U']';
    context.in_link = true;
    context.in_cell = leaf_ == Leaf::kCell;
    Pairs pairs;
    pairs.open('`', 0);  // one outside would find one inside
    note_pairs(alt, context, pairs);
    out_.text += "![";
    append_text(out_.text, alt, context, pairs);
    out_.text += ']';
    emit_target(buffer_.target(a.target));
  }

  void emit_math(std::string_view dollars, std::string_view tex) {
    out_.text += dollars;
    for (std::size_t at = 0; at < tex.size(); ++at) {
      if (tex[at] != '|' || leaf_ != Leaf::kCell) {
        out_.text += tex[at];
        continue;
      }
      // A blank before the last dollar would end the formula for many readers.
      out_.text += at + 1 == tex.size() ? "\\vert" : "\\vert ";
    }
    out_.text += dollars;
  }

  void emit_break() {
    switch (leaf_) {
      case Leaf::kParagraph:
        out_.text.append("\\\n").append(prefix_);
        break;
      case Leaf::kHeading:
        out_.text += ' ';
        break;
      case Leaf::kCell:
        out_.text += "<br>";
        break;
    }
  }

  const InlineBuffer& buffer_;
  const Leaf leaf_;
  const std::string_view prefix_;
  const bool task_;
  const TokenStream tokens_;
  Piece& out_;
  Pairs noted_;
  std::uint64_t position_ = 1;
};

}  // namespace

void InlineBuffer::render(Leaf leaf, std::string_view prefix, bool task_could_begin,
                          Piece& out) const {
  const bool is_words = atoms_.size() == 1 && atoms_[0].kind == AtomKind::kText &&
                        atoms_[0].styles == 0 && atoms_[0].link == 0;
  if (leaf == Leaf::kCell && (atoms_.empty() || (is_words && is_plain(text_)))) {
    out.text += text_;
    return;
  }
  InlineRenderer(*this, leaf, prefix, task_could_begin, out).run();
}

}  // namespace sluice::markdown
