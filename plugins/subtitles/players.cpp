// SPDX-License-Identifier: Apache-2.0
//
// What players brought: SAMI (Microsoft, "Understanding SAMI 1.0") and MicroDVD, whose times are
// frames.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>
#include <utility>

#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

// MicroDVD's own, if the first line does not say.
constexpr double kFramesPerSecond = 23.976;
constexpr std::int64_t kMaxNumber = 1'000'000'000'000;

// The digits at `at`, and moves it behind them.
std::optional<std::int64_t> read_digits(std::string_view text, std::size_t& at) {
  std::int64_t number = 0;
  const std::size_t begin = at;
  for (; at < text.size() && is_ascii_digit(static_cast<unsigned char>(text[at])); ++at) {
    number = std::min(number * 10 + (text[at] - '0'), kMaxNumber);
  }
  if (at == begin) return std::nullopt;
  return number;
}

// "{12}{34}", at the beginning of a line.
struct Frames {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::size_t size = 0;
};

std::optional<Frames> read_frames(std::string_view line) {
  Frames frames;
  std::size_t at = 0;
  for (std::int64_t* number : {&frames.begin, &frames.end}) {
    if (!line.substr(at).starts_with('{')) return std::nullopt;
    ++at;
    *number = read_digits(line, at).value_or(-1);
    if (!line.substr(at).starts_with('}')) return std::nullopt;
    ++at;
  }
  if (frames.begin < 0) return std::nullopt;
  frames.size = at;
  return frames;
}

// Without blocks of looks: "{y:i}", "{c:$0000ff}".
std::string without_looks(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::string_view rest = line.substr(at);
    const bool is_look = rest.size() > 2 && rest[0] == '{' &&
                         is_ascii_letter(static_cast<unsigned char>(rest[1])) && rest[2] == ':';
    const std::size_t end = is_look ? rest.find('}') : rest.npos;
    if (end == rest.npos) {
      text += rest[0];
    } else {
      at += end;
    }
  }
  return text;
}

// The value of an attribute of a tag, without quotes.
std::string_view attribute_of(std::string_view tag, std::string_view name) {
  const std::string lower = ascii_lower(tag);
  for (std::size_t at = lower.find(name); at != lower.npos; at = lower.find(name, at + 1)) {
    std::size_t value = lower.find_first_not_of(kAsciiBlanks, at + name.size());
    if (value == lower.npos || lower[value] != '=') continue;
    value = std::min(lower.find_first_not_of(" \t\r\n\"'", value + 1), lower.size());
    const std::size_t end = std::min(lower.find_first_of(" \t\r\n\"'>", value), lower.size());
    return tag.substr(value, end - value);
  }
  return {};
}

// Whether the tag at the beginning of `tag`, in lower case, has this name.
bool is_named(std::string_view tag, std::string_view name) {
  return starts_with_ignoring_ascii_case(tag, name) &&
         (tag.size() == name.size() ||
          !is_ascii_letter(static_cast<unsigned char>(tag[name.size()])));
}

// A SAMI file may have several languages, each in paragraphs of a class of its own. The text of
// each class goes on until its next one.
class Sami {
 public:
  explicit Sami(Subtitles& found) : found_(found) {}

  void read(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
      if (text[at] != '<') {
        const std::size_t end = std::min(text.find('<', at), text.size());
        add_text(text.substr(at, end - at));
        at = end;
        continue;
      }
      const bool is_remark = text.substr(at).starts_with("<!--");
      const std::size_t end = text.find(is_remark ? "-->" : ">", at);
      if (end == text.npos) return add_text(text.substr(at));
      if (!is_remark) tag(text.substr(at + 1, end - at - 1));
      at = end + (is_remark ? 3 : 1);
    }
    end_paragraph();
  }

 private:
  void tag(std::string_view tag) {
    if (is_named(tag, "sync")) {
      end_paragraph();
      std::size_t at = 0;
      const auto start = read_digits(attribute_of(tag, "start"), at);
      if (!start) ++found_.unread_times;
      time_ = start.value_or(time_);
      is_open_ = true;
      language_.clear();
    } else if (is_named(tag, "p")) {
      end_paragraph();
      language_ = attribute_of(tag, "class");
    } else if (is_named(tag, "br")) {
      end_line();
    } else if (is_named(tag, "title")) {
      in_title_ = true;
    } else if (is_named(tag, "/title")) {
      in_title_ = false;
    } else if (is_named(tag, "/body")) {
      end_paragraph();
      is_open_ = false;
    }
  }

  void add_text(std::string_view text) {
    if (in_title_ && !is_open_) found_.title = one_line(found_.title + std::string(text));
    if (is_open_) line_ += text;
  }

  void end_line() {
    std::string speaker;
    std::string text = one_line(plain_line(line_, speaker));
    if (!text.empty() && text != "\u00A0") lines_.push_back(std::move(text));
    line_.clear();
  }

  void end_paragraph() {
    end_line();
    if (!is_open_) return lines_.clear();
    // The text of the same language before it ends here, also where this one is empty.
    const auto last = last_of_.find(language_);
    if (last != last_of_.end()) found_.cues[last->second].end = time_;
    if (lines_.empty()) return;
    Cue cue;
    cue.begin = time_;
    cue.end = time_;
    cue.lines = std::exchange(lines_, {});
    if (add_cue(std::move(cue), found_)) last_of_[language_] = found_.cues.size() - 1;
  }

  Subtitles& found_;
  std::map<std::string, std::size_t, std::less<>> last_of_;  // the last cue of a class
  std::string language_;
  std::string line_;
  std::vector<std::string> lines_;
  std::int64_t time_ = 0;
  bool is_open_ = false;
  bool in_title_ = false;
};

}  // namespace

bool is_sami(std::string_view text) {
  return is_named(text.substr(std::min(text.find_first_not_of(kAsciiBlanks), text.size())),
                  "<sami");
}

bool is_microdvd_line(std::string_view line) {
  return read_frames(line).has_value();
}

Subtitles read_sami(std::string_view text) {
  Subtitles found;
  Sami(found).read(text);
  return found;
}

Subtitles read_microdvd(std::string_view text) {
  Subtitles found;
  double rate = kFramesPerSecond;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    const auto frames = read_frames(line);
    if (!frames) {
      found.unread_times += trimmed(line).empty() ? 0 : 1;
      continue;
    }
    const std::string_view words = line.substr(frames->size);
    // The first one may say how many frames a second has.
    if (found.cues.empty() && frames->begin <= 1 && frames->end <= 1) {
      const double said = std::strtod(std::string(trimmed(words)).c_str(), nullptr);
      if (said >= 1 && said <= 1000) {
        rate = said;
        continue;
      }
    }
    Cue cue;
    cue.begin = static_cast<std::int64_t>(static_cast<double>(frames->begin) * 1000 / rate);
    cue.end = frames->end < 0
                  ? cue.begin
                  : static_cast<std::int64_t>(static_cast<double>(frames->end) * 1000 / rate);
    for (std::size_t at = 0; at <= words.size();) {
      const std::size_t end = std::min(words.find('|', at), words.size());
      add_line(without_looks(words.substr(at, end - at)), cue);
      at = end + 1;
    }
    add_cue(std::move(cue), found);
  }
  return found;
}

}  // namespace sluice::subtitles
