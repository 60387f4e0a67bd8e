// SPDX-License-Identifier: Apache-2.0
#include "tokenizer.hpp"

#include <algorithm>
#include <cstring>
#include <sluice/url.hpp>

#include "doctype_reader.hpp"
#include "tag_reader.hpp"

namespace sluice::html::parser {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::string with_replacements(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\0') {
      out += kReplacement;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

void normalize_line_ends(std::string& text) {
  std::size_t in = text.find('\r');
  if (in == std::string::npos) return;
  std::size_t out = in;
  while (in < text.size()) {
    in += text.compare(in, 2, "\r\n") == 0 ? 2 : 1;
    text[out++] = '\n';
    const std::size_t next = std::min(text.find('\r', in), text.size());
    std::memmove(text.data() + out, text.data() + in, next - in);
    out += next - in;
    in = next;
  }
  text.resize(out);
}

void Tokenizer::switch_to(TextKind kind, std::string_view name) {
  kind_ = kind;
  end_name_ = name;
}

void Tokenizer::run() {
  while (!at_end() && !sink_.is_full()) {
    switch (kind_) {
      case TextKind::kData:
        data();
        break;
      case TextKind::kRcdata:
      case TextKind::kRawtext:
      case TextKind::kScript:
        text_element();
        break;
      case TextKind::kPlaintext:
        plaintext();
        break;
    }
  }
  sink_.end_of_file();
}

bool Tokenizer::at_word(std::string_view word) const {
  return equal_ignoring_ascii_case(text_.substr(at_, word.size()), word);
}

void Tokenizer::emit(std::size_t end) {
  if (end > at_) sink_.characters(text_.substr(at_, end - at_));
  at_ = end;
}

void Tokenizer::emit_reference() {
  buffer_.clear();
  const std::size_t length = read_reference(text_, at_, ReferenceIn::kText, buffer_);
  if (length == 0) {
    emit(at_ + 1);
    return;
  }
  at_ += length;
  sink_.characters(buffer_);
}

void Tokenizer::emit_with_replacements(std::size_t end) {
  while (at_ < end) {
    emit(std::min(text_.substr(0, end).find('\0', at_), end));
    if (at_ == end) return;
    sink_.characters(kReplacement);
    ++at_;
  }
}

void Tokenizer::data() {
  std::size_t end = at_;
  while (end < text_.size() && text_[end] != '<' && text_[end] != '&') ++end;
  emit(end);
  if (at_end()) return;
  if (text_[at_] == '&') {
    emit_reference();
  } else {
    markup();
  }
}

// At a `<` (13.2.5.6).
void Tokenizer::markup() {
  const char next = peek(1);
  if (is_ascii_letter(next)) {
    ++at_;
    tag(false);
  } else if (next == '!') {
    at_ += 2;
    declaration();
  } else if (next == '?') {
    bogus_comment(at_ + 1);
  } else if (next != '/' || at_ + 2 >= text_.size()) {
    emit(next == '/' ? text_.size() : at_ + 1);
  } else if (is_ascii_letter(peek(2))) {
    at_ += 2;
    tag(true);
  } else if (peek(2) == '>') {
    at_ += 3;
  } else {
    bogus_comment(at_ + 2);
  }
}

void Tokenizer::tag(bool is_end) {
  TagReader reader(text_, at_, tag_);
  if (!reader.read()) {
    at_ = text_.size();
    return;
  }
  at_ = reader.end();
  if (is_end) {
    sink_.end_tag(tag_);
  } else {
    sink_.start_tag(tag_);
  }
}

// Behind `<!` (13.2.5.42).
void Tokenizer::declaration() {
  if (at_word("--")) {
    at_ += 2;
    comment();
  } else if (at_word("doctype")) {
    at_ += 7;
    doctype();
  } else if (text_.substr(at_, 7) == "[CDATA[" && sink_.allows_cdata()) {
    at_ += 7;
    cdata();
  } else {
    bogus_comment(at_);
  }
}

// Behind `<!--` (13.2.5.43 to 13.2.5.52): `-->` and `--!>` end it, and `>` or `->` at once.
void Tokenizer::comment() {
  if (peek() == '>' || (peek() == '-' && peek(1) == '>')) {
    at_ += peek() == '>' ? 1 : 2;
    sink_.comment({});
    return;
  }
  std::size_t end = at_;
  std::size_t behind = kNone;
  while (behind == kNone && (end = text_.find("--", end)) != kNone) {
    if (text_.substr(end + 2, 1) == ">") {
      behind = end + 3;
    } else if (text_.substr(end + 2, 2) == "!>") {
      behind = end + 4;
    } else {
      ++end;
    }
  }
  std::string_view text = text_.substr(at_, behind == kNone ? kNone : end - at_);
  if (behind == kNone) {  // what begins an end at the page's end is none of its text
    for (const std::string_view begun : {"--!", "--", "-"}) {
      if (!text.ends_with(begun)) continue;
      text.remove_suffix(begun.size());
      break;
    }
  }
  at_ = std::min(behind, text_.size());
  sink_.comment(text.find('\0') == kNone ? text : buffer_ = with_replacements(text));
}

void Tokenizer::bogus_comment(std::size_t begin) {
  const std::size_t end = std::min(text_.find('>', begin), text_.size());
  const std::string_view text = text_.substr(begin, end - begin);
  at_ = std::min(end + 1, text_.size());
  sink_.comment(text.find('\0') == kNone ? text : buffer_ = with_replacements(text));
}

void Tokenizer::cdata() {
  const std::size_t end = text_.find("]]>", at_);
  emit(std::min(end, text_.size()));
  if (end != kNone) at_ = end + 3;
}

void Tokenizer::doctype() {
  DoctypeReader reader(text_, at_);
  const Doctype doctype = reader.read();
  at_ = reader.end();
  sink_.doctype(doctype);
}

void Tokenizer::plaintext() {
  emit_with_replacements(text_.size());
}

void Tokenizer::text_element() {
  const std::size_t end = kind_ == TextKind::kScript ? end_of_script(at_) : end_of_text(at_);
  while (at_ < end) {
    const std::size_t reference =
        kind_ == TextKind::kRcdata ? std::min(text_.substr(0, end).find('&', at_), end) : end;
    emit_with_replacements(reference);
    if (at_ < end) emit_reference();
  }
  if (at_end()) return;
  kind_ = TextKind::kData;
  at_ += 2;
  tag(true);
}

// Whether `before` and `name` stand at a place, and what ends a tag's name behind them.
bool Tokenizer::is_tag_at(std::size_t at, std::string_view before, std::string_view name) const {
  const std::size_t end = at + before.size() + name.size();
  if (name.empty() || end >= text_.size() || text_.substr(at, before.size()) != before)
    return false;
  const char behind = text_[end];
  return (is_html_blank(behind) || behind == '/' || behind == '>') &&
         equal_ignoring_ascii_case(text_.substr(at + before.size(), name.size()), name);
}

std::size_t Tokenizer::end_of_text(std::size_t from) const {
  for (std::size_t i = from; (i = text_.find("</", i)) != kNone; ++i) {
    if (is_tag_at(i, "</", end_name_)) return i;
  }
  return text_.size();
}

// Scripts may stand in `<!--` and `-->`; within these, `<script>` hides one end tag (13.2.5.15 to
// 13.2.5.31).
std::size_t Tokenizer::end_of_script(std::size_t from) const {
  bool commented = false;
  bool nested = false;
  for (std::size_t i = from; (i = text_.find_first_of("<-", i)) != kNone; ++i) {
    if (text_[i] == '-') {
      if (commented && text_.substr(i, 3) == "-->") commented = nested = false;
    } else if (is_tag_at(i, "</", end_name_)) {
      if (!nested) return i;
      nested = false;
    } else if (!commented && text_.substr(i, 4) == "<!--") {
      commented = true;
      ++i;  // its dashes may be those of the end: `<!-->`
    } else if (commented && !nested && is_tag_at(i, "<", end_name_)) {
      nested = true;
    }
  }
  return text_.size();
}

}  // namespace sluice::html::parser
