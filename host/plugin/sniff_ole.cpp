// Which program an OLE2 file is of: by what its root holds, never by what a document embedded in it
// holds; then by the class of its root; then by its name.
#include <algorithm>
#include <array>
#include <cstdint>
#include <sluice/little_endian.hpp>
#include <vector>

#include "plugin/media_type.h"
#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

using std::string_view_literals::operator""sv;

struct Mark {
  std::string_view name;
  std::string_view media_type;
};

// Storages and streams of the root ([MS-CFB], 2.6.1) that tell its program; the first one counts.
constexpr auto kStreams = std::to_array<Mark>({
    // Whatever else stands beside it (Word adds a hollow document) is not the document.
    {"EncryptedPackage", "application/x-ole-encrypted-package"},
    {"WordDocument", "application/msword"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
    {"PP97_DUALSTORAGE", "application/vnd.ms-powerpoint"},
    {"PP40", "application/vnd.ms-powerpoint"},
    {"__properties_version1.0", "application/vnd.ms-outlook"},
    {"VisioDocument", "application/vnd.visio"},
    {"Quill", "application/x-mspublisher"},
    {"MatOST", "application/vnd.ms-works"},
    {"MM", "application/vnd.ms-works"},
    {"MN0", "application/vnd.ms-works"},
    {"PerfectOffice_MAIN", "application/vnd.wordperfect"},
    {"StarWriterDocument", "application/vnd.stardivision.writer"},
    {"StarCalcDocument", "application/vnd.stardivision.calc"},
    {"StarDrawDocument3", "application/vnd.stardivision.draw"},
    {"BodyText", "application/x-hwp"},
});

// The root's class, in the order of its bytes in the file; those of programs whose streams have no
// names of their own, or whose directory does not reach us.
constexpr auto kClasses = std::to_array<Mark>({
    {"\x00\x09\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/msword"},
    {"\x06\x09\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/msword"},
    {"\x10\x08\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/vnd.ms-excel"},
    {"\x20\x08\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/vnd.ms-excel"},
    {"\x10\x8d\x81\x64\x9b\x4f\xcf\x11\x86\xea\x00\xaa\x00\xb9\x29\xe8"sv,
     "application/vnd.ms-powerpoint"},
    {"\x0b\x0d\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/vnd.ms-outlook"},
    {"\x01\x12\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/x-mspublisher"},
    {"\x14\x1a\x02\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/vnd.visio"},
    {"\x3a\x8f\xb7\x74\xc8\xc8\xd1\x11\xbe\x11\x00\xc0\x4f\xb6\xfa\xf1"sv,
     "application/vnd.ms-project"},
    {"\x84\x10\x0c\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/x-msi"},
    {"\x86\x10\x0c\x00\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv, "application/x-msi"},
});

constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kHeaderSize = 512;

// The name of a directory entry, as ASCII; empty if it is not.
std::string name_of(std::string_view entry) {
  const std::size_t bytes = little_u16(entry, 64);  // with its terminating zero
  if (bytes < 4 || bytes > 64) return {};
  std::string name;
  for (std::size_t i = 0; i + 2 < bytes; i += 2) {
    if (entry[i + 1] != 0) return {};
    name.push_back(entry[i]);
  }
  return name;
}

// The sectors of the directory, in their order, as far as `prefix` has the table that tells it and
// `directory` has their bytes. Where the table is out of reach the sectors are in a row, as a
// program that saves a file anew writes them.
std::string joined_sectors(std::string_view prefix, std::string_view directory, std::size_t size) {
  const std::uint32_t first = little_u32(prefix, 48);
  std::string joined;
  std::uint32_t at = first;
  for (std::size_t steps = 0; steps <= directory.size() / size; ++steps) {
    if (at < first || std::uint64_t{at - first} * size >= directory.size()) break;
    joined += directory.substr(std::size_t{at - first} * size, size);
    const std::size_t per_table = size / 4;
    const std::uint64_t slot = at / per_table;
    const std::uint64_t table = slot < 109 ? little_u32(prefix, 76 + slot * 4) : ~0U;
    const std::uint64_t entry = (table + 1) * size + at % per_table * 4;
    at = entry + 4 <= prefix.size() ? little_u32(prefix, entry) : at + 1;
  }
  return joined;
}

// Names of what the root holds: its child, and the neighbours of that (2.6.4).
std::vector<std::string> root_names(std::string_view directory) {
  std::vector<std::string> names;
  const std::size_t count = directory.size() / kEntrySize;
  std::vector<bool> seen(count);
  std::vector<std::uint32_t> waiting = {little_u32(directory, 76)};
  while (!waiting.empty()) {
    const std::uint32_t index = waiting.back();
    waiting.pop_back();
    if (index == 0 || index >= count || seen[index]) continue;
    seen[index] = true;
    const std::string_view entry = directory.substr(index * kEntrySize, kEntrySize);
    names.push_back(name_of(entry));
    waiting.push_back(little_u32(entry, 68));
    waiting.push_back(little_u32(entry, 72));
  }
  return names;
}

// Of a directory whose tree is damaged: all that is there.
std::vector<std::string> all_names(std::string_view directory) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at + kEntrySize <= directory.size(); at += kEntrySize) {
    names.push_back(name_of(directory.substr(at, kEntrySize)));
  }
  return names;
}

const Mark* known_stream(const std::vector<std::string>& names) {
  const auto mark = std::find_if(kStreams.begin(), kStreams.end(), [&](const Mark& one) {
    return std::find(names.begin(), names.end(), one.name) != names.end();
  });
  return mark == kStreams.end() ? nullptr : &*mark;
}

const Mark* known_class(std::string_view directory) {
  const auto mark = std::find_if(kClasses.begin(), kClasses.end(), [&](const Mark& one) {
    return directory.size() >= kEntrySize && directory.substr(80, one.name.size()) == one.name;
  });
  return mark == kClasses.end() ? nullptr : &*mark;
}

// 2.2: the exponent of the sectors' size; 0 if it is none.
std::size_t sector_size(std::string_view prefix) {
  const std::uint32_t shift = little_u16(prefix, 30);
  return prefix.size() >= kHeaderSize && (shift == 9 || shift == 12) ? std::size_t{1} << shift : 0;
}

}  // namespace

std::uint64_t ole_directory_offset(std::string_view prefix) {
  return (std::uint64_t{little_u32(prefix, 48)} + 1) * sector_size(prefix);
}

SourceType sniff_ole(std::string_view prefix, std::string_view directory,
                     std::string_view extension) {
  const std::uint64_t offset = ole_directory_offset(prefix);
  if (directory.empty() && offset < prefix.size()) {
    directory = prefix.substr(static_cast<std::size_t>(offset));
  }
  if (const std::size_t size = sector_size(prefix); size > 0) {
    const std::string joined = joined_sectors(prefix, directory, size);
    const Mark* mark = known_stream(root_names(joined));
    if (mark == nullptr) mark = known_stream(all_names(joined));
    if (mark != nullptr) {
      return {std::string(mark->media_type), "OLE2 with " + std::string(mark->name)};
    }
    if (const Mark* found = known_class(joined)) {
      return {std::string(found->media_type), "OLE2 whose root has that class"};
    }
  }
  const std::string_view named = type_of_extension(extension);
  if (named == "application/msword" || named.starts_with("application/vnd.ms-")) {
    return {std::string(named), "OLE2, and extension ." + std::string(extension)};
  }
  return {"application/x-ole-storage", "magic D0CF11E0 at 0"};
}

}  // namespace sluice::plugin
