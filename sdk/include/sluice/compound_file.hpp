// SPDX-License-Identifier: Apache-2.0
//
// Reading OLE2 compound files ([MS-CFB]) that nobody vouches for: what old Office documents,
// Outlook messages and encrypted packages are stored in. Everything the file says of itself is a
// claim. Chains and trees that run in circles end, a sector belongs to the first stream that reads
// it, and no stream gives more bytes than the file has.
//
//   sluice::CompoundFile file(job.source_text());
//   const auto* entry = file.find("WordDocument");
//   if (entry == nullptr) throw sluice::Failure(sluice::Outcome::kMalformed, "no document in it");
//   const sluice::CompoundFile::Content content = file.read(*entry);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

inline constexpr std::string_view kCompoundFileMark("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

class CompoundFile {
 public:
  enum class Kind : std::uint8_t { kStorage, kStream };

  struct Entry {
    std::string name;  // UTF-8, as it stands: it may hold anything, also controls and slashes
    Kind kind = Kind::kStream;
    std::uint64_t size = 0;                   // of a stream, as the file claims it
    std::array<std::uint8_t, 16> class_id{};  // of a storage: the program that owns it
    std::vector<std::uint32_t> children;      // of a storage; see children()
    std::uint32_t start = 0;                  // its first sector
    std::uint32_t index = 0;                  // its place in the directory
  };

  // Bytes of a stream. Not whole: the file is cut off or damaged, and the bytes end there.
  struct Content {
    std::string bytes;
    bool is_whole = true;
  };

  // `bytes` must outlive it. Throws Failure(kMalformed) if there is no directory to be read.
  explicit CompoundFile(std::string_view bytes);

  const Entry& root() const { return entries_.front(); }
  // What a storage holds, in the directory's order. Entries that no storage holds are the root's.
  std::vector<const Entry*> children(const Entry& storage) const;
  // The child of that name, in any case of ASCII letters (2.6.4); nullptr if there is none.
  const Entry* find(const Entry& storage, std::string_view name) const;
  const Entry* find(std::string_view name) const { return find(root(), name); }

  // A whole stream, or its first `most` bytes. A storage has none. Linear in what it gives.
  Content read(const Entry& stream, std::uint64_t most = ~std::uint64_t{0});

 private:
  std::string_view sector(std::uint32_t index) const;
  std::uint32_t next(std::uint32_t index) const;
  std::string metadata(std::uint32_t start) const;
  void read_allocation();
  void read_directory();
  void build_tree(const std::vector<std::array<std::uint32_t, 3>>& links);
  Content read_large(const Entry& entry, std::uint64_t size);
  Content read_small(const Entry& entry, std::uint64_t size);
  void load_small_sectors();
  static bool claim(std::vector<std::uint32_t>& owners, std::uint32_t sector, std::uint32_t owner);

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::vector<std::uint32_t> next_;    // 2.3, the FAT
  std::vector<Entry> entries_;         // the root first; all others as the directory has them
  std::vector<std::uint32_t> owners_;  // of each sector: 1 + the index of the stream that read it
  bool has_small_sectors_ = false;     // whether the following are loaded
  std::string small_sectors_;          // 2.4: the sectors of 64 bytes, all in one stream
  std::vector<std::uint32_t> small_next_;
  std::vector<std::uint32_t> small_owners_;
};

// The root's stream of that name; empty if there is none. `is_whole` becomes false if the stream is
// not whole.
std::string read_stream(CompoundFile& file, std::string_view name, bool& is_whole);

}  // namespace sluice
