// SPDX-License-Identifier: Apache-2.0
#include "converter.hpp"

#include <sluice/ascii.hpp>
#include <sluice/charset.hpp>
#include <sluice/children.hpp>
#include <sluice/counted.hpp>
#include <sluice/markdown_writer.hpp>

#include "../page.hpp"
#include "../source.hpp"
#include "property_list.hpp"
#include "saved_files.hpp"
#include "web_archive.hpp"

namespace sluice::html {
namespace {

std::string text_of(const WebResource& page) {
  std::string declared(page.charset);
  if (declared.empty()) declared = declared_charset(page.raw());
  return decode_text(page.raw(), declared, SingleNul::kDropped).utf8;
}

bool is_page(const WebResource& resource) {
  return resource.media_type.empty() || resource.media_type == "text/html" ||
         resource.media_type == "application/xhtml+xml";
}

bool is_frameset(std::string_view html) {
  return ascii_lower(html.substr(0, 64 * 1024)).find("<frameset") != std::string::npos;
}

class ArchiveWriter {
 public:
  ArchiveWriter(Job& job, const WebArchive& archive)
      : job_(job), archive_(archive), files_(job, archive), out_(job) {}

  void write() {
    if (!is_page(archive_.page)) {
      write_file(archive_.page);
    } else if (is_frameset(archive_.page.bytes)) {
      write_frames();
    } else {
      write(archive_.page, true);
      report_frames();
    }
    out_.finish();
    if (files_.missing() > 0) {
      job_.warn("missing-image", counted(files_.missing(), "picture is", "pictures are") +
                                     " not in the web archive, and only linked");
    }
    if (!cut_.empty()) {
      job_.warn("too-many-elements", cut_);
      job_.finish_as(Outcome::kPartial, cut_);
    } else if (!out_.has_content()) {
      job_.finish_as(Outcome::kEmpty, "the page shows no text and no images");
    }
  }

 private:
  void write(const WebResource& page, bool is_whole) {
    PageSettings settings = page_settings(job_);
    settings.address = page.url;
    settings.sets_metadata = is_whole;
    settings.take_image = [this](std::string_view base, std::string_view address) {
      return files_.picture(base, address);
    };
    if (write_page(text_of(page), settings, job_, out_).is_truncated) {
      cut_ = "the page has too many elements; its end is missing";
    }
  }

  // A page of frames shows nothing itself.
  void write_frames() {
    bool is_first = true;
    for (const WebResource& frame : archive_.frames) {
      if (!is_page(frame)) continue;
      write(frame, is_first);
      out_.end_paragraph();
      is_first = false;
    }
    if (is_first) write(archive_.page, true);
    if (archive_.is_cut) cut_ = "the web archive has too many frames and files; some are missing";
  }

  // Of a page with text of its own, frames are mostly adverts and players. Their links stay.
  void report_frames() {
    std::size_t frames = 0;
    for (const WebResource& frame : archive_.frames) frames += is_page(frame) ? 1 : 0;
    if (frames == 0) return;
    job_.warn("left-out", "left out the content of " + counted(frames, "frame") +
                              " within the page; links to them are kept");
  }

  // A picture, or what another converter reads: a PDF, a text.
  void write_file(const WebResource& file) {
    const std::string name = name_in_url(file.url);
    if (const auto picture = files_.picture(file)) {
      out_.image(*picture, name, {});
      return;
    }
    Children children(job_);
    auto child = children.open(name.empty() ? "file" : name, file.media_type);
    if (!child) {
      throw Failure(Outcome::kUnsupported, "the web archive holds a file of the type " +
                                               std::string(file.media_type) + ", not a page");
    }
    child->write(file.raw());
    child->finish();
    out_.begin_child_link(child->id());
    out_.text(name.empty() ? "file" : name);
    out_.end_link();
  }

  Job& job_;
  const WebArchive& archive_;
  SavedFiles files_;
  MarkdownWriter out_;
  std::string cut_;  // why the document is not whole
};

}  // namespace

bool WebArchiveConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  return head.empty() || head.starts_with("bplist") || head.find("<plist") != head.npos ||
         head.find('\0') != head.npos;
}

void WebArchiveConverter::convert(Job& job) {
  const PropertyList list = PropertyList::read(job.source_text());
  job.check_cancelled();
  const WebArchive archive = read_web_archive(list);
  ArchiveWriter(job, archive).write();
}

// In an encoding that needs ICU's tables.
Canary WebArchiveConverter::canary() const {
  return {
      "<plist version=\"1.0\"><dict><key>WebMainResource</key><dict><key>WebResourceData</key>"
      "<data>PGgxPkNhbmFyeTwvaDE+PHA+g0qDaYOKg0E=</data><key>WebResourceTextEncodingName</key>"
      "<string>shift_jis</string></dict></dict></plist>",
      "canary.webarchive", "application/x-webarchive",
      "# Canary\n\n\xE3\x82\xAB\xE3\x83\x8A\xE3\x83\xAA\xE3\x82\xA2\n"};
}

}  // namespace sluice::html
