// SPDX-License-Identifier: Apache-2.0
#include "word_builder.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../same_size.hpp"
#include "../shared_measures.hpp"
#include "font_text.hpp"
#include "unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr char32_t kStroke = 0x338;  // combining: "=" becomes the sign for "not equal"
constexpr std::size_t kMaxDirections = 16;
constexpr std::size_t kMaxWordGlyphs = 2000;
// Parts of the font's size.
constexpr float kWordGap = 0.1F;
constexpr float kMoved = 0.1F;      // programs round where a text ends to 0.01 of a point or worse
constexpr float kTakenBack = 0.5F;  // of the gap before
constexpr float kBackwards = 0.35F;
constexpr float kBlankWithin = 0.7F;  // of a blank's width, over the word before it
constexpr float kTouches = 0.03F;     // from a word to the glyph behind such a blank
constexpr float kAccentGap = 0.3F;
constexpr float kAccentBackwards = 0.8F;
constexpr float kSameBaseline = 0.15F;
constexpr float kSameGlyph = 0.1F;
constexpr float kMarkAbove = 0.8F;  // or below
constexpr float kMarkAside = 0.35F;
constexpr float kAccentWidth = 0.05F;
constexpr float kOneOverTheOther = 0.5F;  // of the narrower glyph: an accent and its letter
constexpr float kWholeWidth = 0.7F;       // of the page's: a clip to a text frame parts no cells
constexpr std::string_view kLeader = ".....";  // an ellipsis has three dots, or four

// A code that stands for a letter in fonts of letters, or for nothing known.
bool is_any_code(char32_t c) {
  return c < 0x100 || c == 0xFFFD || c >= kUnknownCode;
}

// A blank that is drawn over the last glyph of a word: InDesign writes one over a ligature. It
// parts nothing if what follows touches the word.
bool is_over_ligature(const Word& word, char32_t last, std::size_t bytes, float along,
                      float advance) {
  return last == 'f' && bytes > 1 && advance > 0 && word.box.x1 - along > kBlankWithin * advance;
}

}  // namespace

void WordBuilder::start_page() {
  open_ = false;
  blank_ = covered_blank_ = false;
  mark_ = -1;
  clip_ = 0;
  clip_box_ = {};
  moved_ = 0;
  glyphs_.clear();
  glyph_text_.clear();
}

std::uint8_t WordBuilder::direction_for(int degrees) {
  auto& all = page_.directions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].degrees == degrees) return static_cast<std::uint8_t>(i);
  }
  if (all.size() >= kMaxDirections) return static_cast<std::uint8_t>(all.size() - 1);
  Direction direction;
  direction.degrees = degrees;
  if (degrees % 90 == 0) {
    constexpr float kCosines[] = {1, 0, -1, 0};
    direction.cosine = kCosines[degrees / 90 % 4];
    direction.sine = kCosines[(degrees / 90 + 3) % 4];
  } else {
    const float angle = static_cast<float>(degrees) * std::numbers::pi_v<float> / 180;
    direction.cosine = std::cos(angle);
    direction.sine = std::sin(angle);
  }
  all.push_back(direction);
  return static_cast<std::uint8_t>(all.size() - 1);
}

void WordBuilder::set_state(const TextState& state) {
  if (state.spacing != state_.spacing || state.face != state_.face) {
    usual_gap_ = state.spacing;
    is_new_spacing_ = true;
    is_gap_assumed_ = state.spacing > 0;
  }
  state_ = state;
}

void WordBuilder::set_mark(std::int32_t mark) {
  if (mark == mark_) return;
  end_word();
  mark_ = mark;
}

void WordBuilder::set_clip(const Box& box) {
  if (box.x0 == clip_box_.x0 && box.x1 == clip_box_.x1 && box.y0 == clip_box_.y0 &&
      box.y1 == clip_box_.y1) {
    return;
  }
  clip_box_ = box;
  std::uint32_t clip = 0;
  if (box.width() < kWholeWidth * page_.width) {
    for (const float edge : {box.x0, box.x1, box.y0, box.y1})
      clip = clip * 16777619U ^ static_cast<std::uint32_t>(std::lround(edge * 4) & 0xFFFFF);
    clip |= 1U;
  }
  if (clip == clip_) return;
  end_word();
  clip_ = clip;
}

