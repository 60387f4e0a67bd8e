// SPDX-License-Identifier: Apache-2.0
//
// SubRip as players read it; WebVTT (https://www.w3.org/TR/webvtt1/, section 6); SubStation Alpha 4
// and 4+ (the specification of SSA v4.00+); SubViewer, also
// as YouTube writes it (.sbv).
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <utility>

#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

constexpr std::size_t kMaxCues = 1'000'000;  // a film has 2,000
constexpr std::string_view kSubViewerBreak = "[br]";

// Lines of a text, without their ends (LF, CR LF or CR).
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\uFEFF")) rest_.remove_prefix(3);
  }
  bool next(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
    line = rest_.substr(0, end);
    const bool both = rest_.substr(end).starts_with("\r\n");
    rest_.remove_prefix(std::min(end + (both ? 2 : 1), rest_.size()));
    return true;
  }

 private:
  std::string_view rest_;
};

struct Timing {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// "00:01 --> 00:02 position:10%", or nothing.
std::optional<Timing> read_arrow(std::string_view line) {
  const std::size_t arrow = line.find("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  const auto begin = read_time(trimmed(line.substr(0, arrow)));
  const auto end = read_time(trimmed(line.substr(arrow + 2)));
  if (!begin || !end) return std::nullopt;
  return Timing{begin->milliseconds, end->milliseconds};
}

std::optional<Timing> read_comma(std::string_view line) {
  const auto begin = read_time(line);
  if (!begin || !line.substr(begin->size).starts_with(',')) return std::nullopt;
  const auto end = read_time(line.substr(begin->size + 1));
  if (!end || !trimmed(line.substr(begin->size + 1 + end->size)).empty()) return std::nullopt;
  return Timing{begin->milliseconds, end->milliseconds};
}

// The number in front of a cue is the last line before its time.
void drop_number(Cue& cue, bool after_blank) {
  if (after_blank && !cue.lines.empty() && is_ascii_number(cue.lines.back())) cue.lines.pop_back();
}

// Cues that begin with a line of times. Text goes on over blank lines, as players have it.
Subtitles read_timed(std::string_view text,
                     std::optional<Timing> (*read_timing)(std::string_view)) {
  Subtitles found;
  Lines lines(text);
  Cue cue;
  bool is_open = false;
  bool is_last_line_apart = false;  // the last line of text stands behind a blank one
  bool was_blank = true;
  std::string_view line;
  while (lines.next(line)) {
    const std::string_view words = trimmed(line);
    if (const auto timing = read_timing(words)) {
      drop_number(cue, is_last_line_apart);
      if (is_open) add_cue(std::exchange(cue, {}), found);
      cue = {};
      cue.begin = timing->begin;
      cue.end = timing->end;
      is_open = true;
      was_blank = false;
      is_last_line_apart = false;
    } else if (words.empty()) {
      was_blank = true;
    } else {
      if (words.find("-->") != std::string_view::npos) ++found.unread_times;
      is_last_line_apart = std::exchange(was_blank, false);
      if (is_open) add_line(line, cue);
      constexpr std::string_view kTitle = "[TITLE]";
      if (!is_open && words.starts_with(kTitle)) found.title = words.substr(kTitle.size());
    }
  }
  if (is_open) add_cue(std::move(cue), found);
  return found;
}

// The value of "Name: value", or nothing.
std::optional<std::string_view> field_of(std::string_view line, std::string_view name) {
  if (!starts_with_ignoring_ascii_case(line, name) || !line.substr(name.size()).starts_with(':'))
    return std::nullopt;
  return trimmed(line.substr(name.size() + 1));
}

}  // namespace

void add_line(std::string_view line, Cue& cue) {
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(kSubViewerBreak, at), line.size());
    std::string text = plain_line(line.substr(at, end - at), cue.speaker);
    if (!text.empty()) cue.lines.push_back(std::move(text));
    at = end + kSubViewerBreak.size();
  }
}

bool add_cue(Cue cue, Subtitles& found) {
  if (cue.lines.empty() || found.cues.size() >= kMaxCues) return false;
  found.cues.push_back(std::move(cue));
  return true;
}

Format format_of(std::string_view text) {
  constexpr int kMaxLines = 200;
  if (is_ttml(text)) return Format::kTtml;
  if (is_sami(text)) return Format::kSami;
  Lines lines(text);
  std::string_view line;
  for (int i = 0; i < kMaxLines && lines.next(line);) {
    const std::string_view words = trimmed(line);
    if (words.empty()) continue;
    if (i == 0 && words.starts_with("WEBVTT") &&
        (words.size() == 6 || words[6] == ' ' || words[6] == '\t'))
      return Format::kWebVtt;
    if (words.size() > 2 && words[0] == '[' && equal_ignoring_ascii_case(words, "[Script Info]"))
      return Format::kSubStation;
    if (read_arrow(words)) return Format::kSubRip;
    const bool has_header = words == "[INFORMATION]" || words == "[SUBTITLE]";
    if (i == 0 && (has_header || read_comma(words))) return Format::kSubViewer;
    if (i == 0 && is_microdvd_line(words)) return Format::kMicroDvd;
    ++i;
  }
  return Format::kUnknown;
}

