// SPDX-License-Identifier: Apache-2.0
//
// `\pict`: pictures in a document, in hexadecimal or as bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <sluice/metafile.hpp>
#include <sluice/plugin.hpp>
#include <string>

#include "rtf/header_tables.hpp"
#include "rtf/lexer.hpp"

namespace sluice::rtf {

// The bytes that a group holds, as digits or as they are: from here to its end, which it takes.
std::string read_bytes(Lexer& lexer, HeaderReader& header);

struct Picture {
  sluice_asset asset = 0;
  std::string description;
};

class Pictures {
 public:
  // Without a job, pictures are read and not kept.
  explicit Pictures(Job* job) : job_(job) {
    if (job != nullptr) assets_.emplace(*job);
  }

  // Reads on behind `\pict`, to the end of its group, which it takes. Nothing for what is no
  // picture that anybody could show; it is counted.
  std::optional<Picture> read(Lexer& lexer, HeaderReader& header);
  // Warns of what was left out.
  void report();
  std::size_t lost() const { return lost_; }

 private:
  Job* job_;
  std::optional<VisiblePictures> assets_;
  std::size_t count_ = 0;
  std::size_t lost_ = 0;
};

}  // namespace sluice::rtf
