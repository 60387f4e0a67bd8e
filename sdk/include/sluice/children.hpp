// SPDX-License-Identifier: Apache-2.0
//
// Documents that a document holds (the attachments of a mail, the members of an archive), in C++.
// See sluice/ext/children.h for what each call means.
//
//   sluice::Children children(job);
//   for (const Member& member : archive) {
//     auto child = children.open(member.name);   // nothing: the host takes no more
//     if (!child) break;
//     child->write(member.bytes);
//     if (!child->finish()) break;
//     job.write("- [" + member.name + "](");
//     children.link(*child);
//     job.write(")\n");
//   }
#pragma once

#include <sluice/ext/children.h>

#include <cstdint>
#include <optional>
#include <sluice/plugin.hpp>
#include <span>
#include <string_view>

namespace sluice {

// A document being handed over; dropped, with a warning, unless finish() is called.
class Child {
 public:
  Child(Job& job, const sluice_children& calls, sluice_child id)
      : job_(job), calls_(calls), id_(id) {}

  // Appends bytes. What the host has no room for is dropped, and finish() says so. Throws Failure
  // (cancelled, io).
  void write(std::span<const std::uint8_t> bytes) { put(bytes.data(), bytes.size()); }
  void write(std::string_view bytes) { put(bytes.data(), bytes.size()); }
  // False: the host had no room for all of it. It reports that; there is nothing to do but to stop
  // handing over. Throws Failure.
  bool finish() {
    const sluice_status status = calls_.child_finish(job_.raw(), id_);
    if (status == SLUICE_STATUS_LIMIT) return false;
    job_.check(status, "finish a document within it");
    return true;
  }
  // Whether the host had no room for some of it already: the rest need not be written.
  bool is_cut() const { return is_cut_; }
  sluice_child id() const { return id_; }

 private:
  void put(const void* data, std::size_t size) {
    if (is_cut_) return;
    const sluice_status status = calls_.child_write(job_.raw(), id_, data, size);
    is_cut_ = status == SLUICE_STATUS_LIMIT;
    if (!is_cut_) job_.check(status, "write a document within it");
  }

  Job& job_;
  const sluice_children& calls_;
  sluice_child id_;
  bool is_cut_ = false;
};

class Children {
 public:
  explicit Children(Job& job) : job_(job) {
    const auto to = host();
    if (to) calls_ = to->extension<sluice_children>(SLUICE_CHILDREN_ID, SLUICE_CHILDREN_REVISION);
  }

  // False where the host does not take documents within documents: hand them over as assets.
  bool are_taken() const { return calls_ != nullptr; }
  // Begins one. Nothing: the host takes no more (it reports that), or none at all. Throws Failure.
  std::optional<Child> open(std::string_view name, std::string_view media_type = {}) {
    if (calls_ == nullptr) return std::nullopt;
    sluice_child id = 0;
    const sluice_status status = calls_->child_open(job_.raw(), str(name), str(media_type), &id);
    if (status == SLUICE_STATUS_LIMIT) return std::nullopt;
    job_.check(status, "begin a document within it");
    return Child(job_, *calls_, id);
  }
  // Writes the link destination of a document at this point of the body.
  void link(const Child& child) { link(child.id()); }
  void link(sluice_child child) {
    job_.check(calls_->link_child(job_.raw(), child), "link to a document within it");
  }

 private:
  Job& job_;
  const sluice_children* calls_ = nullptr;
};

}  // namespace sluice
