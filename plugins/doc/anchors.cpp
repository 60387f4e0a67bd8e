// SPDX-License-Identifier: Apache-2.0
#include "doc/anchors.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>

namespace sluice::doc {
namespace {

constexpr std::size_t kMaxNotes = 1'000'000;

std::vector<Note> notes_of(const Streams& streams, Table calls, std::size_t value_size, Table texts,
                           const StoryRange& story) {
  const PlaceList places(streams.at(calls), value_size);
  const std::size_t count = std::min(places.size(), kMaxNotes);
  const std::vector<StoryRange> ranges = note_ranges(streams.at(texts), story, count);
  std::vector<Note> notes;
  for (std::size_t i = 0; i < count && i < ranges.size(); ++i) {
    notes.push_back({places.place(i), ranges[i], {}});
  }
  return notes;
}

}  // namespace

std::vector<std::string> counted_strings(std::string_view bytes) {
  std::vector<std::string> strings;
  while (bytes.size() >= 2) {
    const std::size_t size = std::size_t{little_u16(bytes, 0)} * 2;
    strings.push_back(utf8_of_utf16le(bytes.substr(2, size)));
    bytes.remove_prefix(std::min(bytes.size(), 2 + size));
  }
  return strings;
}

namespace {

void add_authors(const Streams& streams, std::vector<Note>& comments) {
  constexpr std::size_t kValueSize = 30;
  const PlaceList places(streams.at(Table::kCommentCalls), kValueSize);
  const auto authors = counted_strings(streams.at(Table::kCommentAuthors));
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const std::size_t author = little_u16(places.value(i), 20);
    if (author < authors.size()) comments[i].author = authors[author];
  }
}

void add_calls(Anchors& anchors, const std::vector<Note>& notes, const char* element) {
  for (std::size_t i = 0; i < notes.size(); ++i) {
    anchors.calls[notes[i].call] +=
        std::string("<w:") + element + " w:id=\"" + std::to_string(i + 1) + "\"/>";
  }
}

// 2.2.4: a table of strings, and for each the place where the bookmark begins.
void add_bookmarks(const Streams& streams, Anchors& anchors) {
  const std::string_view table = streams.at(Table::kBookmarkNames);
  if (table.size() < 6) return;
  const std::vector<std::string> names = counted_strings(table.substr(6));
  const PlaceList places(streams.at(Table::kBookmarkStarts), 4);
  for (std::size_t i = 0; i < std::min(places.size(), names.size()); ++i) {
    anchors.bookmarks.emplace(places.place(i), names[i]);
  }
}

void add_shapes(const Streams& streams, Anchors& anchors) {
  const PlaceList shapes(streams.at(Table::kShapes), 26);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    anchors.shapes[shapes.place(i)] = little_u32(shapes.value(i), 0);
  }
  const PlaceList boxes(streams.at(Table::kTextBoxes), 22);
  const std::vector<StoryRange> ranges =
      note_ranges(streams.at(Table::kTextBoxes), streams.text_boxes, boxes.size());
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[i].end) {
      anchors.boxes.emplace(little_u32(boxes.value(i), 14), ranges[i]);
    }
  }
}

}  // namespace

std::vector<StoryRange> note_ranges(std::string_view places, const StoryRange& story,
                                    std::size_t count) {
  std::vector<StoryRange> ranges;
  std::uint32_t last = story.begin;
  for (std::size_t i = 0; i < count && (i + 2) * 4 <= places.size(); ++i) {
    StoryRange range;
    const std::uint64_t begin = std::uint64_t{story.begin} + little_u32(places, i * 4);
    const std::uint64_t end = std::uint64_t{story.begin} + little_u32(places, (i + 1) * 4);
    // Notes that overlap would give one text without end.
    range.begin = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(begin, last, story.end));
    range.end = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(end, range.begin, story.end));
    last = range.end;
    ranges.push_back(range);
  }
  return ranges;
}

Anchors read_anchors(const Streams& streams) {
  Anchors anchors;
  anchors.footnotes =
      notes_of(streams, Table::kFootnoteCalls, 2, Table::kFootnotes, streams.footnotes);
  anchors.endnotes = notes_of(streams, Table::kEndnoteCalls, 2, Table::kEndnotes, streams.endnotes);
  anchors.comments =
      notes_of(streams, Table::kCommentCalls, 30, Table::kComments, streams.comments);
  add_authors(streams, anchors.comments);
  add_calls(anchors, anchors.footnotes, "footnoteReference");
  add_calls(anchors, anchors.endnotes, "endnoteReference");
  add_calls(anchors, anchors.comments, "commentReference");
  add_bookmarks(streams, anchors);
  add_shapes(streams, anchors);
  return anchors;
}

}  // namespace sluice::doc
