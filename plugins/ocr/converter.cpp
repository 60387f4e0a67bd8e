// SPDX-License-Identifier: Apache-2.0
#include "converter.hpp"

#include <sluice/ext/recognition.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sluice/counted.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "page_words.hpp"
#include "pdf/layout/layout.hpp"
#include "pdf/page/page_text.hpp"
#include "pdf/render.hpp"
#include "pdf/structure/build.hpp"
#include "pdf/structure/running_lines.hpp"
#include "pdf/structure/table_pages.hpp"
#include "picture.hpp"
#include "recognize.hpp"

namespace sluice::ocr {
namespace {

constexpr std::size_t kMaxPagesNamed = 10;  // in a message
constexpr std::size_t kMaxText = std::size_t{64} << 20;

struct Settings {
  RecognizeOptions recognize;
  int document_seconds = 0;  // of processor time, for all pages
  float least_confidence = 0;
  bool page_markers = true;
  bool keep_running_lines = false;
};

// "deu+eng", as tesseract's own program has it.
std::vector<std::string> split_languages(std::string_view text) {
  std::vector<std::string> languages;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("+, "), text.size());
    if (end > 0) languages.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return languages;
}

Settings settings_of(Job& job, const Engine& engine) {
  const Options options(job.options());
  Settings settings;
  settings.recognize.languages = engine.languages(split_languages(options.get_string("languages")),
                                                  options.get_string("locale"));
  settings.recognize.dpi = static_cast<int>(options.get_int("resolution"));
  settings.recognize.seconds = static_cast<double>(options.get_int("page_seconds"));
  settings.document_seconds = static_cast<int>(options.get_int("document_seconds"));
  settings.least_confidence = static_cast<float>(options.get_int("least_confidence"));
  settings.page_markers = options.get_bool("page_markers");
  settings.keep_running_lines = options.get_bool("headers_and_footers");
  return settings;
}

// "3 pages are too long: page 1 4 7".
std::string named(const std::string& what, const std::vector<std::size_t>& pages) {
  std::string text = what + ": page";
  for (std::size_t i = 0; i < std::min(pages.size(), kMaxPagesNamed); ++i) {
    text += ' ' + std::to_string(pages[i]);
  }
  return text + (pages.size() > kMaxPagesNamed ? " ..." : "");
}

// One document, page by page. What is wrong with a page is kept with its number.
class Recognition {
 public:
  Recognition(Job& job, Engine& engine, const Settings& settings, const Picture& picture)
      : job_(job), engine_(engine), settings_(settings), picture_(picture) {}

  void read() {
    const std::size_t count = picture_.pages();
    const double end = processor_seconds() + settings_.document_seconds;
    for (std::size_t page = 0; page < count; ++page) {
      job_.check_cancelled();
      is_full_ = story_.text.size() > kMaxText;
      if (is_full_) return;
      const double left = end - processor_seconds();
      if (left > 0) {
        read_page(page, left);
      } else {
        left_out_.push_back(page + 1);
      }
      job_.progress(page + 1, count);
    }
  }

  void write() {
    const std::vector<bool> running = running_lines();
    pdf::join_tables_over_pages(story_, running);
    const std::vector<pdf::Block> blocks = pdf::build_blocks(story_, faces_, {}, running);
    set_metadata(blocks);
    pdf::RenderOptions options;
    options.page_markers = settings_.page_markers && picture_.pages() > 1;
    pdf::render(story_, faces_, blocks, options, job_);
  }

  void finish() {
    if (story_.text.empty()) return finish_without_text();
    say("pages-unreadable",
        counted(unreadable_.size(), "page cannot be decoded", "pages cannot be decoded"),
        unreadable_);
    say("recognition-doubtful",
        counted(doubtful_.size(), "page is recognized with less than ",
                "pages are recognized with less than ") +
            std::to_string(static_cast<int>(settings_.least_confidence)) +
            " % confidence, so that words may be wrong ([plugin.ocr] least_confidence)",
        doubtful_);
    say("recognition-cut-off",
        counted(cut_off_.size(), "page took", "pages took") +
            " too long, and a part is missing ([plugin.ocr] page_seconds)",
        cut_off_);
    say("recognition-left-out",
        counted(left_out_.size(), "page is", "pages are") +
            " not read, or only in part, because the document took too long "
            "([plugin.ocr] document_seconds)",
        left_out_);
    if (picture_.is_cut()) partial("pages-missing", "the file is damaged; pages may be missing");
    if (picture_.has_more() || is_full_)
      partial("document-cut-off",
              "the document has too many pages, or too much text; its end is missing");
  }

