// SPDX-License-Identifier: Apache-2.0
#include "device.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <UTF.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace sluice::pdf {
namespace {

constexpr Unicode kUnknownGlyph = 0xFFFD;  // a glyph without a known meaning
constexpr CharCode kTexBullet = 136;       // in TS1, the encoding of text companion fonts
constexpr std::uint32_t kMaxGlyphsPerPage = 400'000;
constexpr std::size_t kMaxOpenMarks = 256;
// Of the size that a Type 3 font is named with: a wide letter is 1.6 times as wide as an average
// one.
constexpr double kLeastOfNamed = 0.6, kMostOfNamed = 1.7;
// Widths in sizes.
constexpr double kWidthOfM = 0.6, kWidthOfLetter = 0.5;
// Points: smaller text nobody can read, and larger text is beyond any paper.
constexpr double kSmallestText = 0.2, kLargestText = 5000;
// Parts of the size: fonts that name none have the usual ones, and those that name the extent of
// all of their glyphs have less.
constexpr double kUsualAscent = 0.8, kUsualDescent = 0.2;
constexpr float kMostAscent = 0.95F, kMostDescent = 0.35F;

// The size of a Type 3 font says nothing by itself: its glyphs may be of any size. The width of an
// "m" (0.6 of the size, as a rule) or of another letter does, if only about: where it agrees with
// the size that the document names, as in TeX's bitmap fonts, that is right.
double type3_size(const Gfx8BitFont& font, double named) {
  double size = named;
  int any = -1;
  int letter = -1;
  int em = -1;
  for (int code = 0; code < 256; ++code) {
    const char* name = font.getCharName(code);
    if (name == nullptr || font.getWidth(static_cast<unsigned char>(code)) <= 0) continue;
    const bool is_letter =
        name[0] != '\0' && name[1] == '\0' &&
        ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
    if (any < 0) any = code;
    if (letter < 0 && is_letter) letter = code;
    if (std::strcmp(name, "m") == 0) em = code;
  }
  const int code = em >= 0 ? em : letter >= 0 ? letter : any;
  if (code >= 0)
    size *=
        font.getWidth(static_cast<unsigned char>(code)) / (em >= 0 ? kWidthOfM : kWidthOfLetter);
  const double* matrix = font.getFontMatrix();
  if (matrix[0] != 0) size *= std::abs(matrix[3] / matrix[0]);
  return size > kLeastOfNamed * named && size < kMostOfNamed * named ? named : size;
}

float within(double value, double least, double most, double otherwise) {
  return static_cast<float>(std::isfinite(value) && value >= least && value <= most ? value
                                                                                    : otherwise);
}

}  // namespace

PageDevice::PageDevice(PageContent& content, FaceTable& faces, ImageTaker& images, TagReader& tags)
    : content_(content),
      faces_(faces),
      images_(images),
      tags_(tags),
      words_(content),
      rules_(content) {}

void PageDevice::startPage(int number, GfxState* state, XRef*) {
  content_.clear();
  content_.number = number;
  glyphs_ = 0;
  key_ = {};
  usable_state_ = false;
  in_actual_text_ = false;
  marks_.clear();
  groups_.clear();
  soft_mask_depth_ = 0;
  form_depth_ = 0;
  if (state != nullptr) {
    content_.width = static_cast<float>(state->getPageWidth());
    content_.height = static_cast<float>(state->getPageHeight());
    std::memcpy(user_to_page_, state->getCTM(), sizeof user_to_page_);
  }
  words_.start_page();
  rules_.start_page();
  shapes_.start_page();
  tags_.start_page(number, content_);
  images_.start_page(content_);
}

void PageDevice::endPage() {
  words_.end_word();
}

Box PageDevice::from_user_space(double x0, double y0, double x1, double y1) const {
  const double* m = user_to_page_;
  return box_of(m[0] * x0 + m[2] * y0 + m[4], m[1] * x0 + m[3] * y0 + m[5],
                m[0] * x1 + m[2] * y1 + m[4], m[1] * x1 + m[3] * y1 + m[5]);
}

// --- text ---

void PageDevice::beginStringOp(GfxState* state) {
  double x = 0, y = 0;
  state->transform(state->getCurX(), state->getCurY(), &x, &y);
  const double moved = std::hypot(x - text_end_x_, y - text_end_y_);
  words_.start_operator(std::isfinite(moved) ? static_cast<float>(moved) : 0);
}

void PageDevice::endStringOp(GfxState* state) {
  state->transform(state->getCurX(), state->getCurY(), &text_end_x_, &text_end_y_);
}

