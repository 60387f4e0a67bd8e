// SPDX-License-Identifier: Apache-2.0
//
// The extension sluice.children of a recording job, and the host object that offers it and others.
#include "testing/recording_state.hpp"

namespace sluice {

const sluice_children& RecordingJob::State::child_calls() {
  static const sluice_children kCalls = {
      sizeof kCalls,
      [](sluice_job* raw, sluice_str name, sluice_str type, sluice_child* out) {
        return of(raw).open_child(view(name), view(type), out);
      },
      [](sluice_job* raw, sluice_child child, const void* data, std::uint64_t size) {
        return of(raw).write_child(
            child, {static_cast<const char*>(data), static_cast<std::size_t>(size)});
      },
      [](sluice_job* raw, sluice_child child) { return of(raw).finish_child(child); },
      [](sluice_job* raw, sluice_child child) { return of(raw).link_child(child); }};
  return kCalls;
}

const sluice_host& RecordingJob::host() {
  static const sluice_host kHost = [] {
    sluice_host host{};
    host.size = sizeof host;
    host.abi_major = SLUICE_ABI_MAJOR;
    host.abi_minor = SLUICE_ABI_MINOR;
    host.refuse = [](const sluice_host*, sluice_str) {};
    host.log = [](const sluice_host*, std::int32_t, sluice_str) {};
    host.get_extension = [](const sluice_host*, sluice_str id,
                            std::uint32_t revision) -> const void* {
      if (view(id) == SLUICE_FRONT_MATTER_ID && revision == SLUICE_FRONT_MATTER_REVISION) {
        return &State::front_matter_calls();
      }
      const bool is_children =
          view(id) == SLUICE_CHILDREN_ID && revision == SLUICE_CHILDREN_REVISION;
      return is_children ? &State::child_calls() : nullptr;
    };
    return host;
  }();
  return kHost;
}

sluice_status RecordingJob::State::no_room_for_child() {
  error = "the host takes no more documents within this source";
  return SLUICE_STATUS_LIMIT;
}

sluice_status RecordingJob::State::open_child(std::string_view name, std::string_view type,
                                              sluice_child* out) {
  if (!is_valid_utf8(name) || !is_valid_utf8(type)) {
    return invalid("a child's name or media type is not UTF-8");
  }
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (children.size() >= limits.children ||
      (!children.empty() && child_bytes > limits.child_bytes)) {
    ++refused_children;
    return no_room_for_child();
  }
  children.push_back({std::string(name), std::string(type), "", false, false});
  *out = static_cast<sluice_child>(children.size());
  return SLUICE_STATUS_OK;
}

RecordingJob::RecordedChild* RecordingJob::State::open_child_of(sluice_child child) {
  const bool is_open = child >= 1 && child <= children.size() && !children[child - 1].finished;
  return is_open ? &children[child - 1] : nullptr;
}

sluice_status RecordingJob::State::write_child(sluice_child child, std::string_view bytes) {
  RecordedChild* to = open_child_of(child);
  if (to == nullptr) return invalid("a write to a child that is not open");
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  child_bytes += bytes.size();
  to->cut = to->cut || child_bytes > limits.child_bytes;
  if (to->cut) return no_room_for_child();
  to->bytes.append(bytes);
  return SLUICE_STATUS_OK;
}

sluice_status RecordingJob::State::finish_child(sluice_child child) {
  RecordedChild* to = open_child_of(child);
  if (to == nullptr) return invalid("the end of a child that is not open");
  if (to->cut) return no_room_for_child();
  to->finished = true;
  return SLUICE_STATUS_OK;
}

sluice_status RecordingJob::State::link_child(sluice_child child) {
  if (child < 1 || child > children.size()) {
    return invalid("a link to the child " + std::to_string(child) + ", which was never opened");
  }
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  after_cr = false;
  links.push_back({body_size, 0, child});
  return SLUICE_STATUS_OK;
}

}  // namespace sluice
