// SPDX-License-Identifier: Apache-2.0
#include "rtf/reader.hpp"

#include <algorithm>
#include <sluice/symbol_font.hpp>
#include <sluice/utf8.hpp>
#include <utility>

#include "docx/paragraphs.hpp"

namespace sluice::rtf {
namespace {

using Kind = Token::Kind;

// Documents of people have groups 20 deep. Deeper ones than this share the look of the deepest.
constexpr std::size_t kMaxDepth = 1'000;
constexpr std::uint64_t kBetweenChecks = 65'536;  // tokens

}  // namespace

Reader::Reader(std::string_view source, const docx::Settings& settings, Keep keep, Job& job,
               BlockSink& sink)
    : lexer_(source),
      header_(lexer_, names_decoder_),
      text_(decoder_),
      settings_(settings),
      job_(job),
      sink_(sink),
      pictures_(keep == Keep::kAll ? &job : nullptr),
      objects_(job, keep == Keep::kAll ? settings.embedded : Embedded::kNamed) {
  groups_.emplace_back();
  stories_.push_back(std::make_unique<Story>(&sink_, held_));
}

void Reader::read() {
  while (true) {
    const Token token = lexer_.next();
    if (tokens_++ % kBetweenChecks == 0) job_.check_cancelled();
    switch (token.kind) {
      case Kind::kEnd:
        losses_.is_cut_off = groups_.size() > 1;
        while (groups_.size() > 1) close_group();
        flush();
        story().close(group().paragraph);
        return;
      case Kind::kOpen:
        open_group();
        break;
      case Kind::kClose:
        close_group();
        break;
      case Kind::kText:
        text_.bytes(token.text);
        group().is_first_word = false;
        break;
      case Kind::kByte:
        text_.byte(static_cast<std::uint8_t>(token.value));
        break;
      case Kind::kBinary:
        break;  // of a picture or an object, which read it themselves
      case Kind::kSymbol:
        symbol(token);
        break;
      case Kind::kWord:
        word(token);
        break;
    }
  }
}

void Reader::open_group() {
  flush();
  text_.end_fallback();
  if (groups_.size() >= kMaxDepth) {
    ++beyond_;
    ++losses_.deep_groups;
    return;
  }
  Group inner = group();
  inner.ends = Ends::kNothing;
  inner.is_first_word = true;
  inner.is_optional = false;
  inner.fallback = text_.fallback();
  groups_.push_back(inner);
}

void Reader::close_group() {
  flush();
  text_.end_fallback();
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  if (groups_.size() == 1) return;  // one `}` too many
  // The document's own group: its last paragraph may have no other end.
  if (groups_.size() == 2 && story().has_open_paragraph()) end_paragraph();
  const Group closed = group();
  if (closed.ends != Ends::kNothing) end_group_of(closed);
  groups_.pop_back();
  text_.set_fallback(closed.fallback);
  set_font(group().character.font);
  if (closed.ends == Ends::kNote) {
    Piece piece;
    piece.kind = Piece::Kind::kNote;
    piece.note = closed.note;
    if (is_shown()) story().add(std::move(piece));
  }
}

void Reader::end_group_of(const Group& closed) {
  switch (closed.ends) {
    case Ends::kField:
      if (!fields_.empty()) fields_.pop_back();
      return;
    case Ends::kLink:
      add_piece(Piece::Kind::kLinkEnd);
      return;
    default:
      break;
  }
  story().close(closed.paragraph);
  std::vector<Block> blocks = story().take_blocks();
  stories_.pop_back();
  switch (closed.ends) {
    case Ends::kNote:
      notes_[closed.note].blocks = std::move(blocks);
      break;
    case Ends::kHeader:
      for (Block& block : blocks) sink_.block(std::move(block));
      break;
    case Ends::kLeftOut:
      in_left_out_ = false;
      (settings_.headers_footers ? left_out_.later_margins : left_out_.margins)
          .add(text_of(blocks));
      break;
    case Ends::kFooter:
      for (Block& block : blocks) footers_.push_back(std::move(block));
      break;
    default:
      story().add_behind(std::move(blocks));
      break;
  }
}

// Behind a reader that took the group's end.
void Reader::group_was_read() {
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  if (groups_.size() == 1) return;
  text_.set_fallback(group().fallback);
  groups_.pop_back();
  set_font(group().character.font);
}

void Reader::skip_group() {
  lexer_.skip_group();
  group_was_read();
}

void Reader::symbol(const Token& token) {
  const char c = token.text[0];
  if (c == '*' && group().is_first_word) {
    group().is_optional = true;
    return;
  }
  if (text_.skips_control()) return;
  if (c == '\\' || c == '{' || c == '}') {
    text_.bytes(token.text);
  } else if (c == '~') {
    flush();
    show("\u00A0");
  } else if (c == '_') {
    flush();
    show("\u2011");
  }
}

void Reader::word(const Token& token) {
  const Meaning meaning = meaning_of(token.text);
  if (meaning.word == Word::kUnicode) {
    text_.unicode(token.value);
    group().is_first_word = false;
    return;
  }
  if (text_.skips_control()) return;
  flush();
  const bool opens = std::exchange(group().is_first_word, false);
  if (meaning.word == Word::kUnknown) {
    if (opens && group().is_optional) skip_group();
    return;
  }
  if (meaning.word == Word::kSkipped) {
    skip_group();
    return;
  }
  header_word(meaning.word, token) || character_word(meaning.word, token) ||
      paragraph_word(meaning.word, token) || table_word(meaning.word, token) ||
      inline_word(meaning, token) || group_word(meaning.word, token);
}

bool Reader::header_word(Word word, const Token& token) {
  const auto set_page = [this](CodePage page) {
    header_.document_page = page;
    text_.set_page(page);
  };
  switch (word) {
    case Word::kAnsiCodePage:
      if (token.value > 0) set_page(token.value);
      return true;
    case Word::kMac:
      set_page(kMacRoman);
      return true;
    case Word::kPc:
      set_page(437);
      return true;
    case Word::kPca:
      set_page(850);
      return true;
    case Word::kDefaultFont:
      default_font_ = token.value;
      for (Group& open : groups_) open.character.font = default_font_;
      return true;
    case Word::kFonts:
      header_.read_fonts();
      break;
    case Word::kStyles:
      header_.read_styles();
      break;
    case Word::kLists:
      header_.read_lists();
      break;
    case Word::kListOverrides:
      header_.read_list_overrides();
      break;
    case Word::kInfo:
      header_.read_properties();
      break;
    default:
      return false;
  }
  group_was_read();
  return true;
}

void Reader::set_font(std::int32_t font) {
  group().character.font = font;
  text_.set_page(header_.page_of(font));
}

void Reader::set_style(Style style, bool on) {
  std::uint8_t& styles = group().character.styles;
  styles = static_cast<std::uint8_t>(on ? styles | bit(style) : styles & ~bit(style));
}

bool Reader::character_word(Word word, const Token& token) {
  CharacterFormat& format = group().character;
  switch (word) {
    case Word::kPlain:
      format = {};
      set_font(default_font_);
      return true;
    case Word::kBold:
      set_style(Style::kStrong, token.is_on());
      return true;
    case Word::kItalic:
      set_style(Style::kEmphasis, token.is_on());
      return true;
    case Word::kStrike:
      set_style(Style::kStrike, token.is_on());
      return true;
    case Word::kUnderline:
      set_style(Style::kUnderline, token.is_on());
      return true;
    case Word::kNoUnderline:
      set_style(Style::kUnderline, false);
      return true;
    case Word::kSuper:
    case Word::kSub:
    case Word::kNoSuperSub:
      set_style(Style::kSuperscript, word == Word::kSuper && token.is_on());
      set_style(Style::kSubscript, word == Word::kSub && token.is_on());
      return true;
    case Word::kHighlight:
      set_style(Style::kHighlight, token.value > 0);
      return true;
    case Word::kHidden:
      format.hidden = token.is_on();
      return true;
    case Word::kDeleted:
      format.deleted = token.is_on();
      return true;
    case Word::kInserted:
      format.inserted = token.is_on();
      return true;
    case Word::kFont:
      set_font(token.value);
      return true;
    case Word::kCharacterStyle:
      format.style = token.value;
      return true;
    default:
      return false;
  }
}

bool Reader::is_shown() const {
  const Group& open = groups_.back();
  if (open.is_muted) return false;
  if (open.character.hidden && !settings_.hidden_text) return false;
  if (open.character.deleted && !docx::shows_deleted(settings_.changes)) return false;
  return !open.character.inserted || docx::shows_inserted(settings_.changes);
}

bool Reader::is_code() const {
  const CharacterFormat& format = groups_.back().character;
  const auto font = header_.fonts.find(format.font);
  if (font != header_.fonts.end() && font->second.monospaced) return true;
  const auto style = header_.character_styles.find(format.style);
  return format.style != 0 && style != header_.character_styles.end() && style->second.is_code;
}

std::uint8_t Reader::shown_styles() const {
  const CharacterFormat& format = groups_.back().character;
  std::uint8_t styles = format.styles;
  if (settings_.changes == docx::Changes::kAll) {
    if (format.inserted) styles |= bit(Style::kUnderline);
    if (format.deleted) styles |= bit(Style::kStrike);
  }
  return styles;
}

void Reader::flush() {
  if (text_.is_empty()) return;
  const std::string text = text_.take();
  const auto font = header_.fonts.find(group().character.font);
  const SymbolFont symbols = font == header_.fonts.end() ? SymbolFont::kNone : font->second.symbols;
  show(symbols == SymbolFont::kNone ? text : without_private_characters(text, symbols));
}

void Reader::show(std::string_view text) {
  if (is_shown()) {
    story().add_text(text, shown_styles(), is_code());
  } else if (group().character.hidden && !group().is_muted && !settings_.hidden_text) {
    left_out_.hidden.add(text);
  }
}

void Reader::add_piece(Piece::Kind kind, std::string text) {
  Piece piece;
  piece.kind = kind;
  piece.text = std::move(text);
  piece.styles = shown_styles();
  story().add(std::move(piece));
}

}  // namespace sluice::rtf
