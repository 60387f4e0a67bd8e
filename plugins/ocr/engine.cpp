// SPDX-License-Identifier: Apache-2.0
#include "engine.hpp"

#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <sluice/outcome.hpp>
#include <string_view>
#include <system_error>

#include "cells.hpp"
#include "languages.hpp"
#include "pdf/carried_data.hpp"

namespace sluice::ocr {
namespace {

// Where Debian and others put the language data, newest first.
constexpr std::array kDataFolders = {"/usr/share/tesseract-ocr/5/tessdata",
                                     "/usr/share/tesseract-ocr/4.00/tessdata",
                                     "/usr/share/tessdata", "/usr/local/share/tessdata"};
constexpr std::string_view kDataEnding = ".traineddata";
// Tesseract's own measure; below it, turned pages were seen upright and upright ones turned.
constexpr float kSureOrientation = 2;

// The system's, if it has any: there the user adds languages. Else what Sluice brought along.
std::string data_folder() {
  for (const char* folder : kDataFolders) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return folder;
  }
  return pdf::carried_data("tessdata");
}

// "osd" and "equ" are data, but no languages.
std::vector<std::string> languages_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(kDataEnding)) continue;
    name.resize(name.size() - kDataEnding.size());
    if (name != "osd" && name != "equ") found.push_back(std::move(name));
  }
  std::sort(found.begin(), found.end());
  return found;
}

// A process for a document may start no thread. OpenMP's other switch, OMP_THREAD_LIMIT, is read
// from the environment before this library is there.
void use_one_thread() {
  using SetLevels = void (*)(int);
  if (void* const found = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels")) {
    reinterpret_cast<SetLevels>(found)(0);
  }
}

std::string package_of(std::string language) {
  std::replace(language.begin(), language.end(), '_', '-');
  return "tesseract-ocr-" + language;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "+") + part;
  return all;
}

// Of a line that runs this way, in clockwise quarters.
int turned_of(int right, int down) {
  if (std::abs(right) >= std::abs(down)) return right >= 0 ? 0 : 2;
  return down > 0 ? 1 : 3;
}

bool ask_stop(void* stop, int /*words*/) {
  return (*static_cast<const std::function<bool()>*>(stop))();
}

}  // namespace

class Engine::Tesseract {
 public:
  Tesseract(const std::string& data, const std::string& languages, tesseract::OcrEngineMode mode)
      : languages_(languages) {
    use_one_thread();
    if (api_.Init(data.c_str(), languages.c_str(), mode) != 0) {
      throw Failure(Outcome::kMissingDependency,
                    "the language data " + languages + " in " + data + " cannot be loaded");
    }
  }

  const std::string& languages() const { return languages_; }

  Reading read(const PageImage& page, const std::vector<Area>& cells,
               const std::function<bool()>& stop) {
    Reading reading;
    if (cells.empty()) {
      show(page.grey.get(), page.letters.get(), page.dpi, tesseract::PSM_AUTO);
    } else {
      const PixPtr grey = without(cells, page.grey.get());
      const PixPtr letters = without(cells, page.letters.get());
      show(grey.get(), letters.get(), page.dpi, tesseract::PSM_AUTO);
    }
    read_shown(reading, {0, 0, false}, stop);
    for (std::size_t i = 0; i < cells.size() && reading.is_complete; ++i) {
      const PixPtr cell = with_margin(cells[i], kMargin, page.letters.get());
      show(cell.get(), cell.get(), page.dpi, tesseract::PSM_SINGLE_BLOCK);
      read_shown(reading, {cells[i].x - kMargin, cells[i].y - kMargin, true}, stop);
    }
    api_.Clear();
    reading.set_confidence();
    return reading;
  }

