// What one document's converter writes: its body, assets, sidecars, links. Small bodies go into the
// result, larger ones into the run's memory file; the rest into descriptors of the host. Once a
// limit is reached or the work was cancelled, everything further is refused.
#pragma once

#include <sluice/abi.h>
#include <sluice/ext/children.h>
#include <sluice/ext/document_links.h>

#include <csignal>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "platform/files.h"
#include "worker/program/host_link.h"
#include "worker/wire.h"

namespace sluice::program {

// The room for one body in the run's memory file, and who has it.
struct BodyRoom {
  const platform::File& memory;
  std::uint64_t at = 0;
  bool taken = false;
};

// Where the host reads how far a document is.
struct ProgressNote {
  const platform::File& memory;
  std::uint64_t at = 0;
};

// What all documents of a run share.
struct RunContext {
  platform::Files& files;
  HostLink& host;
  const wire::RunInput& input;
  const volatile std::sig_atomic_t& cancelled;
  BodyRoom* room = nullptr;  // none: for what surely needs none
  const ProgressNote* progress = nullptr;
};

// A file that is appended to through a buffer.
class AppendedFile {
 public:
  // Owned by the host and destroyed with it.
  explicit AppendedFile(platform::File file) : own_(std::move(file)) {}
  // Another's, which outlives it, from `at` on.
  AppendedFile(const platform::File& file, std::uint64_t at) : borrowed_(&file), at_(at) {}

  sluice_status append(platform::Files& files, std::string_view bytes);
  sluice_status flush(platform::Files& files);
  // Appends to `to` what has been appended here. REQUIRES: nothing is in the buffer.
  sluice_status copy_to(platform::Files& files, AppendedFile& to) const;

 private:
  const platform::File& file() const { return borrowed_ != nullptr ? *borrowed_ : own_; }

  platform::File own_;
  const platform::File* borrowed_ = nullptr;
  std::uint64_t at_ = 0;
  std::uint64_t size_ = 0;
  std::string buffer_;
};

// What a converter puts out. Most of its functions are calls of the ABI and its extensions.
class Output {
 public:
  // `error`: why a call was refused, in words.
  Output(const RunContext& run, std::uint32_t document, wire::Result& result, std::string& error)
      : run_(run), document_(document), result_(result), error_(error) {}

  sluice_status write_body(std::string_view bytes);
  sluice_status open_asset(std::string_view name, std::string_view media_type, sluice_asset& out);
  sluice_status write_asset(sluice_asset asset, std::string_view bytes);
  sluice_status finish_asset(sluice_asset asset);
  sluice_status link_asset(sluice_asset asset);
  sluice_status open_child(std::string_view name, std::string_view media_type, sluice_child& out);
  sluice_status write_child(sluice_child child, std::string_view bytes);
  sluice_status finish_child(sluice_child child);
  sluice_status link_child(sluice_child child);
  sluice_status link_document(const sluice_document_link& link);
  sluice_status name_anchor(std::string_view name, std::string_view anchor);
  sluice_status begin_part(std::string_view unit, std::uint64_t number, std::string_view label);
  sluice_status write_sidecar(std::string_view kind, std::string_view json);
  // Writes out what is buffered of the body, and warns of assets and children that were never
  // finished.
  sluice_status finish();

  // OK, or the status because of which all further output is refused.
  sluice_status refusal() const { return refusal_; }
  // If that is LIMIT: which.
  LimitKind limit() const { return limit_; }

 private:
  static constexpr std::size_t kMaxOpenAssets = 128;
  // Together half of the room for results: an index of a manual has some 20,000 links of 150 bytes.
  static constexpr std::uint64_t kMaxDocumentLinkBytes = wire::kResultBytes * 3 / 8;
  static constexpr std::uint64_t kMaxAnchorBytes = wire::kResultBytes / 8;
  static constexpr std::uint64_t kLinkBytes = 64;  // besides its texts

  // Takes `size` bytes off what is left, or refuses.
  sluice_status admit(std::uint64_t size);
  sluice_status invalid(std::string why);
  sluice_status refuse(sluice_status status);
  sluice_status refuse(LimitKind limit);
  sluice_status ask(wire::Kind kind, std::uint32_t asset, std::string_view text,
                    platform::File& out);
  const wire::JobInput& job() const { return run_.input.jobs[document_]; }
  sluice_status no_room_for_child();
  sluice_status add_link(std::uint32_t target, wire::Link::To to);
  // Finds the body a larger place, from which it is on appended to; `coming` bytes are next.
  sluice_status move_body(std::size_t coming);

  const RunContext& run_;
  std::uint32_t document_;
  wire::Result& result_;
  std::string& error_;
  std::uint64_t written_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::optional<AppendedFile> body_file_;
  std::map<sluice_asset, AppendedFile> open_assets_;
  std::map<sluice_child, AppendedFile> open_children_;
  std::uint64_t child_bytes_ = 0;
  std::uint64_t link_bytes_ = 0;      // of links to documents
  std::uint64_t unmarked_links_ = 0;  // for which there was no room
  std::uint64_t anchor_bytes_ = 0;
  bool children_are_full_ = false;
  sluice_status refusal_ = SLUICE_STATUS_OK;
  LimitKind limit_ = LimitKind::kNone;
};

}  // namespace sluice::program
