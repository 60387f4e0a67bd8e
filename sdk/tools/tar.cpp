#include "tools/tar.h"

#include <cstring>

#include "platform/error.h"

namespace sluice::tool {
namespace {

constexpr std::size_t kBlock = 512;

struct Header {
  char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100];
  char magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], padding[12];
};
static_assert(sizeof(Header) == kBlock);

// Octal digits with leading zeros, `count` of them.
void put_octal(char* field, std::size_t count, std::uint64_t value) {
  for (std::size_t i = count; i > 0; --i, value /= 8) {
    field[i - 1] = static_cast<char>('0' + value % 8);
  }
}

}  // namespace

void TarWriter::add_header(const std::string& name, std::uint64_t size, char type, unsigned mode) {
  if (name.size() > sizeof(Header::name) || size >= (std::uint64_t{1} << 33)) {
    throw Error("put into the archive", name, "its name or size is too large for ustar",
                "shorten the name");
  }
  Header header{};
  std::memcpy(header.name, name.data(), name.size());
  put_octal(header.mode, sizeof header.mode - 1, mode);
  put_octal(header.uid, sizeof header.uid - 1, 0);
  put_octal(header.gid, sizeof header.gid - 1, 0);
  put_octal(header.size, sizeof header.size - 1, size);
  put_octal(header.mtime, sizeof header.mtime - 1, 0);
  header.type = type;
  std::memcpy(header.magic, "ustar", 6);
  std::memcpy(header.version, "00", 2);
  std::memcpy(header.user, "root", 4);
  std::memcpy(header.group, "root", 4);
  // The sum of all bytes, with blanks in its own place.
  std::memset(header.checksum, ' ', sizeof header.checksum);
  unsigned sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += reinterpret_cast<const unsigned char*>(&header)[i];
  put_octal(header.checksum, 6, sum);
  header.checksum[6] = '\0';
  bytes_.append(reinterpret_cast<const char*>(&header), kBlock);
}

void TarWriter::add_folder(const std::string& name) {
  add_header(name + "/", 0, '5', 0755);
}

void TarWriter::add_file(const std::string& name, std::string_view bytes) {
  add_header(name, bytes.size(), '0', 0644);
  bytes_.append(bytes);
  bytes_.append((kBlock - bytes.size() % kBlock) % kBlock, '\0');
}

std::string TarWriter::finish() {
  return bytes_ + std::string(2 * kBlock, '\0');
}

}  // namespace sluice::tool