  std::vector<ReadWord> read_pieces(const PageImage& page, const std::vector<Area>& pieces,
                                    const std::function<bool()>& stop) {
    Reading reading;
    for (std::size_t i = 0; i < pieces.size() && !stop(); ++i) {
      const PixPtr piece = with_margin(pieces[i], kMargin, page.letters.get());
      show(piece.get(), piece.get(), page.dpi, tesseract::PSM_SINGLE_LINE);
      read_shown(reading, {pieces[i].x - kMargin, pieces[i].y - kMargin, true}, stop);
    }
    api_.Clear();
    return std::move(reading.words);
  }

  // A line that this many clockwise quarters put upright.
  Reading read_turned(const PageImage& page, const Area& place, int quarters,
                      const std::function<bool()>& stop) {
    Reading reading;
    const PixPtr piece = with_margin(place, kMargin, page.letters.get());
    const PixPtr level = kept(pixRotateOrth(piece.get(), quarters));
    show(level.get(), level.get(), page.dpi, tesseract::PSM_SINGLE_LINE);
    read_shown(reading, {}, stop);
    api_.Clear();
    const int width = pixGetWidth(piece.get());
    const int height = pixGetHeight(piece.get());
    for (ReadWord& word : reading.words) {
      const Stroke back =
          turned({word.x0, word.y0, word.x1, word.y1, false}, height, width, 4 - quarters);
      word.x0 = back.x0 + place.x - kMargin;
      word.x1 = back.x1 + place.x - kMargin;
      word.y0 = back.y0 + place.y - kMargin;
      word.y1 = back.y1 + place.y - kMargin;
      word.turned = 4 - quarters;
    }
    reading.set_confidence();
    return reading;
  }

  int turns_to_upright(const PageImage& page) {
    show(page.grey.get(), page.grey.get(), page.dpi, tesseract::PSM_OSD_ONLY);
    int degrees = 0;
    float confidence = 0;
    const char* script = nullptr;
    float script_confidence = 0;
    const bool done =
        api_.DetectOrientationScript(&degrees, &confidence, &script, &script_confidence);
    api_.Clear();
    if (!done || confidence < kSureOrientation) return 0;
    return (4 - degrees / 90) % 4;
  }

 private:
  // Around a cell, in pixels: tesseract misreads letters at the edge of a picture.
  static constexpr int kMargin = 20;
  struct Place {
    int x = 0, y = 0;
    bool is_cell = false;
  };

  // `grey` is what blocks and lines are found in, `letters` what is read there.
  void show(Pix* grey, Pix* letters, float dpi, tesseract::PageSegMode mode) {
    api_.SetPageSegMode(mode);
    api_.SetImage(grey);
    if (letters != grey) api_.SetInputImage(pixClone(letters));
    api_.SetSourceResolution(static_cast<int>(dpi));
  }

  // Adds what it shows; `shown`: where on the page that is.
  void read_shown(Reading& reading, Place shown, const std::function<bool()>& stop) {
    tesseract::ETEXT_DESC monitor;
    monitor.cancel = ask_stop;
    monitor.cancel_this = const_cast<std::function<bool()>*>(&stop);
    const bool done = api_.Recognize(&monitor) == 0;
    reading.is_complete = done && !stop();
    if (done) collect(reading, shown);
  }

  void collect(Reading& reading, Place shown) {
    const std::unique_ptr<tesseract::ResultIterator> at(api_.GetIterator());
    if (at == nullptr) return;
    int line = reading.words.empty() ? -1 : reading.words.back().line;
    do {
      if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++line;
      ReadWord word;
      if (!take_word(*at, word)) continue;
      word.line = line;
      word.in_cell = shown.is_cell;
      word.x0 += shown.x;
      word.x1 += shown.x;
      word.y0 += shown.y;
      word.y1 += shown.y;
      word.baseline += static_cast<float>(shown.y);
      reading.words.push_back(std::move(word));
    } while (at->Next(tesseract::RIL_WORD));
  }

