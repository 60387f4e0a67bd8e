// What a prepare leaves for the owner. Files stand in the batch's staging directory, under names
// that the host chose; everything else is here, in memory, and dies with the process, as the
// staging does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/attempt.h"
#include "model/outcome.h"
#include "model/source.h"
#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice {

// A file in staging, as it was when the lane had finished it. The owner checks that it still is.
struct StagedFile {
  std::string name;  // below the batch's directory; inside the assets' directory for an asset
  platform::FileIdentity identity;
  platform::Sha256Digest sha256{};
  // Of Markdown: the prints of its lines (staging/line_prints.h); empty if there are too many.
  std::string line_prints = {};

  std::uint64_t size() const { return identity.size; }
};

struct StagedSidecar {
  std::string kind;
  StagedFile file;
};

struct Warning {
  std::string code;
  std::string message;
  bool is_note = false;         // the document is whole all the same
  std::string place_unit = {};  // "page"; empty: the whole document
  std::uint64_t place = 0;

  std::string_view severity() const { return is_note ? "note" : "warning"; }
  // For people: "page 3: a picture could not be read".
  std::string text() const {
    return place_unit.empty() ? message : place_unit + " " + std::to_string(place) + ": " + message;
  }
};

// A link destination in staged Markdown that leads to another document.
struct StagedLink {
  std::uint64_t position = 0;  // byte offset in the Markdown
  std::uint64_t length = 0;    // of what stands there: what the destination is if it leads nowhere
  std::string path_key;        // of the source it leads to
};

// What a converter said of a link to another source: what stands in the Markdown while that is no
// document, and what around its destination once it is. `path` is as in sluice_document_link.
struct LinkWish {
  bool by_name = false;
  std::string path;
  std::string fragment;
  std::string written;
  std::string before;
  std::string after;

  bool operator==(const LinkWish&) const = default;
};

// A link to another source in staged Markdown, as written.
struct SourceLink {
  std::uint64_t position = 0;  // byte offset in the Markdown
  LinkWish wish;
};

// Links to the source with the fragment `name` lead to this anchor of its Markdown.
struct NamedAnchor {
  std::string name;
  std::string anchor;
};

// What a converter found out about a document: "title" and "Report".
struct MetadataField {
  std::string key;
  std::string value;

  bool operator==(const MetadataField&) const = default;
};

// Where a part of the source begins in staged Markdown.
struct StagedPart {
  std::uint64_t position = 0;
  std::uint64_t number = 0;
  std::string unit;
  std::string label;
};

// What the registry keeps in the transaction that commits a bundle (Registry::meta): how far a
// numbered feed has come, and which task that was. A bundle whose number is not above the one on
// record is committed.
struct CommitMark {
  std::string key;
  std::int64_t number = 0;
  std::string text;
};
// The value on record: "NUMBER TEXT".
std::string format_mark(const CommitMark& mark);
// The number is 0 if `value` is not what format_mark() makes.
CommitMark parse_mark(std::string key, std::string_view value);

struct Bundle {
  enum class Kind {
    kPrepared,   // staged files are complete
    kUnchanged,  // same identity as on record: nothing was read
    kKnown,      // read and hashed; the bytes are on record, so nothing was converted
    kFailed,     // outcome and reason say why
    // Nothing was read: the identity is that of a failure on record, which would end the same
    // again.
    kFailedBefore,
  };

  Source source;
  Kind kind = Kind::kFailed;
  Outcome outcome = Outcome::kInternal;
  std::string reason;
  std::string hint;  // what to do about a failure, where that is more than the outcome's own
  // It failed because there is no room on the disk: so would all that follow.
  bool storage_full = false;
  std::vector<Warning> warnings;
  std::vector<Attempt> attempts;  // in line order; none if nothing was converted

  // The source as it was when it was read (kUnchanged: looked at).
  platform::FileIdentity identity;
  // False where the file system's clock is too coarse to tell a change right after the reading:
  // then the identity is no proof, and the next run reads the source again.
  bool identity_settled = true;
  platform::Sha256Digest sha256{};
  FetchFacts fetched;  // of a source from the web, unless kUnchanged

  // kPrepared:
  StagedFile raw;
  StagedFile markdown;                        // with front matter, links under placeholder_name
  std::string placeholder_name;               // the name that the Markdown was written for
  std::vector<std::uint64_t> name_positions;  // byte offsets in it where that name stands in a link
  std::vector<StagedLink> links;              // to documents within it
  std::vector<SourceLink> source_links;       // to other sources, by position
  std::vector<NamedAnchor> anchors;           // the first of a name counts
  std::vector<StagedPart> parts;              // pages, slides, sheets
  // What its front matter was made of, besides the facts above. Kept for a bundle that travels
  // (PrepareSettings::keeps_metadata).
  std::vector<MetadataField> metadata;
  std::string author_front_matter;
  std::string title;               // as its converter found it
  std::int64_t pages = 0;          // of the source; 0: not known
  bool has_sections = false;       // <name>.sections.json is wanted
  bool keeps_raw = true;           // raw/ gets a copy of the source
  std::string assets_dir;          // in staging; empty if there are no assets
  std::vector<StagedFile> assets;  // below assets_dir, under their final file names
  std::vector<StagedSidecar> sidecars;
  std::uint32_t failed_flushes = 0;  // StagingProvider::failed_flushes() before the first was made
  std::string media_type;
  std::string converter;          // converter id; also for failures, if one was chosen
  std::string converter_version;  // of its plugin
  std::string options_hash;       // of the options it ran with, hex
  std::string setup;              // PrepareSettings::setup

  std::int64_t milliseconds = 0;  // spent preparing
  // The most that a process which converted it had resident, bytes; never above the memory limit.
  // For people only: the worker says so.
  std::uint64_t memory = 0;
  std::uint64_t staged_bytes = 0;                    // of a source: with all within it
  std::shared_ptr<const CommitMark> mark = nullptr;  // of a source from a numbered feed

  // Of a source: the documents within it, at every depth, each behind what holds it.
  std::vector<Bundle> children;
};

// Whether the same bytes and the same converters must end with this outcome again: no turn depended
// on the day.
bool fails_for_good(Outcome outcome, const std::vector<Attempt>& attempts);

}  // namespace sluice
