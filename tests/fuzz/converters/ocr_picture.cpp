// A picture up to recognition: its pages are decoded and made ready, or refused with a reason.
#include <algorithm>
#include <cstdint>
#include <sluice/outcome.hpp>
#include <span>

#include "frame/require.h"
#include "ocr/cells.hpp"
#include "ocr/page_image.hpp"
#include "ocr/picture.hpp"
#include "ocr/unread.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sluice::Failure;
  using sluice::Outcome;
  constexpr std::size_t kPages = 3;
  try {
    const sluice::ocr::Picture picture({data, size});
    for (std::size_t page = 0; page < std::min(kPages, picture.pages()); ++page) {
      const auto image = sluice::ocr::make_page_image(picture.read(page), 0);
      sluice::fuzz::require(image.dpi > 0, "every page has a resolution");
      (void)sluice::ocr::may_have_text(image);
      for (const sluice::ocr::Area& cell : sluice::ocr::cells_with_text(image)) {
        sluice::fuzz::require(cell.width > 0 && cell.height > 0, "a cell has room for text");
      }
      constexpr float kRow = 40;  // pixels
      const auto marks = sluice::ocr::unread_marks(image, {}, {});
      for (const sluice::ocr::Area& piece : sluice::ocr::pieces_of(marks, kRow, image)) {
        sluice::fuzz::require(piece.width > 0 && piece.height > 0, "a piece has room for a letter");
      }
    }
  } catch (const Failure& failure) {
    sluice::fuzz::require(failure.outcome() != Outcome::kInternal, failure.what());
  }
  return 0;
}
