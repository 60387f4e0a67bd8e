// SPDX-License-Identifier: Apache-2.0
//
// Reads one document type (HTML 13.2.5.53 to 13.2.5.68).
#pragma once

#include <string>
#include <string_view>

#include "tokens.hpp"

namespace sluice::html::parser {

class DoctypeReader {
 public:
  // `at` is behind `<!doctype`.
  DoctypeReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  Doctype read();
  // One past its `>`, or the text's end.
  std::size_t end() const { return at_; }

 private:
  // Whether more of it may come; false at its `>` or the page's end, which is its end.
  bool more();
  bool read_name();
  bool read_ids();
  bool read_id(std::string& id, bool& has_id);
  bool ends_early();

  std::string_view text_;
  std::size_t at_;
  Doctype doctype_;
};

}  // namespace sluice::html::parser
