// SPDX-License-Identifier: Apache-2.0
#include "converter.hpp"

#include <algorithm>
#include <sluice/counted.hpp>
#include <sluice/left_out.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "annotations.hpp"
#include "canary.hpp"
#include "document.hpp"
#include "layout/layout.hpp"
#include "metadata.hpp"
#include "outline.hpp"
#include "poppler_setup.hpp"
#include "recognition.hpp"
#include "render.hpp"
#include "structure/build.hpp"
#include "structure/running_images.hpp"
#include "structure/running_lines.hpp"
#include "structure/table_pages.hpp"

namespace sluice::pdf {
namespace {

constexpr int kLongDocument = 20;  // pages that ask for an outline
constexpr int kMaxPages = 20'000;
constexpr std::size_t kMaxText = std::size_t{256} << 20;
constexpr std::size_t kMaxOutline = 20'000;

struct Settings {
  ImageOptions images;
  LayoutOptions layout;
  bool keep_running_lines = false;  // headers, footers, page numbers
  bool comments = false;
  RenderOptions render;
  RecognitionOptions recognition;
  std::string password;
};

RecognitionOptions recognition_options(const Options& options) {
  using Pages = RecognitionOptions::Pages;
  const std::string pages = options.get_string("ocr");
  RecognitionOptions out;
  out.pages = pages == "off" ? Pages::kOff : pages == "all" ? Pages::kAll : Pages::kAuto;
  out.resolution = static_cast<int>(options.get_int("ocr_resolution"));
  out.most_pages = static_cast<int>(options.get_int("ocr_pages"));
  out.seconds = static_cast<int>(options.get_int("ocr_seconds"));
  return out;
}

Settings settings_of(Job& job) {
  const Options options(job.options());
  Settings settings;
  settings.images.extract = options.get_bool("images");
  settings.images.smallest = static_cast<float>(options.get_int("min_image_size"));
  settings.layout.tables = options.get_bool("tables");
  settings.comments = options.get_bool("comments");
  settings.keep_running_lines = options.get_bool("headers_and_footers");
  settings.render.page_markers = options.get_bool("page_markers");
  settings.recognition = recognition_options(options);
  settings.password = job.secret("password");
  return settings;
}

void set_if_known(Job& job, const char* key, const std::string& value) {
  if (!value.empty()) job.set_metadata(key, value);
}

void set_metadata(Job& job, Document& document, const Story& story,
                  const std::vector<Block>& blocks) {
  Metadata metadata = metadata_of(document);
  if (metadata.title.empty()) {
    for (const Block& block : blocks) {
      if (block.kind == BlockKind::kHeading && block.page == 0 && block.level == 1) {
        metadata.title = plain_text(story, block);
      }
      if (block.kind == BlockKind::kHeading || block.page > 0) break;
    }
  }
  set_if_known(job, "title", metadata.title);
  set_if_known(job, "author", metadata.author);
  set_if_known(job, "created", metadata.created);
  set_if_known(job, "modified", metadata.modified);
  set_if_known(job, "language", metadata.language);
  set_if_known(job, "description", metadata.description);
  set_if_known(job, "keywords", metadata.keywords);
  job.set_metadata("pages", std::to_string(document.page_count()));
}

struct Pages {
  int read = 0;
  int unreadable = 0;
  std::uint64_t lost_glyphs = 0;
  std::vector<int> without_meaning;  // numbers of pages whose text cannot be read
  LeftOut outside = {"line of text outside of the page is",
                     "lines of text outside of the pages are", ""};
  bool has_images = false;
  bool has_more = false;  // than are read
};

// Pages into the story. Those before the first text wait: without any text the document is empty,
// and the images of its scanned pages are not wanted.
class PageFeed {
 public:
  PageFeed(Document& document, const LayoutOptions& layout, PageRecognizer& recognizer,
           Story& story)
      : document_(document), layout_(layout), recognizer_(recognizer), story_(story) {}

