// SPDX-License-Identifier: Apache-2.0
//
// An open PDF, which owns poppler's objects. Whatever is wrong with the file is an outcome, thrown
// as Failure when it is opened.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "outline_entry.hpp"
#include "page/content.hpp"
#include "page/faces.hpp"
#include "page/images.hpp"

class PDFDoc;

namespace sluice::pdf {

class Document {
 public:
  // Opens the source of `job` with the password, empty for none. Throws Failure: encrypted,
  // malformed, limit. `job` must outlive the document.
  Document(Job& job, const std::string& password, const ImageOptions& images);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  int page_count() const;
  // Reads one page, from 1. The content is valid until the next call. A page that cannot be read is
  // empty. A page may be read again.
  PageContent& read_page(int number, ImageWork work);
  const std::vector<Face>& faces() const;
  // The face of words that no font was written in.
  std::uint16_t face_without_font(Weight weight);
  bool is_tagged() const;
  // Whether the file had to be repaired to be read.
  bool was_damaged() const;
  // Its form was left out, since it has more fields than any real one.
  bool has_lost_form() const;
  // Its pages are made by the program that shows it, from a form in XML (XFA; ISO 32000-1, 12.7.8
  // and NeedsRendering in 7.7.2): those in the file say no more than that.
  bool is_made_when_shown() const;
  // At most `most` entries, in the order of the outline.
  std::vector<OutlineEntry> outline(std::size_t most);
  PDFDoc& poppler();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace sluice::pdf
