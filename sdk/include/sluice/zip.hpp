// SPDX-License-Identifier: Apache-2.0
//
// Reading ZIP archives that nobody vouches for. Everything the archive says of itself is a claim:
// what counts is the bytes that really come out. A name is a key to look an entry up by; nothing
// here makes it a path, so "../../etc/passwd" is a name like any other.
//
//   sluice::Zip zip(job);
//   const sluice::ZipEntry* entry = zip.find("word/document.xml");
//   if (entry == nullptr) throw sluice::Failure(sluice::Outcome::kMalformed, "no document in it");
//   const std::string xml = zip.read(*entry);
//
// Format: PKWARE APPNOTE 6.3.9, with ZIP64; methods 0 (stored) and 8 (deflate).
#pragma once

#include <cstdint>
#include <memory>
#include <sluice/plugin.hpp>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

// What an archive may cost. Going beyond ends in Failure(kLimit).
struct ZipLimits {
  std::uint64_t entries = 100'000;
  // Bytes that one entry may give to read(), which holds them in memory; stream() is not bound by
  // it.
  std::uint64_t read_bytes = std::uint64_t{512} << 20;
  // Bytes that all reads and streams of the archive may give together.
  std::uint64_t total_bytes = std::uint64_t{16} << 30;
  // Bytes out for a byte in, counted once an entry has given more than `ratio_grace` bytes. Real
  // documents stay below 100; deflate cannot do more than 1,032.
  std::uint64_t ratio = 250;
  std::uint64_t ratio_grace = std::uint64_t{32} << 20;
  // How many archives may lie within this one, each in the other; see Zip::limits_within.
  unsigned nesting = 4;
};

struct ZipEntry {
  // As in the archive: any bytes, with any separators, perhaps not UTF-8, perhaps not unique.
  std::string name;
  std::uint64_t size = 0;             // as declared; read() and stream() check it
  std::uint64_t compressed_size = 0;  // as declared; within the archive
  std::uint32_t crc32 = 0;
  std::uint16_t method = 0;
  bool encrypted = false;
  bool cut_off = false;  // the archive ends within it: it can be found, but not read
  std::uint64_t header_offset = 0;
  bool name_is_utf8 = false;    // the archive says so (4.4.4, bit 11)
  std::string unicode_name;     // the name in UTF-8, if the archive has it beside `name` (4.6.9)
  std::uint32_t dos_time = 0;   // local time of who made it: the date in the upper half; 4.4.6
  std::uint32_t unix_mode = 0;  // as of stat(2), from archives made on Unix; 0 elsewhere

  bool is_directory() const { return !name.empty() && (name.back() == '/' || name.back() == '\\'); }
};

// The bytes of one entry, in order, in memory that does not depend on its size (about 100 KiB).
// Its archive must outlive it.
class ZipStream {
 public:
  struct State;
  explicit ZipStream(std::unique_ptr<State> state);
  ~ZipStream();
  ZipStream(ZipStream&&) noexcept;
  ZipStream& operator=(ZipStream&&) noexcept;

  // Fills `buffer` with the next bytes and returns how many: fewer than its size only at the end, 0
  // after it. Throws Failure: kMalformed where the data is damaged, at the latest at the end, where
  // size and checksum are compared; kLimit; kIo.
  std::size_t read(std::span<char> buffer);

 private:
  std::unique_ptr<State> state_;
};

// One archive. Not for more than one thread at a time: reads count towards a common total.
class Zip {
 public:
  // Reads the directory. `bytes` must outlive the archive. Where the directory is missing or broken
  // (a file that was cut off), the entries are found by their own headers; see is_recovered. Throws
  // Failure: kMalformed if it is no ZIP archive or entries share their bytes; kEncrypted if it is
  // an Office document behind a password (a compound file with an EncryptedPackage,
  // MS-OFFCRYPTO 2.3); kUnsupported for other compound files (.doc, .xls); kLimit.
  explicit Zip(std::string_view bytes, const ZipLimits& limits = {});
  // The same for a job's source. A large one is read piece by piece instead of being mapped, so
  // that its pages do not count as memory of the converter. `job` must outlive the archive.
  explicit Zip(Job& job, const ZipLimits& limits = {});
  ~Zip();
  Zip(Zip&&) noexcept;
  Zip& operator=(Zip&&) noexcept;

  // In the order of the directory. Valid as long as the archive, like every entry.
  std::span<const ZipEntry> entries() const;

  // The entry of this name, or nullptr. First exactly, then without regard to ASCII case, to a
  // leading "/" or "./" and to which way slashes lean, since writers differ in these. Of several
  // the first.
  const ZipEntry* find(std::string_view name) const;

  // All bytes of an entry. Throws Failure: kMalformed (cut off, another size or checksum than
  // declared), kEncrypted, kUnsupported (another method), kLimit, kIo.
  std::string read(const ZipEntry& entry) const;

  // The same piece by piece. Throws what read throws, except for what only the data can tell.
  ZipStream stream(const ZipEntry& entry) const;

  // Whether the directory was missing or broken: entries that were lost are not known, so what is
  // made of such an archive is kPartial at best.
  bool is_recovered() const;

  // The limits for an archive that was found inside of this one: one level less, and of the total
  // only what is left. Throws Failure(kLimit) if it lies too deep.
  ZipLimits limits_within() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sluice