  void read(int number) {
    // The images of a page that is recognized are not wanted, either.
    const bool is_first_look = !has_text_ || recognizer_.is_on();
    PageContent& page =
        document_.read_page(number, is_first_look ? ImageWork::kWaitForText : ImageWork::kEncode);
    for (const std::string& text : page.outside) pages_.outside.add(text);
    const bool has_images = page.images_waiting > 0 || !page.images.empty();
    PageContent recognized;
    if (recognizer_.read(page)) recognized = std::move(page);
    if (!recognized.words.empty()) {
      lay_out_waiting();
      return add(recognized);
    }
    if (page.words.empty() && !has_text_) {
      pages_.has_images = pages_.has_images || has_images;
      ++pages_.read;
      if (page.cut_off) ++pages_.unreadable;
      waiting_.push_back(number);
      return;
    }
    if (waiting_.empty() && page.images_waiting == 0) return add(page);
    lay_out_waiting();
    add(document_.read_page(number, ImageWork::kEncode));
  }

  // Pages that have no text, in a document that has none.
  void finish() {
    for (const int number : waiting_) {
      PageContent page;
      page.number = number;
      lay_out(page, document_.faces(), layout_, story_);
    }
  }

  const Pages& pages() const { return pages_; }

 private:
  void add(PageContent& page) {
    has_text_ = true;
    ++pages_.read;
    if (page.cut_off) ++pages_.unreadable;
    pages_.lost_glyphs += page.lost_glyphs;
    if (page.is_unreadable) pages_.without_meaning.push_back(page.number);
    lay_out(page, document_.faces(), layout_, story_);
  }

  void lay_out_waiting() {
    for (const int number : waiting_) {
      lay_out(document_.read_page(number, ImageWork::kEncode), document_.faces(), layout_, story_);
    }
    waiting_.clear();
  }

