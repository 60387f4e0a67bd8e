// The steps of sniff(), one for each family of formats. All take time linear in their input, and
// none trusts a size or an offset that it reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/router.h"

namespace sluice::plugin {

// A ZIP file's kind from its entries' names: those of the local headers in `prefix` and those of
// the directory in `tail`. REQUIRES: prefix begins with a ZIP signature.
SourceType sniff_zip(std::string_view prefix, std::string_view tail, std::string_view extension);

// An OLE2 file's kind from its directory, which begins `directory`; if that is empty, from what
// `prefix` has of it. REQUIRES: prefix begins with the OLE2 signature.
SourceType sniff_ole(std::string_view prefix, std::string_view directory,
                     std::string_view extension);
// Where the directory of an OLE2 file begins; 0 if it says none.
std::uint64_t ole_directory_offset(std::string_view prefix);

// Whether bytes are text, and how sure that is.
enum class Textness {
  kText,      // no byte speaks against it
  kDoubtful,  // a few stray bytes, as damaged text has
  kBinary,
};
struct TextGuess {
  Textness textness = Textness::kBinary;
  std::string ascii;  // of wide text: its characters, `?` for those past ASCII; else empty
  std::string why;    // "UTF-16LE byte order mark"
};
TextGuess guess_text(std::string_view prefix);

// A format that the text itself shows. `certain`: whatever the file is called.
struct TextHint {
  std::string media_type;
  std::string why;
  bool certain = false;
};
// Leading markup, behind blanks, comments, declarations: HTML, XHTML, SVG, feeds, XML.
std::optional<TextHint> sniff_markup(std::string_view text);
// A block of mail headers.
std::optional<TextHint> sniff_mail(std::string_view text);
// Formats that a first line or word gives away: calendars, contacts, RTF behind blanks.
std::optional<TextHint> sniff_tagged(std::string_view text);
// Subtitles that begin with a line of times: SubRip, SubViewer.
std::optional<TextHint> sniff_subtitles(std::string_view text);
// Source text of formatters. It is plain text, too: ask where the name leaves the format open.
std::optional<TextHint> sniff_source_text(std::string_view text);
// JSON, and notebooks among it.
std::optional<TextHint> sniff_json(std::string_view text);

}  // namespace sluice::plugin
