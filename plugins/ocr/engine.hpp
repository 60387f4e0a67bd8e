// SPDX-License-Identifier: Apache-2.0
//
// The one recognition engine of a process: tesseract with the languages that are asked for. Loading
// them takes longer than a short page, so that it is done once, before a document's process is
// made, and again only for other languages.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "page_image.hpp"

namespace sluice::ocr {

// A word as it was recognized, in pixels.
struct ReadWord {
  std::string text;  // UTF-8
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float baseline = 0;    // of its line, if it is not turned
  float row_height = 0;  // from the lowest descender to the highest ascender of its line
  float confidence = 0;  // 0 to 100
  int line = 0;          // counts up
  int turned = 0;        // clockwise quarters by which it stands turned on the page
  bool in_cell = false;  // of a ruled table, read by itself
};

struct Reading {
  std::vector<ReadWord> words;
  bool is_complete = true;  // false: `stop` said so
  float confidence = 0;     // of its words, by their lengths; 0 without any

  void set_confidence();
};

class Engine {
 public:
  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Of languages whose data are installed, in tesseract's words ("eng"), sorted.
  const std::vector<std::string>& installed() const { return installed_; }
  // `named`, or a choice of those that are installed, with that of the locale ("de_DE", or empty)
  // first. Throws Failure (missing-dependency) if one is not there, or none is.
  std::vector<std::string> languages(const std::vector<std::string>& named,
                                     std::string_view locale) const;

  // `cells`: of ruled tables, which are read one by one. `stop`: asked now and then; true ends the
  // reading with the words so far.
  Reading read(const PageImage& page, const std::vector<Area>& cells,
               const std::vector<std::string>& languages, const std::function<bool()>& stop);
  // Reads each of these places of the page as one line. `stop` as above: the places that are left
  // are not read.
  std::vector<ReadWord> read_pieces(const PageImage& page, const std::vector<Area>& pieces,
                                    const std::vector<std::string>& languages,
                                    const std::function<bool()>& stop);
  // Reads this place as one line that runs up or down: whichever way is surer.
  std::vector<ReadWord> read_turned(const PageImage& page, const Area& place,
                                    const std::vector<std::string>& languages,
                                    const std::function<bool()>& stop);
  // Clockwise quarter turns that put the page upright; 0 as well if that is not certain.
  int turns_to_upright(const PageImage& page);

 private:
  class Tesseract;
  Tesseract& reader(const std::vector<std::string>& languages);

  std::string data_;
  std::vector<std::string> installed_;
  std::unique_ptr<Tesseract> reader_;
  std::unique_ptr<Tesseract> orientation_;
};

}  // namespace sluice::ocr
