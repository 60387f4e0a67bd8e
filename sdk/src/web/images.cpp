// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sluice/blanks.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/images.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

using Bytes = std::span<const std::uint8_t>;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view media_type;
};

// From the formats' specifications; RIFF and ISO base media files say at an offset what they are.
constexpr std::array kSignatures = {
    Signature{0, "\x89PNG\r\n\x1A\n", "image/png"},
    Signature{0, "\xFF\xD8\xFF", "image/jpeg"},
    Signature{0, "GIF87a", "image/gif"},
    Signature{0, "GIF89a", "image/gif"},
    Signature{8, "WEBP", "image/webp"},
    Signature{0, {"II*\0", 4}, "image/tiff"},
    Signature{0, {"MM\0*", 4}, "image/tiff"},
    Signature{0, {"\0\0\1\0", 4}, "image/x-icon"},
    Signature{4, "ftypavif", "image/avif"},
    Signature{4, "ftypavis", "image/avif"},
    Signature{4, "ftypheic", "image/heic"},
    Signature{4, "ftypheix", "image/heic"},
    Signature{4, "ftypmif1", "image/heic"},
    Signature{40, " EMF", "image/emf"},
    Signature{0, "\xD7\xCD\xC6\x9A", "image/wmf"},
    Signature{0, {"\1\0\x09\0\0\1", 6}, "image/wmf"},
    Signature{0, {"\1\0\x09\0\0\3", 6}, "image/wmf"},
};

struct Extension {
  std::string_view media_type;
  std::string_view extension;
};

constexpr std::array kExtensions = {
    Extension{"image/png", "png"},      Extension{"image/jpeg", "jpg"},
    Extension{"image/gif", "gif"},      Extension{"image/webp", "webp"},
    Extension{"image/bmp", "bmp"},      Extension{"image/tiff", "tiff"},
    Extension{"image/x-icon", "ico"},   Extension{"image/avif", "avif"},
    Extension{"image/heic", "heic"},    Extension{"image/emf", "emf"},
    Extension{"image/wmf", "wmf"},      Extension{"image/svg+xml", "svg"},
    Extension{"image/jpg", "jpg"},      Extension{"image/vnd.microsoft.icon", "ico"},
    Extension{"image/x-ms-bmp", "bmp"}, Extension{"image/x-emf", "emf"},
    Extension{"image/x-wmf", "wmf"},
};

constexpr std::size_t kSniffed = 4096;

// "BM", then a size that may lie, four reserved zero bytes, and a known header size at 14.
bool is_bmp(std::string_view text) {
  return text.size() >= 18 && text.starts_with("BM") &&
         text.substr(6, 4) == std::string_view("\0\0\0\0", 4) &&
         std::string_view("\x0C\x28\x34\x38\x40\x6C\x7C").find(text[14]) !=
             std::string_view::npos &&
         text.substr(15, 3) == std::string_view("\0\0\0", 3);
}

// Past a comment, a processing instruction or a doctype at the start of `text`; empty if it does
// not end. "" too if there is no such thing.
std::string_view skip_prologue(std::string_view text) {
  const auto after = [text](std::string_view end) {
    const auto at = text.find(end);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + end.size());
  };
  if (text.starts_with("<!--")) return after("-->");
  if (text.starts_with("<?")) return after("?>");
  if (text.starts_with("<!DOCTYPE svg") || text.starts_with("<!doctype svg")) {
    const auto subset = text.substr(0, text.find('>')).find('[');
    return subset == std::string_view::npos ? after(">") : after("]>");
  }
  return {};
}

bool is_svg(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (true) {
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return false;
    text.remove_prefix(start);
    for (const std::string_view root : {"<svg", "<svg:svg"}) {
      if (text.starts_with(root) && text.size() > root.size() &&
          std::string_view(" \t\r\n>/").find(text[root.size()]) != std::string_view::npos) {
        return true;
      }
    }
    text = skip_prologue(text);
  }
}

