// The rows of the registry as plain values.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/outcome.h"
#include "model/source.h"
#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice::owner {

using platform::Sha256Digest;

// From the bytes of a column; zeros if they are no digest.
inline Sha256Digest digest(std::span<const std::uint8_t> bytes) {
  Sha256Digest out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

enum class DocumentState {
  kOk,
  kPending,  // committed, and not yet published in full
  kDamaged,
};
std::string_view word(DocumentState state);

// What happened to a document.
enum class EventOp {
  kAdded,
  kUpdated,    // its source has other bytes
  kDuplicate,  // another source has its bytes
  kRemoved,
  kRenamed,      // it goes on under another path
  kReconverted,  // made again from the same bytes
};
std::string_view word(EventOp op);
std::optional<EventOp> event_op_from_word(std::string_view word);

// What a document's row is found by.
struct DocumentKeys {
  std::string name_key;
  std::optional<std::int64_t> of_source;  // the document of the source that it was made from
};

// A document whose links wait for a source, by a key of link_targets.h.
struct AwaitedTarget {
  std::string target;
  std::int64_t document = 0;

  auto operator<=>(const AwaitedTarget&) const = default;
};

// A file of a document besides raw and Markdown.
struct PublishedFile {
  enum class Kind { kAsset = 0, kSidecar = 1 };
  Kind kind = Kind::kAsset;
  std::string path;  // relative to the KB
  Sha256Digest sha256{};
  std::uint64_t size = 0;
};

// The turn of a converter at a document that another made in the end, or whose failure is
// another's.
struct AttemptRow {
  std::string converter;
  std::string converter_version;
  Outcome outcome = Outcome::kInternal;
  std::string reason;

  bool operator==(const AttemptRow&) const = default;
};

struct Document {
  std::int64_t id = 0;  // for life, and never another's, also after it is gone
  std::string name;
  std::string path_key;  // of the source it was made from
  Sha256Digest sha256{};
  std::uint64_t size = 0;
  std::string raw;       // relative to the KB
  std::string markdown;  // relative to the KB
  Sha256Digest markdown_sha256{};
  std::uint64_t markdown_size = 0;
  std::int64_t assets = 0;
  std::string media_type;
  std::string converter;
  std::string converter_version;
  std::string options_hash;
  Outcome outcome = Outcome::kOk;
  std::int64_t added_at = 0;
  std::int64_t updated_at = 0;
  DocumentState state = DocumentState::kOk;
  std::string reason;  // why it is partial
  // What it took to make it; 0 where that is not known, of a document that an older Sluice made.
  std::int64_t milliseconds = 0;
  std::uint64_t memory = 0;  // the most that was resident, bytes
  // What its converter said of it; empty and 0 where it said nothing.
  std::string title;
  std::int64_t pages = 0;  // or slides, or sheets
};

// Documents of which other tables have something, by id and in order: for a walk over all, which
// then need not ask about each.
struct UnusualDocuments {
  std::vector<std::int64_t> with_other_sources;  // than the one that it was made from
  std::vector<std::int64_t> with_files;
  std::vector<std::int64_t> with_attempts;
};

struct SourceRow {
  std::int64_t document = 0;
  std::string path_key;
  platform::FileIdentity identity;
  bool identity_settled = false;
  Sha256Digest sha256{};
};

// What is on record of the last fetch of a URL.
struct FetchRow {
  std::string path_key;
  FetchFacts facts;
};

// A document within a source: what holds it.
struct ChildRow {
  std::string path_key;
  std::string root;       // path key of the source
  std::string container;  // path key of what holds it directly
};

// Where a link leads.
struct LinkTarget {
  std::int64_t document = 0;
  std::string name;      // of the document
  std::string path_key;  // of the source
};

// A source as a look at its folder needs it.
struct SourceBelow {
  std::string path_key;
  Sha256Digest sha256{};
  std::uint64_t size = 0;
  std::string name;         // of its document
  std::string raw;          // of its document, relative to the KB
  bool is_primary = false;  // its document was made from it
  bool is_alone = false;    // its document has no other source
  // The file as it was, if that proves what its bytes are; and its document needs no mending.
  std::optional<platform::FileIdentity> proof;
};

struct Event {
  std::int64_t seq = 0;
  std::int64_t at = 0;
  EventOp op = EventOp::kAdded;
  std::string name;
  std::string path_key;
  Sha256Digest sha256{};
  std::int64_t document = 0;  // its id; 0: not known, of a document that left an older registry
  std::string path_before;    // kRenamed: the path key that its source had
};

// A program that gets the events, and how far it has come.
struct HookRow {
  std::string command;
  std::int64_t position = 0;    // number of the last event that it has taken
  std::int64_t failures = 0;    // in a row, since it last took one
  std::int64_t not_before = 0;  // when it may be tried again, after a failure
  std::string reason;           // of the last failure
};

struct FailureRow {
  std::string path_key;
  Outcome outcome = Outcome::kInternal;
  std::string reason;
  std::string converter;
  std::int64_t at = 0;  // when it first failed this way
  std::string hint;     // what to do about it, where that is more than the outcome's own
  std::string converter_version;
  // The source as it was, and its bytes, as far as they were read.
  platform::FileIdentity identity;
  bool identity_settled = false;
  Sha256Digest sha256{};
  // What it was tried with, if the same again can only end the same; else empty.
  std::string setup;
  // It is no failure to anybody: reports count it as skipped (picture_without_text.h). On record so
  // that the next run need not try again.
  bool is_skipped = false;
  std::vector<AttemptRow> attempts;

  bool operator==(const FailureRow&) const = default;
};

// Documents that the same converter made in the same version with the same options.
struct Conversion {
  std::string converter;
  std::string version;
  std::string options_hash;
  std::int64_t documents = 0;
};

// What a scan left out, by reason and kind.
struct SkipCount {
  std::string why;   // a word of scan::SkipReason
  std::string kind;  // an extension or a type; empty where the reason says it all
  std::int64_t count = 0;

  bool operator==(const SkipCount&) const = default;
};

// A run over sources that changed the knowledge base, or found other things to skip than the run
// before it.
struct RunRow {
  std::int64_t id = 0;
  std::string command;  // "add"
  std::int64_t started_at = 0;
  std::int64_t milliseconds = 0;
  std::int64_t events_before = 0;  // number of the last event before it
  bool is_whole = false;           // nothing ended it early
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t duplicate = 0;
  std::int64_t failed = 0;
  std::int64_t failed_new = 0;
  std::int64_t removed = 0;
  std::int64_t renamed = 0;
  std::int64_t bytes = 0;        // of the sources that were read
  std::vector<SkipCount> skips;  // of the newest run, by reason and kind
};

struct JournalRow {
  std::int64_t id = 0;
  std::string batch;
  std::int64_t document = 0;  // 0 where it is gone (removed)
  std::string steps;          // see journal.h
  std::int64_t attempts = 0;
};

// What recovery or a repair could not finish, on record until somebody has looked at it.
struct DamageRow {
  std::int64_t id = 0;
  std::int64_t document = 0;  // 0, or one that may be gone
  std::string what;
  std::string set_aside;  // the folder below .sluice/set-aside with what is left, or empty
};

struct Counts {
  std::int64_t documents = 0;
  std::int64_t sources = 0;
  std::int64_t raw_bytes = 0;
  std::int64_t markdown_bytes = 0;
  std::int64_t assets = 0;
  std::int64_t asset_bytes = 0;
  std::int64_t pending = 0;
  std::int64_t damaged = 0;  // on record, mended or not
  std::int64_t damaged_documents = 0;
  std::int64_t failures = 0;
  std::int64_t events = 0;
};

}  // namespace sluice::owner
