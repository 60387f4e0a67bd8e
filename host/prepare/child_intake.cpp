#include "prepare/child_intake.h"

#include <algorithm>

#include "model/names.h"
#include "platform/error.h"
#include "staging/staged_file.h"
#include "worker/wire.h"

namespace sluice::prepare {
namespace {

constexpr const char* kRaiseBytes =
    "split the source, or raise tree_bytes or tree_ratio in [limits] of the configuration";
constexpr const char* kRaiseTime =
    "split the source, or raise tree_time in [limits] of the configuration";

}  // namespace

void allow_children(Document& document, const TreeLimits& limits) {
  if (!document.tree) {
    document.tree = std::make_shared<Tree>();
    document.tree->root_bytes = document.bundle.raw.size();
    document.tree->root_key = document.bundle.source.path_key();
  }
  const Tree& tree = *document.tree;
  const bool is_deepest = document.depth >= limits.depth;
  document.most_children =
      is_deepest ? 0 : limits.documents - std::min(limits.documents, tree.documents);
  const std::uint64_t by_ratio = std::max(kTreeFloor, tree.root_bytes < limits.bytes / limits.ratio
                                                          ? tree.root_bytes * limits.ratio
                                                          : limits.bytes);
  const std::uint64_t most = std::min(limits.bytes, by_ratio);
  document.most_child_bytes = most - std::min(most, tree.bytes);
}

std::unique_ptr<Document> ChildIntake::make(const Document& container,
                                            const HandedOver& handed) const {
  auto child = std::make_unique<Document>();
  child->attempt = container.attempt;
  child->part = handed.part;
  child->depth = container.depth + 1;
  child->tree = container.tree;
  const Source& around = container.bundle.source;
  Bundle& bundle = child->bundle;
  bundle.source = {around.sequence, around.root,
                   around.relative + std::string(kWithin) + handed.name,
                   around.given + std::string(kWithin) + handed.name};
  bundle.source.container = around.path_key();
  bundle.source.always = around.always;
  if (!around.follows.empty()) {
    bundle.source.follows = around.follows + std::string(kWithin) + handed.name;
  }
  bundle.failed_flushes = container.bundle.failed_flushes;
  bundle.setup = context_.settings.setup;
  bundle.identity.size = handed.file.size();
  bundle.identity_settled = false;
  bundle.sha256 = handed.file.sha256;
  bundle.raw = handed.file;
  bundle.keeps_raw = context_.settings.output.raw_children;
  child->has_raw = !handed.is_cut;
  // Longer ones are cut, as all names are.
  bundle.placeholder_name = document_name(container.tree->root_name + "-" +
                                          document_name(stem_of(bundle.source.file_name())));
  return child;
}

bool ChildIntake::take(Document& child, const HandedOver& handed) {
  if (handed.is_cut) {
    child.fail(Outcome::kLimit, "the documents within its source come to more bytes than are taken",
               kRaiseBytes);
    return false;
  }
  if (is_out_of_time(child)) {
    // Another day it may be quicker.
    child.bundle.setup.clear();
    child.fail(Outcome::kLimit, "the documents within its source took too long together",
               kRaiseTime);
    return false;
  }
  try {
    if (is_known(child)) {
      clear_staged(context_.files, context_.staging.dir(), child);
      child.bundle.raw = {};
      child.bundle.kind = Bundle::Kind::kKnown;
      child.bundle.outcome = Outcome::kOk;
      return false;
    }
    if (repeats_failure(child, registry_, context_.settings.setup)) return false;
    read(child);
    return true;
  } catch (const SystemError& error) {
    child.fail(error);
  }
  return false;
}

bool ChildIntake::is_out_of_time(const Document& child) const {
  const auto spent = std::chrono::steady_clock::now() - child.tree->begin;
  return spent > context_.settings.limits.tree.time;
}

// A hint that the owner must be able to take back before it has written anything: what another
// document of the same tree holds may be gone by then.
bool ChildIntake::is_known(const Document& child) {
  if (registry_ == nullptr || child.attempt > 0) return false;
  if (child.bundle.source.is_wanted_anew()) return false;
  const std::string key = child.bundle.source.path_key();
  const std::string holder = registry_->holder_of(child.bundle.sha256);
  if (holder.empty()) return false;
  if (holder == key) return !registry_->has_unsettled_children(key, context_.settings.setup);
  return holder != child.tree->root_key && !is_within(holder, child.tree->root_key);
}

bool repeats_failure(Document& document, RegistryView* registry, const std::string& setup) {
  if (registry == nullptr || document.attempt > 0 || setup.empty()) return false;
  Bundle& bundle = document.bundle;
  if (bundle.source.is_wanted_anew()) return false;
  const auto before = registry->failure(bundle.source.path_key());
  if (!before || before->setup != setup || before->sha256 != bundle.sha256) return false;
  document.fail(before->outcome, before->reason, before->hint);
  bundle.converter = before->converter;
  bundle.converter_version = before->converter_version;
  return true;
}

// What the router and a worker get: all of a small document, else its beginning.
void ChildIntake::read(Document& child) const {
  const std::uint64_t size = child.bundle.raw.size();
  child.is_whole = size <= wire::kInlineSource;
  const auto part = child.is_whole ? size : std::min<std::uint64_t>(size, plugin::kSniffBytes);
  child.content.resize(static_cast<std::size_t>(part));
  const auto raw = context_.files.open_read(context_.staging.dir(), child.bundle.raw.name);
  if (!raw)
    throw SystemError("open", child.bundle.raw.name, std::make_error_code(std::errc::io_error));
  child.content.resize(
      context_.files.read(*raw, 0, std::as_writable_bytes(std::span(child.content))));
}

}  // namespace sluice::prepare
