#include "prepare/intake.h"

#include <algorithm>
#include <thread>

#include "model/layout.h"
#include "platform/clock.h"
#include "platform/error.h"
#include "staging/staged_file.h"
#include "worker/wire.h"

namespace sluice::prepare {

using platform::File;
using platform::FileIdentity;

namespace {

constexpr int kMaxReadings = 3;
// So often it is waited for a file to hold still before it is read all the same.
constexpr int kMaxWaits = 5;
constexpr std::size_t kSmall = wire::kInlineSource;
constexpr std::size_t kReadChunk = 512 << 10;
// From this size on it is asked beforehand whether there is room for the copy.
constexpr std::uint64_t kAskForRoom = 64 << 20;
// Two changes within this time may bear the same stamp.
constexpr std::int64_t kStampNs = 20'000'000;
constexpr std::int64_t kCoarseStampNs = 2'000'000'000;  // where stamps have whole seconds
constexpr std::int64_t kSecondNs = 1'000'000'000;

// Why this document fails.
struct Refusal {
  Outcome outcome;
  std::string reason;
  std::string hint = {};
};

bool has_coarse_stamps(const FileIdentity& identity) {
  return identity.mtime_ns % kSecondNs == 0 && identity.ctime_ns % kSecondNs == 0;
}

const char* kind_word(platform::FileKind kind) {
  switch (kind) {
    case platform::FileKind::kDirectory:
      return "it is a directory";
    case platform::FileKind::kSymlink:
      return "it is a symbolic link that leads out of its folder";
    default:
      return "it is not a regular file but a pipe, a socket or a device";
  }
}

}  // namespace

bool Intake::look(Document& document) {
  document.bundle.setup = context_.settings.setup;
  if (const auto& problem = document.bundle.source.problem) {
    document.fail(problem->outcome, problem->reason, problem->hint);
    return false;
  }
  if (document.bundle.source.is_web) return true;  // only its server can say
  try {
    // Links of a page are relative to where it came from.
    const Source& source = document.bundle.source;
    if (source.is_copy() && registry_ != nullptr && is_url(source.root->copy_of)) {
      document.bundle.fetched = registry_->fetch_facts(source.root->copy_of).value_or(FetchFacts());
    }
    if (is_unchanged(document) || would_fail_again(document)) return false;
    if (registry_ != nullptr) registry_->end_reading();
    if (!is_being_written(document.bundle.source)) return true;
    document.fail(Outcome::kCancelled, std::string(kBeingWritten), "");
    return false;
  } catch (const SystemError& error) {
    document.fail(error);
  }
  return false;
}

// A stamp of the future (another machine's clock) says nothing.
bool Intake::is_being_written(const Source& source) const {
  if (context_.settings.settle.count() == 0) return false;
  const auto file =
      context_.files.open_read(source.root->dir, source.relative, platform::Symlinks::kInside);
  if (!file) return false;
  const std::int64_t age = platform::file_clock_ns() - context_.files.info(*file).identity.ctime_ns;
  const bool is_young =
      age >= 0 && age < std::chrono::nanoseconds(context_.settings.settle).count();
  return is_young || platform::has_writer(*file);
}

bool Intake::read(Document& document) {
  try {
    return read_whole(document);
  } catch (const Refusal& refusal) {
    document.fail(refusal.outcome, refusal.reason, refusal.hint);
  } catch (const SystemError& error) {
    document.fail(error);
  }
  return false;
}

bool Intake::is_unchanged(Document& document) {
  if (registry_ == nullptr) return false;
  Bundle& bundle = document.bundle;
  const auto known = registry_->source(bundle.source.path_key());
  if (!known) return false;
  document.recorded_name = known->document_name;
  // An attempt after the first means that the owner found the hint wrong.
  if (bundle.source.is_wanted_anew()) return false;
  if (!known->identity_settled || document.attempt > 0) return false;
  const auto info = context_.files.resolve_info(bundle.source.root->dir, bundle.source.relative);
  if (!info || info->identity != known->identity) return false;
  if (registry_->has_unsettled_children(bundle.source.path_key(), context_.settings.setup)) {
    return false;
  }
  bundle.kind = Bundle::Kind::kUnchanged;
  bundle.outcome = Outcome::kOk;
  bundle.identity = known->identity;
  bundle.sha256 = known->sha256;
  return true;
}

// A failure that is on record and would only be repeated: the same file, by its identity, and the
// same converters. An attempt after the first means that the owner found that wrong.
bool Intake::would_fail_again(Document& document) {
  failure_.reset();
  if (registry_ == nullptr || document.attempt > 0 || context_.settings.setup.empty()) return false;
  Bundle& bundle = document.bundle;
  if (bundle.source.is_wanted_anew()) return false;
  failure_ = registry_->failure(bundle.source.path_key());
  if (!failure_ || failure_->setup != context_.settings.setup) {
    failure_.reset();
    return false;
  }
  if (!failure_->identity_settled) return false;
  const auto info = context_.files.resolve_info(bundle.source.root->dir, bundle.source.relative);
  if (!info || info->identity != failure_->identity) return false;
  bundle.identity = failure_->identity;
  bundle.sha256 = failure_->sha256;
  fail_as_before(document, *failure_);
  bundle.kind = Bundle::Kind::kFailedBefore;
  return true;
}

// The same, by the bytes that were read: a file that was touched or copied over itself.
bool Intake::repeats_failure(Document& document) {
  if (!failure_ || failure_->sha256 == platform::Sha256Digest{} ||
      failure_->sha256 != document.bundle.sha256) {
    return false;
  }
  fail_as_before(document, *failure_);
  return true;
}

void Intake::fail_as_before(Document& document, const RegistryView::KnownFailure& failure) const {
  document.fail(failure.outcome, failure.reason, failure.hint);
  document.bundle.converter = failure.converter;
  document.bundle.converter_version = failure.converter_version;
}

bool Intake::read_whole(Document& document) {
  Bundle& bundle = document.bundle;
  const std::optional<File> file = context_.files.open_read(
      bundle.source.root->dir, bundle.source.relative, platform::Symlinks::kInside);
  if (!file) throw Refusal{Outcome::kIo, "it is not there any more"};
  for (int reading = 0; reading < kMaxReadings; ++reading) {
    bundle.identity = settled_identity(document, *file);
    const Reading result =
        bundle.identity.size <= kSmall ? read_small(document, *file) : read_large(document, *file);
    if (result == Reading::kChanged) {
      clear_staged(context_.files, context_.staging.dir(), document);
      continue;
    }
    return bundle.kind != Bundle::Kind::kKnown && !repeats_failure(document);
  }
  throw Refusal{Outcome::kSourceUnstable,
                "it kept changing while it was read, " + std::to_string(kMaxReadings) + " times"};
}

// What the file is now. If it changed so recently that a further change could bear the same stamp,
// waits that out first, so that the identity proves what was read.
FileIdentity Intake::settled_identity(Document& document, const File& file) {
  for (int waits = 0;; ++waits) {
    const platform::FileInfo info = context_.files.info(file);
    if (info.kind != platform::FileKind::kRegular) {
      throw Refusal{Outcome::kIo, kind_word(info.kind)};
    }
    const std::int64_t age = platform::file_clock_ns() - info.identity.ctime_ns;
    const bool coarse = has_coarse_stamps(info.identity);
    // A stamp of the future (another machine's clock) proves nothing until then.
    document.bundle.identity = info.identity;
    document.bundle.identity_settled = age >= (coarse ? kCoarseStampNs : kStampNs);
    const std::uint64_t most = context_.settings.limits.source_bytes;
    if (info.identity.size > most) {
      throw Refusal{Outcome::kLimit, "it has more than " + std::to_string(most) + " bytes",
                    "split it, or raise source in [limits] of the configuration"};
    }
    if (coarse || age < 0 || age >= kStampNs || waits == kMaxWaits) return info.identity;
    std::this_thread::sleep_for(std::chrono::nanoseconds(kStampNs - age));
  }
}

bool Intake::is_known(const Document& document) {
  return registry_ != nullptr && document.attempt == 0 &&
         !document.bundle.source.is_wanted_anew() &&
         registry_->has_content(document.bundle.sha256) &&
         !registry_->has_unsettled_children(document.bundle.source.path_key(),
                                            context_.settings.setup);
}

// Reads and hashes in memory, so that known bytes cost no file in staging.
Intake::Reading Intake::read_small(Document& document, const File& file) {
  Bundle& bundle = document.bundle;
  std::string& content = document.content;
  content.resize(static_cast<std::size_t>(bundle.identity.size));
  const std::size_t got = context_.files.read(file, 0, std::as_writable_bytes(std::span(content)));
  if (got != content.size() || context_.files.info(file).identity != bundle.identity) {
    return Reading::kChanged;
  }
  document.is_whole = true;
  bundle.sha256 = platform::sha256(content);
  if (is_known(document)) {
    bundle.kind = Bundle::Kind::kKnown;
    bundle.outcome = Outcome::kOk;
    return Reading::kDone;
  }
  bundle.raw = write_staged(context_.files, context_.staging.dir(),
                            layout::staged_raw(document.sequence(), document.attempt), content,
                            bundle.sha256);
  document.has_raw = true;
  return Reading::kDone;
}

Intake::Reading Intake::read_large(Document& document, const File& file) {
  Bundle& bundle = document.bundle;
  const platform::Dir& staging = context_.staging.dir();
  const std::uint64_t size = bundle.identity.size;
  if (size >= kAskForRoom && size > context_.files.free_bytes(staging)) {
    throw Refusal{Outcome::kIo, "there is no room on the disk for a copy of it"};
  }
  StagedWriter raw(context_.files, staging,
                   layout::staged_raw(document.sequence(), document.attempt), hash_);
  std::string chunk(static_cast<std::size_t>(std::min<std::uint64_t>(size, kReadChunk)), '\0');
  document.is_whole = false;
  document.content.clear();
  Activity::Turn turn =
      Activity::begin(context_.activity, Activity::Stage::kReading, bundle.source.given);
  while (raw.size() < size) {
    if (stop_.load(std::memory_order_relaxed)) throw Refusal{Outcome::kCancelled, "stopped"};
    const std::size_t want =
        static_cast<std::size_t>(std::min<std::uint64_t>(size - raw.size(), chunk.size()));
    const std::size_t got = context_.files.read(
        file, raw.size(), std::as_writable_bytes(std::span(chunk.data(), want)));
    if (got == 0) return Reading::kChanged;
    const std::string_view bytes(chunk.data(), got);
    if (document.content.empty()) document.content = bytes.substr(0, plugin::kSniffBytes);
    raw.write(bytes);
    turn.advance(raw.size(), size);
  }
  if (context_.files.info(file).identity != bundle.identity) return Reading::kChanged;
  bundle.raw = raw.finish();
  bundle.sha256 = bundle.raw.sha256;
  document.has_raw = true;
  if (is_known(document)) {
    clear_staged(context_.files, staging, document);
    bundle.kind = Bundle::Kind::kKnown;
    bundle.outcome = Outcome::kOk;
  }
  return Reading::kDone;
}

}  // namespace sluice::prepare
