// SPDX-License-Identifier: Apache-2.0
//
// Pages whose text is in pictures: which these are, and their words, as another converter
// recognizes them (sluice.recognition).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <sluice/plugin.hpp>
#include <sluice/recognition.hpp>
#include <vector>

#include "document.hpp"

namespace sluice::pdf {

struct RecognitionOptions {
  enum class Pages : std::uint8_t { kAuto, kOff, kAll };
  Pages pages = Pages::kAuto;
  int resolution = 300;  // pixels per inch
  int most_pages = 0;    // of a document
  int seconds = 0;       // by the clock, for all pages of a document
};

// What became of the pages that were to be recognized: their numbers.
struct RecognizedPages {
  std::vector<int> doubtful;
  std::vector<int> cut_off;
  std::vector<int> failed;
  std::vector<int> left_out;  // after so many others
  std::vector<int> late;      // the document's time was over
  std::vector<int> wanted;    // and nobody recognizes
  int read = 0;
};

class PageRecognizer {
 public:
  PageRecognizer(Job& job, Document& document, const RecognitionOptions& options);

  // Whether pages may be recognized, as far as is known: nobody is asked before a page needs it.
  bool is_on() const {
    return options_.pages != RecognitionOptions::Pages::kOff && is_there_.value_or(true);
  }
  // A page needed it, and there is no converter for it.
  bool is_missing() const { return !is_there_.value_or(true); }
  // Reads the page again as a picture, if its text is in one. True: `page` has its words now, and
  // no pictures.
  bool read(PageContent& page);
  const RecognizedPages& pages() const { return pages_; }

 private:
  bool wants(const PageContent& page);
  bool is_there();

  Recognition recognition_;
  Document& document_;
  RecognitionOptions options_;
  std::optional<bool> is_there_;
  RecognizedPages pages_;
  std::chrono::steady_clock::duration spent_{};  // on pages so far
};

// Says what there is to say of them. `has_text`: the document has some.
void report_recognition(Job& job, const RecognizedPages& pages);

// "3 pages ...: page 1 4 7".
std::string with_pages(const std::string& what, const std::vector<int>& pages);

}  // namespace sluice::pdf
