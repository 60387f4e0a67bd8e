// SPDX-License-Identifier: Apache-2.0
//
// Footnotes, endnotes and comments: found when they are referred to, numbered in that order, and
// written at the end.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <sluice/opc.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice::docx {

enum class NoteKind : std::uint8_t { kFootnote, kEndnote, kComment };

struct Note {
  NoteKind kind = NoteKind::kFootnote;
  std::string label;
  XmlNode node;
  std::string mark;  // that stands for a number in the text, and again before the note
};

class Notes {
 public:
  // `main`: the relationships of the main part. Both must outlive it.
  Notes(const OpcPackage& package, const OpcRelationships& main) : package_(package), main_(main) {}

  // The label of a note, which is written later; empty if there is no such note.
  std::string_view refer(NoteKind kind, std::string_view id);
  // The same label, without writing the note: references that are announced in their order have the
  // numbers that they get when they are written.
  std::string_view announce(NoteKind kind, std::string_view id);
  // The note that was referred to last has this mark instead of a number.
  void mark(std::string_view words);
  // The next note that was referred to and not yet taken; its node lives as long as this.
  std::optional<Note> next_pending();
  // Takes up the numbers where those of another document's notes have ended.
  void number_on_from(const Notes& other) {
    notes_ = other.notes_;
    comments_ = other.comments_;
  }
  // The relationships of the part that holds notes of a kind.
  const OpcRelationships& relationships(NoteKind kind) { return part(kind).relationships; }

 private:
  struct Label {
    std::string text;
    XmlNode note;
    bool is_referred_to = false;
  };
  struct Part {
    XmlPart xml;
    OpcRelationships relationships;
    std::unordered_map<std::string_view, XmlNode> by_id;
    std::map<std::string, Label, std::less<>> labels;
  };
  Part& part(NoteKind kind);
  Label* label_of(NoteKind kind, std::string_view id);

  const OpcPackage& package_;
  const OpcRelationships& main_;
  std::array<std::optional<Part>, 3> parts_;
  std::deque<Note> pending_;
  std::size_t notes_ = 0;
  std::size_t comments_ = 0;
};

}  // namespace sluice::docx
