// SPDX-License-Identifier: Apache-2.0
#include "docx/notes.hpp"

#include <utility>

namespace sluice::docx {
namespace {

constexpr std::array<const char*, 3> kTypes = {"footnotes", "endnotes", "comments"};

// The lines that separate notes from text are notes themselves (17.11.3).
bool is_separator(XmlNode note) {
  const std::string_view type = note.attribute("w:type").value();
  return !type.empty() && type != "normal";
}

}  // namespace

Notes::Part& Notes::part(NoteKind kind) {
  std::optional<Part>& part = parts_.at(static_cast<std::size_t>(kind));
  if (part) return *part;
  part.emplace();
  const OpcRelationship* relationship = main_.first_of(kTypes.at(static_cast<std::size_t>(kind)));
  if (relationship == nullptr) return *part;
  part->xml = package_.readable_xml(relationship->target);
  part->relationships = package_.relationships(relationship->target);
  for (const XmlNode note : part->xml.root().children()) {
    const XmlAttribute id = note.attribute("w:id");
    if (id && !is_separator(note)) part->by_id.emplace(id.value(), note);
  }
  return *part;
}

Notes::Label* Notes::label_of(NoteKind kind, std::string_view id) {
  Part& notes = part(kind);
  if (const auto known = notes.labels.find(id); known != notes.labels.end()) return &known->second;
  const auto found = notes.by_id.find(id);
  if (found == notes.by_id.end()) return nullptr;
  std::string text = kind == NoteKind::kComment ? "comment-" + std::to_string(++comments_)
                                                : std::to_string(++notes_);
  Label label{std::move(text), found->second};
  return &notes.labels.emplace(std::string(id), std::move(label)).first->second;
}

std::string_view Notes::announce(NoteKind kind, std::string_view id) {
  const Label* const label = label_of(kind, id);
  return label == nullptr ? std::string_view() : std::string_view(label->text);
}

std::string_view Notes::refer(NoteKind kind, std::string_view id) {
  Label* const label = label_of(kind, id);
  if (label == nullptr) return {};
  if (!std::exchange(label->is_referred_to, true)) {
    pending_.push_back({kind, label->text, label->note, {}});
  }
  return label->text;
}

void Notes::mark(std::string_view words) {
  if (!pending_.empty() && pending_.back().mark.empty()) pending_.back().mark = words;
}

std::optional<Note> Notes::next_pending() {
  if (pending_.empty()) return std::nullopt;
  Note next = std::move(pending_.front());
  pending_.pop_front();
  return next;
}

}  // namespace sluice::docx
