#include "staging/asset_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/names.h"

namespace sluice {
namespace {

using Type = std::pair<std::string_view, std::string_view>;
constexpr std::array<Type, 24> kExtensions = {{{"image/png", "png"},
                                               {"image/jpeg", "jpg"},
                                               {"image/jpg", "jpg"},
                                               {"image/gif", "gif"},
                                               {"image/webp", "webp"},
                                               {"image/svg+xml", "svg"},
                                               {"image/bmp", "bmp"},
                                               {"image/tiff", "tiff"},
                                               {"image/avif", "avif"},
                                               {"image/heic", "heic"},
                                               {"image/jxl", "jxl"},
                                               {"image/x-icon", "ico"},
                                               {"image/vnd.microsoft.icon", "ico"},
                                               {"image/emf", "emf"},
                                               {"image/x-emf", "emf"},
                                               {"image/wmf", "wmf"},
                                               {"image/x-wmf", "wmf"},
                                               {"image/jp2", "jp2"},
                                               {"audio/mpeg", "mp3"},
                                               {"audio/wav", "wav"},
                                               {"video/mp4", "mp4"},
                                               {"application/pdf", "pdf"},
                                               {"text/csv", "csv"},
                                               {"application/json", "json"}}};
// Harmless where only the suggested name says what it is.
constexpr std::array<std::string_view, 14> kMore = {"jpeg", "tif",  "ogg",  "webm", "txt",
                                                    "docx", "xlsx", "pptx", "odt",  "ods",
                                                    "eps",  "ps",   "m4a",  "flac"};

constexpr const char* kNotKnown = "bin";

bool is_known_extension(std::string_view extension) {
  const auto is_it = [extension](const Type& type) { return type.second == extension; };
  return std::any_of(kExtensions.begin(), kExtensions.end(), is_it) ||
         std::find(kMore.begin(), kMore.end(), extension) != kMore.end();
}

std::string extension_for(std::string_view suggested, std::string_view media_type) {
  for (const auto& [type, extension] : kExtensions) {
    if (type == media_type) return std::string(extension);
  }
  const std::string extension = extension_of(suggested);
  return is_known_extension(extension) ? extension : kNotKnown;
}

// "image" of "image-12".
std::string_view without_number(std::string_view stem) {
  const std::size_t end = stem.find_last_not_of("0123456789");
  if (end == std::string_view::npos || end + 1 == stem.size() || stem[end] != '-') return stem;
  return stem.substr(0, end);
}

}  // namespace

std::string AssetNames::next(std::string_view suggested, std::string_view media_type) {
  const std::size_t slash = suggested.find_last_of("/\\");
  if (slash != std::string_view::npos) suggested.remove_prefix(slash + 1);
  const std::string extension = extension_for(suggested, media_type);
  const bool is_image = media_type.substr(0, 6) == "image/";
  const std::string stem =
      suggested.empty() ? (is_image ? "image" : "attachment") : document_name(stem_of(suggested));
  std::string name = stem + "." + extension;
  // Counted by name, so that ten thousand of the same name do not try ten thousand numbers each.
  std::uint32_t& count = taken_[name_key(name)];
  while (count++ > 0) {
    const std::string numbered = stem + "-" + std::to_string(count) + "." + extension;
    if (taken_.emplace(name_key(numbered), 1).second) return numbered;
  }
  return name;
}

bool is_asset_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view stem = name.substr(0, dot);
  const std::string_view extension = name.substr(dot + 1);
  if (!is_known_extension(extension) && extension != kNotKnown) return false;
  // A number may stand behind a name that was as long as names get.
  const std::string_view base = without_number(stem);
  return document_name(stem) == stem || document_name(base) == base;
}

}  // namespace sluice
