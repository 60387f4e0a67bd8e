// SPDX-License-Identifier: Apache-2.0
//
// Timed Text Markup Language (https://www.w3.org/TR/ttml2/, sections 8, 10 and 12), with its older
// namespaces (DFXP) and what services write that never declare their prefixes.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/xml_stream.hpp>
#include <utility>

#include "subtitles/cues.hpp"

namespace sluice::subtitles {
namespace {

constexpr auto kNames = std::to_array<XmlNamespace>({
    {"", "http://www.w3.org/ns/ttml"},
    {"", "http://www.w3.org/2006/10/ttaf1"},
    {"", "http://www.w3.org/2006/04/ttaf1"},
    {"ttm", "http://www.w3.org/ns/ttml#metadata"},
    {"ttm", "http://www.w3.org/2006/10/ttaf1#metadata"},
    {"ttm", "http://www.w3.org/2006/10/ttaf1#style-extension"},
    {"ttm", "http://www.w3.org/2006/04/ttaf1#metadata"},
    {"ttp", "http://www.w3.org/ns/ttml#parameter"},
    {"ttp", "http://www.w3.org/2006/10/ttaf1#parameter"},
    {"ttp", "http://www.w3.org/2006/04/ttaf1#parameter"},
    {"xml", "http://www.w3.org/XML/1998/namespace"},
    {"smpte", "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt"},
    {"smpte", "http://www.smpte-ra.org/schemas/2052-1/2013/smpte-tt"},
});
constexpr double kMaxSeconds = 1e9;

// A number of digits with a fraction, also behind a comma; where it ends goes to `at`.
std::optional<double> read_number(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789.,", at), text.size());
  if (end == at || end - at > 18) return std::nullopt;
  std::string digits(text.substr(at, end - at));
  std::replace(digits.begin(), digits.end(), ',', '.');
  at = end;
  return std::strtod(digits.c_str(), nullptr);
}

// What numbers of frames and ticks mean (ttp:frameRate, ttp:frameRateMultiplier, ttp:tickRate).
struct Clock {
  double frames = 30;  // a second
  double ticks = 1;

  void read(const XmlAttributes& root) {
    std::size_t at = 0;
    const auto rate = read_number(root["ttp:frameRate"], at);
    if (rate && *rate > 0) frames = *rate;
    const std::string_view multiplier = root["ttp:frameRateMultiplier"];
    at = 0;
    const auto times = read_number(multiplier, at);
    at = std::min(multiplier.find_first_not_of(" :", at), multiplier.size());
    const auto by = read_number(multiplier, at);
    if (times && by && *times > 0 && *by > 0) frames *= *times / *by;
    at = 0;
    const auto tick = read_number(root["ttp:tickRate"], at);
    if (tick && *tick > 0) {
      ticks = *tick;
    } else if (rate) {
      ticks = frames;
    }
  }

  // A time expression, in seconds: "01:02:03.5", "01:02:03:12" with frames, "1:02", "2.5s", "90f".
  std::optional<double> seconds(std::string_view text) const {
    text = trimmed(text);
    std::size_t at = 0;
    std::array<double, 4> parts{};
    std::size_t count = 0;
    do {
      if (count > 0) ++at;
      const auto number = count < parts.size() ? read_number(text, at) : std::nullopt;
      if (!number) return std::nullopt;
      parts[count++] = *number;
    } while (at < text.size() && (text[at] == ':' || text[at] == ';'));
    const std::string_view unit = text.substr(at);
    if (count > 1 && !unit.empty()) return std::nullopt;
    const double value = count == 1 ? parts[0] * seconds_of(unit)
                         : count == 2
                             ? parts[0] * 60 + parts[1]
                             : parts[0] * 3600 + parts[1] * 60 + parts[2] + parts[3] / frames;
    if (!(value >= 0 && value <= kMaxSeconds)) return std::nullopt;
    return value;
  }

 private:
  // Of a unit; no number times "not a number" is one.
  double seconds_of(std::string_view unit) const {
    if (unit.empty() || unit == "s") return 1;
    if (unit == "ms") return .001;
    if (unit == "m") return 60;
    if (unit == "h") return 3600;
    if (unit == "f") return 1 / frames;
    return unit == "t" ? 1 / ticks : std::nan("");
  }
};

// What times within a timed element count from: its begin (TTML), or that of the film, as services
// write it.
enum class Base : std::uint8_t { kParent, kFilm };

class Reader : public XmlHandler {
 public:
  Reader(Subtitles& found, Base base) : found_(found), base_(base) {}

  // Whether times make sense from the begin of the film alone: from those of their parents, some
  // begin when these have ended.
  bool counts_from_film() const { return late_ > 0 && early_ == 0; }

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    const Element parent = open_.empty() ? Element() : open_.back();
    Element element = parent;
    element.cursor = element.begin;
    if (open_.empty()) {
      clock_.read(attributes);
      found_.language = attributes["xml:lang"];
      element.end = kMaxSeconds;
    } else if (!parent.is_aside) {
      begin(name, attributes, parent, element);
    } else {
      begin_aside(name, attributes);
    }
    open_.push_back(element);
  }

  void end_element(std::string_view name) override {
    const Element element = open_.back();
    open_.pop_back();
    if (!open_.empty()) open_.back().cursor = element.end;
    if (element.is_cue) end_cue();
    if (name == "ttm:name" || name == "ttm:title") end_name(name);
  }

  void text(std::string_view piece) override {
    if (open_.empty()) return;
    if (in_name_) name_ += piece;
    if (in_paragraph_ && !open_.back().is_aside) line_ += piece;
  }

