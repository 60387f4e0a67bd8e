// Opens for a run's process what it may have, and nothing else: its body, assets and sidecars in
// staging under names of ours, files beside the source for reading. Every request is hostile.
#pragma once

#include <chrono>
#include <span>

#include "model/limits.h"
#include "platform/channel.h"
#include "platform/files.h"
#include "plugin/manifest.h"
#include "staging/document.h"
#include "worker/wire.h"

namespace sluice::worker {

class Broker {
 public:
  // `documents` in the order of the run; notes in them what it makes. `scratch`: the folder in
  // which each document gets one for its temporary files, or none.
  Broker(platform::Files& files, const platform::Dir& staging, const platform::Dir& scratch,
         const Limits& limits, const plugin::Needs& needs, std::span<Document* const> documents)
      : files_(files),
        staging_(staging),
        scratch_(scratch),
        limits_(limits),
        needs_(needs),
        documents_(documents) {}

  // Answers one message of the process over its channel. False if it broke the protocol or is gone.
  bool answer(platform::Channel& channel, const platform::Message& message);

  enum class Look {
    kIfDue,  // ever more rarely the longer a look takes: cheap if asked for often
    kNow
  };
  // Looks at what the run has left on the disk so far: the limit that a document is over, or kNone.
  // The worker keeps to its limits by itself; this is for one that was taken over, and for scratch,
  // which only the disk knows.
  LimitKind over_limit(Look look);

 private:
  static constexpr std::chrono::milliseconds kLookEvery{100};

  LimitKind over_limit(const Document& document);
  std::uint64_t output_of(const Document& document) const;
  std::int32_t open(const wire::Request& request, Document& document, platform::OsHandle& out);
  std::int32_t open_asset(const wire::Request& request, Document& document,
                          platform::OsHandle& out);
  std::int32_t open_sidecar(const std::string& kind, Document& document, platform::OsHandle& out);
  std::int32_t open_sibling(const std::string& path, const Source& source, platform::OsHandle& out);
  std::int32_t open_scratch(Document& document, platform::OsHandle& out);

  platform::Files& files_;
  const platform::Dir& staging_;
  const platform::Dir& scratch_;
  const Limits& limits_;
  const plugin::Needs& needs_;
  std::span<Document* const> documents_;
  platform::Dir assets_dir_;  // of the document that had the last asset
  std::uint32_t assets_document_ = 0;
  std::chrono::steady_clock::time_point next_look_ = std::chrono::steady_clock::now() + kLookEvery;
};

}  // namespace sluice::worker
