#include "prepare/broker.h"

#include <sluice/abi.h>

#include <algorithm>

#include "platform/error.h"
#include "prepare/layout.h"
#include "prepare/staged_file.h"

namespace sluice::prepare {

using platform::OsHandle;

bool Broker::answer(platform::Channel& channel, const platform::Message& message) {
  const std::optional<wire::Request> request = wire::decode_request(message.bytes);
  if (!request || request->document >= documents_.size()) return false;
  OsHandle opened;
  std::int32_t status = SLUICE_STATUS_IO;
  try {
    status = open(*request, *documents_[request->document], opened);
  } catch (const Error&) {
    status = SLUICE_STATUS_IO;
  }
  const OsHandle* const handles[] = {&opened};
  if (status == SLUICE_STATUS_OK) return channel.try_send(wire::encode_reply(status), handles);
  return channel.try_send(wire::encode_reply(status));
}

std::int32_t Broker::open(const wire::Request& request, Document& document, OsHandle& out) {
  switch (request.kind) {
    case wire::Kind::kOpenBody:
      if (document.has_body) return SLUICE_STATUS_INVALID;
      out = files_.create(staging_, layout::staged_body(document.sequence(), document.attempt))
                .handle;
      document.has_body = true;
      return SLUICE_STATUS_OK;
    case wire::Kind::kOpenAsset:
      return open_asset(request, document, out);
    case wire::Kind::kOpenSidecar:
      return open_sidecar(request.text, document, out);
    case wire::Kind::kOpenSibling:
      if (!needs_.siblings) return SLUICE_STATUS_DENIED;
      return open_sibling(request.text, document.bundle.source, out);
    case wire::Kind::kOpenScratch:
      if (!needs_.scratch) return SLUICE_STATUS_DENIED;
      return open_scratch(document, out);
    default:
      return SLUICE_STATUS_INVALID;
  }
}

std::int32_t Broker::open_asset(const wire::Request& request, Document& document, OsHandle& out) {
  if (document.assets >= limits_.assets) return SLUICE_STATUS_LIMIT;
  if (request.asset != document.assets + 1) return SLUICE_STATUS_INVALID;
  if (document.assets == 0 || assets_document_ != request.document) {
    const std::string folder = layout::staged_assets(document.sequence(), document.attempt);
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

std::int32_t Broker::open_sidecar(const std::string& kind, Document& document, OsHandle& out) {
  const auto& kinds = document.sidecars;
  if (!wire::is_sidecar_kind(kind) || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
    return SLUICE_STATUS_INVALID;
  }
  if (kinds.size() >= wire::kMaxSidecars) return SLUICE_STATUS_LIMIT;
  out = files_.create(staging_, layout::staged_sidecar(document.sequence(), document.attempt, kind))
            .handle;
  document.sidecars.push_back(kind);
  return SLUICE_STATUS_OK;
}

std::int32_t Broker::open_sibling(const std::string& path, const Source& source, OsHandle& out) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string::npos) {
    return SLUICE_STATUS_NOT_FOUND;
  }
  const std::string folder = source.relative.substr(0, source.relative.rfind('/') + 1);
  std::optional<platform::File> file;
  try {
    file = files_.open_read(source.root->dir, folder + path, platform::Symlinks::kInside);
  } catch (const SystemError&) {
    // Out of the root, a loop of links, no permission: nothing that may be read.
    return SLUICE_STATUS_NOT_FOUND;
  }
  if (!file) return SLUICE_STATUS_NOT_FOUND;
  const platform::FileInfo info = files_.info(*file);
  if (info.kind != platform::FileKind::kRegular) return SLUICE_STATUS_NOT_FOUND;
  if (info.identity.size > wire::kMaxSiblingBytes) return SLUICE_STATUS_LIMIT;
  out = std::move(file->handle);
  return SLUICE_STATUS_OK;
}

std::int32_t Broker::open_scratch(Document& document, OsHandle& out) {
  if (!scratch_) return SLUICE_STATUS_IO;
  const std::string folder = std::to_string(document.sequence());
  if (!document.has_scratch) {
    files_.make_dir(scratch_, folder, platform::Access::kPrivate);
    document.has_scratch = true;
  }
  std::optional<platform::Dir> opened = files_.open_dir(scratch_, folder);
  if (!opened) return SLUICE_STATUS_IO;
  out = std::move(opened->handle);
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::prepare
