// Opens the files that a run's process may use, and no others: its body, assets, sidecars and the
// documents within it in staging under the host's names, temporary files without a name, files
// beside the source to read. Every request is hostile.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "model/limits.h"
#include "platform/channel.h"
#include "platform/files.h"
#include "plugin/manifest.h"
#include "plugin/option_values.h"
#include "staging/document.h"
#include "worker/wire.h"

namespace sluice::worker {

class Broker {
 public:
  // `documents` in the order of the run; notes in them what it makes.
  Broker(platform::Files& files, const platform::Dir& staging, const Limits& limits,
         const plugin::Needs& needs, const plugin::OptionFiles& option_files,
         std::span<Document* const> documents)
      : files_(files),
        staging_(staging),
        limits_(limits),
        needs_(needs),
        option_files_(option_files),
        documents_(documents) {}

  // What recognizes text for the run: a sluice_status; with OK, `out` is a memory file.
  using Recognize = std::function<std::int32_t(const platform::File& picture, std::uint64_t size,
                                               platform::OsHandle& out)>;
  void set_recognize(Recognize recognize) { recognize_ = std::move(recognize); }
  // Opens a picture of a page of the web. Returns as open_sibling() (sibling.h).
  using OpenWebPicture =
      std::function<std::int32_t(Document&, const std::string& path, platform::OsHandle& out)>;
  void set_web_pictures(OpenWebPicture open) { open_web_picture_ = std::move(open); }

  // Answers one message of the process over its channel. False if it broke the protocol or is gone.
  bool answer(platform::Channel& channel, const platform::Message& message);

  enum class Look {
    kIfDue,  // less often when measuring is slow, so that frequent calls are cheap
    kNow
  };
  // Measures the run's files on the disk so far: the limit that a document exceeds, or kNone.
  // A worker limits its own output; this is for a compromised one, and for temporary files, which
  // only the file system can measure.
  LimitKind over_limit(Look look);

 private:
  static constexpr std::chrono::milliseconds kLookEvery{100};

  LimitKind over_limit(std::uint32_t document);
  std::uint64_t scratch_of(std::uint32_t document) const;
  std::uint64_t output_of(const Document& document) const;
  std::int32_t open(const wire::Request& request, platform::OsHandle& out);
  std::int32_t open_asset(const wire::Request& request, Document& document,
                          platform::OsHandle& out);
  std::int32_t open_child(const wire::Request& request, Document& document,
                          platform::OsHandle& out);
  std::uint64_t child_bytes_of(const Document& document) const;
  std::int32_t open_sidecar(const std::string& kind, Document& document, platform::OsHandle& out);
  std::int32_t open_option(const std::string& name, platform::OsHandle& out);
  std::int32_t open_scratch(std::uint32_t document, platform::OsHandle& out);
  std::int32_t open_picture(std::uint64_t size, platform::OsHandle& out);
  std::int32_t recognize(platform::OsHandle& out);

  platform::Files& files_;
  const platform::Dir& staging_;
  const Limits& limits_;
  const plugin::Needs& needs_;
  const plugin::OptionFiles& option_files_;
  std::span<Document* const> documents_;
  // A temporary file has no name: it is gone once the run's process and this are.
  struct ScratchFile {
    std::uint32_t document = 0;
    platform::File file;
  };
  std::vector<ScratchFile> scratch_;
  Recognize recognize_;  // empty: nobody does
  std::optional<platform::File> picture_;
  std::uint64_t picture_size_ = 0;
  OpenWebPicture open_web_picture_;
  platform::Dir assets_dir_;  // of the document that had the last asset
  std::uint32_t assets_document_ = 0;
  std::chrono::steady_clock::time_point next_look_ = std::chrono::steady_clock::now() + kLookEvery;
};

}  // namespace sluice::worker