// A name for the host to make safe: the last part of a path, or what stands in for one.
std::string_view base_name(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool names_a_file(std::string_view path) {
  return !path.empty() && is_valid_utf8(path) && path.back() != '/' &&
         std::none_of(path.begin(), path.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string for_message(std::string_view destination) {
  constexpr std::size_t kMaxLength = 120;
  std::string text(utf8_prefix(destination, kMaxLength));
  if (text.size() < destination.size()) text += "...";
  return text;
}

// What a path may be in the file system: as a URL means it, and as it stands there.
std::array<std::string, 2> candidate_paths(std::string_view destination) {
  std::array<std::string, 2> paths = {percent_decode(url_path(destination)),
                                      std::string(destination)};
  for (std::string& path : paths) std::replace(path.begin(), path.end(), '\\', '/');
  if (paths[1] == paths[0]) paths[1].clear();
  return paths;
}

}  // namespace

std::string_view sniff_image(Bytes bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()),
                              std::min(bytes.size(), kSniffed));
  for (const Signature& signature : kSignatures) {
    if (text.size() < signature.offset + signature.bytes.size()) continue;
    if (text.substr(signature.offset, signature.bytes.size()) != signature.bytes) continue;
    if (signature.media_type == "image/webp" && !text.starts_with("RIFF")) continue;
    return signature.media_type;
  }
  if (is_bmp(text)) return "image/bmp";
  return is_svg(text) ? "image/svg+xml" : std::string_view();
}

std::string_view extension_for(std::string_view media_type) {
  const auto found =
      std::find_if(kExtensions.begin(), kExtensions.end(),
                   [media_type](const Extension& entry) { return entry.media_type == media_type; });
  return found == kExtensions.end() ? std::string_view() : found->extension;
}

std::optional<sluice_asset> ImageCollector::collect(std::string_view destination) {
  destination = trimmed(destination);
  if (destination.empty()) return std::nullopt;
  // Not remembered by their text, which is as long as the image.
  if (is_data_uri(destination)) return extract(destination);
  constexpr std::size_t kMaxPathLength = 4096;
  if (destination.size() > kMaxPathLength || !url_scheme(destination).empty() ||
      std::string_view("/\\#?").find(destination.front()) != std::string_view::npos) {
    return std::nullopt;
  }
  const auto known = by_destination_.find(destination);
  if (known != by_destination_.end()) return known->second;
  const auto asset = copy(destination);
  by_destination_.emplace(destination, asset);
  return asset;
}

std::optional<sluice_asset> ImageCollector::extract(std::string_view data_uri) {
  const auto parsed = parse_data_uri(data_uri, limits_.data_uri_bytes);
  if (!parsed || sniff_image(parsed->bytes).empty()) {
    if (!parsed || parsed->media_type.starts_with("image/")) {
      warn_once("not-an-image", "a data: URI does not hold an image that can be read");
    }
    return std::nullopt;
  }
  return keep(parsed->bytes, {});
}

std::optional<sluice_asset> ImageCollector::copy(std::string_view destination) {
  for (const std::string& path : candidate_paths(destination)) {
    // A decoded path may be absolute where the written one was not ("%2Fetc").
    if (!names_a_file(path) || path.front() == '/') continue;
    const Job::Sibling sibling = job_.sibling(path);
    if (!sibling.found) continue;
    if (sniff_image(sibling.bytes).empty()) {
      warn_once("not-an-image",
                "linked as an image, but it is not one: " + for_message(destination));
      return std::nullopt;
    }
    return keep(sibling.bytes, base_name(path));
  }
  // By its name alone, which may stand anywhere.
  if (destination.starts_with(".../")) destination.remove_prefix(4);
  warn_once("missing-image", "an image is not there: " + for_message(destination));
  return std::nullopt;
}

std::optional<sluice_asset> ImageCollector::keep(Bytes bytes, std::string_view name) {
  const Identity identity = identity_of(bytes);
  const auto known = assets_.find(identity);
  if (known != assets_.end()) return known->second;
  const std::string_view media_type = sniff_image(bytes);
  std::string chosen(name);
  if (chosen.empty()) {
    chosen = "image-" + std::to_string(++extracted_) + "." + std::string(extension_for(media_type));
  }
  const sluice_asset asset = job_.add_asset(chosen, media_type, bytes);
  assets_.emplace(identity, asset);
  return asset;
}

ImageCollector::Identity ImageCollector::identity_of(Bytes bytes) {
  // FNV-1a, 64 bits.
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3u;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {bytes.size(), hash, std::hash<std::string_view>()(text)};
}

void ImageCollector::warn_once(std::string_view code, const std::string& message) {
  if (warned_ > limits_.warnings) return;
  if (warned_++ == limits_.warnings) {
    job_.warn(code, "further images that could not be taken are not listed");
  } else {
    job_.warn(code, message);
  }
}

}  // namespace sluice
