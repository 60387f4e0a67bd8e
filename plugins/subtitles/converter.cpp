// SPDX-License-Identifier: Apache-2.0
#include "subtitles/converter.hpp"

#include <cstdio>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

// A pause this long begins a paragraph where times are left out.
constexpr std::int64_t kPause = 4'000;
// And so does text as long as this, at the end of a sentence.
constexpr std::size_t kLongParagraph = 600;
constexpr std::size_t kBetweenChecks = 1'000;

std::string shown_time(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  char text[48];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60));
  return text;
}

std::string text_of(const Cue& cue) {
  std::string text;
  for (const std::string& line : cue.lines) text += (text.empty() ? "" : " ") + line;
  return text;
}

// Each cue is an item with the time at which it is shown.
void write_items(const std::vector<Cue>& cues, Job& job, MarkdownWriter& out) {
  out.begin_list();
  std::size_t count = 0;
  for (const Cue& cue : cues) {
    if (count++ % kBetweenChecks == 0) job.check_cancelled();
    out.begin_item();
    out.begin_style(Style::kStrong);
    out.text(shown_time(cue.begin));
    out.end_style(Style::kStrong);
    out.text(" ");
    if (!cue.speaker.empty()) out.text(cue.speaker + ": ");
    out.text(text_of(cue));
    out.end_item();
  }
  out.end_list();
}

bool ends_sentence(std::string_view text) {
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') ||
         text.ends_with("\u3002");
}

// The text alone, in paragraphs: by speaker, and by pauses.
void write_paragraphs(const std::vector<Cue>& cues, Job& job, MarkdownWriter& out) {
  const Cue* last = nullptr;
  std::size_t length = 0;
  std::size_t count = 0;
  for (const Cue& cue : cues) {
    if (count++ % kBetweenChecks == 0) job.check_cancelled();
    const bool breaks = last == nullptr || cue.speaker != last->speaker ||
                        cue.begin - last->end > kPause ||
                        (length > kLongParagraph && ends_sentence(last->lines.back()));
    if (breaks) {
      out.end_paragraph();
      length = 0;
      if (!cue.speaker.empty()) out.text(cue.speaker + ": ");
    } else {
      out.text(" ");
    }
    const std::string text = text_of(cue);
    length += text.size();
    out.text(text);
    last = &cue;
  }
  out.end_paragraph();
}

Subtitles read(std::string_view text) {
  switch (format_of(text)) {
    case Format::kSubRip:
      return read_subrip(text);
    case Format::kWebVtt:
      return read_webvtt(text);
    case Format::kSubStation:
      return read_substation(text);
    case Format::kSubViewer:
      return read_subviewer(text);
    case Format::kTtml:
      return read_ttml(text);
    case Format::kSami:
      return read_sami(text);
    case Format::kMicroDvd:
      return read_microdvd(text);
    case Format::kUnknown:
      break;
  }
  throw Failure(Outcome::kUnsupported, "no line in it says when a subtitle is shown");
}

}  // namespace

bool SubtitlesConverter::probe(const Probe& input) {
  if (input.head.empty()) return false;
  return format_of(decode_text(input.head).utf8) != Format::kUnknown;
}

void SubtitlesConverter::convert(Job& job) {
  const Options options(job.options());
  const std::string charset = options.get_string("charset");
  if (charset != "auto" && !is_known_charset(charset)) {
    throw Failure(Outcome::kUnsupported, "'" + charset + "' is no encoding that is known");
  }
  std::string text;
  SourceText source = SourceText::in_charset(job, charset);
  const std::uint64_t replaced = source.decode([&](std::string_view piece) { text += piece; });
  Subtitles found = read(text);
  warn_of_undecodable(job, replaced, source.charset());
  if (found.unread_times > 0) {
    job.warn("bad-time", counted(found.unread_times, "line") + " of times cannot be read");
  }
  if (found.attachments > 0) {
    job.warn("attachment", counted(found.attachments, "font or picture within the file is",
                                   "fonts and pictures within the file are") +
                               " left out");
  }
  join_rolling(found.cues);
  if (!found.title.empty()) job.set_metadata("title", found.title);
  if (!found.language.empty()) job.set_metadata("language", found.language);
  MarkdownWriter out(job);
  if (options.get_bool("times")) {
    write_items(found.cues, job, out);
  } else {
    write_paragraphs(found.cues, job, out);
  }
  out.finish();
  if (!out.has_content()) job.finish_as(Outcome::kEmpty, "there is no text in the subtitles");
}

Canary SubtitlesConverter::canary() const {
  return {"1\r\n00:00:01,000 --> 00:00:02,000\r\ncaf\xC3\xA9 <i>there</i>\r\n", "canary.srt",
          "application/x-subrip", "- **0:00:01** caf\u00E9 there\n"};
}

}  // namespace sluice::subtitles