Subtitles read_subrip(std::string_view text) {
  return read_timed(text, read_arrow);
}

Subtitles read_subviewer(std::string_view text) {
  return read_timed(text, read_comma);
}

Subtitles read_webvtt(std::string_view text) {
  Subtitles found;
  Lines lines(text);
  std::string_view line;
  bool in_header = true;
  bool in_cue = false;
  Cue cue;
  lines.next(line);
  const std::string_view behind = trimmed(line.substr(std::min<std::size_t>(6, line.size())));
  found.title = trimmed(behind, " -\t");
  while (lines.next(line)) {
    const std::string_view words = trimmed(line);
    if (const auto timing = read_arrow(words)) {
      if (in_cue) add_cue(std::exchange(cue, {}), found);
      cue = {};
      cue.begin = timing->begin;
      cue.end = timing->end;
      in_cue = true;
      in_header = false;
    } else if (words.empty()) {
      // What follows is a number, a remark or a style, until the next time.
      if (in_cue) add_cue(std::exchange(cue, {}), found);
      in_cue = false;
      in_header = false;
    } else if (in_cue) {
      add_line(line, cue);
    } else if (in_header) {
      if (const auto language = field_of(words, "Language")) found.language = *language;
    } else if (words.find("-->") != std::string_view::npos) {
      ++found.unread_times;
    }
  }
  if (in_cue) add_cue(std::move(cue), found);
  return found;
}

namespace {

// The fields of a line of [Events], whose last one may hold commas.
std::vector<std::string_view> fields_of(std::string_view line, std::size_t count) {
  std::vector<std::string_view> fields;
  while (fields.size() + 1 < count) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos) break;
    fields.push_back(trimmed(line.substr(0, comma)));
    line.remove_prefix(comma + 1);
  }
  fields.push_back(line);
  return fields;
}

// The text of a dialogue: override blocks and drawings are left out, `\N` ends a line.
void add_dialogue(std::string_view text, Cue& cue) {
  std::string line;
  bool draws = false;
  const std::size_t last_close = text.rfind('}');
  const auto end_line = [&] {
    const std::string_view words = trimmed(line);
    if (!words.empty()) cue.lines.emplace_back(words);
    line.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{' && last_close != std::string_view::npos && at < last_close) {
      const std::size_t end = text.find('}', at);
      if (end != std::string_view::npos) {
        const std::string_view block = text.substr(at, end - at);
        for (std::size_t p = block.find("\\p"); p != std::string_view::npos;
             p = block.find("\\p", p + 2)) {
          const char digit = p + 2 < block.size() ? block[p + 2] : ' ';
          if (is_ascii_digit(static_cast<unsigned char>(digit))) draws = digit != '0';
        }
        at = end;
        continue;
      }
    }
    const bool escape = text[at] == '\\' && at + 1 < text.size();
    if (escape && (text[at + 1] == 'N' || text[at + 1] == 'n')) {
      end_line();
      ++at;
    } else if (escape && text[at + 1] == 'h') {
      line += ' ';
      ++at;
    } else if (!draws) {
      line += text[at];
    }
  }
  end_line();
}

std::string lower_name(std::string_view name) {
  return ascii_lower(trimmed(name));
}

}  // namespace

Subtitles read_substation(std::string_view text) {
  // Of v4.00+; a line "Format:" says otherwise.
  std::vector<std::string> format = {"layer",   "start",   "end",     "style",  "name",
                                     "marginl", "marginr", "marginv", "effect", "text"};
  Subtitles found;
  Lines lines(text);
  std::string_view line;
  std::string section;
  while (lines.next(line)) {
    const std::string_view words = trimmed(line);
    if (words.starts_with('[') && words.ends_with(']')) {
      section = lower_name(words);
      continue;
    }
    if (section == "[script info]") {
      if (const auto title = field_of(words, "Title")) found.title = *title;
    } else if (section == "[fonts]" || section == "[graphics]") {
      if (field_of(words, "fontname") || field_of(words, "filename")) ++found.attachments;
    } else if (section == "[events]") {
      if (const auto order = field_of(words, "Format")) {
        format.clear();
        for (const std::string_view name : fields_of(*order, 64))
          format.push_back(lower_name(name));
      }
      const auto dialogue = field_of(words, "Dialogue");
      if (!dialogue) continue;
      const std::vector<std::string_view> fields = fields_of(*dialogue, format.size());
      Cue cue;
      std::optional<Time> begin;
      std::optional<Time> end;
      for (std::size_t i = 0; i < fields.size() && i < format.size(); ++i) {
        if (format[i] == "start") begin = read_time(fields[i]);
        if (format[i] == "end") end = read_time(fields[i]);
        if (format[i] == "name" || format[i] == "actor") cue.speaker = one_line(fields[i]);
        if (format[i] == "text") add_dialogue(fields[i], cue);
      }
      if (!begin || !end) {
        ++found.unread_times;
        continue;
      }
      cue.begin = begin->milliseconds;
      cue.end = end->milliseconds;
      add_cue(std::move(cue), found);
    }
  }
  std::stable_sort(found.cues.begin(), found.cues.end(),
                   [](const Cue& a, const Cue& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace sluice::subtitles
