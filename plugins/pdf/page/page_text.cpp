// SPDX-License-Identifier: Apache-2.0
#include "page_text.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <system_error>

#include "unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxWords = 100'000;  // of a page; a newspaper has 10,000
constexpr std::size_t kMaxRules = 20'000;
constexpr float kMaxPlace = 100'000;  // points

std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, " %.2f", static_cast<double>(value));
  return text;
}

std::string numbers(const Box& box) {
  return number(box.x0) + number(box.y0) + number(box.x1) + number(box.y1);
}

// The fields of one line.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  std::string_view next() {
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view field = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return field;
  }
  float place() {
    const std::string_view field = next();
    float value = 0;
    const auto end = std::from_chars(field.data(), field.data() + field.size(), value);
    is_sound_ = is_sound_ && end.ec == std::errc() && end.ptr == field.data() + field.size() &&
                std::isfinite(value) && std::abs(value) <= kMaxPlace;
    return is_sound_ ? value : 0;
  }
  Box box() {
    Box box;
    box.x0 = place();
    box.y0 = place();
    box.x1 = place();
    box.y1 = place();
    is_sound_ = is_sound_ && box.x0 <= box.x1 && box.y0 <= box.y1;
    return box;
  }
  std::string_view rest() const { return rest_; }
  bool is_sound() const { return is_sound_; }

 private:
  std::string_view rest_;
  bool is_sound_ = true;
};

bool read_word(Fields& in, PageContent& content) {
  Word word;
  word.box = in.box();
  word.baseline = in.place();
  word.size = in.place();
  const float degrees = in.place();
  word.blank_before = in.next() == "parted";
  word.face = in.next() == "bold" ? 1 : 0;
  const std::string_view text = in.rest();
  const int quarters = static_cast<int>(std::lround(degrees / 90));
  if (!in.is_sound() || text.empty() || word.size <= 0 || quarters < 0 || quarters > 3)
    return false;
  word.direction = direction_index(quarters, content.directions);
  word.text = static_cast<std::uint32_t>(content.text.size());
  std::size_t chars = 0;
  for (std::size_t at = 0; at < text.size(); ++chars) {
    const char32_t c = next_char(text, at);
    word.right_to_left = word.right_to_left || is_right_to_left(c);
    append_utf8(content.text, c);
  }
  constexpr std::size_t kMaxChars = std::numeric_limits<std::uint16_t>::max();
  word.bytes = static_cast<std::uint32_t>(content.text.size()) - word.text;
  word.chars = static_cast<std::uint16_t>(std::min(chars, kMaxChars));
  content.directions[word.direction].chars += word.chars;
  content.words.push_back(word);
  return true;
}

bool read_rule(Fields& in, PageContent& content) {
  const Box box = in.box();
  const bool across = in.next() == "across";
  content.rules.push_back({box.x0, box.y0, box.x1, box.y1, across});
  return in.is_sound();
}

}  // namespace

std::string page_text(const RecognizedText& page) {
  const PageContent& content = page.content;
  std::string text = "sluice-page 1" + number(content.width) + number(content.height) +
                     number(page.confidence) + (page.is_doubtful ? " doubtful" : " sure") +
                     (page.is_cut ? " cut\n" : " whole\n");
  for (const Word& word : content.words) {
    text += "word" + numbers(word.box) + number(word.baseline) + number(word.size) + ' ' +
            std::to_string(content.directions[word.direction].degrees) +
            (word.blank_before ? " parted" : " joined") + (word.face == 1 ? " bold " : " plain ");
    text += content.text_of(word);
    text += '\n';
  }
  for (const Rule& rule : content.rules) {
    text += "rule" + numbers({rule.x0, rule.y0, rule.x1, rule.y1}) +
            (rule.horizontal ? " across\n" : " down\n");
  }
  return text;
}

std::optional<RecognizedText> parse_page_text(std::string_view text) {
  RecognizedText page;
  bool has_head = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    Fields in(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view kind = in.next();
    if (!has_head) {
      if (kind != "sluice-page" || in.next() != "1") return std::nullopt;
      page.content.width = in.place();
      page.content.height = in.place();
      page.confidence = in.place();
      page.is_doubtful = in.next() == "doubtful";
      page.is_cut = in.next() == "cut";
      if (!in.is_sound()) return std::nullopt;
      has_head = true;
    } else if (kind == "word" && page.content.words.size() < kMaxWords) {
      if (!read_word(in, page.content)) return std::nullopt;
    } else if (kind == "rule" && page.content.rules.size() < kMaxRules) {
      if (!read_rule(in, page.content)) return std::nullopt;
    }
  }
  if (!has_head) return std::nullopt;
  if (page.content.directions.empty()) page.content.directions.push_back(quarter_direction(0));
  return page;
}

}  // namespace sluice::pdf
