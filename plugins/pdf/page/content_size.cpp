// SPDX-License-Identifier: Apache-2.0
#include "content_size.hpp"

#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <Page.h>
#include <Stream.h>

#include <algorithm>
#include <cstdint>

namespace sluice::pdf {
namespace {

constexpr std::int64_t kMaxContent = std::int64_t{128} << 20;
constexpr std::int64_t kInflation = 1032;  // at most, of one FlateDecode (RFC 1951)
constexpr int kMaxStreams = 10'000;

// The most that a stream can inflate to, by its packed size and filters.
std::int64_t upper_bound(const Dict& dict) {
  const Object length = dict.lookup("Length");
  std::int64_t bound = length.isInt() ? std::max(0, length.getInt()) : kMaxContent;
  const Object filter = dict.lookup("Filter");
  int filters = filter.isName() ? 1 : 0;
  if (filter.isArray()) filters = std::min(filter.arrayGetLength(), 8);
  for (int i = 0; i < filters && bound <= kMaxContent; ++i) bound *= kInflation;
  return bound;
}

// The codecs of images are none of content: what they decode to has the size that the data claims.
bool is_image_codec(const Object& filter) {
  for (const char* codec :
       {"JBIG2Decode", "CCITTFaxDecode", "CCF", "DCTDecode", "DCT", "JPXDecode"}) {
    if (filter.isName(codec)) return true;
  }
  return false;
}

bool is_image(const Dict& dict) {
  const Object filter = dict.lookup("Filter");
  if (!filter.isArray()) return is_image_codec(filter);
  for (int i = 0; i < filter.arrayGetLength(); ++i) {
    if (is_image_codec(filter.arrayGet(i))) return true;
  }
  return false;
}

// Adds a stream's real size to `total`, as far as it matters.
void add_size(const Object& object, std::int64_t& total) {
  if (!object.isStream() || total > kMaxContent) return;
  Stream* stream = object.getStream();
  if (is_image(*stream->getDict())) {
    total = kMaxContent + 1;
    return;
  }
  const std::int64_t bound = upper_bound(*stream->getDict());
  if (bound <= kMaxContent) return;
  unsigned char buffer[16384];
  stream->reset();
  for (;;) {
    const int got = stream->doGetChars(sizeof buffer, buffer);
    if (got <= 0 || total > kMaxContent) break;
    total += got;
  }
  stream->close();
}

}  // namespace

bool has_endless_content(Page& page) {
  const Object contents = page.getContents();
  std::int64_t total = 0;
  if (contents.isArray()) {
    for (int i = 0; i < std::min(contents.arrayGetLength(), kMaxStreams); ++i) {
      add_size(contents.arrayGet(i), total);
    }
  } else {
    add_size(contents, total);
  }
  return total > kMaxContent;
}

}  // namespace sluice::pdf
