#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

using std::string_view_literals::operator""sv;

enum class Order { kLittle, kBig };

// Code units of a fixed width, as numbers; a last one that is cut off is left out.
class Units {
 public:
  Units(std::string_view bytes, std::size_t width, Order order)
      : bytes_(bytes), width_(width), order_(order) {}

  std::size_t size() const { return bytes_.size() / width_; }
  std::uint32_t operator[](std::size_t i) const {
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < width_; ++k) {
      const std::size_t at = i * width_ + (order_ == Order::kBig ? k : width_ - 1 - k);
      value = value << 8 | static_cast<unsigned char>(bytes_[at]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  std::size_t width_;
  Order order_;
};

bool is_stray_control(std::uint32_t c) {
  // What text has: tab, line ends, form feed, backspace (overstrike), escape (ISO 2022).
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\b' && c != 0x1b) ||
         c == 0x7f;
}

struct BinaryBytes {
  std::size_t nuls = 0;
  std::size_t stray = 0;
};

// Eight bytes at a time: most words of a text hold none below a blank, and no DEL.
BinaryBytes count_binary(std::string_view bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = kOnes * 0x80;
  const auto has_below = [](std::uint64_t word, std::uint64_t least) {
    return ((word - kOnes * least) & ~word & kHighs) != 0;
  };
  BinaryBytes found;
  std::size_t i = 0;
  while (i < bytes.size()) {
    std::size_t end = std::min(i + 8, bytes.size());
    if (end - i == 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i, sizeof word);
      if (!has_below(word, 0x20) && !has_below(word ^ (kOnes * 0x7f), 1)) {
        i = end;
        continue;
      }
    }
    for (; i < end; ++i) {
      found.nuls += bytes[i] == 0 ? 1 : 0;
      found.stray += is_stray_control(static_cast<unsigned char>(bytes[i])) ? 1 : 0;
    }
  }
  return found;
}

std::string narrow(const Units& units) {
  std::string out;
  out.reserve(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    out.push_back(units[i] < 0x80 ? static_cast<char>(units[i]) : '?');
  }
  return out;
}

// How many units are ASCII, or nothing if these are no characters of that encoding.
std::optional<std::size_t> ascii_in_utf16(const Units& units) {
  std::size_t ascii = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint32_t unit = units[i];
    if (unit >= 0xd800 && unit < 0xdc00) {
      if (i + 1 == units.size()) break;
      const std::uint32_t low = units[++i];
      if (low < 0xdc00 || low > 0xdfff) return std::nullopt;
    } else if ((unit >= 0xdc00 && unit <= 0xdfff) || unit >= 0xfffe || is_stray_control(unit) ||
               (unit >= 0xe000 && unit < 0xf900)) {  // private use: no text, but much of binary
      return std::nullopt;
    } else if (unit < 0x80) {
      ++ascii;
    }
  }
  return ascii;
}

bool is_utf32(const Units& units) {
  if (units.size() == 0) return false;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint32_t c = units[i];
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) || is_stray_control(c)) return false;
  }
  return true;
}

TextGuess wide(const Units& units, std::string why) {
  return {Textness::kText, narrow(units), std::move(why)};
}

std::optional<TextGuess> by_byte_order_mark(std::string_view bytes) {
  struct Mark {
    std::string_view bytes;
    std::size_t width;
    Order order;
    const char* name;
  };
  // UTF-32LE before UTF-16LE, whose mark it begins with.
  static constexpr auto kMarks = std::to_array<Mark>({
      {"\xff\xfe\0\0"sv, 4, Order::kLittle, "UTF-32LE byte order mark"},
      {"\0\0\xfe\xff"sv, 4, Order::kBig, "UTF-32BE byte order mark"},
      {"\xff\xfe"sv, 2, Order::kLittle, "UTF-16LE byte order mark"},
      {"\xfe\xff"sv, 2, Order::kBig, "UTF-16BE byte order mark"},
  });
  for (const Mark& mark : kMarks) {
    if (!bytes.starts_with(mark.bytes)) continue;
    const Units units(bytes.substr(mark.bytes.size()), mark.width, mark.order);
    if (mark.width == 4 ? units.size() == 0 || is_utf32(units)
                        : ascii_in_utf16(units).has_value()) {
      return wide(units, mark.name);
    }
  }
  return std::nullopt;
}