// A word that is cut off by the next cell ends where its cell does, with the room that others have.
void WordBuilder::cut_to_clip() {
  if (word_.clip == 0 || page_.directions[word_.direction].degrees != 0) return;
  if (word_.box.x0 >= word_clip_x1_ || word_.box.x1 <= word_clip_x1_) return;
  word_.box.x1 = std::max((word_.box.x0 + word_clip_x1_) / 2, word_clip_x1_ - kGutter * word_.size);
}

bool WordBuilder::continues(float along, float across, float advance, char32_t c) const {
  if (!open_ || glyphs_.size() >= kMaxWordGlyphs) return false;
  if (state_.direction != word_state_.direction || !is_same_size(state_.size, word_state_.size)) {
    return false;
  }
  // TeX's stroke through a sign stands in another font than the sign.
  const bool strikes = only_marks_ && glyphs_.back().first == kStroke;
  if (state_.face != word_state_.face && !strikes) return false;
  const float size = word_state_.size;
  if (is_combining(c) || only_marks_) {
    return std::abs(across - word_.baseline) < kMarkAbove * size &&
           along + advance > word_.box.x0 - kMarkAside * size &&
           along < word_.box.x1 + kMarkAside * size;
  }
  if (std::abs(across - word_.baseline) > kSameBaseline * size) return false;
  // An accent stands in from its letter's edges.
  const bool accent =
      combining_form(c) != 0 || (!glyphs_.empty() && combining_form(glyphs_.back().first) != 0);
  const float spacing = is_new_spacing_ ? 0 : usual_gap_;
  const float widest = (accent ? kAccentGap : kWordGap) * size + spacing;
  const float gap = along - word_.box.x1;
  if (gap <= widest && gap >= -(accent ? kAccentBackwards : kBackwards) * size) return true;
  // Drawn from right to left, one glyph after another.
  const float before = word_.box.x0 - (along + advance);
  return word_.right_to_left && before <= widest && before >= -kBackwards * size;
}

void WordBuilder::begin(float along, float across) {
  word_ = Word();
  word_.box = {along, across, along, across};
  word_.baseline = across;
  word_.size = state_.size;
  word_.face = state_.face;
  word_.direction = state_.direction;
  word_.mark = mark_;
  word_.clip = clip_;
  word_clip_x1_ = clip_box_.x1;
  word_.blank_before = blank_;
  word_.placed = moved_ > kMoved * state_.size;
  word_state_ = state_;
  glyphs_.clear();
  glyph_text_.clear();
  only_marks_ = false;
  blank_ = false;
  open_ = true;
}

bool WordBuilder::is_repeated(float along, float across, float advance, char32_t c) const {
  if (!open_ || state_.direction != word_state_.direction) return false;
  const float slack = kSameGlyph * state_.size;
  if (std::abs(across - word_.baseline) > slack) return false;
  const std::size_t from = glyphs_.size() > 2 ? glyphs_.size() - 2 : 0;
  for (std::size_t i = glyphs_.size(); i-- > from;) {
    if (glyphs_[i].first == c && std::abs(glyphs_[i].x0 - along) < slack &&
        std::abs(glyphs_[i].x1 - (along + advance)) < slack && advance > slack) {
      return true;
    }
  }
  return false;
}

// TeX draws an accented letter as the accent and the letter over each other.
bool WordBuilder::merge_accent(float along, float advance, char32_t c) {
  Glyph& last = glyphs_.back();
  const float shared = std::min(last.x1, along + advance) - std::max(last.x0, along);
  const float narrow = std::min(last.x1 - last.x0, advance);
  if (narrow <= 0 || shared < kOneOverTheOther * narrow) return false;
  const char32_t mark_first = combining_form(last.first);
  const char32_t mark_now = combining_form(c);
  if ((mark_first == 0) == (mark_now == 0)) return false;
  const char32_t base = mark_first != 0 ? c : last.first;
  if (base < 'A') return false;
  glyph_text_.resize(last.text);
  append_composed(glyph_text_, base == 0x131 ? U'i' : base,
                  mark_first != 0 ? mark_first : mark_now);
  last.bytes = static_cast<std::uint16_t>(glyph_text_.size() - last.text);
  last.first = base;
  last.x0 = std::min(last.x0, along);
  last.x1 = std::max(last.x1, along + advance);
  word_.box.x1 = std::max(word_.box.x1, last.x1);
  return true;
}

