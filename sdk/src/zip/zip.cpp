// SPDX-License-Identifier: Apache-2.0
//
// Whole entries go through libdeflate, which refuses to write past the declared size; streams go
// through zlib. Both count what really comes out.
#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <sluice/zip.hpp>
#include <utility>
#include <vector>

#include "zip/zip_directory.hpp"
#include "zip/zip_source.hpp"

namespace sluice {
namespace {

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
// Deflate (RFC 1951) writes at most 258 bytes for 2 bits; a little more for the frame.
constexpr std::uint64_t kMaxRatio = 1032;

[[noreturn]] void fail(Outcome outcome, const ZipEntry& entry, std::string_view what) {
  throw Failure(outcome,
                "the archive's entry " + quoted_zip_name(entry.name) + " " + std::string(what));
}

// `name` as writers agree on it: forward slashes, lower case, no "/" or "./" in front.
std::string folded(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c == '\\') c = '/';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  std::size_t begin = 0;
  while (true) {
    if (out.compare(begin, 1, "/") == 0) {
      ++begin;
    } else if (out.compare(begin, 2, "./") == 0) {
      begin += 2;
    } else {
      break;
    }
  }
  return out.substr(begin);
}

// Looks names up; built once, since most archives are asked for many.
class NameIndex {
 public:
  explicit NameIndex(const std::vector<ZipEntry>& entries) {
    exact_.reserve(entries.size());
    folded_.reserve(entries.size());
    for (const ZipEntry& entry : entries) {
      exact_.emplace_back(entry.name, &entry);
      folded_.emplace_back(folded(entry.name), &entry);
    }
    // Equal names stay in the order of the directory, so that the first is found.
    const auto by_name = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(exact_.begin(), exact_.end(), by_name);
    std::stable_sort(folded_.begin(), folded_.end(), by_name);
  }

  const ZipEntry* find(std::string_view name) const {
    if (const ZipEntry* entry = find_in(exact_, name)) return entry;
    return find_in(folded_, folded(name));
  }

 private:
  template <class Names>
  static const ZipEntry* find_in(const Names& names, std::string_view name) {
    const auto at =
        std::lower_bound(names.begin(), names.end(), name,
                         [](const auto& entry, std::string_view key) { return entry.first < key; });
    return at != names.end() && at->first == name ? at->second : nullptr;
  }

  std::vector<std::pair<std::string_view, const ZipEntry*>> exact_;
  std::vector<std::pair<std::string, const ZipEntry*>> folded_;
};

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
};

}  // namespace

struct Zip::State {
  State(ZipSource from, const ZipLimits& bounds)
      : source(from),
        limits(bounds),
        directory(read_zip_directory(source, limits)),
        names(directory.entries) {}

  // What can be said before any byte is inflated.
  void check_readable(const ZipEntry& entry) const {
    if (entry.cut_off) fail(Outcome::kMalformed, entry, "is cut off");
    if (entry.encrypted) fail(Outcome::kEncrypted, entry, "is protected by a password");
    if (entry.method != kStored && entry.method != kDeflated) {
      fail(Outcome::kUnsupported, entry,
           "is compressed by method " + std::to_string(entry.method) + ", which is not known");
    }
    check_ratio(entry, entry.size);
  }

  void check_ratio(const ZipEntry& entry, std::uint64_t produced) const {
    if (produced > limits.ratio_grace && produced / limits.ratio > entry.compressed_size) {
      fail(Outcome::kLimit, entry,
           "expands more than " + std::to_string(limits.ratio) + " times, as archive bombs do");
    }
  }

  void charge(std::uint64_t bytes) {
    total += bytes;
    if (total > limits.total_bytes) {
      throw Failure(Outcome::kLimit, "the archive expands to more than " +
                                         std::to_string(limits.total_bytes >> 20) + " MiB");
    }
  }

  std::string inflate_whole(const ZipEntry& entry, std::string_view packed) {
    // No more than deflate can make of it is allocated, whatever the entry declares.
    if (entry.size > packed.size() * kMaxRatio + 64) {
      fail(Outcome::kMalformed, entry, "is shorter than it says");
    }
    if (!decompressor) decompressor.reset(libdeflate_alloc_decompressor());
    if (!decompressor) throw std::bad_alloc();
    std::string out(static_cast<std::size_t>(entry.size), '\0');
    const auto result = libdeflate_deflate_decompress(
        decompressor.get(), packed.data(), packed.size(), out.data(), out.size(), nullptr);
    switch (result) {
      case LIBDEFLATE_SUCCESS:
        return out;
      case LIBDEFLATE_INSUFFICIENT_SPACE:
        fail(Outcome::kMalformed, entry, "is longer than it says");
      case LIBDEFLATE_SHORT_OUTPUT:
        fail(Outcome::kMalformed, entry, "is shorter than it says");
      default:
        fail(Outcome::kMalformed, entry, "is damaged");
    }
  }

  ZipSource source;
  ZipLimits limits;
  ZipDirectory directory;
  NameIndex names;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor;
  std::uint64_t total = 0;
};

Zip::Zip(std::string_view bytes, const ZipLimits& limits)
    : state_(std::make_unique<State>(ZipSource(bytes), limits)) {}

Zip::Zip(Job& job, const ZipLimits& limits)
    : state_(std::make_unique<State>(ZipSource(job), limits)) {}

Zip::~Zip() = default;
Zip::Zip(Zip&&) noexcept = default;
Zip& Zip::operator=(Zip&&) noexcept = default;

