// The objects of --json: one a line, each with "v":1 and a type, as host/docs/cli.md and the
// schemas beside it describe them. Text that is
// not UTF-8 is mended, so that every line is valid JSON.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "model/sandbox.h"
#include "owner/document_links.h"
#include "owner/document_result.h"
#include "owner/registry.h"
#include "platform/error.h"

namespace sluice::cli {

// One object, its fields in the order in which they are added; no key twice. Written as text at
// once: a tree of values for each of many documents costs more than committing them.
class JsonObject {
 public:
  // An object of a line of its own: begins with "v" and "type".
  explicit JsonObject(std::string_view type);
  // One inside another.
  JsonObject() = default;

  JsonObject& text(std::string_view key, std::string_view value);
  // A path, or what a user called a file, as path_text() writes it.
  JsonObject& path(std::string_view key, std::string_view value);
  JsonObject& text_or_null(std::string_view key, std::string_view value);  // null if empty
  JsonObject& number(std::string_view key, std::int64_t value);
  JsonObject& number_or_null(std::string_view key, std::int64_t value);  // null if 0
  JsonObject& id_or_null(std::int64_t id);                               // of a document; null if 0
  JsonObject& decimal(std::string_view key, double value);
  JsonObject& flag(std::string_view key, bool value);
  JsonObject& null(std::string_view key);
  JsonObject& texts(std::string_view key, const std::vector<std::string>& values);
  JsonObject& numbers(std::string_view key, const std::vector<std::int64_t>& values);
  JsonObject& object(std::string_view key, const JsonObject& value);
  JsonObject& objects(std::string_view key, const std::vector<JsonObject>& values);

  // With a newline behind it.
  std::string line() const;

 private:
  std::string& begin(std::string_view key);

  std::string out_ = "{";  // the closing brace is not there yet
};

// What a run comes to, for the summary.
struct SummaryCounts {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t failed = 0;
  std::uint64_t failed_new = 0;
  std::uint64_t removed = 0;
  std::uint64_t renamed = 0;
  std::uint64_t refused = 0;
  std::uint64_t skipped = 0;
  owner::EditCounts edits = {};
  std::vector<JsonObject> skipped_by = {};  // by reason and kind
  std::uint64_t bytes = 0;                  // of the sources that were read
  std::int64_t outdated = 0;
  bool dry_run = false;                                // what the counts would be
  std::map<std::string, std::uint64_t> failures = {};  // by converter; "" is for none
};

// Lines of host/docs/cli.md. What is not known is null.
std::string run_start_json(std::string_view command, std::string_view kb, unsigned jobs,
                           const std::optional<SandboxLayers>& sandbox);
// Of a bundle that is not as it must be.
std::string refused_json(std::string_view bundle, std::string_view reason);
std::string doc_json(const owner::DocumentResult& result);
// What `convert` has made; `markdown` is none where a file has it.
std::string converted_json(const Bundle& bundle, const std::string* markdown);
// What would become of a source. `detail` is null if empty; `why` is left out where nothing is said
// of it.
std::string plan_json(std::string_view source, std::string_view path, std::string_view would,
                      std::string_view detail, std::optional<std::string_view> why = {});
std::string event_json(const owner::Event& event);
std::string summary_json(const SummaryCounts& counts, double seconds);
// `sources`: path keys of everything that has these bytes.
// `attempts`: of the converters before the one that made it.
// What belongs to a document besides its own row.
struct DocumentRelations {
  std::vector<std::string> sources;
  std::vector<owner::AttemptRow> attempts;
  std::string parent;  // path key of what holds it, or empty
  std::vector<owner::PublishedFile> files = {};
  // Path keys of what it holds; nothing: it holds nothing, or that was not asked for.
  std::optional<std::vector<std::string>> children = std::nullopt;
  std::optional<owner::DocumentLinks> links = std::nullopt;
  std::optional<FetchFacts> fetched = std::nullopt;  // of a page of the web
  // Of a merge, marked in its Markdown; nothing: that was not asked for.
  std::optional<std::int64_t> conflicts = std::nullopt;
};
std::string document_json(const owner::Document& document, const DocumentRelations& relations);
// Adds a failure on record to `object`.
JsonObject failure_fields(JsonObject object, const owner::FailureRow& failure);
// What to do about a failure on record.
std::string hint_of(const owner::FailureRow& failure);
std::string error_json(const Error& error);

}  // namespace sluice::cli
