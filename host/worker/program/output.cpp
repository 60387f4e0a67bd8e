#include "worker/program/output.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sluice/abi_rules.hpp>

#include "model/utf8.h"
#include "platform/error.h"
#include "worker/program/abi_text.h"

namespace sluice::program {
namespace {

constexpr std::size_t kBuffer = 64 << 10;

sluice_status write_at(platform::Files& files, const platform::File& file, std::uint64_t offset,
                       std::string_view bytes) {
  try {
    files.write(file, offset, std::as_bytes(std::span(bytes)));
    return SLUICE_STATUS_OK;
  } catch (const SystemError& error) {
    return error.is(std::errc::file_too_large) ? SLUICE_STATUS_LIMIT : SLUICE_STATUS_IO;
  }
}

// How large a body may be in each place.
std::uint64_t room_in(wire::BodyPlace place) {
  switch (place) {
    case wire::BodyPlace::kFrame:
      return wire::kInlineBody;
    case wire::BodyPlace::kMemory:
      return wire::kMemoryBody;
    case wire::BodyPlace::kFile:
      break;
  }
  return std::numeric_limits<std::uint64_t>::max();
}

std::string not_open(sluice_asset asset) {
  return "there is no open asset " + std::to_string(asset) +
         ": it was never opened, or is finished";
}

}  // namespace

sluice_status AppendedFile::append(platform::Files& files, std::string_view bytes) {
  if (buffer_.size() + bytes.size() < kBuffer) {
    buffer_ += bytes;
    return SLUICE_STATUS_OK;
  }
  const sluice_status status = flush(files);
  if (status != SLUICE_STATUS_OK) return status;
  if (bytes.size() < kBuffer) {
    buffer_ = bytes;
    return SLUICE_STATUS_OK;
  }
  const sluice_status written = write_at(files, file(), at_ + size_, bytes);
  size_ += bytes.size();
  return written;
}

sluice_status AppendedFile::flush(platform::Files& files) {
  if (buffer_.empty()) return SLUICE_STATUS_OK;
  const sluice_status status = write_at(files, file(), at_ + size_, buffer_);
  size_ += buffer_.size();
  buffer_.clear();
  return status;
}

sluice_status AppendedFile::copy_to(platform::Files& files, AppendedFile& to) const {
  std::string chunk(kBuffer, '\0');
  for (std::uint64_t done = 0; done < size_;) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(size_ - done, kBuffer));
    std::size_t got = 0;
    try {
      got = files.read(file(), at_ + done, std::as_writable_bytes(std::span(chunk.data(), want)));
    } catch (const SystemError&) {
      return SLUICE_STATUS_IO;
    }
    if (got == 0) return SLUICE_STATUS_IO;
    const sluice_status status = to.append(files, std::string_view(chunk).substr(0, got));
    if (status != SLUICE_STATUS_OK) return status;
    done += got;
  }
  return SLUICE_STATUS_OK;
}

sluice_status Output::invalid(std::string why) {
  error_ = std::move(why);
  return SLUICE_STATUS_INVALID;
}

sluice_status Output::refuse(sluice_status status) {
  if (status == SLUICE_STATUS_LIMIT) error_ = "the host's limit on output is reached";
  if (status == SLUICE_STATUS_CANCELLED) error_ = "the user or a deadline asked to stop";
  if (status == SLUICE_STATUS_IO) error_ = "the host could not write";
  if (refusal_ == SLUICE_STATUS_OK && status != SLUICE_STATUS_INVALID) {
    refusal_ = status;
    // What the system or the host refuses as too large is output, too.
    if (status == SLUICE_STATUS_LIMIT) limit_ = LimitKind::kOutput;
  }
  return status;
}

sluice_status Output::refuse(LimitKind limit) {
  error_ = limit == LimitKind::kAssets    ? "the host's limit on assets is reached"
           : limit == LimitKind::kDetails ? "there are more links, open assets or sidecars than a "
                                            "document may have"
                                          : "the host's limit on output is reached";
  if (refusal_ == SLUICE_STATUS_OK) {
    refusal_ = SLUICE_STATUS_LIMIT;
    limit_ = limit;
  }
  return SLUICE_STATUS_LIMIT;
}

sluice_status Output::admit(std::uint64_t size) {
  if (refusal_ != SLUICE_STATUS_OK) {
    error_ = "output was refused before, and is from then on";
    return refusal_;
  }
  if (run_.cancelled != 0) return refuse(SLUICE_STATUS_CANCELLED);
  if (size > run_.input.output_bytes - written_) return refuse(LimitKind::kOutput);
  written_ += size;
  return SLUICE_STATUS_OK;
}

