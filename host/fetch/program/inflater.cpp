#include "fetch/program/inflater.h"

#include <zlib.h>

#include <array>

#include "fetch/messages.h"

namespace sluice::fetch_program {
namespace {

constexpr int kGzip = 15 + 16;  // the largest window, and a gzip header (zlib.h, inflateInit2)

}  // namespace

struct Inflater::Stream {
  z_stream z{};
  std::array<char, fetch::kMaxPiece> out{};
};

Inflater::Inflater() : stream_(std::make_unique<Stream>()) {
  // A failure shows with the first bytes.
  (void)inflateInit2(&stream_->z, kGzip);
}

Inflater::~Inflater() {
  inflateEnd(&stream_->z);
}

Inflater::Result Inflater::add(std::string_view bytes, const Sink& sink) {
  z_stream& z = stream_->z;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
  z.avail_in = static_cast<uInt>(bytes.size());
  while (z.avail_in > 0) {
    if (is_complete_) {
      // Another member of the same file; anything else behind the end is padding.
      if (*z.next_in != 0x1F || inflateReset(&z) != Z_OK) return Result::kGoesOn;
      is_complete_ = false;
    }
    do {
      z.next_out = reinterpret_cast<Bytef*>(stream_->out.data());
      z.avail_out = static_cast<uInt>(stream_->out.size());
      const int result = inflate(&z, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
        return Result::kBroken;
      }
      const std::size_t size = stream_->out.size() - z.avail_out;
      if (size > 0 && !sink({stream_->out.data(), size})) return Result::kRefused;
      is_complete_ = result == Z_STREAM_END;
    } while (z.avail_out == 0 && !is_complete_);
  }
  return Result::kGoesOn;
}

}  // namespace sluice::fetch_program
