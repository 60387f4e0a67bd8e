#include "plugin/asset_type.h"

#include <algorithm>
#include <array>

#include "plugin/router.h"

namespace sluice::plugin {
namespace {

using std::string_view_literals::operator""sv;

// Of the types that sniff() tells by content. Neither text nor documents nor archives.
constexpr auto kAssetTypes = std::to_array<std::string_view>({
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/tiff",
    "image/webp",
    "image/avif",
    "image/heic",
    "image/bmp",
    "image/vnd.microsoft.icon",
    "image/vnd.adobe.photoshop",
    "image/svg+xml",
    "video/mp4",
    "application/ogg",
    "audio/flac",
    "audio/mpeg",
    "audio/x-wav",
});

struct Signature {
  std::size_t offset;
  std::string_view bytes;
};

// Assets that no converter takes, so that sniff() need not know them. Each begins with bytes that
// no text has.
constexpr auto kSignatures = std::to_array<Signature>({
    {0, "\x1a\x45\xdf\xa3"sv},          // Matroska, WebM (EBML)
    {8, "AVI LIST"sv},                  // RIFF
    {0, "\0\0\0\x0cJXL \r\n\x87\n"sv},  // JPEG XL, boxed
    {0, "\xff\x0a"sv},                  // JPEG XL
    {0, "\0\0\0\x0cjP  \r\n\x87\n"sv},  // JPEG 2000
    {0, "\xff\x4f\xff\x51"sv},          // JPEG 2000 codestream
    {0, "MThd\0\0\0\x06"sv},            // MIDI
    {0, "\0\0\1\xba"sv},                // MPEG program stream
    {0, "\xd7\xcd\xc6\x9a"sv},          // WMF, placeable
    {40, " EMF\0\0\1\0"sv},             // EMF
    {0, "\xff\xfb"sv},                  // MPEG audio, layer III
    {0, "\xff\xf3"sv},
    {0, "\xff\xf2"sv},
    {0, "\xff\xf1"sv},  // AAC, ADTS
    {0, "\xff\xf9"sv},
    {0, "FLV\1"sv},
});

bool is_aiff(std::string_view prefix) {
  return prefix.starts_with("FORM") && prefix.size() >= 12 &&
         (prefix.substr(8, 4) == "AIFF" || prefix.substr(8, 4) == "AIFC");
}

}  // namespace

bool is_asset_content(std::string_view prefix) {
  const auto type = sniff(prefix, {}, {});
  if (std::find(kAssetTypes.begin(), kAssetTypes.end(), type.media_type) != kAssetTypes.end()) {
    return true;
  }
  // Some of them are short.
  if (prefix.find('\0') == std::string_view::npos) return false;
  const bool is_known =
      std::any_of(kSignatures.begin(), kSignatures.end(), [&](const Signature& signature) {
        return prefix.size() > signature.offset &&
               prefix.substr(signature.offset).starts_with(signature.bytes);
      });
  return is_known || is_aiff(prefix);
}

}  // namespace sluice::plugin
