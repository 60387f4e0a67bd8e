// SPDX-License-Identifier: Apache-2.0
//
// Pages as a scanner gives them: the content of a PDF, drawn by poppler in grey; then turned,
// shrunk or packed into a picture file by leptonica.
#pragma once

#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "ocr/converter.hpp"
#include "ocr/pix.hpp"
#include "pdf_maker.h"

namespace sluice::test {

// A page of 600 by 800 points with this content; see pdf_maker.h.
ocr::PixPtr drawn(const std::string& content, int dpi = 200);
// `format`: IFF_PNG and so on.
std::string packed(const ocr::PixPtr& pix, int format = IFF_PNG);
std::string packed_tiff(const std::vector<ocr::PixPtr>& pages);
// Three lines of running text, so that there is something to recognize.
std::string some_text(double x, double y, double size = 12);

struct OcrRun {
  // `options`: of those that differ from the manifest's, `"name":value` parted by commas.
  explicit OcrRun(std::string picture, const std::string& options = "");

  std::unique_ptr<RecordingJob> job;
  Outcome outcome = Outcome::kInternal;
  std::string text;  // the Markdown
};

}  // namespace sluice::test
