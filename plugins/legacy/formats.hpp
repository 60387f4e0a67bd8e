// SPDX-License-Identifier: Apache-2.0
//
// Which library reads a document, and what kind of document it is.
#pragma once

#include <librevenge-stream/librevenge-stream.h>

#include <cstdint>
#include <string>

namespace sluice::legacy {

enum class Library : std::uint8_t { kNone, kWordPerfect, kWorks, kMac };
enum class Kind : std::uint8_t { kText, kSheets, kDrawing, kSlides };

struct Format {
  Library library = Library::kNone;
  Kind kind = Kind::kText;
  bool is_encrypted = false;
  bool can_be_opened = true;  // with the right password
};

// kNone if no library knows the document.
Format format_of(librevenge::RVNGInputStream& input);

// What the libraries found, as a document in one XML file.
struct Lowered {
  Kind kind = Kind::kText;
  std::string xml;
  std::string defect;  // why it is not all of the document; empty if it is
};

// Throws Failure (malformed, encrypted).
Lowered lower(librevenge::RVNGInputStream& input, const Format& format,
              const std::string& password);

}  // namespace sluice::legacy