void PageDevice::beginString(GfxState* state, const GooString*) {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  state->getClipBBox(&x0, &y0, &x1, &y1);
  words_.set_clip(box_of(x0, y0, x1, y1));
  StateKey key;
  key.font = state->getFont().get();
  std::copy_n(state->getCTM(), 4, key.matrix);
  std::copy_n(state->getTextMat(), 4, key.text_matrix);
  key.size = state->getFontSize();
  key.stretch = state->getHorizScaling();
  key.spacing = state->getCharSpace();
  if (key == key_) return;
  key_ = key;
  read_text_state(*state);
}

void PageDevice::read_text_state(const GfxState& state) {
  usable_state_ = false;
  const GfxFont* font = key_.font;
  if (font == nullptr) return;
  double m11 = 0, m12 = 0, m21 = 0, m22 = 0;
  state.getFontTransMat(&m11, &m12, &m21, &m22);
  double size = state.getTransformedFontSize();
  if (font->getType() == fontType3) size = type3_size(static_cast<const Gfx8BitFont&>(*font), size);
  if (!std::isfinite(size) || size < kSmallestText || size > kLargestText ||
      (m11 == 0 && m12 == 0) || !std::isfinite(m11) || !std::isfinite(m12)) {
    return;
  }
  TextState text;
  text.vertical = font->getWMode() != 0;
  double degrees = std::atan2(m12, m11) * 180 / std::numbers::pi;
  if (text.vertical) degrees += 90;
  int rounded = static_cast<int>(std::lround(degrees)) % 360;
  if (rounded < 0) rounded += 360;
  text.direction = words_.direction_for(rounded);
  text.face = faces_.face_of(*font);
  font_text_ = &font_texts_.of(*font);
  text.dingbats = faces_.faces()[text.face].dingbats;
  text.size = static_cast<float>(size);
  text.ascent = std::min(kMostAscent, within(font->getAscent(), 0.3, 2, kUsualAscent));
  text.descent = std::min(kMostDescent, within(-font->getDescent(), 0.05, 1, kUsualDescent));
  double dx = 0, dy = 0, px = 0, py = 0;
  state.textTransformDelta(state.getCharSpace() * state.getHorizScaling(), 0, &dx, &dy);
  state.transformDelta(dx, dy, &px, &py);
  text.spacing = static_cast<float>(std::min(std::hypot(px, py), size));
  if (state.getCharSpace() < 0) text.spacing = 0;
  words_.set_state(text);
  usable_state_ = true;
}

void PageDevice::drawChar(GfxState* state, double x, double y, double dx, double dy, double, double,
                          CharCode code, int, const Unicode* unicode, int length) {
  if (!usable_state_ || is_hidden()) return;
  if (++glyphs_ > kMaxGlyphsPerPage) {
    content_.cut_off = true;
    return;
  }
  double spacing = state->getCharSpace();
  if (code == 0x20) spacing += state->getWordSpace();
  double sx = 0, sy = 0;
  if (state->getFont()->getWMode() != 0) {
    state->textTransformDelta(0, spacing, &sx, &sy);
  } else {
    state->textTransformDelta(spacing * state->getHorizScaling(), 0, &sx, &sy);
  }
  double px = 0, py = 0, width = 0, height = 0;
  state->transform(x, y, &px, &py);
  state->transformDelta(dx - sx, dy - sy, &width, &height);
  const auto fx = static_cast<float>(px), fy = static_cast<float>(py);
  const auto fw = static_cast<float>(width), fh = static_cast<float>(height);
  if (!std::isfinite(fx) || !std::isfinite(fy) || !std::isfinite(fw) || !std::isfinite(fh)) return;
  if (in_actual_text_) {
    if (!actual_started_) {
      actual_x_ = fx;
      actual_y_ = fy;
      actual_started_ = true;
    }
    actual_dx_ = fx + fw - actual_x_;
    actual_dy_ = fy + fh - actual_y_;
    return;
  }
  const std::size_t known = unicode == nullptr ? 0 : static_cast<std::size_t>(std::max(0, length));
  Unicode own = 0;
  auto characters = font_text_->characters(code, {unicode, known}, own);
  // TeX's bullet, where its font is pictures: its glyphs have numbers for names.
  constexpr Unicode kBullet = 0x2022;
  if (code == kTexBullet && known > 0 && *unicode == kTexBullet &&
      state->getFont()->getType() == fontType3) {
    characters = {&kBullet, 1};
  }
  if (characters.empty()) return;
  if (characters.front() == kUnknownGlyph) {
    if (fw == 0 && fh == 0) return;
    ++content_.lost_glyphs;
  }
  words_.add(fx, fy, fw, fh, characters);
}

void PageDevice::beginActualText(GfxState*, const GooString* text) {
  Unicode* characters = nullptr;
  const int length = TextStringToUCS4(text->toStr(), &characters);
  actual_text_.assign(characters, characters + std::clamp(length, 0, 4096));
  gfree(characters);
  in_actual_text_ = true;
  actual_started_ = false;
}

