// SPDX-License-Identifier: Apache-2.0
//
// Glyphs to words. Each glyph is compared with the word being built: the same run of text, no
// blank, no jump. Right-to-left words come out as they look, from left to right, whichever way they
// were drawn; what is drawn twice for boldness is there once. No allocation per glyph.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content.hpp"
#include "outside_text.hpp"

namespace sluice::pdf {

// What glyphs of one string have in common.
struct TextState {
  std::uint16_t face = 0;
  std::uint8_t direction = 0;
  float size = 0;         // points; along the line
  float ascent = 0.8F;    // of the size, above the baseline
  float descent = 0.2F;   // below it, positive
  float spacing = 0;      // points that the document adds between glyphs
  bool dingbats = false;  // a glyph that would be a letter is a bullet
  bool vertical = false;  // written top to bottom: the frame is turned, glyphs stand upright
};

class WordBuilder {
 public:
  // Must outlive the builder.
  explicit WordBuilder(PageContent& page) : page_(page), outside_(page.outside) {}

  // Makes a page's bounds known and forgets the page before.
  void start_page();
  // The direction for text turned by `degrees`, 0 to 359; the last one where there are too many.
  std::uint8_t direction_for(int degrees);

  void set_state(const TextState& state);
  void set_mark(std::int32_t mark);
  // What follows is seen only in the box, in the page's frame. Spreadsheets cut a cell's
  // text off at the next cell.
  void set_clip(const Box& box);
  // An operator shows text so many points from where the text before it ended.
  void start_operator(float moved) { moved_ = moved; }
  // One glyph: where its origin is on the page, how far it moves on (both in the page's frame, the
  // advance without character and word spacing), and what it means. No characters: skipped.
  void add(float x, float y, float dx, float dy, std::span<const unsigned> characters);
  void end_word();

 private:
  struct Glyph {
    std::uint32_t text;  // offset into glyph_text_
    std::uint16_t bytes;
    char32_t first;
    float x0;
    float x1;
  };

  void note_gap(float gap);
  void part_before_last();
  bool continues(float along, float across, float advance, char32_t c) const;
  void begin(float along, float across);
  void append(float along, float across, float advance, std::span<const unsigned> characters);
  bool merge_accent(float along, float advance, char32_t c);
  bool strike_through(float along, float across, float advance, char32_t c);
  bool is_repeated(float along, float across, float advance, char32_t c) const;
  void add_word();
  void cut_to_clip();
  void add_parts();
  void append_as_seen();
  bool is_mark_of_next(const Glyph& mark, const Glyph& before, const Glyph& next) const;
  void append_glyph_as_seen(std::string_view text, char32_t first);
  std::string_view text_of(const Glyph& glyph) const {
    return std::string_view(glyph_text_).substr(glyph.text, glyph.bytes);
  }
  bool has_seen(const Word& word) const;

  PageContent& page_;
  OutsideText outside_;
  TextState state_;
  TextState word_state_;
  std::int32_t mark_ = -1;
  std::uint32_t clip_ = 0;
  Box clip_box_;
  float word_clip_x1_ = 0;
  bool blank_ = false;
  bool covered_blank_ = false;  // the last glyph was a blank over the word
  float moved_ = 0;             // by the operator that shows the next glyph; 0 behind its first
  bool open_ = false;
  // Between the last two glyphs of a word, at most the spacing: documents add spacing and take it
  // back glyph by glyph, so that only what was seen says what is usual.
  float usual_gap_ = 0;
  bool is_new_spacing_ = false;  // no glyph yet: it does not part this one from the last
  bool is_gap_assumed_ = false;  // usual_gap_ is the document's spacing; none was seen yet
  float doubtful_gap_ = 0;       // the first that was seen, before this glyph; 0: none
  std::size_t doubtful_glyph_ = 0;
  bool only_marks_ = false;  // the word being built has no letter yet
  Word word_;
  std::string glyph_text_;         // of the word being built
  std::vector<Glyph> glyphs_;      // same
  std::vector<std::size_t> seen_;  // letters, from left to right
};

}  // namespace sluice::pdf
