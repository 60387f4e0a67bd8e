#include "conformance/host_object.h"

#include <cstdio>
#include <cstring>
#include <sluice/plugin.hpp>

namespace sluice::conformance {
namespace {

constexpr std::size_t kLaterBytes = 64;  // what a later minor version may have behind 1.0

// The calls of sluice.children know their job alone, and a process tests one plugin.
Children* current_children = nullptr;

sluice_status wrong(const char* why) {
  current_children->wrong.emplace_back(why);
  return SLUICE_STATUS_INVALID;
}
Child* open_child(sluice_child id) {
  if (id == 0 || id > current_children->all.size()) return nullptr;
  Child& child = current_children->all[id - 1];
  return child.finished ? nullptr : &child;
}
sluice_status child_open(sluice_job*, sluice_str name, sluice_str type, sluice_child* out) {
  if (name.size == 0) return wrong("child_open without a name");
  if (current_children->all.size() >= current_children->most) return SLUICE_STATUS_LIMIT;
  current_children->all.push_back(
      {.name = std::string(view(name)), .media_type = std::string(view(type)), .bytes = {}});
  *out = static_cast<sluice_child>(current_children->all.size());
  return SLUICE_STATUS_OK;
}
sluice_status child_write(sluice_job*, sluice_child id, const void* data, std::uint64_t size) {
  Child* child = open_child(id);
  if (child == nullptr) return wrong("child_write to a child that is not open");
  child->bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  return SLUICE_STATUS_OK;
}
sluice_status child_finish(sluice_job*, sluice_child id) {
  Child* child = open_child(id);
  if (child == nullptr) return wrong("child_finish of a child that is not open");
  child->finished = true;
  return SLUICE_STATUS_OK;
}
sluice_status link_child(sluice_job* job, sluice_child id) {
  if (id == 0 || id > current_children->all.size()) return wrong("link_child to no child");
  Child& child = current_children->all[id - 1];
  child.linked = true;
  return job->write_body(job, child.name.data(), child.name.size());
}

const sluice_children kChildren = {sizeof kChildren, child_open, child_write, child_finish,
                                   link_child};

}  // namespace

std::unique_ptr<Guarded> table_in(Tables tables, const void* base, std::size_t size) {
  std::string bytes(static_cast<const char*>(base), size);
  if (tables == Tables::kLarger) {
    bytes.append(kLaterBytes, '\xEE');
    const std::uint64_t stated = bytes.size();
    std::memcpy(bytes.data(), &stated, sizeof stated);
  }
  return std::make_unique<Guarded>(bytes, bytes.size(), Guarded::Access::kReadWrite);
}

HostObject::HostObject(const HostKind& kind) : kind_(kind) {
  current_children = &children_;
  plain_.size = sizeof plain_;
  plain_.context = this;
  plain_.abi_major = SLUICE_ABI_MAJOR;
  plain_.abi_minor = kind.minor;
  plain_.version = str("1.0.0");
  plain_.refuse = [](const sluice_host* raw, sluice_str why) { of(raw).refusal_ = view(why); };
  plain_.log = [](const sluice_host*, std::int32_t level, sluice_str text) {
    std::fprintf(stderr, "log %d: %.*s\n", level, static_cast<int>(text.size), text.data);
  };
  plain_.get_extension = [](const sluice_host* raw, sluice_str id,
                            std::uint32_t revision) -> const void* {
    const bool offered = of(raw).kind_.offers_children && view(id) == SLUICE_CHILDREN_ID &&
                         revision == SLUICE_CHILDREN_REVISION;
    return offered ? &kChildren : nullptr;
  };
  table_ = &plain_;
  if (kind.tables == Tables::kPlain) return;
  room_ = table_in(kind.tables, &plain_, sizeof plain_);
  table_ = static_cast<const sluice_host*>(room_->data());
}

}  // namespace sluice::conformance
