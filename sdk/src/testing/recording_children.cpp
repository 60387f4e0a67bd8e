// SPDX-License-Identifier: Apache-2.0
//
// The extensions sluice.children, sluice.positions and sluice.document-links of a recording job,
// and the host object that offers them and others.
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
      if (is_children) return &State::child_calls();
      static const sluice_positions kPositions = {
          sizeof kPositions,
          [](sluice_job* raw, sluice_str unit, std::uint64_t number, sluice_str label) {
            return State::of(raw).begin_part(view(unit), number, view(label));
          }};
      if (view(id) == SLUICE_DOCUMENT_LINKS_ID) return State::link_calls(revision);
      return view(id) == SLUICE_POSITIONS_ID && revision == SLUICE_POSITIONS_REVISION ? &kPositions
                                                                                      : nullptr;
    };
    return host;
  }();
  return kHost;
}

const void* RecordingJob::State::link_calls(std::uint32_t revision) {
  static const sluice_document_links kCalls = {
      sizeof kCalls, [](sluice_job* raw, sluice_str path, sluice_str fragment, sluice_str written) {
        return of(raw).link_document({sizeof(sluice_document_link),
                                      SLUICE_LINK_BY_PATH,
                                      0,
                                      path,
                                      fragment,
                                      written,
                                      {},
                                      {}});
      }};
  static const sluice_document_links_2 kCalls2 = {
      sizeof kCalls2,
      [](sluice_job* raw, const sluice_document_link* link) {
        return of(raw).link_document(*link);
      },
      [](sluice_job* raw, sluice_str name, sluice_str anchor) {
        return of(raw).name_anchor(view(name), view(anchor));
      }};
  if (revision == SLUICE_DOCUMENT_LINKS_REVISION) return &kCalls;
  return revision == SLUICE_DOCUMENT_LINKS_REVISION_2 ? &kCalls2 : nullptr;
}

sluice_status RecordingJob::State::link_document(const sluice_document_link& link) {
  std::string fault = abi_rules::document_link_fault(link, is_valid_utf8);
  if (!fault.empty()) return invalid(std::move(fault));
  DocumentLink recorded{0,
                        std::string(view(link.path)),
                        std::string(view(link.fragment)),
                        std::string(view(link.written)),
                        std::string(view(link.before)),
                        std::string(view(link.after)),
                        link.lookup == SLUICE_LINK_BY_NAME};
  recorded.offset = body_size;
  const sluice_status status = write(view(link.written));
  if (status == SLUICE_STATUS_OK) document_links.push_back(std::move(recorded));
  return status;
}

sluice_status RecordingJob::State::name_anchor(std::string_view name, std::string_view anchor) {
  std::string fault = abi_rules::anchor_fault(name, anchor, is_valid_utf8);
  if (!fault.empty()) return invalid(std::move(fault));
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  anchors.emplace(name, anchor);
  return SLUICE_STATUS_OK;
}

sluice_status RecordingJob::State::begin_part(std::string_view unit, std::uint64_t number,
                                              std::string_view label) {
  if (!abi_rules::is_part(unit, number)) {
    return invalid("a part is a unit of 1 to 32 of [a-z0-9-] and a number from 1 on");
  }
  if (!is_valid_utf8(label)) return invalid("the label of a part is not UTF-8");
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  parts.push_back({std::string(unit), number, std::string(label), body_size});
  return SLUICE_STATUS_OK;
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
  children.push_back({.name = std::string(name), .media_type = std::string(type), .bytes = {}});
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
