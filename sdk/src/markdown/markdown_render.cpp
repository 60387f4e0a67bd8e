// SPDX-License-Identifier: Apache-2.0
//
// Atoms to Markdown, in three steps: a token stream with properly nested markers; a spelling for
// each pair of markers that its neighbours allow; the text, escaped for what stands around it.
#include <algorithm>
#include <sluice/utf8.hpp>

#include "markdown/markdown_inline.hpp"
#include "markdown/markdown_text.hpp"

namespace sluice::markdown {
namespace {

constexpr auto kStrongBit = static_cast<std::uint8_t>(Style::kStrong);
constexpr auto kEmphasisBit = static_cast<std::uint8_t>(Style::kEmphasis);
constexpr auto kStrikeBit = static_cast<std::uint8_t>(Style::kStrike);
constexpr std::uint8_t kLink = kStyles;  // in the place of a style: the link

enum class TokenKind : std::uint8_t { kAtom, kOpen, kClose, kAutolink };
enum class Spelling : std::uint8_t { kTag, kStar, kUnderscore, kDoubleStar, kTildes, kBrackets };

struct Token {
  TokenKind kind;
  std::uint32_t atom = 0;  // kAtom, kAutolink: its index
  std::uint32_t pair = 0;  // kOpen, kClose: its index
  std::size_t begin = 0;   // kAtom: the part of the buffer's text
  std::size_t end = 0;
};

struct Pair {
  std::uint8_t what;  // a style, or kLink
  std::uint32_t link;
  std::size_t open;  // token indices
  std::size_t close;
  Spelling spelling;
  bool mixed;  // emphasis around or within strong: the same delimiter for both is easily misread
};

constexpr std::array<std::string_view, kStyles> kTags = {"strong", "em", "del", "sub",
                                                         "sup",    "u",  "mark"};

char delimiter_of(Spelling spelling) {
  switch (spelling) {
    case Spelling::kStar:
    case Spelling::kDoubleStar:
      return '*';
    case Spelling::kUnderscore:
      return '_';
    case Spelling::kTildes:
      return '~';
    default:
      return 0;
  }
}

}  // namespace

class InlineRenderer {
 public:
  InlineRenderer(const InlineBuffer& buffer, Leaf leaf, std::string_view prefix,
                 bool task_could_begin, Piece& out)
      : buffer_(buffer), leaf_(leaf), prefix_(prefix), task_(task_could_begin), out_(out) {}

  void run() {
    count_ = buffer_.atoms_.size();
    while (count_ > 0 && buffer_.atoms_[count_ - 1].kind == AtomKind::kBreak) --count_;
    measure_runs();
    build_tokens();
    choose_spellings();
    note_all_pairs();
    for (std::size_t i = 0; i < tokens_.size(); ++i) emit(i);
  }

 private:
  const Atom& atom(std::size_t i) const { return buffer_.atoms_[i]; }
  std::string_view text_of(const Token& token) const {
    return std::string_view(buffer_.text_).substr(token.begin, token.end - token.begin);
  }
  bool has(std::size_t i, std::uint8_t what) const {
    return what == kLink ? atom(i).link != 0 : (atom(i).styles >> what & 1u) != 0;
  }

  // For each atom and style (and the link): where its run ends.
  void measure_runs() {
    run_end_.resize(count_);
    for (std::size_t i = count_; i-- > 0;) {
      for (std::uint8_t what = 0; what <= kLink; ++what) {
        const bool goes_on = i + 1 < count_ && has(i, what) && has(i + 1, what) &&
                             (what != kLink || atom(i).link == atom(i + 1).link);
        run_end_[i][what] = goes_on ? run_end_[i + 1][what] : i;
      }
    }
  }

  void build_tokens() {
    for (std::size_t i = 0; i < count_; ++i) {
      if (stands_alone_as_autolink(i)) {
        adjust_open(i, false);
        tokens_.push_back({TokenKind::kAutolink, static_cast<std::uint32_t>(i)});
        continue;
      }
      std::size_t begin = atom(i).begin;
      const bool blank = atom(i).kind == AtomKind::kText && buffer_.text_[begin] == ' ';
      if (blank && opens_at(i)) {
        // The blank stays outside of what opens here.
        close_for(i);
        push_text(i, begin, begin + 1);
        if (++begin == atom(i).end) continue;
      }
      adjust_open(i, true);
      push_text(i, begin, atom(i).end);
    }
    pop_to(0);
  }

