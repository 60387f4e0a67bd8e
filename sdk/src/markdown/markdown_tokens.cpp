// SPDX-License-Identifier: Apache-2.0
#include "markdown/markdown_tokens.hpp"

#include <algorithm>
#include <sluice/utf8.hpp>

#include "markdown/markdown_text.hpp"

namespace sluice::markdown {
namespace {

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

// Atoms to tokens: opens and closes the markers of styles and links so that they nest.
class TokenBuilder {
 public:
  TokenBuilder(const InlineBuffer& buffer, std::vector<Token>& tokens, std::vector<Pair>& pairs)
      : buffer_(buffer), tokens_(tokens), pairs_(pairs) {}

  void run() {
    count_ = buffer_.atoms().size();
    while (count_ > 0 && atom(count_ - 1).kind == AtomKind::kBreak) --count_;
    measure_runs();
    build_tokens();
  }

 private:
  const Atom& atom(std::size_t i) const { return buffer_.atoms()[i]; }
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
      const bool blank = atom(i).kind == AtomKind::kText && buffer_.text()[begin] == ' ';
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
    const Target& target = buffer_.link_target(a.link);
    return target.is_url() && target.title.empty() && target.url == buffer_.content(a) &&
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
                       buffer_.text()[last.end - 1] == ' ';
    const Token moved{TokenKind::kAtom, last.atom, 0, last.end - 1, last.end};
    if (blank && --last.end == last.begin) tokens_.pop_back();
    while (open_.size() > depth) {
      pairs_[open_.back()].close = tokens_.size();
      tokens_.push_back({TokenKind::kClose, 0, open_.back()});
      open_.pop_back();
    }
    if (blank) tokens_.push_back(moved);
  }

  const InlineBuffer& buffer_;
  std::size_t count_ = 0;
  std::vector<std::array<std::size_t, kStyles + 1>> run_end_;
  std::vector<Token>& tokens_;
  std::vector<Pair>& pairs_;
  std::vector<std::uint32_t> open_;
};

}  // namespace

TokenStream::TokenStream(const InlineBuffer& buffer, Leaf leaf) : buffer_(buffer), leaf_(leaf) {
  TokenBuilder(buffer, tokens_, pairs_).run();
  choose_spellings();
}

char32_t TokenStream::before(std::size_t i) const {
  return i == 0 ? U' ' : edge_of(i - 1, false);
}

char32_t TokenStream::after(std::size_t i) const {
  return i + 1 == tokens_.size() ? U' ' : edge_of(i + 1, true);
}

char32_t TokenStream::edge_of(std::size_t i, bool front) const {
  const Token& token = tokens_[i];
  if (token.kind != TokenKind::kAtom) return U'*';
  const std::string_view text = text_of(token);
  switch (atom_of(token).kind) {
    case AtomKind::kText:
      return front ? first_char(text) : last_char(text);
    case AtomKind::kBreak:
      return break_edge(front);
    default:
      return U'`';  // each begins and ends in punctuation
  }
}

char32_t TokenStream::break_edge(bool front) const {
  if (leaf_ == Leaf::kCell) return U'<';
  return leaf_ == Leaf::kParagraph && front ? U'\\' : U' ';
}

char TokenStream::delimiter_at(std::size_t i) const {
  if (i >= tokens_.size()) return 0;
  const TokenKind kind = tokens_[i].kind;
  if (kind == TokenKind::kAtom && atom_of(tokens_[i]).kind == AtomKind::kCode) return '`';
  if (kind == TokenKind::kAtom && atom_of(tokens_[i]).kind == AtomKind::kFootnote) return ']';
  if (kind != TokenKind::kOpen && kind != TokenKind::kClose) return 0;
  return delimiter_of(pairs_[tokens_[i].pair].spelling);
}

bool TokenStream::is_break(std::size_t i) const {
  return tokens_[i].kind == TokenKind::kAtom && atom_of(tokens_[i]).kind == AtomKind::kBreak;
}

void TokenStream::choose_spellings() {
  for (const bool emphasis : {false, true}) {  // emphasis last: it gives way to its neighbours
    for (Pair& pair : pairs_) {
      if ((pair.what == kEmphasisBit) == emphasis) {
        pair.spelling = spelling_for(pair);
      }
    }
  }
}

Spelling TokenStream::spelling_for(const Pair& pair) const {
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

// Whether a marker of `delimiter` stands beside one of the pair's (unsigned wrap: no token).
bool TokenStream::touches(const Pair& pair, char delimiter) const {
  return delimiter_at(pair.open - 1) == delimiter || delimiter_at(pair.open + 1) == delimiter ||
         delimiter_at(pair.close - 1) == delimiter || delimiter_at(pair.close + 1) == delimiter;
}

}  // namespace sluice::markdown
