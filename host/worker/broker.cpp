#include "worker/broker.h"

#include <sluice/abi.h>

#include <algorithm>
#include <sluice/abi_rules.hpp>

#include "model/layout.h"
#include "platform/error.h"
#include "platform/process.h"
#include "staging/staged_file.h"
#include "worker/sibling.h"

namespace sluice::worker {

using platform::OsHandle;

bool Broker::answer(platform::Channel& channel, const platform::Message& message) {
  const std::optional<wire::Request> request = wire::decode_request(message.bytes);
  if (!request || request->document >= documents_.size()) return false;
  OsHandle opened;
  std::int32_t status = SLUICE_STATUS_IO;
  try {
    status = open(*request, opened);
  } catch (const Error&) {
    status = SLUICE_STATUS_IO;
  }
  const OsHandle* const handles[] = {&opened};
  if (status == SLUICE_STATUS_OK) return channel.try_send(wire::encode_reply(status), handles);
  return channel.try_send(wire::encode_reply(status));
}

LimitKind Broker::over_limit(Look look) {
  const auto begin = std::chrono::steady_clock::now();
  if (look == Look::kIfDue && begin < next_look_) return LimitKind::kNone;
  try {
    for (std::uint32_t document = 0; document < documents_.size(); ++document) {
      const LimitKind limit = over_limit(document);
      if (limit != LimitKind::kNone) return limit;
    }
  } catch (const SystemError&) {
    // What cannot be looked at now is looked at again, and once more when the run is over.
  }
  const auto end = std::chrono::steady_clock::now();
  next_look_ = end + std::max<std::chrono::steady_clock::duration>(kLookEvery, 20 * (end - begin));
  return LimitKind::kNone;
}

LimitKind Broker::over_limit(std::uint32_t document) {
  if (scratch_of(document) > limits_.scratch_bytes) return LimitKind::kScratch;
  const Document& one = *documents_[document];
  if (child_bytes_of(one) > one.most_child_bytes) return LimitKind::kTree;
  return output_of(one) > limits_.output_bytes ? LimitKind::kOutput : LimitKind::kNone;
}

std::uint64_t Broker::child_bytes_of(const Document& document) const {
  std::uint64_t total = 0;
  for (const std::uint32_t part : document.child_parts) {
    const std::optional<platform::FileInfo> info =
        files_.info(staging_, layout::staged_raw(document.sequence(), document.attempt, part));
    if (info) total += std::min(info->identity.size, document.most_child_bytes + 1);
  }
  return total;
}

// Sizes, not blocks: a file with holes may be filled at any time.
std::uint64_t Broker::scratch_of(std::uint32_t document) const {
  std::uint64_t total = 0;
  for (const ScratchFile& scratch : scratch_) {
    if (scratch.document != document) continue;
    total += std::min(files_.info(scratch.file).identity.size, limits_.scratch_bytes + 1);
  }
  return total;
}

std::uint64_t Broker::output_of(const Document& document) const {
  std::uint64_t total = 0;
  const auto add = [&](const platform::Dir& at, const std::string& name) {
    const std::optional<platform::FileInfo> info = files_.info(at, name);
    if (info) total += std::min(info->identity.size, limits_.output_bytes + 1);
  };
  const std::uint64_t sequence = document.sequence();
  const unsigned attempt = document.attempt;
  if (document.has_body) add(staging_, layout::staged_body(sequence, attempt, document.part));
  for (const std::string& kind : document.sidecars) {
    add(staging_, layout::staged_sidecar(sequence, attempt, kind, document.part));
  }
  if (document.assets == 0) return total;
  const auto folder =
      files_.open_dir(staging_, layout::staged_assets(sequence, attempt, document.part));
  for (std::uint32_t asset = 1; folder && asset <= document.assets; ++asset) {
    add(*folder, working_asset_name(asset));
  }
  return total;
}

std::int32_t Broker::open(const wire::Request& request, OsHandle& out) {
  Document& document = *documents_[request.document];
  switch (request.kind) {
    case wire::Kind::kOpenBody:
      if (document.has_body) return SLUICE_STATUS_INVALID;
      out = files_
                .create(staging_,
                        layout::staged_body(document.sequence(), document.attempt, document.part))
                .handle;
      document.has_body = true;
      return SLUICE_STATUS_OK;
    case wire::Kind::kOpenAsset:
      return open_asset(request, document, out);
    case wire::Kind::kOpenChild:
      return open_child(request, document, out);
    case wire::Kind::kOpenSidecar:
      return open_sidecar(request.text, document, out);
    case wire::Kind::kOpenSibling:
      if (!needs_.siblings) return SLUICE_STATUS_DENIED;
      // Nothing stands beside a document within another.
      if (document.bundle.source.is_child()) return SLUICE_STATUS_NOT_FOUND;
      if (!document.bundle.fetched.final_url.empty()) {
        return open_web_picture_ ? open_web_picture_(document, request.text, out)
                                 : SLUICE_STATUS_NOT_FOUND;
      }
      return open_sibling(files_, document.bundle.source, request.text, out);
    case wire::Kind::kOpenOption:
      return open_option(request.text, out);
    case wire::Kind::kOpenScratch:
      return open_scratch(request.document, out);
    case wire::Kind::kOpenPicture:
      return open_picture(request.asset, out);
    case wire::Kind::kRecognize:
      return recognize(out);
    default:
      return SLUICE_STATUS_INVALID;
  }
}

// Its size is sealed: the process cannot cut it while another reads it.
std::int32_t Broker::open_picture(std::uint64_t size, OsHandle& out) {
  if (!recognize_) return SLUICE_STATUS_NOT_FOUND;
  if (size == 0) return SLUICE_STATUS_INVALID;
  if (size > wire::kMaxPicture) return SLUICE_STATUS_LIMIT;
  picture_ = platform::make_memory_file("sluice-page", size);
  picture_size_ = size;
  out = platform::duplicate(*picture_).handle;
  return SLUICE_STATUS_OK;
}

std::int32_t Broker::recognize(OsHandle& out) {
  if (!recognize_ || !picture_) return SLUICE_STATUS_INVALID;
  const platform::File picture = std::move(*picture_);
  picture_.reset();
  return recognize_(picture, picture_size_, out);
}

std::int32_t Broker::open_asset(const wire::Request& request, Document& document, OsHandle& out) {
  if (document.assets >= limits_.assets) return SLUICE_STATUS_LIMIT;
  if (request.asset != document.assets + 1) return SLUICE_STATUS_INVALID;
  if (document.assets == 0 || assets_document_ != request.document) {
    const std::string folder =
        layout::staged_assets(document.sequence(), document.attempt, document.part);
    if (document.assets == 0) files_.make_dir(staging_, folder, platform::Access::kUmask);
    std::optional<platform::Dir> opened = files_.open_dir(staging_, folder);
    if (!opened) return SLUICE_STATUS_IO;
    assets_dir_ = std::move(*opened);
    assets_document_ = request.document;
  }
  ++document.assets;
  out = files_.create(assets_dir_, working_asset_name(request.asset)).handle;
  return SLUICE_STATUS_OK;
}

// The file is the child's raw copy from now on.
std::int32_t Broker::open_child(const wire::Request& request, Document& document, OsHandle& out) {
  if (document.tree == nullptr || document.child_parts.size() >= document.most_children) {
    return SLUICE_STATUS_LIMIT;
  }
  if (request.asset != document.child_parts.size() + 1) return SLUICE_STATUS_INVALID;
  const std::uint32_t part = ++document.tree->last_part;
  document.child_parts.push_back(part);
  out = files_.create(staging_, layout::staged_raw(document.sequence(), document.attempt, part))
            .handle;
  return SLUICE_STATUS_OK;
}

std::int32_t Broker::open_sidecar(const std::string& kind, Document& document, OsHandle& out) {
  const auto& kinds = document.sidecars;
  if (!abi_rules::is_sidecar_kind(kind) ||
      std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
    return SLUICE_STATUS_INVALID;
  }
  if (kinds.size() >= wire::kMaxSidecars) return SLUICE_STATUS_LIMIT;
  out = files_
            .create(staging_, layout::staged_sidecar(document.sequence(), document.attempt, kind,
                                                     document.part))
            .handle;
  document.sidecars.push_back(kind);
  return SLUICE_STATUS_OK;
}

// The user named the file in the configuration, so it may stand anywhere.
std::int32_t Broker::open_option(const std::string& name, OsHandle& out) {
  const auto found = option_files_.find(name);
  if (found == option_files_.end()) return SLUICE_STATUS_NOT_FOUND;
  const std::size_t slash = found->second.rfind('/');
  if (slash == std::string::npos) return SLUICE_STATUS_IO;
  const auto folder = files_.open_dir(found->second.substr(0, slash + 1));
  if (!folder) return SLUICE_STATUS_IO;
  std::optional<platform::File> file =
      files_.open_read(*folder, found->second.substr(slash + 1), platform::Symlinks::kInside);
  if (!file) return SLUICE_STATUS_IO;
  const platform::FileInfo info = files_.info(*file);
  if (info.kind != platform::FileKind::kRegular) return SLUICE_STATUS_IO;
  if (info.identity.size > wire::kMaxSiblingBytes) return SLUICE_STATUS_LIMIT;
  out = std::move(file->handle);
  return SLUICE_STATUS_OK;
}

std::int32_t Broker::open_scratch(std::uint32_t document, OsHandle& out) {
  if (needs_.scratch_files == 0) return SLUICE_STATUS_DENIED;
  const auto open = std::count_if(
      scratch_.begin(), scratch_.end(),
      [document](const ScratchFile& scratch) { return scratch.document == document; });
  if (static_cast<std::uint32_t>(open) >= needs_.scratch_files) return SLUICE_STATUS_LIMIT;
  platform::File file =
      files_.create_unnamed(staging_, layout::staged_scratch(documents_[document]->sequence()));
  out = platform::duplicate(file).handle;
  scratch_.push_back({document, std::move(file)});
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::worker
