// SPDX-License-Identifier: Apache-2.0
#include "tag_reader.hpp"

#include <algorithm>

#include "character_references.hpp"

namespace sluice::html::parser {

bool TagToken::has(std::string_view name) const {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (attribute_name(i) == name) return true;
  }
  return false;
}

std::string_view TagToken::value_of(std::string_view name, std::string_view otherwise) const {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (attribute_name(i) == name) return attribute_value(i);
  }
  return otherwise;
}

bool TagReader::read() {
  tag_.text_.clear();
  tag_.attributes_.clear();
  tag_.self_closing_ = false;
  while (!at_end() && !is_html_blank(text_[at_]) && text_[at_] != '/' && text_[at_] != '>') {
    append_name_char(text_[at_++]);
  }
  tag_.name_length_ = tag_.text_.size();
  while (true) {
    skip_blanks();
    if (at_end()) return false;
    const char c = text_[at_];
    if (c == '>') {
      ++at_;
      return true;
    }
    if (c == '/') {
      ++at_;
      tag_.self_closing_ = !at_end() && text_[at_] == '>';
      continue;
    }
    if (!read_attribute()) return false;
  }
}

void TagReader::skip_blanks() {
  while (!at_end() && is_html_blank(text_[at_])) ++at_;
}

void TagReader::append_name_char(char c) {
  if (c == '\0') {
    tag_.text_ += kReplacement;
  } else {
    tag_.text_ += in_lower_case(c);
  }
}

bool TagReader::read_attribute() {
  begin_ = tag_.text_.size();
  read_attribute_name();
  skip_blanks();
  if (at_end()) return false;
  if (text_[at_] == '=') {
    ++at_;
    if (!read_value()) return false;
  }
  finish_attribute();
  return true;
}

void TagReader::read_attribute_name() {
  append_name_char(text_[at_++]);  // an equals sign, too, if it comes first
  while (!at_end()) {
    const char c = text_[at_];
    if (is_html_blank(c) || c == '/' || c == '>' || c == '=') break;
    append_name_char(c);
    ++at_;
  }
  name_length_ = tag_.text_.size() - begin_;
}

bool TagReader::read_value() {
  skip_blanks();
  if (at_end()) return false;
  const char c = text_[at_];
  if (c == '"' || c == '\'') return read_quoted(c);
  if (c != '>') read_unquoted();
  return true;
}

bool TagReader::read_quoted(char quote) {
  ++at_;
  const std::size_t end = text_.find(quote, at_);
  if (end == std::string_view::npos) return false;
  append_value(end);
  at_ = end + 1;
  return true;
}

void TagReader::read_unquoted() {
  std::size_t end = at_;
  while (end < text_.size() && !is_html_blank(text_[end]) && text_[end] != '>') ++end;
  append_value(end);
  at_ = end;
}

void TagReader::append_value(std::size_t end) {
  const std::string_view value = text_.substr(0, end);
  while (at_ < end) {
    std::size_t plain = at_;
    while (plain < end && value[plain] != '&' && value[plain] != '\0') ++plain;
    tag_.text_ += value.substr(at_, plain - at_);
    at_ = plain;
    if (at_ == end) return;
    if (value[at_] == '\0') {
      tag_.text_ += kReplacement;
      ++at_;
      continue;
    }
    const std::size_t length = read_reference(value, at_, ReferenceIn::kAttribute, tag_.text_);
    if (length == 0) tag_.text_ += '&';
    at_ += std::max<std::size_t>(length, 1);
  }
}

// Of two attributes with one name, the first counts (13.2.5.33).
void TagReader::finish_attribute() {
  const std::string_view name = std::string_view(tag_.text_).substr(begin_, name_length_);
  if (tag_.attributes_.size() >= TagToken::kMaxAttributes || tag_.has(name)) {
    tag_.text_.resize(begin_);
    return;
  }
  tag_.attributes_.push_back({begin_, name_length_, tag_.text_.size() - begin_ - name_length_});
}

}  // namespace sluice::html::parser
