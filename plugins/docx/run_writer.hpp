// SPDX-License-Identifier: Apache-2.0
//
// Text with the look of its run: what stands within paragraphs, links and fields aside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sluice/symbol_font.hpp>
#include <sluice/xml.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/fields.hpp"
#include "docx/looks.hpp"
#include "docx/notes.hpp"
#include "docx/story_context.hpp"

namespace sluice::docx {

class RunWriter {
 public:
  // `fields`: those that are open. They and `context` must outlive it.
  RunWriter(StoryContext& context, const FieldStack& fields) : context_(context), fields_(fields) {}

  // What the paragraph's style adds to the look of its runs.
  void set_paragraph_look(const RunLook& look) { paragraph_look_ = look; }
  // Whether text is left out: that of a paragraph that shows nothing.
  void set_muted(bool muted) { is_muted_ = muted; }
  // Leaves out the first bytes of the next text: they became the mark of a task or a note.
  void skip(std::size_t bytes) { skip_bytes_ = bytes; }

  enum class Link : std::uint8_t { kOutside, kInside };
  void begin(XmlNode run, Link link);
  void end();
  // The runs around a text box, which are not around its text.
  struct Run;
  std::vector<Run> suspend() { return std::exchange(runs_, {}); }
  void resume(std::vector<Run> runs) { runs_ = std::move(runs); }

  // Whether text at this place is not shown.
  bool is_hidden() const;

  void text(std::string_view words);
  void text_of(XmlNode node);
  // Text that Word makes and does not store: numbers of headings and items.
  void label(std::string_view words);
  void line_break();
  void symbol(XmlNode node);
  void math(XmlNode node);
  void note(NoteKind kind, XmlNode node);
  // Tracked changes, where all are shown.
  void begin_change(Style style);
  void end_change(Style style);

  struct Run {
    bool hidden = false;
    bool code = false;
    bool skip_text = false;   // a note's own mark, which the reference replaces
    std::uint8_t styles = 0;  // a bit per Style
    SymbolFont symbols = SymbolFont::kNone;
    std::string_view language;
    std::string_view east_asian_language;
  };

 private:
  RunLook look_of(XmlNode properties) const;

  StoryContext& context_;
  const FieldStack& fields_;
  RunLook paragraph_look_;
  std::vector<Run> runs_;
  bool is_muted_ = false;
  std::size_t skip_bytes_ = 0;
};

}  // namespace sluice::docx