  Document& document_;
  const LayoutOptions& layout_;
  PageRecognizer& recognizer_;
  Story& story_;
  Pages pages_;
  std::vector<int> waiting_;
  bool has_text_ = false;
};

Pages read_pages(Job& job, Document& document, const LayoutOptions& layout,
                 PageRecognizer& recognizer, Story& story) {
  PageFeed feed(document, layout, recognizer, story);
  const int count = std::min(document.page_count(), kMaxPages);
  bool has_more = document.page_count() > count;
  for (int number = 1; number <= count; ++number) {
    job.check_cancelled();
    feed.read(number);
    job.progress(static_cast<std::uint64_t>(number), static_cast<std::uint64_t>(count));
    if (story.text.size() > kMaxText) {
      has_more = has_more || number < count;
      break;
    }
  }
  feed.finish();
  Pages pages = feed.pages();
  pages.has_more = has_more;
  return pages;
}

// Which lines are left out as headers and footers; that is said, with their texts.
std::vector<bool> leave_out_running_lines(Job& job, const Settings& settings, Story& story) {
  if (settings.keep_running_lines) return std::vector<bool>(story.lines.size(), false);
  const RunningLines running = find_running_lines(story, profile_of(story));
  remove_running_rows(story, running);
  if (const std::uint32_t images = mark_running_images(story); images > 0) {
    job.warn(
        "running-images-left-out",
        counted(images, "picture that is on every page is", "pictures that are on every page are") +
            " left out, but for the first (to keep them, set [plugin.pdf] headers_and_footers "
            "= true)");
  }
  if (running.count > 0) {
    std::string message = counted(running.count, "header, footer or page number line is",
                                  "header, footer and page number lines are") +
                          " left out (to keep them, set [plugin.pdf] headers_and_footers = true):";
    for (const std::string& text : running.samples) message += " \"" + text + "\"";
    if (running.count > running.samples.size()) message += " ...";
    job.warn("running-lines-left-out", message);
  }
  return running.lines;
}

std::string text_without_meaning(const Pages& pages) {
  return with_pages("the text of " + counted(pages.without_meaning.size(), "page") +
                        " cannot be read, as the document does not say what its characters "
                        "are (text recognition could tell)",
                    pages.without_meaning);
}

// Why a document without text is empty, and what can be done.
std::string reason_of_empty(const PageRecognizer& recognizer) {
  const std::string what = "the document has no text, only images or drawings";
  if (!recognizer.pages().failed.empty()) return what + ", and the converter ocr failed";
  if (recognizer.is_missing()) {
    return what + ": to have scanned pages recognized, run 'apt install sluice-plugin-ocr'";
  }
  return what + (recognizer.is_on() ? ", and no words were recognized in them" : "");
}

void finish(Job& job, const Document& document, const Story& story, const Pages& pages,
            const PageRecognizer& recognizer, bool has_content, bool has_annotations) {
  pages.outside.tell(job, "pdf");
  if (story.lines.empty()) {
    has_content = has_content || pages.has_images;
    if (pages.unreadable == pages.read && !has_content) {
      throw Failure(Outcome::kMalformed, "no page of the document could be read");
    }
    if (document.was_damaged() && !has_content) {
      throw Failure(Outcome::kMalformed, "nothing could be read of the damaged document");
    }
    if (document.has_lost_form()) {
      throw Failure(Outcome::kLimit, "its form has too many fields, and there is no other text");
    }
    const RecognizedPages& scans = recognizer.pages();
    if (!has_annotations && !(scans.late.empty() && scans.left_out.empty())) {
      throw Failure(
          Outcome::kLimit,
          "the document has no text but in pictures, and these were not recognized in "
          "the time and number of pages set for it ([plugin.pdf] ocr_pages, ocr_seconds)");
    }
    // Its comments and attached files are here, all the same.
    job.finish_as(has_annotations ? Outcome::kPartial : Outcome::kEmpty,
                  reason_of_empty(recognizer));
    return;
  }
  if (pages.lost_glyphs > 0) {
    job.warn("characters-lost", counted(pages.lost_glyphs, "character is", "characters are") +
                                    " shown as \uFFFD: the document does not say what is meant");
  }
  if (!pages.without_meaning.empty()) {
    const std::string reason = text_without_meaning(pages);
    job.warn("text-unreadable", reason);
    job.finish_as(Outcome::kPartial, reason);
  }
  if (document.is_made_when_shown()) {
    const std::string reason =
        "Adobe's programs draw its pages, from a form in XML (XFA), and only they can: print it to "
        "a PDF there, and add that";
    job.warn("form-in-xml", reason);
    job.finish_as(Outcome::kPartial, reason);
  } else if (pages.has_more) {
    job.warn("document-cut-off", "the document is too long; its end is missing");
    job.finish_as(Outcome::kPartial, "the document is too long; its end is missing");
  } else if (pages.unreadable > 0) {
    const std::string reason = std::to_string(pages.unreadable) + " of " +
                               std::to_string(document.page_count()) +
                               " pages could not be read in full";
    job.warn("pages-unreadable", reason);
    job.finish_as(Outcome::kPartial, reason);
  } else if (document.was_damaged()) {
    job.warn("damaged", "the file is damaged and had to be repaired; content may be missing");
    job.finish_as(Outcome::kPartial,
                  "the file is damaged and had to be repaired; content may be missing");
  }
}

}  // namespace

void PdfConverter::convert(Job& job) {
  set_up_poppler();
  reset_reported_errors();
  Settings settings = settings_of(job);
  settings.layout.rules = rules_;
  Document document(job, settings.password, settings.images);
  if (document.page_count() == 0)
    throw Failure(Outcome::kMalformed, "the document has no pages that can be read");
  Story story;
  PageRecognizer recognizer(job, document, settings.recognition);
  const Pages pages = read_pages(job, document, settings.layout, recognizer, story);
  const std::vector<OutlineEntry> bookmarks = document.outline(kMaxOutline);
  const std::vector<bool> running = leave_out_running_lines(job, settings, story);
  join_tables_over_pages(story, running);
  const std::vector<Block> blocks = build_blocks(story, document.faces(), bookmarks, running);
  set_metadata(job, document, story, blocks);
  Annotations annotations(job, document, settings.comments);
  bool has_annotations = false;
  const bool has_content =
      render(story, document.faces(), blocks, settings.render, job,
             [&](MarkdownWriter& out) { has_annotations = annotations.write(out); });
  if (document.page_count() >= kLongDocument) {
    const std::string json = outline_json(bookmarks, story, blocks, document.page_count());
    job.write_sidecar("outline", json);
  }
  report_recognition(job, recognizer.pages());
  finish(job, document, story, pages, recognizer, has_content, has_annotations);
}

Canary PdfConverter::canary() const {
  return canary_document();
}

}  // namespace sluice::pdf