  bool stands_alone_as_autolink(std::size_t i) const {
    const Atom& a = atom(i);
    if (a.link == 0 || a.kind != AtomKind::kText || run_end_[i][kLink] != i) return false;
    if (i > 0 && atom(i - 1).link == a.link) return false;
    const Target& target = buffer_.targets_[a.link - 1];
    return target.asset == 0 && target.title.empty() && target.url == buffer_.content(a) &&
           is_autolink(target.url);
  }

  void push_text(std::size_t i, std::size_t begin, std::size_t end) {
    tokens_.push_back({TokenKind::kAtom, static_cast<std::uint32_t>(i), 0, begin, end});
  }

  bool is_open(std::uint8_t what, std::uint32_t link) const {
    return std::any_of(open_.begin(), open_.end(), [&](std::uint32_t p) {
      return pairs_[p].what == what && (what != kLink || pairs_[p].link == link);
    });
  }
  bool opens_at(std::size_t i) const {
    for (std::uint8_t what = 0; what <= kLink; ++what) {
      if (has(i, what) && !is_open(what, atom(i).link)) return true;
    }
    return closes_from(i) < open_.size() && reopens(i);
  }
  // Whether closing what must close at `i` also closes what goes on.
  bool reopens(std::size_t i) const {
    for (std::size_t k = closes_from(i); k < open_.size(); ++k) {
      if (goes_on(open_[k], i)) return true;
    }
    return false;
  }
  bool goes_on(std::uint32_t p, std::size_t i) const {
    const Pair& pair = pairs_[p];
    return has(i, pair.what) && (pair.what != kLink || pair.link == atom(i).link);
  }
  // The lowest open marker that must close before atom `i`. A link is never divided: a style that
  // ends within a link which begins here closes before it, and opens again inside.
  std::size_t closes_from(std::size_t i) const {
    const bool link_begins = has(i, kLink) && !is_open(kLink, atom(i).link);
    for (std::size_t k = 0; k < open_.size(); ++k) {
      if (!goes_on(open_[k], i)) return k;
      const std::uint8_t what = pairs_[open_[k]].what;
      if (link_begins && what != kLink && run_end_[i][what] < run_end_[i][kLink]) return k;
    }
    return open_.size();
  }

  void close_for(std::size_t i) { pop_to(closes_from(i)); }

  void adjust_open(std::size_t i, bool with_link) {
    close_for(i);
    std::array<std::uint8_t, kStyles + 1> wanted{};
    std::size_t n = 0;
    // The link comes first among equals: `[**a**](b)` can stand where `**[a](b)**` cannot.
    for (int what = kLink; what >= 0; --what) {
      const auto w = static_cast<std::uint8_t>(what);
      if (w == kLink && !with_link) continue;
      if (has(i, w) && !is_open(w, atom(i).link)) wanted[n++] = w;
    }
    std::stable_sort(
        wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(n),
        [&](std::uint8_t a, std::uint8_t b) { return run_end_[i][a] > run_end_[i][b]; });
    for (std::size_t k = 0; k < n; ++k) {
      const bool mixed = mix_emphasis(wanted[k]);
      open_.push_back(static_cast<std::uint32_t>(pairs_.size()));
      pairs_.push_back({wanted[k], atom(i).link, tokens_.size(), 0, Spelling::kTag, mixed});
      tokens_.push_back({TokenKind::kOpen, 0, open_.back()});
    }
  }

  // Called before `what` opens; marks the emphasis that it opens inside of.
  bool mix_emphasis(std::uint8_t what) {
    bool strong = false;
    for (const std::uint32_t p : open_) {
      strong = strong || pairs_[p].what == kStrongBit;
      pairs_[p].mixed = pairs_[p].mixed || what == kStrongBit;
    }
    return strong;
  }

