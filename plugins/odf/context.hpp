// SPDX-License-Identifier: Apache-2.0
//
// What all writers of one document share.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <sluice/defects.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "odf/anchors.hpp"
#include "odf/controls.hpp"
#include "odf/document.hpp"
#include "odf/elements.hpp"
#include "odf/images.hpp"
#include "odf/numbers.hpp"
#include "odf/styles.hpp"

namespace sluice::odf {

enum class Changes : std::uint8_t {
  kAccept,  // as if all tracked changes were accepted
  kReject,  // as if all were rejected
  kAll,     // insertions underlined, deletions struck through
};

struct Settings {
  Changes changes = Changes::kAccept;
  bool comments = false;
  bool hidden_text = false;
  bool page_markers = true;
  SpanFill merged_cells = SpanFill::kEmpty;
};

inline Embedded embedded_of(const Options& options) {
  return options.get_bool("embedded_documents") ? Embedded::kTaken : Embedded::kNamed;
}

// Notes and comments, which are written as footnotes behind the text.
class Notes {
 public:
  struct Note {
    XmlNode node;
    std::string label;
    bool is_comment = false;
  };
  // The label to call it by.
  std::string add(XmlNode node, bool is_comment);
  // The next one that is not written yet; notes may call others.
  bool next(Note& note);

 private:
  std::deque<Note> pending_;
  unsigned notes_ = 0;
  unsigned comments_ = 0;
};

// Tracked changes by their ids (ODF 1.3, part 3, 5.5).
class TrackedChanges {
 public:
  void read(XmlNode tracked_changes);
  struct Change {
    XmlNode deletion;  // its content; none for an insertion
    bool is_insertion = false;
  };
  // Of a text:change, text:change-start or text:change-end.
  Change find(XmlNode mark) const;

 private:
  std::map<std::string, Change, std::less<>> by_id_;
};

struct Context {
  Context(Job& to_job, Document& of_document, MarkdownWriter& to_out, Embedded embedded)
      : job(to_job),
        document(of_document),
        out(to_out),
        images(to_job, of_document),
        objects(to_job, embedded) {}

  // What a drawn control says.
  const std::string& text_of_control(XmlNode drawn) {
    if (!controls) controls.emplace().add_below(document.content_root());
    return controls->text_of(value_of(drawn, "draw:control"));
  }

  void begin_page() {
    ++page;
    is_page_due = true;
  }

  Job& job;
  Document& document;
  MarkdownWriter& out;
  // What is written goes nowhere, and nothing may be taken from the document for it.
  bool is_rehearsal = false;
  Settings settings;
  Styles styles;
  Images images;
  Anchors anchors;
  ListNumbers lists;
  Notes notes;
  TrackedChanges changes;
  Defects defects;
  TextLeftOuts left_out;
  std::optional<Controls> controls;  // read when the first one is drawn
  unsigned rejected = 0;             // insertions that are open and left out
  unsigned page = 1;                 // of those that the document records
  bool is_page_due = false;          // a new one has begun, and is not marked yet
  unsigned nesting = 0;              // lists, tables and frames around: pages are not marked there
  unsigned tables = 0;               // that are open
  std::size_t cells = 0;             // written of the outermost table, with those of tables within
  EmbeddedObjects objects;
  std::size_t hidden_left = 0;  // hidden slides
};

}  // namespace sluice::odf
