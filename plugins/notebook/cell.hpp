// SPDX-License-Identifier: Apache-2.0
//
// The cells of a notebook of any version of the format, in the form of version 4
// (https://nbformat.readthedocs.io/en/latest/format_description.html; changelog for version 3).
#pragma once

#include <string>
#include <vector>

#include "notebook/json.hpp"

namespace sluice::notebook {

struct Output {
  enum class Kind : unsigned char { kStream, kError, kData };
  Kind kind = Kind::kData;
  std::string text;           // of a stream or an error
  std::string stream;         // its name
  JsonValue data;             // of data: an object with a text for each media type
  bool is_version_3 = false;  // whose keys are "png" and "text" instead of media types
};

struct Cell {
  enum class Kind : unsigned char { kCode, kMarkdown, kHeading, kRaw };
  Kind kind = Kind::kCode;
  int level = 1;  // of a heading
  std::string source;
  std::string language;  // of code, if the cell says
  std::string format;    // the media type of a raw cell; may be empty
  JsonValue attachments;
  JsonValue outputs;
  bool is_version_3 = false;
  bool has_bare_lines = false;  // version 2
};

// The cells of `notebook`, in order: those of all worksheets in version 3. They point into it.
// Throws Failure(kUnsupported) for JSON that is no notebook.
std::vector<Cell> read_cells(JsonValue notebook);

// The outputs of a cell; streams of the same name that follow each other are one.
std::vector<Output> read_outputs(const Cell& cell);

// The language of code in all cells, as fences name it; may be empty.
std::string language_of(JsonValue notebook);

}  // namespace sluice::notebook
