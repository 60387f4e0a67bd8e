// Makes small books in memory and runs the EPUB converter on them.
#pragma once

#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <utility>
#include <vector>

#include "epub/converter.hpp"
#include "kit/zip_builder.h"

namespace sluice::test {

inline constexpr const char* kPng = "\x89PNG\r\n\x1a\n picture";

class BookMaker {
 public:
  // Adds a file of the container as it is.
  BookMaker& file(const std::string& path, std::string bytes) {
    files_.emplace_back(path, std::move(bytes));
    return *this;
  }
  // Adds a chapter to the manifest and the spine: the content of its `<body>`.
  BookMaker& chapter(const std::string& href, const std::string& body,
                     const std::string& in_spine = "") {
    return item(href, "application/xhtml+xml", "", in_spine)
        .file("OEBPS/" + href,
              "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' "
              "xmlns:epub='http://www.idpf.org/2007/ops'><head><title>t</title></head><body>" +
                  body + "</body></html>");
  }
  // A line of the manifest that is read, too.
  BookMaker& item(const std::string& href, const std::string& type, const std::string& more,
                  const std::string& in_spine = "") {
    const std::string id = "i" + std::to_string(items_++);
    manifest_ +=
        "<item id='" + id + "' href='" + href + "' media-type='" + type + "' " + more + "/>";
    spine_ += "<itemref idref='" + id + "' " + in_spine + "/>";
    return *this;
  }
  BookMaker& manifest(const std::string& xml) {
    manifest_ += xml;
    return *this;
  }
  BookMaker& metadata(const std::string& xml) {
    metadata_ += xml;
    return *this;
  }

  std::string build() const {
    test::ZipBuilder zip;
    zip.add("mimetype", "application/epub+zip");
    zip.add("META-INF/container.xml",
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
            "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>");
    zip.add("OEBPS/book.opf",
            "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata "
            "xmlns:dc='http://purl.org/dc/elements/1.1/'>" +
                metadata_ + "</metadata><manifest>" + manifest_ + "</manifest><spine toc='ncx'>" +
                spine_ + "</spine></package>");
    for (const auto& [path, bytes] : files_) zip.add(path, bytes);
    return zip.build();
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
  std::string manifest_;
  std::string spine_;
  std::string metadata_;
  int items_ = 0;
};

struct BookRun {
  explicit BookRun(std::string epub, const std::string& options = "{\"contents_page\":true}")
      : job(std::make_unique<RecordingJob>(std::move(epub), "book.epub", "application/epub+zip")) {
    job->set_options(options);
    epub::EpubConverter converter;
    outcome = job->run(converter);
  }
  explicit BookRun(const BookMaker& book) : BookRun(book.build()) {}
  std::string markdown() const { return job->render("book"); }
  std::string warnings() const {
    std::string out;
    for (const auto& warning : job->warnings()) out += warning.code + ": " + warning.message + "\n";
    return out;
  }

  std::unique_ptr<RecordingJob> job;
  Outcome outcome = Outcome::kInternal;
};

}  // namespace sluice::test