// The text stands where its glyphs stood, spread evenly.
void PageDevice::endActualText(GfxState*) {
  if (!in_actual_text_) return;
  in_actual_text_ = false;
  if (!actual_started_ || actual_text_.empty() || !usable_state_) return;
  glyphs_ += static_cast<std::uint32_t>(actual_text_.size());
  const auto count = static_cast<float>(actual_text_.size());
  for (std::size_t i = 0; i < actual_text_.size(); ++i) {
    const float at = static_cast<float>(i) / count;
    words_.add(actual_x_ + actual_dx_ * at, actual_y_ + actual_dy_ * at, actual_dx_ / count,
               actual_dy_ / count, {&actual_text_[i], 1});
  }
}

// --- rules ---

void PageDevice::stroke(GfxState* state) {
  if (is_hidden()) return;
  rules_.stroke(*state);
  shapes_.stroke(*state);
}
void PageDevice::fill(GfxState* state) {
  if (is_hidden()) return;
  rules_.fill(*state);
  shapes_.fill(*state);
}
void PageDevice::eoFill(GfxState* state) {
  fill(state);
}

void PageDevice::add_signs(const std::vector<Button>& buttons) {
  pdf::add_signs(content_, shapes_.shapes(), buttons, words_.direction_for(0));
}

// --- structure ---

void PageDevice::beginMarkedContent(const char* name, Dict* properties) {
  if (marks_.size() >= kMaxOpenMarks) {
    marks_.push_back(marks_.back());
    if (marks_.size() > 4 * kMaxOpenMarks) marks_.pop_back();
    return;
  }
  std::int32_t mark = marks_.empty() ? -1 : marks_.back();
  const std::int32_t own = tags_.mark_of(name, properties, form_depth_ > 0);
  if (own >= 0) mark = own;
  marks_.push_back(mark);
  words_.set_mark(mark);
}

void PageDevice::endMarkedContent(GfxState*) {
  if (!marks_.empty()) marks_.pop_back();
  words_.set_mark(marks_.empty() ? -1 : marks_.back());
}

void PageDevice::beginForm(Ref) {
  ++form_depth_;
}
void PageDevice::endForm(Ref) {
  if (form_depth_ > 0) --form_depth_;
}

void PageDevice::beginTransparencyGroup(GfxState*, const double*, GfxColorSpace*, bool, bool,
                                        bool for_soft_mask) {
  groups_.push_back(for_soft_mask);
  if (for_soft_mask) ++soft_mask_depth_;
}
void PageDevice::endTransparencyGroup(GfxState*) {
  if (groups_.empty()) return;
  if (groups_.back()) --soft_mask_depth_;
  groups_.pop_back();
}

// --- images ---

void PageDevice::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                               bool invert, bool, bool is_inline) {
  ImageSource source{state, ref, stream, width, height};
  source.is_mask = true;
  source.invert = invert;
  source.is_inline = is_inline;
  images_.take(source, marks_.empty() ? -1 : marks_.back(), is_hidden());
}

void PageDevice::setSoftMaskFromImageMask(GfxState* state, Object* ref, Stream* stream, int width,
                                          int height, bool invert, bool is_inline, double*) {
  ImageSource source{state, ref, stream, width, height};
  source.is_mask = true;
  source.invert = invert;
  source.is_inline = is_inline;
  images_.take(source, -1, true);
}

void PageDevice::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colors, bool, const int* mask_colors, bool is_inline) {
  ImageSource source{state, ref, stream, width, height};
  source.colors = colors;
  source.mask_colors = mask_colors;
  source.is_inline = is_inline;
  images_.take(source, marks_.empty() ? -1 : marks_.back(), is_hidden());
}

void PageDevice::drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width,
                                 int height, GfxImageColorMap* colors, bool, Stream* mask,
                                 int mask_width, int mask_height, bool mask_invert, bool) {
  ImageSource source{state, ref, stream, width, height};
  source.colors = colors;
  source.mask = {mask, mask_width, mask_height, nullptr, mask_invert};
  images_.take(source, marks_.empty() ? -1 : marks_.back(), is_hidden());
}

void PageDevice::drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width,
                                     int height, GfxImageColorMap* colors, bool, Stream* mask,
                                     int mask_width, int mask_height, GfxImageColorMap* mask_colors,
                                     bool) {
  ImageSource source{state, ref, stream, width, height};
  source.colors = colors;
  source.mask = {mask, mask_width, mask_height, mask_colors, false};
  images_.take(source, marks_.empty() ? -1 : marks_.back(), is_hidden());
}

}  // namespace sluice::pdf