// TeX draws "=" over a stroke that has no width.
bool WordBuilder::strike_through(float along, float across, float advance, char32_t c) {
  Glyph& stroke = glyphs_.back();
  if (stroke.first != kStroke || is_combining(c) ||
      std::abs(along - stroke.x0) > kMarkAside * state_.size) {
    return false;
  }
  glyph_text_.resize(stroke.text);
  append_composed(glyph_text_, c, kStroke);
  stroke.bytes = static_cast<std::uint16_t>(glyph_text_.size() - stroke.text);
  stroke.first = c;
  stroke.x0 = along;
  stroke.x1 = along + advance;
  if (only_marks_) {
    only_marks_ = false;
    word_state_ = state_;
    word_.face = state_.face;
    word_.baseline = across;
    word_.box.x0 = along;
  }
  word_.box.x1 = std::max(word_.box.x1, stroke.x1);
  return true;
}

void WordBuilder::append(float along, float across, float advance,
                         std::span<const unsigned> characters) {
  const char32_t first = characters.front();
  if (!glyphs_.empty() &&
      (merge_accent(along, advance, first) || strike_through(along, across, advance, first))) {
    return;
  }
  const auto from = static_cast<std::uint32_t>(glyph_text_.size());
  for (const unsigned c : characters) append_utf8(glyph_text_, c);
  if (glyph_text_.size() == from) return;
  if (is_right_to_left(first)) word_.right_to_left = true;
  const float x0 = std::min(along, along + advance);
  const float x1 = std::max(along, along + advance);
  const bool mark = is_combining(first);
  const bool first_of_word = glyphs_.empty() || (only_marks_ && !mark);
  glyphs_.push_back({from, static_cast<std::uint16_t>(glyph_text_.size() - from), first, x0, x1});
  if (mark && !first_of_word) return;
  // A mark may be drawn before its letter, which says where the line is.
  only_marks_ = mark;
  if (first_of_word) {
    word_.baseline = across;
    word_.box.x0 = x0;
    word_.box.x1 = x1;
  } else {
    word_.box.x0 = std::min(word_.box.x0, x0);
    word_.box.x1 = std::max(word_.box.x1, x1);
  }
}

void WordBuilder::add(float x, float y, float dx, float dy, std::span<const unsigned> characters) {
  const Direction& direction = page_.directions[state_.direction];
  const float along = x * direction.cosine + y * direction.sine;
  const float across = y * direction.cosine - x * direction.sine;
  const float advance = dx * direction.cosine + dy * direction.sine;
  if (characters.empty()) return;
  const char32_t first = characters.front();
  // Some fonts have a blank and a dot for one code.
  if (is_blank(first)) {
    covered_blank_ =
        open_ && !glyphs_.empty() && state_.direction == word_state_.direction &&
        is_over_ligature(word_, glyphs_.back().first, glyphs_.back().bytes, along, advance);
    if (!covered_blank_) {
      end_word();
      blank_ = true;
    }
    if (characters.size() > 1) add(x, y, dx, dy, characters.subspan(1));
    return;
  }
  if (x < -20 || y < -20 || x > page_.width + 20 || y > page_.height + 20) {
    return outside_.add({along, across, advance, state_.size}, characters);
  }
  if (is_repeated(along, across, advance, first)) return;
  const bool touches = std::abs(along - word_.box.x1) < kTouches * state_.size;
  if (!continues(along, across, advance, first) || (covered_blank_ && !touches)) {
    end_word();
    begin(along, across);
  } else if (state_.spacing > 0 && !is_combining(first)) {
    note_gap(along - word_.box.x1);
  }
  covered_blank_ = false;
  is_new_spacing_ = false;
  moved_ = 0;
  append(along, across, advance, characters);
}

