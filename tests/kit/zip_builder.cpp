#include "kit/zip_builder.h"

#include <libdeflate.h>

namespace sluice::test {
namespace {

void put(std::string& out, std::uint64_t value, int size) {
  for (; size > 0; --size, value >>= 8) out.push_back(static_cast<char>(value & 0xff));
}

std::string deflated(std::string_view bytes) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_deflate_compress_bound(compressor, bytes.size()), '\0');
  out.resize(
      libdeflate_deflate_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

}  // namespace

ZipBuilder& ZipBuilder::add(std::string_view name, std::string_view bytes) {
  return add(name, bytes, Options());
}

ZipBuilder& ZipBuilder::add(std::string_view name, std::string_view bytes, const Options& options) {
  const std::string packed = options.stored ? std::string(bytes) : deflated(bytes);
  Header header;
  header.name = name;
  header.options = options;
  if (options.descriptor) header.options.flags |= 8;
  header.offset = data_.size();
  header.size = bytes.size();
  header.compressed_size = packed.size();
  header.crc = libdeflate_crc32(0, bytes.data(), bytes.size());
  header.method = options.method.value_or(options.stored ? 0 : 8);

  put(data_, 0x04034b50, 4);
  put(data_, 20, 2);
  put(data_, header.options.flags, 2);
  put(data_, header.method, 2);
  put(data_, 0x5021'0000, 4);
  put(data_, options.descriptor ? 0 : header.crc, 4);
  put(data_, options.descriptor ? 0 : header.compressed_size, 4);
  put(data_, options.descriptor ? 0 : header.size, 4);
  put(data_, name.size(), 2);
  put(data_, 0, 2);
  data_ += name;
  data_ += packed;
  if (options.descriptor) {
    put(data_, 0x08074b50, 4);
    put(data_, header.crc, 4);
    put(data_, header.compressed_size, 4);
    put(data_, header.size, 4);
  }
  headers_.push_back(header);
  return *this;
}

ZipBuilder& ZipBuilder::add_alias(std::string_view name) {
  Header header = headers_.back();
  header.name = name;
  headers_.push_back(header);
  return *this;
}

std::string ZipBuilder::directory_header(const Header& header) {
  const Options& lie = header.options;
  const std::uint64_t size = lie.size.value_or(header.size);
  const std::uint64_t compressed = lie.compressed_size.value_or(header.compressed_size);
  const std::uint64_t offset = lie.header_offset.value_or(header.offset);
  std::string extra = lie.extra;
  if (lie.zip64) {
    put(extra, 1, 2);
    put(extra, 24, 2);
    put(extra, size, 8);
    put(extra, compressed, 8);
    put(extra, offset, 8);
  }
  std::string out;
  put(out, 0x02014b50, 4);
  put(out, lie.unix_mode == 0 ? 20 : 3 << 8 | 20, 2);
  put(out, 20, 2);
  put(out, lie.flags, 2);
  put(out, header.method, 2);
  put(out, 0x5021'0000, 4);
  put(out, lie.crc.value_or(header.crc), 4);
  put(out, lie.zip64 ? 0xffffffff : compressed, 4);
  put(out, lie.zip64 ? 0xffffffff : size, 4);
  put(out, header.name.size(), 2);
  put(out, extra.size(), 2);
  put(out, 0, 2 + 2 + 2);
  put(out, std::uint64_t{lie.unix_mode} << 16, 4);
  put(out, lie.zip64 ? 0xffffffff : offset, 4);
  return out + header.name + extra;
}

std::string ZipBuilder::build() const {
  std::string directory;
  bool zip64 = false;
  for (const Header& header : headers_) {
    directory += directory_header(header);
    zip64 = zip64 || header.options.zip64;
  }
  std::string out = data_ + directory;
  if (zip64) {
    const std::uint64_t end_at = out.size();
    put(out, 0x06064b50, 4);
    put(out, 44, 8);
    put(out, 45, 2);
    put(out, 45, 2);
    put(out, 0, 4 + 4);
    put(out, headers_.size(), 8);
    put(out, headers_.size(), 8);
    put(out, directory.size(), 8);
    put(out, data_.size(), 8);
    put(out, 0x07064b50, 4);
    put(out, 0, 4);
    put(out, end_at, 8);
    put(out, 1, 4);
  }
  put(out, 0x06054b50, 4);
  put(out, 0, 2 + 2);
  put(out, zip64 ? 0xffff : headers_.size(), 2);
  put(out, zip64 ? 0xffff : headers_.size(), 2);
  put(out, zip64 ? 0xffffffff : directory.size(), 4);
  put(out, zip64 ? 0xffffffff : data_.size(), 4);
  put(out, 0, 2);
  return out;
}

}  // namespace sluice::test
