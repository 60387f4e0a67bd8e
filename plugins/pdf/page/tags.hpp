// SPDX-License-Identifier: Apache-2.0
//
// The structure of tagged documents (ISO 32000-1, 14.7 and 14.8), read as far as a page's content
// asks for it: from the page's entry in the parent tree up to the root, each element once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "content.hpp"

class Dict;
class PDFDoc;

namespace sluice::pdf {

class TagReader {
 public:
  // `document` must outlive the reader.
  explicit TagReader(PDFDoc& document);
  ~TagReader();

  void start_page(int number, PageContent& page);
  // The mark for content between BDC and EMC, or -1: its index in the page's marks.
  // `in_form`: the content is of a form XObject, whose numbers are not those of the page.
  std::int32_t mark_of(const char* name, Dict* properties, bool in_form);
  // The alternative text of the figure that the mark is in.
  std::string alternative_text(std::int32_t mark) const;
  // The language of the document's text, where the structure says it.
  bool is_tagged() const;

 private:
  class Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace sluice::pdf
