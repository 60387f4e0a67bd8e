// The read-only look at the registry that may save a lane work. Hints only: the owner decides
// again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/outcome.h"
#include "model/source.h"
#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice {

class RegistryView {
 public:
  struct KnownSource {
    platform::FileIdentity identity;
    bool identity_settled = false;
    platform::Sha256Digest sha256{};
    std::string document_name;  // its leaf
  };

  // A source that failed when it was last tried.
  struct KnownFailure {
    platform::FileIdentity identity;
    bool identity_settled = false;
    platform::Sha256Digest sha256{};
    // What it was tried with (PrepareSettings::setup); empty if it may end differently all the
    // same.
    std::string setup;
    Outcome outcome = Outcome::kInternal;
    std::string reason;
    std::string hint;
    std::string converter;
    std::string converter_version;
  };

  virtual ~RegistryView() = default;
  // The source of that path key, if it is on record.
  virtual std::optional<KnownSource> source(std::string_view path_key) = 0;
  // What is on record about its last failure; nothing if there is none.
  virtual std::optional<KnownFailure> failure(std::string_view /*path_key*/) {
    return std::nullopt;
  }
  // What is known of the last fetch of that URL; nothing if it is not on record.
  virtual std::optional<FetchFacts> fetch_facts(std::string_view /*url*/) { return std::nullopt; }
  // True if a document of these bytes is on record.
  virtual bool has_content(const platform::Sha256Digest& sha256) = 0;
  // Lookups that follow each other may all be answered from the state that the first one saw. Call
  // this where something else comes next: as long as somebody reads an old state, the registry's
  // log grows.
  virtual void end_reading() {}
  // The path key of the source that the document of these bytes was made from; empty if there is
  // none.
  virtual std::string holder_of(const platform::Sha256Digest& /*sha256*/) { return {}; }
  // True if documents within that source must be prepared although the source is unchanged: one is
  // damaged, or failed and may end differently with this setup.
  virtual bool has_unsettled_children(std::string_view /*path_key*/, std::string_view /*setup*/) {
    return false;
  }
};

// Makes one view for each lane, on the lane's thread. Returns nullptr where there is no registry.
class RegistryViews {
 public:
  virtual ~RegistryViews() = default;
  virtual std::unique_ptr<RegistryView> open() = 0;
};

}  // namespace sluice