  static bool take_word(const tesseract::ResultIterator& at, ReadWord& word) {
    const std::unique_ptr<char[]> text(at.GetUTF8Text(tesseract::RIL_WORD));
    if (text == nullptr || text[0] == '\0' || std::string_view(text.get()) == " ") return false;
    word.text = text.get();
    if (!at.BoundingBox(tesseract::RIL_WORD, &word.x0, &word.y0, &word.x1, &word.y1)) return false;
    word.confidence = at.Confidence(tesseract::RIL_WORD);
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    const bool has_line = at.Baseline(tesseract::RIL_TEXTLINE, &x0, &y0, &x1, &y1);
    word.baseline = has_line ? static_cast<float>(y0 + y1) / 2 : static_cast<float>(word.y1);
    // Its baseline runs from the first letter to the last. (What the iterator calls orientation is
    // "up" for lines that run downward.)
    if (has_line) word.turned = turned_of(x1 - x0, y1 - y0);
    float descenders = 0;
    float ascenders = 0;
    at.RowAttributes(&word.row_height, &descenders, &ascenders);
    return true;
  }

  tesseract::TessBaseAPI api_;
  std::string languages_;
};

void Reading::set_confidence() {
  double sum = 0;
  double letters = 0;
  for (const ReadWord& word : words) {
    sum += static_cast<double>(word.confidence) * static_cast<double>(word.text.size());
    letters += static_cast<double>(word.text.size());
  }
  confidence = letters > 0 ? static_cast<float>(sum / letters) : 0;
}

Engine::Engine() : data_(data_folder()), installed_(languages_in(data_)) {}
Engine::~Engine() = default;

std::vector<std::string> Engine::languages(const std::vector<std::string>& named,
                                           std::string_view locale) const {
  if (installed_.empty()) {
    throw Failure(Outcome::kMissingDependency,
                  "no language data of tesseract is installed: run 'apt install " +
                      package_of("eng") + "', or that of another language");
  }
  for (const std::string& language : named) {
    if (std::binary_search(installed_.begin(), installed_.end(), language)) continue;
    throw Failure(Outcome::kMissingDependency, "the language data " + language +
                                                   " is not installed: run 'apt install " +
                                                   package_of(language) + "'");
  }
  return named.empty() ? default_languages(installed_, locale) : named;
}

Engine::Tesseract& Engine::reader(const std::vector<std::string>& languages) {
  const std::string wanted = joined(languages);
  if (reader_ == nullptr || reader_->languages() != wanted) {
    reader_.reset();
    reader_ = std::make_unique<Tesseract>(data_, wanted, tesseract::OEM_LSTM_ONLY);
  }
  return *reader_;
}

Reading Engine::read(const PageImage& page, const std::vector<Area>& cells,
                     const std::vector<std::string>& languages, const std::function<bool()>& stop) {
  return reader(languages).read(page, cells, stop);
}

std::vector<ReadWord> Engine::read_pieces(const PageImage& page, const std::vector<Area>& pieces,
                                          const std::vector<std::string>& languages,
                                          const std::function<bool()>& stop) {
  return reader(languages).read_pieces(page, pieces, stop);
}

std::vector<ReadWord> Engine::read_turned(const PageImage& page, const Area& place,
                                          const std::vector<std::string>& languages,
                                          const std::function<bool()>& stop) {
  Tesseract& tesseract = reader(languages);
  Reading up = tesseract.read_turned(page, place, 1, stop);
  Reading down = tesseract.read_turned(page, place, 3, stop);
  return std::move(up.confidence >= down.confidence ? up.words : down.words);
}

int Engine::turns_to_upright(const PageImage& page) {
  std::error_code error;
  if (!std::filesystem::exists(data_ + "/osd" + std::string(kDataEnding), error)) return 0;
  if (orientation_ == nullptr) {
    orientation_ = std::make_unique<Tesseract>(data_, "osd", tesseract::OEM_TESSERACT_ONLY);
  }
  return orientation_->turns_to_upright(page);
}

}  // namespace sluice::ocr
