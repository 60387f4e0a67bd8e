// SPDX-License-Identifier: Apache-2.0
//
// The cues of subtitles, whatever their format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::subtitles {

struct Cue {
  std::int64_t begin = 0;  // milliseconds
  std::int64_t end = 0;
  std::string speaker;             // as the format says; may be empty
  std::vector<std::string> lines;  // of text alone, without empty ones
};

struct Subtitles {
  std::vector<Cue> cues;
  std::string title;
  std::string language;          // a BCP 47 tag
  std::size_t unread_times = 0;  // lines that should say when a cue is shown, and do not
  std::size_t attachments = 0;   // fonts and pictures within the file
};

enum class Format : std::uint8_t {
  kUnknown,
  kSubRip,
  kWebVtt,
  kSubStation,
  kSubViewer,
  kTtml,
  kSami,
  kMicroDvd,
};

// What the text of a file is, by its beginning. Looks at no more than the first 200 lines.
Format format_of(std::string_view text);

// Whether a text or a line of one is in the format, by its beginning.
bool is_ttml(std::string_view text);
bool is_sami(std::string_view text);
bool is_microdvd_line(std::string_view line);

// The cues of `text` (UTF-8), in the order of the file; those of SubStation and TTML in the order
// in which they are shown. All are linear. read_ttml throws Failure if the XML is not well-formed.
Subtitles read_subrip(std::string_view text);
Subtitles read_webvtt(std::string_view text);
Subtitles read_substation(std::string_view text);
Subtitles read_subviewer(std::string_view text);
Subtitles read_ttml(std::string_view text);
Subtitles read_sami(std::string_view text);
Subtitles read_microdvd(std::string_view text);

// Adds a line of a file to a cue, without its tags; none if nothing is left.
void add_line(std::string_view line, Cue& cue);
// Adds a cue that has text. False if it has none, or if there are too many.
bool add_cue(Cue cue, Subtitles& found);

// A line of text without its tags and with its entities resolved; the voice that a tag names goes
// to `speaker`.
std::string plain_line(std::string_view line, std::string& speaker);

// A time as any of the formats writes it: "[h:]mm:ss[.,]fff", in milliseconds, and where it ends in
// `text`.
struct Time {
  std::int64_t milliseconds = 0;
  std::size_t size = 0;
};
std::optional<Time> read_time(std::string_view text);

// Joins cues of captions that roll or grow: lines that a cue repeats from the one before it are
// shown once, and what is written word by word becomes one cue.
void join_rolling(std::vector<Cue>& cues);

}  // namespace sluice::subtitles
