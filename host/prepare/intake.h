// The first step of a lane: looks at a source, reads it once, hashes it and leaves a copy in
// staging that the converter reads. Copy, hash and identity always belong together.
#pragma once

#include <atomic>
#include <optional>

#include "model/registry_view.h"
#include "platform/files.h"
#include "platform/sha256.h"
#include "prepare/context.h"
#include "staging/document.h"

namespace sluice::prepare {

class Intake {
 public:
  // `registry` may be nullptr: no hints. `stop` ends the reading of a large source.
  Intake(const PrepareContext& context, RegistryView* registry, platform::Sha256& hash,
         const std::atomic<bool>& stop)
      : context_(context), registry_(registry), hash_(hash), stop_(stop) {}

  // True if the document has to be read. Else its bundle is complete: unchanged, or failed as it
  // did before.
  bool look(Document& document);
  // Behind look(). True if it is in staging and to be converted. Else its bundle is complete:
  // known, or failed.
  bool read(Document& document);

 private:
  enum class Reading { kDone, kChanged };

  bool is_unchanged(Document& document);
  bool is_being_written(const Source& source) const;
  bool would_fail_again(Document& document);
  bool repeats_failure(Document& document);
  void fail_as_before(Document& document, const RegistryView::KnownFailure& failure) const;
  bool read_whole(Document& document);
  platform::FileIdentity settled_identity(Document& document, const platform::File& file);
  Reading read_small(Document& document, const platform::File& file);
  Reading read_large(Document& document, const platform::File& file);
  bool is_known(const Document& document);

  const PrepareContext& context_;
  RegistryView* registry_;
  platform::Sha256& hash_;
  const std::atomic<bool>& stop_;
  std::optional<RegistryView::KnownFailure> failure_;  // of the document in hand
};

}  // namespace sluice::prepare
