// SPDX-License-Identifier: Apache-2.0
//
// What a PDF says about itself, for the front matter.
#pragma once

#include <string>

#include "document.hpp"

namespace sluice::pdf {

struct Metadata {
  std::string title;
  std::string author;
  std::string created;  // ISO 8601
  std::string modified;
  std::string language;  // BCP 47
  std::string description;
  std::string keywords;
};

Metadata metadata_of(Document& document);

// A PDF date, "D:20240301120000+01'00'", as ISO 8601; empty if it is none (ISO 32000-1, 7.9.4).
std::string iso_date(const std::string& pdf_date);
// A title that says something: not "untitled", not the name of the program and file it came from.
std::string useful_title(const std::string& title);

}  // namespace sluice::pdf