// The first gap of a run says not yet whether it parts words: some programs add the width of a
// blank to each glyph and take it back but between words (",Melissa" for ", Melissa"). A next gap
// that is much less wide tells.
void WordBuilder::note_gap(float gap) {
  const bool is_first = is_gap_assumed_;
  is_gap_assumed_ = false;
  const bool was_doubtful = doubtful_gap_ > 0 && glyphs_.size() == doubtful_glyph_ + 1;
  if (was_doubtful && gap < kTakenBack * doubtful_gap_) part_before_last();
  doubtful_gap_ = 0;
  if (is_first && gap > kWordGap * word_state_.size) {
    doubtful_gap_ = gap;
    doubtful_glyph_ = glyphs_.size();
  }
  usual_gap_ = std::clamp(gap, 0.0F, state_.spacing);
}

// What the last glyph was added to is a word of its own.
void WordBuilder::part_before_last() {
  const Glyph last = glyphs_.back();
  const std::string text(text_of(last));
  const Word whole = word_;
  glyphs_.pop_back();
  glyph_text_.resize(last.text);
  word_.box.x1 = glyphs_.back().x1;
  end_word();
  begin(last.x0, whole.baseline);
  word_.box.x1 = last.x1;
  word_.right_to_left = is_right_to_left(last.first);
  glyph_text_ = text;
  glyphs_.push_back({0, last.bytes, last.first, last.x0, last.x1});
}

// Right-to-left words as they look, from left to right, whichever way they were drawn. Marks stand
// behind the letter that they are drawn at.
void WordBuilder::append_as_seen() {
  seen_.clear();
  std::size_t letter = SIZE_MAX;  // the last one drawn, as its place in glyphs_
  std::vector<std::size_t> waiting;
  std::vector<std::pair<std::size_t, std::size_t>> marks;  // a letter and a mark on it
  for (std::size_t i = 0; i < glyphs_.size(); ++i) {
    if (is_combining(glyphs_[i].first)) {
      waiting.push_back(i);
      continue;
    }
    // From the last, which is on its letter first: drawn from the left, a word is spelled
    // backwards.
    std::vector<std::size_t> own;
    for (const std::size_t mark : waiting) {
      if (letter != SIZE_MAX && !is_mark_of_next(glyphs_[mark], glyphs_[letter], glyphs_[i])) {
        marks.emplace_back(letter, mark);
      } else {
        own.push_back(mark);
      }
    }
    for (auto mark = own.rbegin(); mark != own.rend(); ++mark) marks.emplace_back(i, *mark);
    waiting.clear();
    letter = i;
    seen_.push_back(i);
  }
  for (const std::size_t mark : waiting) marks.emplace_back(letter, mark);
  std::stable_sort(marks.begin(), marks.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::stable_sort(seen_.begin(), seen_.end(), [this](std::size_t a, std::size_t b) {
    return glyphs_[a].x0 + glyphs_[a].x1 < glyphs_[b].x0 + glyphs_[b].x1;
  });
  if (seen_.empty()) page_.text += glyph_text_;
  for (const std::size_t i : seen_) {
    append_glyph_as_seen(text_of(glyphs_[i]), glyphs_[i].first);
    auto mark = std::lower_bound(marks.begin(), marks.end(), std::pair{i, std::size_t{0}},
                                 [](const auto& a, const auto& b) { return a.first < b.first; });
    for (; mark != marks.end() && mark->first == i; ++mark) {
      page_.text += text_of(glyphs_[mark->second]);
    }
  }
}

// Whether a mark drawn between two letters is on the second. Many fonts give marks no width, which
// leaves the order of drawing: from the left it is the reverse of the order of reading.
bool WordBuilder::is_mark_of_next(const Glyph& mark, const Glyph& before, const Glyph& next) const {
  if (mark.x1 - mark.x0 > kAccentWidth * word_state_.size) {
    const float middle = (mark.x0 + mark.x1) / 2;
    const bool on_before = middle > before.x0 && middle < before.x1;
    const bool on_next = middle > next.x0 && middle < next.x1;
    if (on_before != on_next) return on_next;
  }
  return next.x0 > before.x0;
}

// A ligature's letters are in logical order.
void WordBuilder::append_glyph_as_seen(std::string_view text, char32_t first) {
  std::size_t second = 0;
  next_char(text, second);
  if (second == text.size() || !is_right_to_left(first)) {
    page_.text += text;
    return;
  }
  for (std::size_t end = text.size(); end > 0;) {
    // A letter with the marks on it.
    std::size_t from = end;
    char32_t c = 0;
    do {
      do {
        --from;
      } while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80);
      c = first_char(text.substr(from));
    } while (from > 0 && is_combining(c));
    page_.text += text.substr(from, end - from);
    end = from;
  }
}