std::span<const ZipEntry> Zip::entries() const {
  return state_->directory.entries;
}

const ZipEntry* Zip::find(std::string_view name) const {
  return state_->names.find(name);
}

std::string Zip::read(const ZipEntry& entry) const {
  state_->check_readable(entry);
  if (entry.size > state_->limits.read_bytes) {
    fail(Outcome::kLimit, entry,
         "has more than " + std::to_string(state_->limits.read_bytes >> 20) + " MiB");
  }
  state_->charge(entry.size);
  const std::uint64_t begin = zip_data_offset(state_->source, entry);
  std::string scratch;
  const std::string_view packed = state_->source.at(begin, entry.compressed_size, scratch);
  if (packed.size() != entry.compressed_size) fail(Outcome::kMalformed, entry, "is cut off");
  std::string out;
  if (entry.method == kStored) {
    if (entry.size != packed.size()) fail(Outcome::kMalformed, entry, "is not as long as it says");
    out = packed;
  } else {
    out = state_->inflate_whole(entry, packed);
  }
  if (libdeflate_crc32(0, out.data(), out.size()) != entry.crc32) {
    fail(Outcome::kMalformed, entry, "is damaged: its checksum does not match");
  }
  return out;
}

bool Zip::is_recovered() const {
  return state_->directory.recovered;
}

ZipLimits Zip::limits_within() const {
  ZipLimits limits = state_->limits;
  if (limits.nesting == 0) {
    throw Failure(Outcome::kLimit, "archives lie in each other too deep");
  }
  --limits.nesting;
  limits.total_bytes -= std::min(limits.total_bytes, state_->total);
  return limits;
}

struct ZipStream::State {
  State(Zip::State& archive, const ZipEntry& from)
      : zip(archive),
        entry(from),
        next(zip_data_offset(archive.source, from)),
        left(from.compressed_size) {
    // Negative: no zlib frame around the deflate data.
    if (entry.method == kDeflated && inflateInit2(&inflater, -MAX_WBITS) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~State() {
    if (entry.method == kDeflated) inflateEnd(&inflater);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // More packed bytes, none at the end.
  std::string_view fetch() {
    constexpr std::uint64_t kPiece = std::uint64_t{64} << 10;
    const std::uint64_t want = std::min(left, kPiece);
    const std::string_view piece = zip.source.at(next, want, scratch);
    if (piece.size() != want) fail(Outcome::kMalformed, entry, "is cut off");
    next += want;
    left -= want;
    return piece;
  }

  std::size_t inflate_some(std::span<char> buffer) {
    inflater.next_out = reinterpret_cast<Bytef*>(buffer.data());
    inflater.avail_out = static_cast<uInt>(buffer.size());
    while (inflater.avail_out > 0 && !ended) {
      if (inflater.avail_in == 0) {
        const std::string_view piece = fetch();
        if (piece.empty()) fail(Outcome::kMalformed, entry, "is cut off");
        inflater.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(piece.data()));
        inflater.avail_in = static_cast<uInt>(piece.size());
      }
      const int result = inflate(&inflater, Z_NO_FLUSH);
      if (result == Z_MEM_ERROR) throw std::bad_alloc();
      if (result != Z_OK && result != Z_STREAM_END) fail(Outcome::kMalformed, entry, "is damaged");
      ended = result == Z_STREAM_END;
    }
    return buffer.size() - inflater.avail_out;
  }

  std::size_t copy_some(std::span<char> buffer) {
    std::size_t got = 0;
    while (got < buffer.size() && !ended) {
      if (stored.empty()) stored = fetch();
      ended = stored.empty();
      const std::size_t size = std::min(stored.size(), buffer.size() - got);
      stored.copy(buffer.data() + got, size);
      stored.remove_prefix(size);
      got += size;
    }
    return got;
  }

  void count(std::string_view bytes) {
    produced += bytes.size();
    crc = libdeflate_crc32(crc, bytes.data(), bytes.size());
    zip.charge(bytes.size());
    zip.check_ratio(entry, produced);
    if (produced > entry.size) fail(Outcome::kMalformed, entry, "is longer than it says");
    if (!ended) return;
    if (produced < entry.size) fail(Outcome::kMalformed, entry, "is shorter than it says");
    if (crc != entry.crc32) {
      fail(Outcome::kMalformed, entry, "is damaged: its checksum does not match");
    }
  }

  Zip::State& zip;
  const ZipEntry& entry;
  std::uint64_t next;  // packed bytes that are not fetched yet begin here
  std::uint64_t left;
  std::string scratch;
  std::string_view stored;
  z_stream inflater{};
  bool ended = false;
  std::uint64_t produced = 0;
  std::uint32_t crc = 0;
};

ZipStream::ZipStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipStream::~ZipStream() = default;
ZipStream::ZipStream(ZipStream&&) noexcept = default;
ZipStream& ZipStream::operator=(ZipStream&&) noexcept = default;

std::size_t ZipStream::read(std::span<char> buffer) {
  if (buffer.empty() || state_->ended) return 0;
  buffer = buffer.first(std::min(buffer.size(), std::size_t{1} << 30));
  const std::size_t got =
      state_->entry.method == kStored ? state_->copy_some(buffer) : state_->inflate_some(buffer);
  state_->count({buffer.data(), got});
  return got;
}

ZipStream Zip::stream(const ZipEntry& entry) const {
  state_->check_readable(entry);
  return ZipStream(std::make_unique<ZipStream::State>(*state_, entry));
}

}  // namespace sluice
