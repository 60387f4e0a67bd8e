// SPDX-License-Identifier: Apache-2.0
#include "drawn_page.h"

#include <poppler/GlobalParams.h>
#include <poppler/PDFDoc.h>
#include <poppler/SplashOutputDev.h>
#include <poppler/Stream.h>
#include <poppler/splash/SplashBitmap.h>

#include <cstdlib>

namespace sluice::test {

using ocr::PixPtr;

PixPtr drawn(const std::string& content, int dpi) {
  if (globalParams == nullptr) globalParams = std::make_unique<GlobalParams>();
  PdfMaker maker;
  maker.add_page(content);
  std::string pdf = maker.make();
  PDFDoc document(new MemStream(pdf.data(), 0, static_cast<Goffset>(pdf.size()), Object(objNull)));
  SplashColor white = {255, 255, 255};
  SplashOutputDev device(splashModeMono8, 1, false, white);
  device.startDoc(&document);
  document.displayPage(&device, 1, dpi, dpi, 0, false, true, false);
  const SplashBitmap& bitmap = *device.getBitmap();
  PixPtr pix(pixCreate(bitmap.getWidth(), bitmap.getHeight(), 8));
  for (int y = 0; y < bitmap.getHeight(); ++y) {
    const unsigned char* row =
        bitmap.getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap.getRowSize();
    for (int x = 0; x < bitmap.getWidth(); ++x) pixSetPixel(pix.get(), x, y, row[x]);
  }
  pixSetResolution(pix.get(), dpi, dpi);
  return pix;
}

std::string packed(const PixPtr& pix, int format) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMem(&data, &size, pix.get(), format) != 0) return {};
  std::string bytes(reinterpret_cast<const char*>(data), size);
  std::free(data);
  return bytes;
}

std::string packed_tiff(const std::vector<PixPtr>& pages) {
  Pixa* all = pixaCreate(static_cast<int>(pages.size()));
  for (const PixPtr& page : pages) pixaAddPix(all, page.get(), L_CLONE);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const bool done = pixaWriteMemMultipageTiff(&data, &size, all) == 0;
  pixaDestroy(&all);
  std::string bytes(reinterpret_cast<const char*>(data), done ? size : 0);
  std::free(data);
  return bytes;
}

std::string some_text(double x, double y, double size) {
  return show_lines(
      x, y, size,
      {"The harbour office keeps two ledgers for all",
       "vessels that pass the outer light, with the", "hour and the name of the pilot."});
}

OcrRun::OcrRun(std::string picture, const std::string& options)
    : job(std::make_unique<RecordingJob>(std::move(picture), "scan.png", "image/png")) {
  std::string json =
      R"({"languages":"eng","locale":"","least_confidence":60,"resolution":0,"page_seconds":60,"document_seconds":200,)"
      R"("page_markers":true,"headers_and_footers":false)";
  // A later value of the same name counts.
  job->set_options(json + (options.empty() ? "" : "," + options) + "}");
  static ocr::OcrConverter converter;  // loads its language data once
  outcome = job->run(converter);
  text = job->body();
}

}  // namespace sluice::test