 private:
  struct Element {
    double begin = 0;  // seconds
    double end = 0;
    // The same if times count from the begin of the film.
    double film_begin = 0;
    double film_end = kMaxSeconds;
    double cursor = 0;  // where the next child of a sequence begins
    std::string agent;
    bool is_sequence = false;
    bool is_aside = false;  // metadata, styles, regions
    bool is_cue = false;
  };

  void begin(std::string_view name, const XmlAttributes& attributes, const Element& parent,
             Element& element) {
    element.is_cue = false;
    const bool is_content = name == "body" || name == "div" || name == "p" || name == "span";
    if (name == "br") return end_line();
    if (name == "image" || name == "smpte:image") ++found_.attachments;
    if (!is_content) {
      element.is_aside = true;
      return begin_aside(name, attributes);
    }
    const bool is_timed = read_times(attributes, parent, element);
    element.is_sequence = attributes["timeContainer"] == "seq";
    if (const auto agent = attributes.find("ttm:agent")) element.agent = *agent;
    if (name == "p" && !in_paragraph_) {
      begin_cue(element);
      is_paragraph_timed_ = is_timed;
    } else if (name == "span" && in_paragraph_ && is_timed && !is_paragraph_timed_) {
      // Paragraphs without a time of their own hold their subtitles.
      flush();
      begin_cue(element);
    }
  }

  // Whether the element has a time of its own.
  bool read_times(const XmlAttributes& attributes, const Element& parent, Element& element) {
    const double base = base_ == Base::kFilm ? 0
                        : parent.is_sequence ? parent.cursor
                                             : parent.begin;
    const auto read = [&](std::string_view which) -> std::optional<double> {
      const auto value = attributes.find(which);
      const auto seconds = value ? clock_.seconds(*value) : std::nullopt;
      if (value && !seconds) ++found_.unread_times;
      return seconds;
    };
    const auto begin = read("begin");
    const auto end = read("end");
    const auto duration = read("dur");
    if (begin && base + *begin > parent.end) ++late_;
    if (begin && (*begin < parent.film_begin || *begin > parent.film_end)) ++early_;
    element.film_begin = begin.value_or(parent.film_begin);
    element.film_end = end.value_or(parent.film_end);
    element.begin = begin ? base + *begin : std::max(base, parent.begin);
    element.end = parent.end;
    if (end) element.end = std::min(element.end, base + *end);
    if (duration) element.end = std::min(element.end, element.begin + *duration);
    element.cursor = element.begin;
    return begin.has_value();
  }

  void begin_aside(std::string_view name, const XmlAttributes& attributes) {
    if (name == "ttm:agent") agent_in_head_ = attributes["xml:id"];
    if (name == "ttm:name" || name == "ttm:title") {
      in_name_ = true;
      name_.clear();
    }
  }

  void end_name(std::string_view which) {
    in_name_ = false;
    if (which == "ttm:title") {
      if (found_.title.empty()) found_.title = one_line(name_);
    } else if (!agent_in_head_.empty()) {
      agents_[agent_in_head_] = one_line(name_);
    }
  }

  void begin_cue(Element& element) {
    in_paragraph_ = true;
    element.is_cue = true;
    cue_ = {};
    cue_.begin = std::llround(element.begin * 1000);
    cue_.end = std::llround(std::min(element.end, kMaxSeconds) * 1000);
    const auto agent = agents_.find(element.agent);
    if (agent != agents_.end() && agents_.size() > 1) cue_.speaker = agent->second;
    line_.clear();
  }

  void end_line() {
    std::string text = one_line(line_);
    if (in_paragraph_ && !text.empty()) cue_.lines.push_back(std::move(text));
    line_.clear();
  }

  void flush() {
    end_line();
    add_cue(cue_, found_);
    cue_.lines.clear();
  }

  void end_cue() {
    flush();
    in_paragraph_ = std::any_of(open_.begin(), open_.end(),
                                [](const Element& element) { return element.is_cue; });
  }

  Subtitles& found_;
  Base base_;
  std::size_t late_ = 0;   // times that come after the end of their parent
  std::size_t early_ = 0;  // times that, from the begin of the film, are not within their parent
  Clock clock_;
  std::vector<Element> open_;
  std::map<std::string, std::string, std::less<>> agents_;  // names by identifier
  std::string agent_in_head_;
  std::string name_;
  std::string line_;
  Cue cue_;
  bool in_name_ = false;
  bool in_paragraph_ = false;
  bool is_paragraph_timed_ = false;
};

}  // namespace

bool is_ttml(std::string_view text) {
  constexpr std::size_t kMaxTag = 4096;
  std::size_t at = 0;
  for (;;) {
    at = text.find('<', at);
    if (at == text.npos || at + 1 >= text.size()) return false;
    if (text[at + 1] != '?' && text[at + 1] != '!') break;
    const std::string_view end = text.substr(at).starts_with("<!--") ? "-->" : ">";
    at = text.find(end, at);
    if (at == text.npos) return false;
    at += end.size();
  }
  std::string_view name = text.substr(at + 1, kMaxTag);
  name = name.substr(0, name.find_first_of(" \t\r\n>/"));
  return name == "tt" || name.ends_with(":tt");
}

Subtitles read_ttml(std::string_view text) {
  Subtitles found;
  for (const Base base : {Base::kParent, Base::kFilm}) {
    found = {};
    Reader reader(found, base);
    XmlStream stream("the file", kNames, reader);
    stream.feed(text);
    stream.finish();
    if (!reader.counts_from_film()) break;
  }
  std::stable_sort(found.cues.begin(), found.cues.end(),
                   [](const Cue& a, const Cue& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace sluice::subtitles
