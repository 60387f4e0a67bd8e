// SPDX-License-Identifier: Apache-2.0
#include "odf/margin_words.hpp"

#include <sluice/blanks.hpp>
#include <utility>

namespace sluice::odf {
namespace {

constexpr std::size_t kMaxMargins = 4'000;  // a workbook has two for each of its page styles
constexpr std::size_t kMaxLine = 4'096;     // bytes, of what a note quotes

// Also style:header-left, style:footer-first.
bool is_margin(std::string_view name) {
  return name.starts_with("style:header") || name.starts_with("style:footer");
}

bool holds_text(std::string_view name) {
  return !name.starts_with("text:") || name == "text:p" || name == "text:span" ||
         name == "text:h" || name == "text:a";
}

}  // namespace

void MarginWords::start(std::string_view name, bool is_displayed) {
  if (open_ == 0) {
    // Their properties are elements of the same beginning, and hold no text.
    if (is_displayed && is_margin(name) && all_.size() < kMaxMargins) open_ = 1;
    return;
  }
  ++open_;
  if (name == "text:page-number" || name == "text:page-count") counts_pages_ = true;
  if (skipped_ > 0 || !holds_text(name)) ++skipped_;
}

void MarginWords::text(std::string_view piece) {
  if (open_ > 0 && skipped_ == 0 && line_.size() < kMaxLine) line_ += piece;
}

void MarginWords::end(std::string_view name) {
  if (open_ == 0) return;
  --open_;
  if (skipped_ > 0) --skipped_;
  if (name == "text:p") {
    if (!counts_pages_ && has_word(line_) && words_.size() < kMaxLine) words_ += line_ + ' ';
    counts_pages_ = false;
    line_.clear();
  }
  if (open_ > 0) return;
  line_.clear();
  if (!words_.empty()) all_.push_back(std::exchange(words_, {}));
}

}  // namespace sluice::odf
