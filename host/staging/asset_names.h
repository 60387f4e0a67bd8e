// Names for extracted assets: from what a converter suggests to what is safe in a folder and a
// link.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace sluice {

class AssetNames {
 public:
  // A name that no platform confuses with one given before: letters, digits, `_`, `-`, and one of a
  // fixed list of extensions, which the media type decides where it can.
  std::string next(std::string_view suggested, std::string_view media_type);

 private:
  std::map<std::string, std::uint32_t> taken_;  // by name_key; how often it was asked for
};

// Whether AssetNames could have given that name to an asset of some document.
bool is_asset_name(std::string_view name);

}  // namespace sluice
