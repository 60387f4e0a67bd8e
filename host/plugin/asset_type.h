// Whether content is an image, an audio or a video file, decided only by its first bytes. Only such
// files beside a document are given to a converter. A name proves nothing, because the document
// chooses it.
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::plugin {

// So much of a file's beginning is looked at.
inline constexpr std::size_t kAssetPrefixBytes = 16 << 10;

bool is_asset_content(std::string_view prefix);

}  // namespace sluice::plugin
