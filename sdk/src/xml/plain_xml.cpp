// SPDX-License-Identifier: Apache-2.0
//
// XML 1.0, sections 2.4 (text), 3.1 (tags), 3.3.3 (attribute values), 4.1 (references).
#include "xml/plain_xml.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

// More are left to the other parser, which finds a name given twice in less than n * n steps.
constexpr std::size_t kMaxAttributes = 24;
// `&#x0010FFFF;` with zeros to spare.
constexpr std::size_t kMaxReference = 16;

using Set = std::array<bool, 256>;

// Bytes that stand for themselves. 0xEF begins U+FFFE and U+FFFF, which are no characters.
constexpr Set plain_but(std::string_view special) {
  Set plain{};
  for (std::size_t i = 0x20; i < plain.size(); ++i) plain[i] = i != 0xEF;
  for (const char c : special) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}
constexpr Set make_names() {
  Set names{};
  for (std::size_t i = 0; i < 0x80; ++i) {
    const char c = static_cast<char>(i);
    names[i] = is_ascii_alphanumeric(c) || c == '_' || c == ':' || c == '-' || c == '.';
  }
  return names;
}

constexpr Set kPlainText = [] {
  Set plain = plain_but("<&]");
  plain['\t'] = plain['\n'] = true;
  return plain;
}();
constexpr Set kPlainValue = plain_but("<&\"'");
constexpr Set kName = make_names();

bool is_in(const Set& set, char c) {
  return set[static_cast<unsigned char>(c)];
}

std::size_t skip(const Set& set, std::string_view text, std::size_t at) {
  while (at < text.size() && is_in(set, text[at])) ++at;
  return at;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool begins_name(char c) {
  return is_ascii_letter(c) || c == '_' || c == ':';
}

// The character of a reference without its `&` and `;`; nothing for one that is left to others.
std::optional<char32_t> character_of(std::string_view reference) {
  if (reference == "lt") return U'<';
  if (reference == "gt") return U'>';
  if (reference == "amp") return U'&';
  if (reference == "quot") return U'"';
  if (reference == "apos") return U'\'';
  if (!reference.starts_with('#')) return std::nullopt;
  reference.remove_prefix(1);
  const bool is_hex = reference.starts_with('x');
  if (is_hex) reference.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = reference.data() + reference.size();
  const auto parsed = std::from_chars(reference.data(), end, code, is_hex ? 16 : 10);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  const bool is_character = code == '\t' || code == '\n' || code == '\r' ||
                            (code >= 0x20 && code < 0xD800) || (code >= 0xE000 && code < 0xFFFE) ||
                            (code >= 0x10000 && code <= 0x10FFFF);
  return is_character ? std::optional<char32_t>(code) : std::nullopt;
}

enum class Found : std::uint8_t { kWhole, kIncomplete, kOdd };

// Appends the character of the reference at `at`, and moves behind it.
Found resolve(std::string_view text, std::size_t& at, std::string& out) {
  const std::string_view rest = text.substr(at + 1, kMaxReference);
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos) {
    return rest.size() < kMaxReference ? Found::kIncomplete : Found::kOdd;
  }
  const auto code = character_of(rest.substr(0, end));
  if (!code) return Found::kOdd;
  append_utf8(out, *code);
  at += end + 2;
  return Found::kWhole;
}

// Whether U+FFFE or U+FFFF begins at the byte 0xEF at `at`.
bool is_no_character(std::string_view text, std::size_t at) {
  return text[at + 1] == '\xBF' && static_cast<unsigned char>(text[at + 2]) >= 0xBE;
}

PlainToken token_of(Found found) {
  return found == Found::kOdd ? PlainToken::kOdd : PlainToken::kIncomplete;
}

}  // namespace

// The attributes of a start tag, from behind its name on.
class PlainXml::Tag {
 public:
  Tag(std::string_view text, std::size_t at, std::string& resolved)
      : text_(text), at_(at), resolved_(resolved) {}