// Wide text without a mark always has NULs, in its blanks and line ends if nowhere else.
std::optional<TextGuess> by_wide_pattern(std::string_view bytes) {
  for (const Order order : {Order::kLittle, Order::kBig}) {
    const Units units(bytes, 4, order);
    if (units.size() >= 2 && is_utf32(units)) {
      return wide(units, order == Order::kLittle ? "looks like UTF-32LE" : "looks like UTF-32BE");
    }
  }
  if (bytes.size() < 4) return std::nullopt;
  const Units little(bytes, 2, Order::kLittle);
  const Units big(bytes, 2, Order::kBig);
  const std::size_t little_ascii = ascii_in_utf16(little).value_or(0);
  const std::size_t big_ascii = ascii_in_utf16(big).value_or(0);
  const std::size_t most = std::max(little_ascii, big_ascii);
  if (most * 50 < little.size() || most < 4) return std::nullopt;
  // Narrow text with a few NULs reads as rare ideographs.
  const auto printable = std::count_if(bytes.begin(), bytes.end(),
                                       [](char c) { return (c >= ' ' && c < 0x7f) || c == '\n'; });
  if (static_cast<std::size_t>(printable) * 100 > bytes.size() * 85) return std::nullopt;
  return little_ascii >= big_ascii ? wide(little, "looks like UTF-16LE")
                                   : wide(big, "looks like UTF-16BE");
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Length of a header field's name at the start of `line` (RFC 5322, 2.2), or 0.
std::size_t field_name(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < 64 && line[end] > ' ' && line[end] < 0x7f && line[end] != ':') {
    ++end;
  }
  return end < line.size() && line[end] == ':' ? end : 0;
}

// A block of header fields such as only mail has. `envelope`: the line that a mailbox puts in front
// stands before it.
bool has_mail_headers(std::string_view text, bool envelope) {
  static constexpr auto kTelling = std::to_array<std::string_view>(
      {"from", "to", "date", "subject", "message-id", "received", "mime-version", "return-path",
       "delivered-to", "x-mailer", "dkim-signature"});
  std::array<bool, kTelling.size()> seen{};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    // The prefix of a long header ends within a line.
    const bool is_cut = end == text.size();
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) break;
    if (is_blank(line[0])) continue;  // folded
    const std::size_t name = field_name(line);
    if (name == 0 && is_cut) break;
    if (name == 0) return false;
    const auto telling = std::find(kTelling.begin(), kTelling.end(), lower(line.substr(0, name)));
    if (telling != kTelling.end())
      seen[static_cast<std::size_t>(telling - kTelling.begin())] = true;
  }
  // What only mail has, beside an ordinary field.
  const bool transport = seen[4] || seen[5] || seen[6] || seen[7] || seen[8] || seen[10];
  const auto fields = std::count(seen.begin(), seen.end(), true);
  return envelope ? fields >= 2 : fields >= 3 && transport;
}

}  // namespace

TextGuess guess_text(std::string_view prefix) {
  if (prefix.empty()) return {Textness::kText, "", "it is empty"};
  if (auto guess = by_byte_order_mark(prefix)) return std::move(*guess);
  auto [nuls, stray] = count_binary(prefix);
  if (nuls > 0) {
    if (auto guess = by_wide_pattern(prefix)) return std::move(*guess);
  }
  // A DOS end-of-file mark is no stray byte.
  if (prefix.back() == 0x1a) --stray;
  if (nuls == 0 && stray * 200 <= prefix.size()) return {Textness::kText, "", "no binary bytes"};
  if (stray <= 4 + prefix.size() / 50) return {Textness::kDoubtful, "", "few binary bytes"};
  return {Textness::kBinary, "", "binary bytes"};
}

std::optional<TextHint> sniff_mail(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  if (!text.starts_with("From ")) {
    // Apple Mail writes the size of the message in a line before it.
    const std::size_t size_end = text.find_first_not_of("0123456789 \r");
    const bool has_size = size_end != text.npos && size_end > 0 && text[size_end] == '\n';
    if (has_size) text.remove_prefix(size_end + 1);
    if (!has_mail_headers(text, false)) return std::nullopt;
    return TextHint{"message/rfc822", "mail headers", true};
  }
  // "From sender weekday month day time year" (RFC 4155), then headers.
  const std::size_t end = text.find('\n');
  if (end > 200 || !has_mail_headers(text.substr(end + 1), true)) return std::nullopt;
  return TextHint{"application/mbox", "a From line and mail headers", true};
}

