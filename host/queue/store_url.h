// The URL of a store, taken apart.
#pragma once

#include <string>
#include <string_view>

namespace sluice::queue {

struct StoreUrl {
  enum class Kind { kFolder, kS3 } kind = Kind::kFolder;
  std::string folder;  // absolute
  std::string bucket;
  std::string prefix;    // without slashes at its ends; may be empty
  std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com"
  std::string region;
};

// Throws Error (kUsage).
StoreUrl parse_store_url(std::string_view url);

}  // namespace sluice::queue
