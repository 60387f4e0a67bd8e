// SPDX-License-Identifier: Apache-2.0
//
// The output device that poppler draws a page on. It draws nothing: it notes glyphs, rules, links
// and images, in one pass. Work is bounded: beyond the limits a page is cut off, not the process.
#pragma once

#include <OutputDev.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "content.hpp"
#include "faces.hpp"
#include "font_text.hpp"
#include "images.hpp"
#include "rules.hpp"
#include "signs.hpp"
#include "tags.hpp"
#include "word_builder.hpp"

namespace sluice::pdf {

// Most of its functions are those that poppler calls for a page.
class PageDevice : public OutputDev {
 public:
  // All must outlive the device. `content` is filled page by page.
  PageDevice(PageContent& content, FaceTable& faces, ImageTaker& images, TagReader& tags);

  bool has_reached_limit() const { return content_.cut_off; }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return true; }
  // Patterns and shadings are decoration: said to be drawn, never spelled out.
  bool useTilingPatternFill() override { return true; }
  bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int,
                         int, double, double) override {
    return true;
  }
  bool useShadedFills(int) override { return true; }
  bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
  bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
  bool axialShadedSupportExtend(GfxState*, GfxAxialShading*) override { return true; }
  bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
  bool radialShadedSupportExtend(GfxState*, GfxRadialShading*) override { return true; }
  bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }
  bool patchMeshShadedFill(GfxState*, GfxPatchMeshShading*) override { return true; }

  void startPage(int number, GfxState* state, XRef* xref) override;
  void endPage() override;

  void beginStringOp(GfxState* state) override;
  void endStringOp(GfxState* state) override;
  void beginString(GfxState* state, const GooString* text) override;
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x,
                double origin_y, CharCode code, int bytes, const Unicode* unicode,
                int length) override;
  void beginActualText(GfxState* state, const GooString* text) override;
  void endActualText(GfxState* state) override;

  void stroke(GfxState* state) override;
  void fill(GfxState* state) override;
  void eoFill(GfxState* state) override;

  void beginMarkedContent(const char* name, Dict* properties) override;
  void endMarkedContent(GfxState* state) override;
  void beginForm(Ref id) override;
  void endForm(Ref id) override;

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                     bool invert, bool interpolate, bool is_inline) override;
  void setSoftMaskFromImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                                bool invert, bool is_inline, double* base_matrix) override;
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colors, bool interpolate, const int* mask_colors,
                 bool is_inline) override;
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                       GfxImageColorMap* colors, bool interpolate, Stream* mask, int mask_width,
                       int mask_height, bool mask_invert, bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colors, bool interpolate, Stream* mask, int mask_width,
                           int mask_height, GfxImageColorMap* mask_colors,
                           bool mask_interpolate) override;
  void beginTransparencyGroup(GfxState* state, const double* bbox, GfxColorSpace* space,
                              bool isolated, bool knockout, bool for_soft_mask) override;
  void endTransparencyGroup(GfxState* state) override;

  // The page's user space to the page's frame; for what is not drawn, as links.
  Box from_user_space(double x0, double y0, double x1, double y1) const;

  // Once the page is drawn: its signs become words (signs.hpp).
  void add_signs(const std::vector<Button>& buttons);

 private:
  // What a string's state is worked out from; the same again needs no work.
  struct StateKey {
    const GfxFont* font = nullptr;
    double matrix[4] = {};
    double text_matrix[4] = {};
    double size = 0;
    double stretch = 0;
    double spacing = 0;
    bool operator==(const StateKey&) const = default;
  };
  void read_text_state(const GfxState& state);
  bool is_hidden() const { return soft_mask_depth_ > 0; }

  PageContent& content_;
  FaceTable& faces_;
  ImageTaker& images_;
  TagReader& tags_;
  WordBuilder words_;
  RuleCollector rules_;
  ShapeCollector shapes_;

  double user_to_page_[6] = {1, 0, 0, 1, 0, 0};
  StateKey key_;
  bool usable_state_ = false;
  FontTexts font_texts_;
  const FontText* font_text_ = nullptr;  // of the string's font
  std::uint32_t glyphs_ = 0;

  bool in_actual_text_ = false;
  std::vector<Unicode> actual_text_;
  float actual_x_ = 0, actual_y_ = 0, actual_dx_ = 0, actual_dy_ = 0;
  double text_end_x_ = 0, text_end_y_ = 0;  // of the last operator that shows text
  bool actual_started_ = false;

  std::vector<std::int32_t> marks_;  // open marked content, innermost last
  std::vector<bool> groups_;         // open transparency groups: for a soft mask?
  int soft_mask_depth_ = 0;
  int form_depth_ = 0;
};

}  // namespace sluice::pdf