sluice_status Output::ask(wire::Kind kind, std::uint32_t asset, std::string_view text,
                          platform::File& out) {
  const sluice_status status = run_.host.open({kind, document_, asset, std::string(text)}, out);
  return status == SLUICE_STATUS_OK ? status : refuse(status);
}

sluice_status Output::move_body(std::size_t coming) {
  sluice_status moved = SLUICE_STATUS_OK;
  if (!body_file_ && run_.room != nullptr && !run_.room->taken &&
      body_bytes_ + coming <= wire::kMemoryBody) {
    run_.room->taken = true;
    result_.body_place = wire::BodyPlace::kMemory;
    body_file_.emplace(run_.room->memory, run_.room->at);
    moved = body_file_->append(run_.files, result_.body);
  } else {
    platform::File file;
    const sluice_status status = ask(wire::Kind::kOpenBody, 0, {}, file);
    if (status != SLUICE_STATUS_OK) return status;
    AppendedFile larger(std::move(file));
    moved = body_file_ ? body_file_->flush(run_.files) : larger.append(run_.files, result_.body);
    if (body_file_ && moved == SLUICE_STATUS_OK) moved = body_file_->copy_to(run_.files, larger);
    result_.body_place = wire::BodyPlace::kFile;
    body_file_ = std::move(larger);
  }
  result_.body = std::string();
  return moved == SLUICE_STATUS_OK ? moved : refuse(moved);
}

sluice_status Output::write_body(std::string_view bytes) {
  const sluice_status admitted = admit(bytes.size());
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (bytes.size() > room_in(result_.body_place) - body_bytes_) {
    const sluice_status moved = move_body(bytes.size());
    if (moved != SLUICE_STATUS_OK) return moved;
  }
  body_bytes_ += bytes.size();
  if (!body_file_) {
    result_.body += bytes;
    return SLUICE_STATUS_OK;
  }
  const sluice_status status = body_file_->append(run_.files, bytes);
  return status == SLUICE_STATUS_OK ? status : refuse(status);
}

sluice_status Output::open_asset(std::string_view name, std::string_view media_type,
                                 sluice_asset& out) {
  if (!is_utf8(name) || !is_utf8(media_type)) {
    return invalid("an asset's name or media type is not UTF-8");
  }
  if (media_type.size() > wire::kMaxAssetName) return invalid("an asset's media type is too long");
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (result_.assets.size() >= run_.input.assets) return refuse(LimitKind::kAssets);
  if (open_assets_.size() >= kMaxOpenAssets) return refuse(LimitKind::kDetails);
  const auto id = static_cast<sluice_asset>(result_.assets.size() + 1);
  platform::File file;
  const sluice_status status = ask(wire::Kind::kOpenAsset, id, {}, file);
  if (status != SLUICE_STATUS_OK) return status;
  // The end of a long name tells more: it holds the extension.
  if (name.size() > wire::kMaxAssetName) name = name.substr(name.size() - wire::kMaxAssetName);
  while (!name.empty() && (name[0] & '\xC0') == '\x80') name.remove_prefix(1);
  result_.assets.push_back({std::string(name), std::string(media_type), false});
  open_assets_.emplace(id, AppendedFile(std::move(file)));
  out = id;
  return SLUICE_STATUS_OK;
}

sluice_status Output::write_asset(sluice_asset asset, std::string_view bytes) {
  const auto found = open_assets_.find(asset);
  if (found == open_assets_.end()) return invalid(not_open(asset));
  const sluice_status admitted = admit(bytes.size());
  if (admitted != SLUICE_STATUS_OK) return admitted;
  const sluice_status status = found->second.append(run_.files, bytes);
  return status == SLUICE_STATUS_OK ? status : refuse(status);
}

sluice_status Output::finish_asset(sluice_asset asset) {
  const auto found = open_assets_.find(asset);
  if (found == open_assets_.end()) return invalid(not_open(asset));
  const sluice_status status = found->second.flush(run_.files);
  open_assets_.erase(found);
  if (status != SLUICE_STATUS_OK) return refuse(status);
  result_.assets[asset - 1].finished = true;
  return SLUICE_STATUS_OK;
}

