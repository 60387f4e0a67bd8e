// SPDX-License-Identifier: Apache-2.0
#include "epub/converter.hpp"

#include <map>
#include <sluice/images.hpp>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <sluice/utf8.hpp>
#include <sluice/zip.hpp>

#include "epub/book.hpp"
#include "epub/canary.hpp"
#include "epub/pictures.hpp"
#include "html/hidden_text.hpp"
#include "html/links.hpp"
#include "html/paths.hpp"
#include "html/references.hpp"
#include "html/to_markdown.hpp"

namespace sluice::epub {
namespace {

constexpr std::size_t kMaxSheets = 32;                    // of styles, that are read
constexpr std::size_t kMaxStyles = std::size_t{4} << 20;  // of one of them
constexpr std::size_t kMaxText = std::size_t{512} << 20;  // of all chapters, which are held at once

class Book {
 public:
  Book(Job& job, const Zip& container)
      : job_(job), container_(container), pictures_(job, container) {}

  void convert() {
    package_ = read_package(container_);
    if (container_.is_recovered())
      damaged("the archive's directory is missing; the book may be cut off");
    if (!package_.defect.empty()) damaged(package_.defect);
    for (const auto& [key, value] : package_.metadata) job_.set_metadata(key, value);
    read_chapters();
    mark_headings(read_contents(container_, package_), chapters_);
    write();
    tell_media();
    tell_hidden();
  }

 private:
  void tell_media() {
    LeftOut media = media_left_out();
    for (const Item& item : package_.items) {
      const std::string_view type = item.media_type;
      if (type.starts_with("audio/") || type.starts_with("video/")) media.add_file(item.path);
    }
    media.tell(job_, "epub");
  }

  void tell_hidden() {
    LeftOut hidden = html::hidden_elements();
    for (const Chapter& chapter : chapters_) {
      if (!chapter.is_picture) html::count_hidden_text(chapter.dom, chapter.marks, hidden);
    }
    hidden.tell(job_, "epub");
  }

  void damaged(const std::string& said) {
    const std::string what = valid_utf8(said);
    job_.warn("damaged-book", what);
    if (damage_.empty()) damage_ = what;
  }

  bool is_wanted(const Item& item) const {
    return !item.is_navigation || Options(job_.options()).get_bool("contents_page");
  }

  void read_chapters() {
    std::size_t text = 0;
    for (const std::size_t place : package_.spine) {
      job_.check_cancelled();
      const Item& item = package_.items[place];
      if (!is_wanted(item)) continue;
      const ZipEntry* const entry = container_.find(item.path);
      if (entry == nullptr) {
        damaged("the chapter " + item.path + " is not in the book");
        continue;
      }
      try {
        chapters_.push_back(read_chapter(item, container_.read(*entry)));
      } catch (const Failure& failure) {
        if (failure.outcome() != Outcome::kMalformed) throw;
        damaged("the chapter " + item.path + ": " + failure.what());
        continue;
      }
      text += chapters_.back().dom.text_size();
      if (text > kMaxText) throw Failure(Outcome::kLimit, "the book has more than 512 MiB of text");
    }
  }

  static Chapter read_chapter(const Item& item, const std::string& bytes) {
    const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                            bytes.size());
    if (!sniff_image(raw).empty()) {
      Chapter picture;
      picture.path = item.path;
      picture.is_picture = true;
      return picture;
    }
    return parse_chapter(item.path, bytes);
  }

  void write() {
    const html::References references(chapters_);
    MarkdownWriter out(job_);
    for (std::size_t i = 0; i < chapters_.size(); ++i) {
      job_.progress(i, chapters_.size());
      if (chapters_[i].is_picture) {
        write_picture(chapters_[i], out);
      } else {
        write_chapter(i, references, out);
      }
    }
    out.finish();
    if (!damage_.empty() && !out.has_content()) throw Failure(Outcome::kMalformed, damage_);
    if (!damage_.empty()) {
      job_.finish_as(Outcome::kPartial, damage_);
    } else if (!out.has_content()) {
      job_.finish_as(Outcome::kEmpty, "the book shows no text and no pictures");
    }
  }

  void write_picture(const Chapter& chapter, MarkdownWriter& out) {
    const auto asset = pictures_.asset_of_file(chapter.path);
    if (!asset) return;
    out.end_paragraph();
    out.image(*asset, {});
    out.end_paragraph();
  }

  void write_chapter(std::size_t index, const html::References& references, MarkdownWriter& out) {
    const Chapter& chapter = chapters_[index];
    html::Rendering rendering;
    rendering.take_image = [&](std::string_view address) {
      return pictures_.asset_of(chapter.path, address);
    };
    rendering.link_target = [&](std::string_view href) { return references.target(index, href); };
    rendering.note_label = [&](html::NodeId node) { return references.note_label(index, node); };
    rendering.repeats_call = [&](html::NodeId node) {
      return references.repeats_call(index, node);
    };
    const html::StyleSheet own(chapter.dom.css);
    rendering.style_sheets = style_sheets_of(chapter);
    rendering.style_sheets.push_back(&own);
    html::write_markdown(chapter.dom, chapter.marks, rendering, job_, out);
    if (chapter.dom.truncated) damaged("the chapter " + chapter.path + " has too many elements");
  }

  std::vector<const html::StyleSheet*> style_sheets_of(const Chapter& chapter) {
    std::vector<const html::StyleSheet*> sheets;
    const html::Dom& dom = chapter.dom;
    for (html::NodeId i = 1; i < dom.size() && dom[i].tag != html::Tag::kBody; ++i) {
      if (dom[i].tag != html::Tag::kLink || sheets.size() == kMaxSheets) continue;
      if (dom.attribute(i, html::Attr::kRel) != "stylesheet") continue;
      const html::Place place = html::locate(chapter.path, dom.attribute(i, html::Attr::kHref));
      sheets.push_back(&style_sheet(place.path));
    }
    return sheets;
  }

  // An empty one where there is none, or none that can be read: a book is its text.
  const html::StyleSheet& style_sheet(const std::string& path) {
    const auto known = style_sheets_.find(path);
    if (known != style_sheets_.end()) return known->second;
    std::string css;
    const ZipEntry* const entry = container_.find(path);
    const bool takes = style_sheets_.size() < kMaxSheets && entry != nullptr;
    if (takes && entry->size <= kMaxStyles) {
      try {
        css = container_.read(*entry);
      } catch (const Failure& failure) {
        if (failure.outcome() != Outcome::kMalformed && failure.outcome() != Outcome::kEncrypted &&
            failure.outcome() != Outcome::kUnsupported) {
          throw;
        }
      }
    }
    return style_sheets_.emplace(path, html::StyleSheet(css)).first->second;
  }

  Job& job_;
  const Zip& container_;
  std::map<std::string, html::StyleSheet> style_sheets_;  // by path
  Package package_;
  std::vector<Chapter> chapters_;
  Pictures pictures_;
  std::string damage_;
};

}  // namespace

void EpubConverter::convert(Job& job) {
  const Zip container(job);
  Book(job, container).convert();
}

Canary EpubConverter::canary() const {
  return {kCanary, "canary.epub", "application/epub+zip", kCanaryMarkdown};
}

}  // namespace sluice::epub
