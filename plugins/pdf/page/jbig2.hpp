// SPDX-License-Identifier: Apache-2.0
//
// JBIG2 images (ITU-T T.88). The size of each glyph in such an image stands in its compressed data,
// so a few bytes can ask for hours of decoding and gigabytes of memory; poppler's own decoder gives
// them. By libjbig2dec, all memory of an image comes out of an allowance, which bounds the work too,
// and an image that asks for more is damaged. Which of the two decodes is chosen when Sluice is
// built (SLUICE_PDF_JBIG2).
#pragma once

#include <memory>
#include <string>

class Stream;
class MemStream;

namespace sluice::pdf {

// What an image's data is read from: the stream itself, or what its JBIG2 data was decoded to. The
// stream must outlive it.
class ImageData {
 public:
  // Width and height: of the image, in pixels, at least 1.
  ImageData(Stream* stream, int width, int height);
  ImageData(const ImageData&) = delete;
  ImageData& operator=(const ImageData&) = delete;
  ~ImageData();

  // Never null if it was given one, unless is_lost().
  Stream* stream() const { return stream_; }
  // Nothing of the image could be decoded.
  bool is_lost() const { return lost_; }
  // A part could not be, and is blank.
  bool is_damaged() const { return damaged_; }

 private:
  Stream* stream_;
  std::string rows_;
  std::unique_ptr<MemStream> decoded_;
  bool lost_ = false;
  bool damaged_ = false;
};

}  // namespace sluice::pdf
