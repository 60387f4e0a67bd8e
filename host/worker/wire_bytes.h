// Numbers and texts as bytes, little-endian, the same on every machine. The reader never throws and
// never reads past its end: after the first thing that does not fit it yields zeros and ok() is
// false.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::wire {

class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}
  void u8(std::uint8_t value) { out_ += static_cast<char>(value); }
  void u32(std::uint32_t value) { number(value, 4); }
  void u64(std::uint64_t value) { number(value, 8); }
  void text(std::string_view value) {
    u64(value.size());
    out_ += value;
  }

 private:
  void number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) out_ += static_cast<char>((value >> (8 * i)) & 0xFF);
  }
  std::string& out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::string_view text() { return bytes(u64()); }
  std::string_view bytes(std::uint64_t size) {
    if (!ok_ || size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(out.size());
    return out;
  }
  // A number of things that follow, each of at least `least` bytes: what cannot be there is refused
  // before anything is reserved for it.
  std::uint32_t count(std::size_t least) {
    const std::uint32_t value = u32();
    if (value > rest_.size() / least) ok_ = false;
    return ok_ ? value : 0;
  }
  void fail() { ok_ = false; }
  bool ok() const { return ok_; }
  // True if all was read and nothing is left over.
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  std::uint64_t number(std::size_t size) {
    const std::string_view raw = bytes(size);
    std::uint64_t value = 0;
    for (std::size_t i = raw.size(); i-- > 0;) {
      value = value << 8 | static_cast<std::uint8_t>(raw[i]);
    }
    return value;
  }
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace sluice::wire
