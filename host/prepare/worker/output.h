// What one document's converter writes: its body, assets, sidecars, links. Small bodies stay in
// memory; the rest goes into descriptors of the host. Once a limit is reached or the work was
// cancelled, everything further is refused.
#pragma once

#include <sluice/abi.h>

#include <csignal>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "platform/files.h"
#include "prepare/wire.h"
#include "prepare/worker/host_link.h"

namespace sluice::prepare::worker {

// What all documents of a run share.
struct RunContext {
  platform::Files& files;
  HostLink& host;
  const wire::RunInput& input;
  const volatile std::sig_atomic_t& cancelled;
};

// A file of the host that is appended to through a buffer.
class AppendedFile {
 public:
  explicit AppendedFile(platform::File file) : file_(std::move(file)) {}
  sluice_status append(platform::Files& files, std::string_view bytes);
  sluice_status flush(platform::Files& files);

 private:
  platform::File file_;
  std::uint64_t size_ = 0;
  std::string buffer_;
};

class Output {
 public:
  Output(const RunContext& run, std::uint32_t document, wire::Result& result)
      : run_(run), document_(document), result_(result) {}

  sluice_status write_body(std::string_view bytes);
  sluice_status open_asset(std::string_view name, std::string_view media_type, sluice_asset& out);
  sluice_status write_asset(sluice_asset asset, std::string_view bytes);
  sluice_status finish_asset(sluice_asset asset);
  sluice_status link_asset(sluice_asset asset);
  sluice_status write_sidecar(std::string_view kind, std::string_view json);
  // Writes out what is buffered of the body.
  sluice_status finish();

  // OK, or the status because of which all further output is refused.
  sluice_status refusal() const { return refusal_; }
  // If that is LIMIT: which.
  LimitKind limit() const { return limit_; }

 private:
  static constexpr std::size_t kMaxOpenAssets = 128;

  // Takes `size` bytes off what is left, or refuses.
  sluice_status admit(std::uint64_t size);
  sluice_status refuse(sluice_status status);
  sluice_status refuse(LimitKind limit);
  sluice_status ask(wire::Kind kind, std::uint32_t asset, std::string_view text,
                    platform::File& out);
  sluice_status spill_body();

  const RunContext& run_;
  std::uint32_t document_;
  wire::Result& result_;
  std::uint64_t written_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::optional<AppendedFile> body_file_;
  std::map<sluice_asset, AppendedFile> open_assets_;
  sluice_status refusal_ = SLUICE_STATUS_OK;
  LimitKind limit_ = LimitKind::kNone;
};

}  // namespace sluice::prepare::worker