// The same text at the same place: drawn again a little aside to look bold.
bool WordBuilder::has_seen(const Word& word) const {
  const std::size_t from = page_.words.size() > 8 ? page_.words.size() - 8 : 0;
  for (std::size_t i = page_.words.size(); i-- > from;) {
    const Word& other = page_.words[i];
    if (other.direction != word.direction || other.bytes != word.bytes) continue;
    const float slack = kSameGlyph * word.size;
    if (std::abs(other.box.x0 - word.box.x0) < slack &&
        std::abs(other.box.x1 - word.box.x1) < slack &&
        std::abs(other.baseline - word.baseline) < slack &&
        page_.text_of(other) == page_.text_of(word)) {
      return true;
    }
  }
  return false;
}

void WordBuilder::end_word() {
  blank_ = blank_ || covered_blank_;
  covered_blank_ = false;
  if (!open_) return;
  open_ = false;
  if (glyphs_.empty()) return;
  // "Total.....12": the dots lead from one word to another.
  const bool has_leader = !word_.right_to_left && glyph_text_.find(kLeader) != std::string::npos;
  if (has_leader && glyph_text_.find_first_not_of('.') != std::string::npos) {
    add_parts();
  } else {
    add_word();
  }
}

// The dots of the word and what stands before and behind them, as words.
void WordBuilder::add_parts() {
  const std::vector<Glyph> glyphs = std::move(glyphs_);
  const std::string text = std::move(glyph_text_);
  const Word whole = word_;
  const auto dots_at = [&](std::size_t i) {
    return text.compare(glyphs[i].text, kLeader.size(), kLeader) == 0;
  };
  for (std::size_t from = 0; from < glyphs.size();) {
    const bool is_leader = dots_at(from);
    std::size_t end = from + 1;
    while (end < glyphs.size() && (is_leader ? glyphs[end].first == '.' : !dots_at(end))) ++end;
    word_ = whole;
    word_.blank_before = from == 0 && whole.blank_before;
    word_.box.x0 = glyphs[from].x0;
    word_.box.x1 = glyphs[from].x1;
    glyphs_.assign(glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                   glyphs.begin() + static_cast<std::ptrdiff_t>(end));
    for (const Glyph& glyph : glyphs_) {
      word_.box.x0 = std::min(word_.box.x0, glyph.x0);
      word_.box.x1 = std::max(word_.box.x1, glyph.x1);
    }
    const std::size_t stop = end < glyphs.size() ? glyphs[end].text : text.size();
    glyph_text_ = text.substr(glyphs[from].text, stop - glyphs[from].text);
    add_word();
    from = end;
  }
}

void WordBuilder::add_word() {
  word_.text = static_cast<std::uint32_t>(page_.text.size());
  if (word_.right_to_left) {
    append_as_seen();
  } else if (word_state_.dingbats && glyphs_.size() == 1 && is_any_code(glyphs_.front().first)) {
    append_utf8(page_.text, 0x2022);
  } else {
    page_.text += glyph_text_;
  }
  word_.bytes = static_cast<std::uint32_t>(page_.text.size()) - word_.text;
  word_.chars = static_cast<std::uint16_t>(glyphs_.size());
  cut_to_clip();
  const float size = word_state_.size;
  if (word_state_.vertical) {
    word_.box.y0 = word_.baseline - size / 2;
    word_.box.y1 = word_.baseline + size / 2;
    word_.baseline = word_.box.y1 - kBelowVertical * size;
  } else {
    word_.box.y0 = word_.baseline - word_state_.ascent * size;
    word_.box.y1 = word_.baseline + word_state_.descent * size;
  }
  if (has_seen(word_)) {
    page_.text.resize(word_.text);
    return;
  }
  page_.directions[word_.direction].chars += word_.chars;
  page_.words.push_back(word_);
}

}  // namespace sluice::pdf
