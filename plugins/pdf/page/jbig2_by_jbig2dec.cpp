// SPDX-License-Identifier: Apache-2.0
#include "jbig2.hpp"

#include <JBIG2Stream.h>
#include <Object.h>
#include <Stream.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "stream_bytes.hpp"

// clang-format off: last, since it defines `inline` away
#include <jbig2.h>
#undef inline
// clang-format on

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxDataBytes = std::size_t{64} << 20;

// What decoding may allocate, freed or not. Each pixel is decoded into memory that was allocated
// for it, so this bounds the pixels as well.
std::size_t allowance_for(std::size_t image_bytes, std::size_t data_bytes) {
  constexpr std::size_t kTables = std::size_t{2} << 20;
  constexpr std::size_t kLayers = 4;      // the page and regions that are laid upon it
  constexpr std::size_t kInflation = 32;  // glyphs take some ten bytes of data
  return kTables + kLayers * image_bytes + kInflation * data_bytes;
}

class Allowance {
 public:
  explicit Allowance(std::size_t bytes) : hooks_{{allocate, release, reallocate}, bytes} {}
  Jbig2Allocator* allocator() { return &hooks_.table; }

 private:
  struct Hooks {
    Jbig2Allocator table;  // first: the library hands back its address
    std::size_t left;
  };

  static bool take(Jbig2Allocator* table, std::size_t bytes) {
    auto& hooks = *reinterpret_cast<Hooks*>(table);
    if (bytes > hooks.left) return false;
    hooks.left -= bytes;
    return true;
  }
  static void* allocate(Jbig2Allocator* table, std::size_t bytes) {
    return take(table, bytes) ? std::malloc(bytes) : nullptr;
  }
  static void* reallocate(Jbig2Allocator* table, void* old, std::size_t bytes) {
    return take(table, bytes) ? std::realloc(old, bytes) : nullptr;
  }
  static void release(Jbig2Allocator*, void* memory) { std::free(memory); }

  Hooks hooks_;
};

struct FreeContext {
  void operator()(Jbig2Ctx* context) const { jbig2_ctx_free(context); }
};
struct FreeGlobals {
  void operator()(Jbig2GlobalCtx* globals) const { jbig2_global_ctx_free(globals); }
};
using Context = std::unique_ptr<Jbig2Ctx, FreeContext>;
using Globals = std::unique_ptr<Jbig2GlobalCtx, FreeGlobals>;

class Decoder {
 public:
  Decoder(int width, int height, std::size_t data_bytes)
      : height_(static_cast<std::size_t>(height)),
        row_bytes_((static_cast<std::size_t>(width) + 7) / 8),
        allowance_(allowance_for(row_bytes_ * height_, data_bytes)) {}

  // Rows as a PDF stream has them, each from a whole byte on; a set bit is white.
  std::optional<std::string> decode(std::string_view shared, std::string_view data) {
    Globals globals;
    if (!shared.empty()) {
      Context context = context_with(nullptr);
      if (context == nullptr) return std::nullopt;
      feed(*context, shared);
      globals.reset(jbig2_make_global_ctx(context.release()));
    }
    const Context context = context_with(globals.get());
    if (context == nullptr) return std::nullopt;
    feed(*context, data);
    // Images in PDFs have no segment that ends their page.
    if (jbig2_complete_page(context.get()) < 0) damaged_ = true;
    Jbig2Image* page = jbig2_page_out(context.get());
    if (page == nullptr) return std::nullopt;
    std::string rows = rows_of(*page);
    jbig2_release_page(context.get(), page);
    return rows;
  }
  bool is_damaged() const { return damaged_; }

 private:
  Context context_with(Jbig2GlobalCtx* globals) {
    return Context(
        jbig2_ctx_new(allowance_.allocator(), JBIG2_OPTIONS_EMBEDDED, globals, note, this));
  }
  static void note(void* self, const char*, Jbig2Severity severity, std::uint32_t) {
    if (severity >= JBIG2_SEVERITY_WARNING) static_cast<Decoder*>(self)->damaged_ = true;
  }
  void feed(Jbig2Ctx& context, std::string_view bytes) {
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    if (jbig2_data_in(&context, data, bytes.size()) < 0) damaged_ = true;
  }

  std::string rows_of(const Jbig2Image& page) const {
    std::string rows(row_bytes_ * height_, '\xFF');
    const std::size_t bytes = std::min<std::size_t>(row_bytes_, page.stride);
    for (std::size_t y = 0; y < std::min<std::size_t>(height_, page.height); ++y) {
      const std::uint8_t* from = page.data + y * page.stride;
      char* to = rows.data() + y * row_bytes_;
      for (std::size_t i = 0; i < bytes; ++i) to[i] = static_cast<char>(~from[i]);
    }
    return rows;
  }

  std::size_t height_;
  std::size_t row_bytes_;
  Allowance allowance_;
  bool damaged_ = false;
};

std::string shared_data_of(JBIG2Stream& stream) {
  Object* globals = stream.getGlobalsStream();
  if (globals == nullptr || !globals->isStream()) return {};
  return read_stream(*globals->getStream(), kMaxDataBytes);
}

}  // namespace

ImageData::ImageData(Stream* stream, int width, int height) : stream_(stream) {
  if (stream == nullptr || stream->getKind() != strJBIG2) return;
  Stream* encoded = stream->getNextStream();
  const std::string shared = shared_data_of(static_cast<JBIG2Stream&>(*stream));
  const std::string data = encoded != nullptr ? read_stream(*encoded, kMaxDataBytes) : "";
  Decoder decoder(width, height, shared.size() + data.size());
  auto rows = decoder.decode(shared, data);
  damaged_ = decoder.is_damaged();
  lost_ = !rows;
  stream_ = nullptr;
  if (lost_) return;
  rows_ = std::move(*rows);
  decoded_ = std::make_unique<MemStream>(rows_.data(), 0, static_cast<Goffset>(rows_.size()),
                                         Object(objNull));
  stream_ = decoded_.get();
}

ImageData::~ImageData() = default;

}  // namespace sluice::pdf