  void pop_to(std::size_t depth) {
    if (open_.size() <= depth) return;
    // A blank before a closing marker moves behind it.
    Token& last = tokens_.back();
    const bool blank = last.kind == TokenKind::kAtom && atom(last.atom).kind == AtomKind::kText &&
                       buffer_.text_[last.end - 1] == ' ';
    const Token moved{TokenKind::kAtom, last.atom, 0, last.end - 1, last.end};
    if (blank && --last.end == last.begin) tokens_.pop_back();
    while (open_.size() > depth) {
      pairs_[open_.back()].close = tokens_.size();
      tokens_.push_back({TokenKind::kClose, 0, open_.back()});
      open_.pop_back();
    }
    if (blank) tokens_.push_back(moved);
  }

  char32_t token_edge(std::size_t i, bool front) const {
    const Token& token = tokens_[i];
    if (token.kind != TokenKind::kAtom) return U'*';
    const std::string_view text = text_of(token);
    switch (atom(token.atom).kind) {
      case AtomKind::kText:
        return front ? first_char(text) : last_char(text);
      case AtomKind::kBreak:
        return break_edge(front);
      default:
        return U'`';  // each begins and ends in punctuation
    }
  }
  char32_t break_edge(bool front) const {
    if (leaf_ == Leaf::kCell) return U'<';
    return leaf_ == Leaf::kParagraph && front ? U'\\' : U' ';
  }
  char32_t before(std::size_t i) const { return i == 0 ? U' ' : token_edge(i - 1, false); }
  char32_t after(std::size_t i) const {
    return i + 1 == tokens_.size() ? U' ' : token_edge(i + 1, true);
  }

  void choose_spellings() {
    for (const bool emphasis : {false, true}) {  // emphasis last: it gives way to its neighbours
      for (Pair& pair : pairs_) {
        if ((pair.what == kEmphasisBit) == emphasis) {
          pair.spelling = spelling_for(pair);
        }
      }
    }
  }

  Spelling spelling_for(const Pair& pair) const {
    if (pair.what == kLink) return Spelling::kBrackets;
    const char32_t opens_after = before(pair.open);
    const char32_t closes_before = after(pair.close);
    const bool fits = surely_opens(opens_after, after(pair.open)) &&
                      surely_closes(before(pair.close), closes_before);
    if (!fits || pair.what > kStrikeBit) return Spelling::kTag;
    if (pair.what == kStrongBit) return Spelling::kDoubleStar;
    if (pair.what == kStrikeBit) return Spelling::kTildes;
    const auto divides = [](char32_t c) {
      return char_class(c) == CharClass::kBlank || char_class(c) == CharClass::kPunctuation;
    };
    const bool underscore = divides(opens_after) && divides(closes_before) && !touches(pair, '_');
    if (pair.mixed && underscore) return Spelling::kUnderscore;
    if (!touches(pair, '*')) return Spelling::kStar;
    return underscore ? Spelling::kUnderscore : Spelling::kTag;
  }

  // The delimiter of the marker at token `i`, or 0.
  char delimiter_at(std::size_t i) const {
    if (i >= tokens_.size()) return 0;
    const TokenKind kind = tokens_[i].kind;
    if (kind == TokenKind::kAtom && atom(tokens_[i].atom).kind == AtomKind::kCode) return '`';
    if (kind == TokenKind::kAtom && atom(tokens_[i].atom).kind == AtomKind::kFootnote) return ']';
    if (kind != TokenKind::kOpen && kind != TokenKind::kClose) return 0;
    return delimiter_of(pairs_[tokens_[i].pair].spelling);
  }
  // Whether a marker of `delimiter` stands beside one of the pair's (unsigned wrap: no token).
  bool touches(const Pair& pair, char delimiter) const {
    return delimiter_at(pair.open - 1) == delimiter || delimiter_at(pair.open + 1) == delimiter ||
           delimiter_at(pair.close - 1) == delimiter || delimiter_at(pair.close + 1) == delimiter;
  }