sluice_status Output::link_asset(sluice_asset asset) {
  if (asset == 0 || asset > result_.assets.size()) {
    return invalid("a link to the asset " + std::to_string(asset) + ", which was never opened");
  }
  return add_link(asset, wire::Link::To::kAsset);
}

sluice_status Output::add_link(std::uint32_t target, wire::Link::To to) {
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (result_.links.size() >= wire::kMaxLinks) return refuse(LimitKind::kDetails);
  result_.links.push_back({body_bytes_, target, to});
  return SLUICE_STATUS_OK;
}

// The rest of the document is taken all the same: a full tree is cut, and not failed.
sluice_status Output::no_room_for_child() {
  error_ = "the host takes no more documents within this source";
  return SLUICE_STATUS_LIMIT;
}

sluice_status Output::open_child(std::string_view name, std::string_view media_type,
                                 sluice_child& out) {
  if (!is_utf8(name) || !is_utf8(media_type)) {
    return invalid("a child's name or media type is not UTF-8");
  }
  if (media_type.size() > wire::kMaxAssetName) return invalid("a child's media type is too long");
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (children_are_full_ || result_.children.size() >= job().children) {
    ++result_.refused_children;
    return no_room_for_child();
  }
  if (open_children_.size() >= kMaxOpenAssets) return refuse(LimitKind::kDetails);
  const auto id = static_cast<sluice_child>(result_.children.size() + 1);
  platform::File file;
  const sluice_status status = ask(wire::Kind::kOpenChild, id, {}, file);
  if (status != SLUICE_STATUS_OK) return status;
  // The end of a long name tells more: it holds the extension.
  if (name.size() > wire::kMaxChildName) name = name.substr(name.size() - wire::kMaxChildName);
  while (!name.empty() && (name[0] & '\xC0') == '\x80') name.remove_prefix(1);
  result_.children.push_back({std::string(name), std::string(media_type)});
  open_children_.emplace(id, AppendedFile(std::move(file)));
  out = id;
  return SLUICE_STATUS_OK;
}

namespace {

std::string no_open_child(sluice_child child) {
  return "there is no open child " + std::to_string(child) +
         ": it was never opened, or is finished";
}

}  // namespace

sluice_status Output::write_child(sluice_child child, std::string_view bytes) {
  const auto found = open_children_.find(child);
  if (found == open_children_.end()) return invalid(no_open_child(child));
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (result_.children[child - 1].state == wire::Child::State::kCut) return no_room_for_child();
  if (bytes.size() > job().child_bytes - child_bytes_) {
    children_are_full_ = true;
    result_.children[child - 1].state = wire::Child::State::kCut;
    return no_room_for_child();
  }
  child_bytes_ += bytes.size();
  const sluice_status status = found->second.append(run_.files, bytes);
  return status == SLUICE_STATUS_OK ? status : refuse(status);
}

sluice_status Output::finish_child(sluice_child child) {
  const auto found = open_children_.find(child);
  if (found == open_children_.end()) return invalid(no_open_child(child));
  const sluice_status status = found->second.flush(run_.files);
  open_children_.erase(found);
  if (status != SLUICE_STATUS_OK) return refuse(status);
  wire::Child::State& state = result_.children[child - 1].state;
  if (state == wire::Child::State::kCut) return no_room_for_child();
  state = wire::Child::State::kFinished;
  return SLUICE_STATUS_OK;
}

sluice_status Output::link_child(sluice_child child) {
  if (child == 0 || child > result_.children.size()) {
    return invalid("a link to the child " + std::to_string(child) + ", which was never opened");
  }
  return add_link(child, wire::Link::To::kChild);
}

sluice_status Output::link_document(const sluice_document_link& link) {
  const std::string fault = abi_rules::document_link_fault(link, is_utf8);
  if (!fault.empty()) return invalid(fault);
  std::uint64_t bytes = kLinkBytes;
  for (const sluice_str& text : {link.path, link.fragment, link.written, link.before, link.after}) {
    bytes += text.size;
  }
  // A page of nothing but links is whole all the same.
  if (result_.links.size() >= wire::kMaxLinks || bytes > kMaxDocumentLinkBytes - link_bytes_) {
    ++unmarked_links_;
    return write_body(view(link.written));
  }
  const sluice_status admitted = admit(link.written.size);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  link_bytes_ += bytes;
  result_.document_links.push_back({link.lookup == SLUICE_LINK_BY_NAME,
                                    std::string(view(link.path)), std::string(view(link.fragment)),
                                    std::string(view(link.written)), std::string(view(link.before)),
                                    std::string(view(link.after))});
  return add_link(static_cast<std::uint32_t>(result_.document_links.size()),
                  wire::Link::To::kDocument);
}

