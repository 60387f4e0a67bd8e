// The read-only look at the registry that may save a lane work. Hints only: the owner decides
// again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice {

class RegistryView {
 public:
  struct KnownSource {
    platform::FileIdentity identity;
    bool identity_settled = false;
    platform::Sha256Digest sha256{};
    std::string document_name;
  };

  virtual ~RegistryView() = default;
  // The source of that path key, if it is on record.
  virtual std::optional<KnownSource> source(std::string_view path_key) = 0;
  // True if a document of these bytes is on record.
  virtual bool has_content(const platform::Sha256Digest& sha256) = 0;
};

// Makes one view for each lane, on the lane's thread. Returns nullptr where there is no registry.
class RegistryViews {
 public:
  virtual ~RegistryViews() = default;
  virtual std::unique_ptr<RegistryView> open() = 0;
};

}  // namespace sluice
