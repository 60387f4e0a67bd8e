// SPDX-License-Identifier: Apache-2.0
#include "recognition.hpp"

#include <algorithm>
#include <sluice/counted.hpp>
#include <string>
#include <string_view>

#include "page/drawing.hpp"
#include "page/page_text.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxPagesNamed = 10;  // in a message
// Letters that a program puts on a scan: its name, a date, a page number.
constexpr std::size_t kStamp = 100;
constexpr float kMostOfPage = 0.5F;
constexpr std::ptrdiff_t kHeaderBytes = 40;  // of a PGM, at most: they are "ink", too

std::size_t letters_of(const PageContent& page) {
  std::size_t letters = 0;
  for (const Word& word : page.words) letters += word.chars;
  return letters;
}

bool is_mostly_picture(const PageContent& page) {
  if (page.images_waiting > 0) return true;
  float area = 0;
  for (const PlacedImage& image : page.images) area += image.box.area();
  return area > kMostOfPage * page.width * page.height;
}

// Nothing is on it but what a scanner sees in white paper: no worker need be started for it.
bool is_blank(std::string_view picture) {
  constexpr unsigned char kInk = 200;
  constexpr std::ptrdiff_t kLeastInk = 50;  // pixels; a full stop of 10 points at 300 dpi
  return std::count_if(picture.begin(), picture.end(), [](char level) {
           return static_cast<unsigned char>(level) < kInk;
         }) < kLeastInk + kHeaderBytes;
}

void partial(Job& job, const char* code, const std::string& what) {
  job.warn(code, what);
  job.finish_as(Outcome::kPartial, what);
}

}  // namespace

std::string with_pages(const std::string& what, const std::vector<int>& pages) {
  std::string text = what + ": page";
  for (std::size_t i = 0; i < std::min(pages.size(), kMaxPagesNamed); ++i) {
    text += ' ' + std::to_string(pages[i]);
  }
  return text + (pages.size() > kMaxPagesNamed ? " ..." : "");
}

PageRecognizer::PageRecognizer(Job& job, Document& document, const RecognitionOptions& options)
    : recognition_(job), document_(document), options_(options) {}

bool PageRecognizer::is_there() {
  if (!is_there_) is_there_ = recognition_.is_there();
  return *is_there_;
}

bool PageRecognizer::wants(const PageContent& page) {
  if (options_.pages == RecognitionOptions::Pages::kOff || page.cut_off) return false;
  if (options_.pages == RecognitionOptions::Pages::kAll || page.is_unreadable) return true;
  // Without words it may be drawn letter by letter, too.
  if (page.words.empty()) return is_there() || is_mostly_picture(page);
  return letters_of(page) < kStamp && is_mostly_picture(page);
}

bool PageRecognizer::read(PageContent& page) {
  if (!wants(page)) return false;
  const int number = page.number;
  if (!is_there()) {
    pages_.wanted.push_back(number);
    return false;
  }
  if (pages_.read >= options_.most_pages) {
    pages_.left_out.push_back(number);
    return false;
  }
  if (spent_ >= std::chrono::seconds(options_.seconds)) {
    pages_.late.push_back(number);
    return false;
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::string picture = draw_page(document_.poppler(), number, options_.resolution);
  if (picture.empty() || is_blank(picture)) return false;
  ++pages_.read;
  const auto answer = recognition_.recognize(picture);
  spent_ += std::chrono::steady_clock::now() - begin;
  std::optional<RecognizedText> text = answer ? parse_page_text(*answer) : std::nullopt;
  if (!text) {
    pages_.failed.push_back(number);
    return false;
  }
  if (text->is_cut) pages_.cut_off.push_back(number);
  if (text->content.words.empty()) return false;
  if (text->is_doubtful) pages_.doubtful.push_back(number);
  const std::uint16_t plain = document_.face_without_font(Weight::kPlain);
  const std::uint16_t bold = document_.face_without_font(Weight::kBold);
  for (Word& word : text->content.words) word.face = word.face == 1 ? bold : plain;
  text->content.number = number;
  page = std::move(text->content);
  return true;
}

void report_recognition(Job& job, const RecognizedPages& pages) {
  if (!pages.wanted.empty()) {
    job.warn("pages-not-recognized",
             with_pages(counted(pages.wanted.size(), "page is a picture without text",
                                "pages are pictures without text") +
                            " (to have it recognized, run 'apt install sluice-plugin-ocr')",
                        pages.wanted),
             Severity::kNote);
  }
  if (!pages.doubtful.empty()) {
    partial(job, "recognition-doubtful",
            with_pages(counted(pages.doubtful.size(), "page is", "pages are") +
                           " recognized with little confidence, so that words may be wrong "
                           "([plugin.ocr] least_confidence)",
                       pages.doubtful));
  }
  if (!pages.cut_off.empty()) {
    partial(job, "recognition-cut-off",
            with_pages(counted(pages.cut_off.size(), "page", "pages") +
                           " took too long to recognize, and a part is missing "
                           "([plugin.ocr] page_seconds)",
                       pages.cut_off));
  }
  if (!pages.failed.empty()) {
    partial(job, "recognition-failed",
            with_pages(counted(pages.failed.size(), "page", "pages") +
                           " could not be recognized: the converter ocr failed",
                       pages.failed));
  }
  if (!pages.left_out.empty()) {
    partial(job, "recognition-left-out",
            with_pages(counted(pages.left_out.size(), "page is", "pages are") +
                           " not recognized after so many others ([plugin.pdf] ocr_pages)",
                       pages.left_out));
  }
  if (!pages.late.empty()) {
    partial(job, "recognition-out-of-time",
            with_pages(counted(pages.late.size(), "page is", "pages are") +
                           " not recognized: the document's time for it was over "
                           "([plugin.pdf] ocr_seconds)",
                       pages.late));
  }
}

}  // namespace sluice::pdf
