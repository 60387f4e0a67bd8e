// Whether content is a picture, a recording or a film, told by its first bytes alone: what a
// converter may be given of the files beside a document. A name proves nothing: it is the document
// that chooses which one is asked for.
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice::plugin {

// So much of a file's beginning is looked at.
inline constexpr std::size_t kAssetPrefixBytes = 16 << 10;

bool is_asset_content(std::string_view prefix);

}  // namespace sluice::plugin