  void note_all_pairs() {
    if (find_pairing(buffer_.text_) == buffer_.text_.size()) return;
    // Some readers (md4c) let a backtick find its partner in another cell of the row.
    if (leaf_ == Leaf::kCell) noted_.open('`', 0);
    std::uint64_t at = 1;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.kind == TokenKind::kOpen && delimiter_at(i) != 0) {
        noted_.open(delimiter_at(i), at);
      } else if (token.kind == TokenKind::kClose && delimiter_at(i) != 0) {
        noted_.close(delimiter_at(i), at);
      } else if (token.kind == TokenKind::kAtom) {
        note_atom(i, at);
        at += token.end - token.begin;
      }
      ++at;
    }
  }

  void note_atom(std::size_t i, std::uint64_t at) {
    const Token& token = tokens_[i];
    const AtomKind kind = atom(token.atom).kind;
    if (kind == AtomKind::kText) {
      TextContext context = context_of(i);
      context.position = at;
      note_pairs(text_of(token), context, noted_);
      return;
    }
    const bool math = kind == AtomKind::kInlineMath || kind == AtomKind::kDisplayMath;
    for (const char c : kPairing) {
      const bool delimits = (c == '`' && kind == AtomKind::kCode) || (c == '$' && math) ||
                            (math && text_of(token).find(c) != std::string_view::npos);
      if (!delimits) continue;
      noted_.open(c, at);
      noted_.close(c, at);
    }
  }

  TextContext context_of(std::size_t i) const {
    TextContext context;
    context.before = before(i);
    context.after = after(i);
    context.delimiter_before = i == 0 ? '\0' : delimiter_at(i - 1);
    context.delimiter_after = delimiter_at(i + 1);
    const bool last = i + 1 == tokens_.size();
    context.link_after = !last && tokens_[i + 1].kind == TokenKind::kOpen &&
                         pairs_[tokens_[i + 1].pair].what == kLink;
    context.ends_line = last || is_break(i + 1);
    context.in_link = atom(tokens_[i].atom).link != 0;
    context.in_cell = leaf_ == Leaf::kCell;
    context.task_could_begin = task_ && i == 0;
    if (leaf_ == Leaf::kParagraph && i == 0) context.line = Line::kFirst;
    if (leaf_ == Leaf::kParagraph && i > 0 && is_break(i - 1)) context.line = Line::kLater;
    context.position = position_;
    return context;
  }
  bool is_break(std::size_t i) const {
    return tokens_[i].kind == TokenKind::kAtom && atom(tokens_[i].atom).kind == AtomKind::kBreak;
  }

  void emit(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.kind == TokenKind::kAutolink) {
      out_.text += '<';
      out_.text += buffer_.content(atom(token.atom));
      out_.text += '>';
    } else if (token.kind == TokenKind::kAtom) {
      emit_atom(i);
      position_ += token.end - token.begin;
    } else {
      emit_marker(pairs_[token.pair], token.kind);
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
        if (!opens) emit_target(buffer_.targets_[pair.link - 1]);
        break;
    }
  }

  void emit_target(const Target& target) {
    out_.text += '(';
    if (target.asset != 0) {
      out_.marks.push_back({out_.text.size(), target.asset});
    } else {
      append_destination(out_.text, target.url);
    }
    append_title(out_.text, target.title, leaf_ == Leaf::kCell);
    out_.text += ')';
  }

  void emit_atom(std::size_t i) {
    const Token& token = tokens_[i];
    const Atom& a = atom(token.atom);
    const std::string_view text = text_of(token);
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
    if (leaf_ == Leaf::kHeading && i + 1 == tokens_.size()) {
      // A heading's last run of # would be taken for its closing sequence (CommonMark 4.2).
      const std::size_t last = text.find_last_not_of('#');
      const std::size_t run = last == std::string_view::npos ? 0 : last + 1;
      if (run < text.size() && (run == 0 ? before(i) : last_char(text.substr(0, run))) == U' ') {
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
    emit_target(buffer_.targets_[a.target]);
  }

  void emit_math(std::string_view dollars, std::string_view tex) {
    out_.text += dollars;
    for (const char c : tex) {
      if (c == '|' && leaf_ == Leaf::kCell) {
        out_.text += "\\vert ";
      } else {
        out_.text += c;
      }
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
  Piece& out_;
  std::size_t count_ = 0;
  std::vector<std::array<std::size_t, kStyles + 1>> run_end_;
  std::vector<Token> tokens_;
  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> open_;
  Pairs noted_;
  std::uint64_t position_ = 1;
};

void InlineBuffer::render(Leaf leaf, std::string_view prefix, bool task_could_begin,
                          Piece& out) const {
  InlineRenderer(*this, leaf, prefix, task_could_begin, out).run();
}

}  // namespace sluice::markdown
