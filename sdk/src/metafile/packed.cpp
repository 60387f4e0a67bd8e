// SPDX-License-Identifier: Apache-2.0
#include <libdeflate.h>

#include <memory>
#include <sluice/little_endian.hpp>

#include "sluice/metafile.hpp"

namespace sluice {

std::optional<std::string> unpacked_metafile(std::string_view bytes) {
  constexpr std::string_view kGzip = "\x1F\x8B\x08";
  // The largest that Office writes is some 20 MiB; deflate cannot do more than 1 to 1,032.
  constexpr std::size_t kMaxSize = std::size_t{256} << 20;
  constexpr std::size_t kMaxRatio = 1'100;
  if (!bytes.starts_with(kGzip) || bytes.size() < 18) return std::nullopt;
  const std::size_t size = little_u32(bytes, bytes.size() - 4);
  if (size == 0 || size > kMaxSize || size / kMaxRatio > bytes.size()) return std::nullopt;
  struct Free {
    void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
  };
  const std::unique_ptr<libdeflate_decompressor, Free> decompressor(
      libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  std::string out(size, '\0');
  std::size_t given = 0;
  const auto result = libdeflate_gzip_decompress(decompressor.get(), bytes.data(), bytes.size(),
                                                 out.data(), out.size(), &given);
  if (result != LIBDEFLATE_SUCCESS) return std::nullopt;
  out.resize(given);
  return out;
}

}  // namespace sluice
