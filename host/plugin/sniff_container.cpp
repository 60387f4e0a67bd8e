#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "plugin/media_type.h"
#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

using std::string_view_literals::operator""sv;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

using Names = std::vector<std::string_view>;

// Adds the name of a header at `at` and returns true, if all of it is there: `size_at` is where the
// header holds the name's length, `name_at` where the name begins.
bool add_name(std::string_view bytes, std::size_t at, std::size_t size_at, std::size_t name_at,
              Names& names) {
  const std::size_t size = little(bytes, at + size_at, 2);
  if (at + name_at > bytes.size() || bytes.size() - at - name_at < size) return false;
  names.push_back(bytes.substr(at + name_at, size));
  return true;
}

// Names of the directory at the end of a file (APPNOTE 4.3.12, 4.3.16), or as many as `tail` holds.
// Only what stands there counts: an archive may hold others, with directories of their own.
Names directory_names(std::string_view tail) {
  Names names;
  const std::size_t end = tail.rfind("PK\x05\x06"sv);
  if (end == std::string_view::npos) return names;
  const std::size_t size = little(tail, end + 12, 4);
  std::size_t at = size <= end ? end - size : tail.find("PK\x01\x02"sv);
  while (at < end && tail.substr(at).starts_with("PK\x01\x02"sv)) {
    if (!add_name(tail, at, 28, 46, names)) break;
    at += 46 + little(tail, at + 28, 2) + little(tail, at + 30, 2) + little(tail, at + 32, 2);
  }
  return names;
}

// Names of the entries at the front, for a file whose end is not at hand: from one header over its
// content to the next (APPNOTE 4.3.7).
Names leading_names(std::string_view prefix) {
  constexpr std::uint16_t kSizeComesLater = 1 << 3;
  Names names;
  std::size_t at = 0;
  while (at < prefix.size() && prefix.substr(at).starts_with("PK\x03\x04"sv)) {
    if (!add_name(prefix, at, 26, 30, names)) break;
    const std::size_t content = at + 30 + little(prefix, at + 26, 2) + little(prefix, at + 28, 2);
    const std::size_t size = little(prefix, at + 18, 4);
    at = size == 0 && (little(prefix, at + 6, 2) & kSizeComesLater) != 0
             ? prefix.find("PK\x03\x04"sv, content)
             : content + size;
  }
  return names;
}

// The content of a first entry `mimetype`, stored as it is (EPUB OCF 3.3, 4.3.1; ODF 1.3, part 2,
// 3.3); empty if there is none.
std::string_view mimetype_entry(std::string_view prefix) {
  constexpr std::size_t kHeader = 30;
  if (prefix.size() < kHeader) return {};
  if (little(prefix, 8, 2) != 0 || prefix.substr(kHeader, 8) != "mimetype") return {};
  if (little(prefix, 26, 2) != 8) return {};
  const std::size_t begin = kHeader + 8 + little(prefix, 28, 2);
  if (begin >= prefix.size()) return {};
  std::size_t size = little(prefix, 18, 4);
  // A size of zero stands in a descriptor behind the content; the next header ends it.
  if (size == 0) size = std::min<std::size_t>(prefix.find("PK", begin), begin + 100) - begin;
  std::string_view type = prefix.substr(begin, std::min<std::size_t>(size, 100));
  while (!type.empty() && (type.back() == '\n' || type.back() == '\r')) type.remove_suffix(1);
  return type;
}

struct Part {
  std::string_view name;  // a whole name, or the beginning of one if it ends in `/`
  std::string_view media_type;
};

constexpr auto kMainParts = std::to_array<Part>({
    {"word/document.xml",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"},
    {"ppt/presentation.xml",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"META-INF/container.xml", "application/epub+zip"},
    {"META-INF/MANIFEST.MF", "application/java-archive"},
});

// In Office packages only: the main part may have any name (ECMA-376, part 2, 9.3).
constexpr auto kOfficeFolders = std::to_array<Part>({
    {"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"visio/", "application/vnd.ms-visio.drawing"},
});

bool is_zip_based(std::string_view type) {
  return type.starts_with("application/vnd.openxmlformats-") ||
         type.starts_with("application/vnd.oasis.opendocument.") || type == "application/epub+zip";
}

SourceType zip_with(std::string_view media_type, std::string_view name) {
  return {std::string(media_type), "ZIP with " + std::string(name)};
}

}  // namespace

SourceType sniff_zip(std::string_view prefix, std::string_view tail, std::string_view extension) {
  const std::string_view declared = mimetype_entry(prefix);
  if (declared == "application/epub+zip" || declared.starts_with("application/vnd.oasis.") ||
      declared.starts_with("application/vnd.sun.")) {
    return {canonical_media_type(declared), "ZIP whose mimetype entry says so"};
  }
  Names names = directory_names(tail);
  if (names.empty()) names = leading_names(prefix);
  for (const Part& part : kMainParts) {
    if (std::find(names.begin(), names.end(), part.name) != names.end()) {
      return zip_with(part.media_type, part.name);
    }
  }
  const bool office = std::find(names.begin(), names.end(), "[Content_Types].xml") != names.end();
  if (office) {
    for (const Part& part : kOfficeFolders) {
      const auto inside = [&](std::string_view name) { return name.starts_with(part.name); };
      const auto found = std::find_if(names.begin(), names.end(), inside);
      if (found != names.end()) return zip_with(part.media_type, part.name);
    }
  }
  if (const std::string_view named = type_of_extension(extension); is_zip_based(named)) {
    return {std::string(named), "ZIP, and extension ." + std::string(extension)};
  }
  return {"application/zip", "magic PK at 0"};
}

}  // namespace sluice::plugin