 private:
  // `left`: seconds of processor time, for this page and those behind it.
  void read_page(std::size_t page, double left) {
    PixPtr pix;
    try {
      pix = picture_.read(page);
    } catch (const Failure& failure) {
      if (!failure_) failure_ = failure;
      unreadable_.push_back(page + 1);
      return;
    }
    RecognizeOptions options = settings_.recognize;
    options.seconds = std::min(options.seconds, left);
    const RecognizedPage recognized =
        recognize(engine_, std::move(pix), options, [this] { return job_.is_cancelled(); });
    const Reading& reading = recognized.reading;
    job_.check_cancelled();
    if (!reading.is_complete) {
      (left < settings_.recognize.seconds ? left_out_ : cut_off_).push_back(page + 1);
    }
    pdf::PageContent content;
    content.number = static_cast<int>(page) + 1;
    if (has_text(reading)) {
      if (reading.confidence < settings_.least_confidence) doubtful_.push_back(page + 1);
      content = page_content(recognized.image, reading, content.number);
    }
    pdf::lay_out(content, faces_, {}, story_);
  }

  std::vector<bool> running_lines() {
    if (settings_.keep_running_lines) return std::vector<bool>(story_.lines.size(), false);
    const pdf::RunningLines running = pdf::find_running_lines(story_, pdf::profile_of(story_));
    pdf::remove_running_rows(story_, running);
    if (running.count > 0) {
      std::string message =
          counted(running.count, "header, footer or page number line is",
                  "header, footer and page number lines are") +
          " left out (to keep them, set [plugin.ocr] headers_and_footers = true):";
      for (const std::string& text : running.samples) message += " \"" + text + "\"";
      if (running.count > running.samples.size()) message += " ...";
      job_.warn("running-lines-left-out", message);
    }
    return running.lines;
  }

  void set_metadata(const std::vector<pdf::Block>& blocks) {
    const bool has_title = !blocks.empty() && blocks[0].kind == pdf::BlockKind::kHeading &&
                           blocks[0].page == 0 && blocks[0].level == 1;
    if (has_title) job_.set_metadata("title", pdf::plain_text(story_, blocks[0]));
    job_.set_metadata("pages", std::to_string(picture_.pages()));
  }

  void finish_without_text() {
    if (failure_ && unreadable_.size() == picture_.pages()) throw *failure_;
    if (!cut_off_.empty() || !left_out_.empty()) {
      throw Failure(Outcome::kLimit,
                    "nothing could be read in the time for a page and for all pages "
                    "([plugin.ocr] page_seconds, document_seconds)");
    }
    job_.finish_as(Outcome::kEmpty, "the picture shows no text that can be read");
  }

  void say(const char* code, const std::string& what, const std::vector<std::size_t>& pages) {
    if (!pages.empty()) partial(code, picture_.pages() == 1 ? what : named(what, pages));
  }
  void partial(const char* code, const std::string& what) {
    job_.warn(code, what);
    job_.finish_as(Outcome::kPartial, what);
  }

  Job& job_;
  Engine& engine_;
  const Settings& settings_;
  const Picture& picture_;
  const std::vector<pdf::Face> faces_ = recognized_faces();
  pdf::Story story_;
  std::optional<Failure> failure_;  // the first page's that cannot be decoded
  std::vector<std::size_t> unreadable_;
  std::vector<std::size_t> doubtful_;
  std::vector<std::size_t> cut_off_;
  std::vector<std::size_t> left_out_;  // the document's time was over
  bool is_full_ = false;               // there is too much text to go on
};

// The resolution in the comment of a page that another converter drew; 0 if it says none.
int dpi_of(std::string_view pgm) {
  constexpr std::string_view kBegin = "P5\n# ";
  int dpi = 0;
  if (pgm.starts_with(kBegin)) {
    const std::string_view rest = pgm.substr(kBegin.size(), 8);
    std::from_chars(rest.data(), rest.data() + rest.size(), dpi);
  }
  return std::clamp(dpi, 0, 2400);
}

// For another converter: the words of its page; see pdf/page/page_text.hpp.
void answer(Job& job, Engine& engine, Settings settings, const Picture& picture) {
  settings.recognize.dpi = dpi_of(job.source_text());
  const RecognizedPage recognized =
      recognize(engine, picture.read(0), settings.recognize, [&] { return job.is_cancelled(); });
  job.check_cancelled();
  const Reading& reading = recognized.reading;
  pdf::RecognizedText page;
  if (has_text(reading)) page.content = page_content(recognized.image, reading, 1);
  page.confidence = reading.confidence;
  page.is_doubtful = reading.confidence < settings.least_confidence;
  page.is_cut = !reading.is_complete;
  job.write(pdf::page_text(page));
}

}  // namespace

bool OcrConverter::probe(const Probe& input) {
  const Format format = format_of(input.head);
  if (input.media_type == SLUICE_RECOGNITION_PICTURE) return format == Format::kPnm;
  return format != Format::kUnknown && format != Format::kPnm;
}

void OcrConverter::convert(Job& job) {
  const Settings settings = settings_of(job, engine_);
  const Picture picture(job.source());
  if (job.media_type() == SLUICE_RECOGNITION_PICTURE)
    return answer(job, engine_, settings, picture);
  Recognition recognition(job, engine_, settings, picture);
  recognition.read();
  recognition.write();
  recognition.finish();
}

}  // namespace sluice::ocr