sluice_status Output::name_anchor(std::string_view name, std::string_view anchor) {
  const std::string fault = abi_rules::anchor_fault(name, anchor, is_utf8);
  if (!fault.empty()) return invalid(fault);
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  // The document is whole without it.
  const std::uint64_t bytes = kLinkBytes + name.size() + anchor.size();
  if (result_.anchors.size() >= wire::kMaxAnchors || bytes > kMaxAnchorBytes - anchor_bytes_) {
    error_ = "there are more anchors than a document may have";
    return SLUICE_STATUS_LIMIT;
  }
  anchor_bytes_ += bytes;
  result_.anchors.push_back({std::string(name), std::string(anchor)});
  return SLUICE_STATUS_OK;
}

sluice_status Output::begin_part(std::string_view unit, std::uint64_t number,
                                 std::string_view label) {
  if (!abi_rules::is_part(unit, number)) {
    return invalid("a part is a unit of 1 to 32 of [a-z0-9-] and a number from 1 on");
  }
  if (!is_utf8(label)) return invalid("the label of a part is not UTF-8");
  const sluice_status admitted = admit(0);
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (result_.parts.size() >= wire::kMaxParts) return refuse(LimitKind::kDetails);
  if (label.size() > wire::kMaxPartLabel) label = label.substr(0, wire::kMaxPartLabel);
  while (!label.empty() && !is_utf8(label)) label.remove_suffix(1);
  result_.parts.push_back({body_bytes_, number, std::string(unit), std::string(label)});
  return SLUICE_STATUS_OK;
}

sluice_status Output::write_sidecar(std::string_view kind, std::string_view json) {
  const auto& kinds = result_.sidecars;
  if (!abi_rules::is_sidecar_kind(kind)) {
    return invalid("a sidecar's kind is 1 to 32 of [a-z0-9-]");
  }
  if (kind == abi_rules::kPartsKind && !result_.parts.empty()) {
    return invalid("the host makes the sidecar parts of this document");
  }
  if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
    return invalid("there is a sidecar of the kind " + std::string(kind) + " already");
  }
  if (!nlohmann::json::accept(json)) return invalid("a sidecar is not JSON");
  if (kinds.size() >= wire::kMaxSidecars || json.size() > wire::kMaxSidecarBytes) {
    return refuse(LimitKind::kDetails);
  }
  const sluice_status admitted = admit(json.size());
  if (admitted != SLUICE_STATUS_OK) return admitted;
  platform::File file;
  sluice_status status = ask(wire::Kind::kOpenSidecar, 0, kind, file);
  if (status != SLUICE_STATUS_OK) return status;
  status = write_at(run_.files, file, 0, json);
  if (status != SLUICE_STATUS_OK) return refuse(status);
  result_.sidecars.emplace_back(kind);
  return SLUICE_STATUS_OK;
}

sluice_status Output::finish() {
  const auto open = std::count_if(result_.assets.begin(), result_.assets.end(),
                                  [](const wire::Asset& asset) { return !asset.finished; });
  if (open > 0 && refusal_ == SLUICE_STATUS_OK && result_.warnings.size() < wire::kMaxWarnings) {
    result_.warnings.push_back({"unfinished-asset", abi_rules::unfinished_assets(open)});
  }
  const auto children = std::count_if(
      result_.children.begin(), result_.children.end(),
      [](const wire::Child& child) { return child.state == wire::Child::State::kOpen; });
  if (children > 0 && refusal_ == SLUICE_STATUS_OK &&
      result_.warnings.size() < wire::kMaxWarnings) {
    result_.warnings.push_back({"unfinished-child", abi_rules::unfinished_children(children)});
  }
  if (unmarked_links_ > 0 && refusal_ == SLUICE_STATUS_OK &&
      result_.warnings.size() < wire::kMaxWarnings) {
    wire::Remark remark{"unfollowed-links", abi_rules::unfollowed_links(unmarked_links_)};
    remark.is_note = true;
    result_.warnings.push_back(std::move(remark));
  }
  if (!body_file_) return SLUICE_STATUS_OK;
  if (result_.body_place == wire::BodyPlace::kMemory) result_.body_bytes = body_bytes_;
  const sluice_status status = body_file_->flush(run_.files);
  return status == SLUICE_STATUS_OK ? status : refuse(status);
}

}  // namespace sluice::program