std::optional<TextHint> sniff_tagged(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  struct Tag {
    std::string_view begin;  // in lower case
    std::string_view media_type;
  };
  // iCalendar (RFC 5545) and vCard (RFC 6350) begin with a line of their own, in any case.
  static constexpr auto kTags = std::to_array<Tag>({
      {"begin:vcalendar", "text/calendar"},
      {"begin:vcard", "text/vcard"},
      {"{\\rtf1", "application/rtf"},
      {"webvtt", "text/vtt"},
      {"[script info]", "text/x-ssa"},
      {"[information]", "text/x-sbv"},
      {"<sami", "application/x-sami"},
  });
  for (const Tag& tag : kTags) {
    if (lower(text.substr(0, tag.begin.size())) != tag.begin) continue;
    const std::string_view rest = text.substr(tag.begin.size());
    const bool is_word = rest.empty() || std::string_view(" \t\r\n\\>").find(rest[0]) != rest.npos;
    if (!is_word) continue;
    return TextHint{std::string(tag.media_type), "leading " + std::string(tag.begin), true};
  }
  return std::nullopt;
}

namespace {

// A Jupyter notebook's cells say what they are (nbformat 3 and 4).
bool is_notebook(std::string_view object) {
  return object.find("\"cell_type\"") != object.npos &&
         (object.find("\"cells\"") != object.npos || object.find("\"worksheets\"") != object.npos);
}

// How many of `text` are a time, "00:01:02,500" (SubRip) or "0:01:02.500" (SubViewer); 0 if it
// begins with none.
std::size_t time_size(std::string_view text) {
  std::size_t at = 0;
  int colons = 0;
  bool in_digits = false;
  for (; at < text.size() && at < 16; ++at) {
    if (text[at] >= '0' && text[at] <= '9') {
      in_digits = true;
    } else if (text[at] == ':' && in_digits) {
      ++colons;
      in_digits = false;
    } else {
      break;
    }
  }
  if (colons != 2 || !in_digits || at + 4 > text.size() || (text[at] != ',' && text[at] != '.'))
    return 0;
  for (std::size_t i = at + 1; i < at + 4; ++i) {
    if (text[i] < '0' || text[i] > '9') return 0;
  }
  return at + 4;
}

// "{12}{34}": the frames between which a text is shown.
bool is_microdvd(std::string_view text) {
  for (int number = 0; number < 2; ++number) {
    if (!text.starts_with('{')) return false;
    const std::size_t end = text.find_first_not_of("0123456789", 1);
    if (end == text.npos || end == 1 || text[end] != '}') return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

std::optional<TextHint> sniff_subtitles(std::string_view text) {
  // A number, on a line of its own.
  std::size_t digits = 0;
  while (digits < text.size() && digits < 8 && text[digits] >= '0' && text[digits] <= '9') ++digits;
  std::string_view line = text;
  const std::string_view behind = text.substr(digits);
  if (digits > 0 && (behind.starts_with('\n') || behind.starts_with("\r\n"))) {
    line = behind.substr(behind[0] == '\n' ? 1 : 2);
  }
  if (is_microdvd(text)) return TextHint{"text/x-microdvd", "a line of two frames", true};
  const std::size_t begin = time_size(line);
  if (begin == 0) return std::nullopt;
  if (line.substr(begin).starts_with(" --> ") && time_size(line.substr(begin + 5)) > 0) {
    return TextHint{"application/x-subrip", "a line of times with an arrow", true};
  }
  if (line.substr(begin).starts_with(',') && time_size(line.substr(begin + 1)) > 0) {
    return TextHint{"text/x-sbv", "a line of two times", true};
  }
  return std::nullopt;
}

std::optional<TextHint> sniff_json(std::string_view text) {
  const auto skip = [&text] {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  };
  skip();
  if (text.empty() || (text[0] != '{' && text[0] != '[')) return std::nullopt;
  const bool object = text[0] == '{';
  text.remove_prefix(1);
  skip();
  if (text.empty()) return std::nullopt;
  const bool fits =
      object
          ? text[0] == '"' || text[0] == '}'
          : std::string_view("{[\"]-0123456789").find(text[0]) != std::string_view::npos ||
                text.starts_with("true") || text.starts_with("false") || text.starts_with("null");
  if (!fits) return std::nullopt;
  if (object && is_notebook(text)) {
    return TextHint{"application/x-ipynb+json", "a JSON object with cells", true};
  }
  return TextHint{"application/json", object ? "leading JSON object" : "leading JSON list", false};
}

}  // namespace sluice::plugin
