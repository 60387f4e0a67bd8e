// SPDX-License-Identifier: Apache-2.0
#include "doctype_reader.hpp"

#include <algorithm>
#include <sluice/url.hpp>

#include "tag_reader.hpp"

namespace sluice::html::parser {

Doctype DoctypeReader::read() {
  if (read_name() && more()) read_ids();
  // What is not understood is passed over.
  const std::size_t end = text_.find('>', at_);
  if (end == std::string_view::npos) doctype_.force_quirks |= at_ >= text_.size();
  at_ = end == std::string_view::npos ? text_.size() : end + 1;
  return std::move(doctype_);
}

bool DoctypeReader::more() {
  while (at_ < text_.size() && is_html_blank(text_[at_])) ++at_;
  return at_ < text_.size() && text_[at_] != '>';
}

bool DoctypeReader::read_name() {
  if (!more()) {
    doctype_.force_quirks = true;
    return false;
  }
  doctype_.has_name = true;
  for (; at_ < text_.size() && !is_html_blank(text_[at_]) && text_[at_] != '>'; ++at_) {
    if (text_[at_] == '\0') {
      doctype_.name += kReplacement;
    } else {
      doctype_.name += in_lower_case(text_[at_]);
    }
  }
  return true;
}

bool DoctypeReader::ends_early() {
  doctype_.force_quirks = true;
  return false;
}

bool DoctypeReader::read_ids() {
  const std::string_view word = text_.substr(at_, 6);
  const bool is_public = equal_ignoring_ascii_case(word, "public");
  if (!is_public && !equal_ignoring_ascii_case(word, "system")) return ends_early();
  at_ += word.size();
  if (!more()) return ends_early();
  if (is_public) {
    if (!read_id(doctype_.public_id, doctype_.has_public_id)) return false;
    if (!more()) return true;
  }
  return read_id(doctype_.system_id, doctype_.has_system_id);
}

bool DoctypeReader::read_id(std::string& id, bool& has_id) {
  const char quote = text_[at_];
  if (quote != '"' && quote != '\'') return ends_early();
  has_id = true;
  for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
    if (text_[at_] == '>') return ends_early();
    if (text_[at_] == '\0') {
      id += kReplacement;
    } else {
      id += text_[at_];
    }
  }
  if (at_ >= text_.size()) return ends_early();
  ++at_;
  more();
  return true;
}

}  // namespace sluice::html::parser
