// SPDX-License-Identifier: Apache-2.0
#include "docx/notes_writer.hpp"

#include "docx/story.hpp"

namespace sluice::docx {

void write_notes(Document& document, MarkdownWriter& out) {
  while (const auto note = document.notes.next_pending()) {
    document.job.check_cancelled();
    out.begin_footnote(note->label);
    if (note->kind == NoteKind::kComment) {
      out.begin_style(Style::kStrong);
      out.text(note->node.attribute("w:author").value());
      out.end_style(Style::kStrong);
      out.text(": ");
    }
    Story(document, document.notes.relationships(note->kind), out).write_note(*note);
    out.end_footnote();
  }
}

}  // namespace sluice::docx