  std::size_t at() const { return at_; }
  bool is_empty_element() const { return is_empty_element_; }

  // Up to the end of the tag.
  Found read(std::vector<XmlPair>& attributes) {
    while (true) {
      const std::size_t before = at_;
      skip_blanks();
      if (at_ == text_.size()) return Found::kIncomplete;
      if (text_[at_] == '>') {
        ++at_;
        return Found::kWhole;
      }
      if (text_[at_] == '/') return read_slash();
      if (at_ == before || attributes.size() == kMaxAttributes) return Found::kOdd;
      XmlPair pair;
      if (const Found found = read_name(pair.name); found != Found::kWhole) return found;
      if (const Found found = read_value(pair.value); found != Found::kWhole) return found;
      for (const XmlPair& other : attributes) {
        if (other.name == pair.name) return Found::kOdd;
      }
      attributes.push_back(pair);
    }
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  Found read_slash() {
    if (at_ + 1 == text_.size()) return Found::kIncomplete;
    if (text_[at_ + 1] != '>') return Found::kOdd;
    is_empty_element_ = true;
    at_ += 2;
    return Found::kWhole;
  }

  // A name and the `=` behind it.
  Found read_name(std::string_view& name) {
    if (!begins_name(text_[at_])) return Found::kOdd;
    const std::size_t begin = at_;
    at_ = skip(kName, text_, at_);
    name = text_.substr(begin, at_ - begin);
    skip_blanks();
    if (at_ == text_.size()) return Found::kIncomplete;
    if (text_[at_] != '=') return Found::kOdd;
    ++at_;
    skip_blanks();
    return at_ == text_.size() ? Found::kIncomplete : Found::kWhole;
  }

  // A value in quotes, behind which a blank or the end of the tag stands.
  Found read_value(std::string_view& value) {
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') return Found::kOdd;
    const std::size_t begin = ++at_;
    at_ = skip(kPlainValue, text_, at_);
    if (at_ < text_.size() && text_[at_] == quote) {
      value = text_.substr(begin, at_ - begin);
    } else {
      const std::size_t from = resolved_.size();
      resolved_.append(text_, begin, at_ - begin);
      if (const Found found = read_rest(quote); found != Found::kWhole) return found;
      value = std::string_view(resolved_).substr(from);
    }
    ++at_;
    if (at_ == text_.size()) return Found::kIncomplete;
    const char next = text_[at_];
    return is_blank(next) || next == '>' || next == '/' ? Found::kWhole : Found::kOdd;
  }

  // What is not plain of a value, up to its closing quote.
  Found read_rest(char quote) {
    while (at_ < text_.size() && text_[at_] != quote) {
      const char c = text_[at_];
      if (c == '&') {
        if (const Found found = resolve(text_, at_, resolved_); found != Found::kWhole)
          return found;
      } else if (is_blank(c)) {
        if (c == '\r' && text_.substr(at_ + 1).starts_with('\n')) ++at_;
        resolved_ += ' ';
        ++at_;
      } else if (c == '\'' || c == '"' || (c == '\xEF' && !is_no_character(text_, at_))) {
        resolved_ += c;
        ++at_;
      } else {
        return Found::kOdd;
      }
      const std::size_t end = skip(kPlainValue, text_, at_);
      resolved_.append(text_, at_, end - at_);
      at_ = end;
    }
    return at_ < text_.size() ? Found::kWhole : Found::kIncomplete;
  }

  std::string_view text_;
  std::size_t at_;
  std::string& resolved_;
  bool is_empty_element_ = false;
};

PlainToken PlainXml::next(std::string_view text, std::size_t& at) {
  if (at == text.size()) return PlainToken::kIncomplete;
  if (text[at] != '<') return read_text(text, at);
  if (at + 1 == text.size()) return PlainToken::kIncomplete;
  if (text[at + 1] == '/') return read_end(text, at);
  return begins_name(text[at + 1]) ? read_start(text, at) : PlainToken::kOdd;
}

PlainToken PlainXml::read_text(std::string_view text, std::size_t& at) {
  const char first = text[at];
  if (first == '&') return read_reference(text, at);
  if (first == '\r') return read_line_end(text, at);
  std::size_t end = at;
  while (true) {
    end = skip(kPlainText, text, end);
    if (end == text.size() || text[end] == '<') break;
    if (text[end] == '\xEF' && !is_no_character(text, end)) {
      end += 3;
    } else if (text[end] == ']') {
      const std::string_view mark = text.substr(end, 3);
      if (mark == "]]>") return read_lines_before(text, at, end);
      if (mark.size() < 3 && std::string_view("]]>").starts_with(mark)) break;
      ++end;
    } else {
      break;
    }
  }
  if (end == at) return first == ']' ? PlainToken::kIncomplete : PlainToken::kOdd;
  characters_ = text.substr(at, end - at);
  at = end;
  return PlainToken::kText;
}

// Text that must not hold the `]]>` at `mark`: the other parser reports its lines before that one.
PlainToken PlainXml::read_lines_before(std::string_view text, std::size_t& at, std::size_t mark) {
  const std::string_view run = text.substr(at, mark - at);
  const std::size_t line_end = run.rfind('\n');
  if (line_end == std::string_view::npos) return PlainToken::kOdd;
  characters_ = run.substr(0, line_end + 1);
  at += characters_.size();
  return PlainToken::kText;
}

PlainToken PlainXml::read_reference(std::string_view text, std::size_t& at) {
  resolved_.clear();
  const Found found = resolve(text, at, resolved_);
  if (found != Found::kWhole) return token_of(found);
  characters_ = resolved_;
  return PlainToken::kText;
}

// CR and CR LF are LF (2.11).
PlainToken PlainXml::read_line_end(std::string_view text, std::size_t& at) {
  if (at + 1 == text.size()) return PlainToken::kIncomplete;
  at += text[at + 1] == '\n' ? 2 : 1;
  characters_ = "\n";
  return PlainToken::kText;
}

PlainToken PlainXml::read_start(std::string_view text, std::size_t& at) {
  const std::size_t name_end = skip(kName, text, at + 1);
  if (name_end == text.size()) return PlainToken::kIncomplete;
  attributes_.clear();
  // What a reference stands for is never longer than it, so that the views stay valid.
  resolved_.clear();
  resolved_.reserve(text.size() - at);
  Tag tag(text, name_end, resolved_);
  if (const Found found = tag.read(attributes_); found != Found::kWhole) return token_of(found);
  name_ = text.substr(at + 1, name_end - at - 1);
  at = tag.at();
  if (tag.is_empty_element()) return PlainToken::kStartAndEnd;
  starts_.push_back(names_.size());
  names_ += name_;
  return PlainToken::kStart;
}

PlainToken PlainXml::read_end(std::string_view text, std::size_t& at) {
  if (starts_.empty()) return PlainToken::kOdd;
  const std::string_view expected = innermost();
  const std::string_view rest = text.substr(at + 2);
  const std::string_view name = rest.substr(0, expected.size());
  if (!expected.starts_with(name)) return PlainToken::kOdd;
  std::size_t end = name.size();
  while (end < rest.size() && is_blank(rest[end])) ++end;
  if (end >= rest.size()) return PlainToken::kIncomplete;
  if (rest[end] != '>') return PlainToken::kOdd;
  name_ = name;
  at += 2 + end + 1;
  names_.resize(starts_.back());
  starts_.pop_back();
  return PlainToken::kEnd;
}

std::string PlainXml::open_tags() const {
  std::string tags;
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    const std::size_t end = i + 1 < starts_.size() ? starts_[i + 1] : names_.size();
    tags += '<';
    tags.append(names_, starts_[i], end - starts_[i]);
    tags += '>';
  }
  return tags;
}

}  // namespace sluice
