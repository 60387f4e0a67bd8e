// Reads bundle.json: every value by itself. Whether they fit together: facts_check.cpp.
#include "travel/facts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sluice/abi_rules.hpp>
#include <utility>

#include "model/path_text.h"
#include "model/utf8.h"
#include "travel/bundle_names.h"
#include "worker/wire.h"

namespace sluice::travel {
namespace {

using Json = nlohmann::json;

// The deepest value of a bundle: {documents: [{assets: [{...}]}]}; some room for fields to come.
constexpr int kMaxDepth = 16;
// A path key of the deepest folder that is read, encoded, with those of 8 containers behind it.
constexpr std::size_t kMaxPathText = 64 << 10;

// Reads the values of an object from somebody who may be hostile: each has its type and its bound,
// and whatever is not so is refused by the name of its field.
class Fields {
 public:
  // `place`: what messages call it, "documents[3]". Throws Refused if it is no object; so do all
  // other functions for a value that is not as it must be. `object` outlives it.
  Fields(const Json& object, std::string place);

  bool has(const char* key) const { return object_.contains(key); }
  // UTF-8 without NUL, of at most so many bytes.
  std::string text(const char* key, std::size_t most) const;
  std::string text_or_empty(const char* key, std::size_t most) const;
  // As path_text() writes it.
  std::string path(const char* key) const;
  std::string path_or_empty(const char* key) const;
  std::uint64_t number(const char* key) const;
  std::int64_t signed_number(const char* key) const;
  std::uint64_t number_or_zero(const char* key) const;
  bool flag(const char* key) const;  // false if it is not there
  platform::Sha256Digest sha256(const char* key) const;
  // An array of at most so many; an empty one if it is not there.
  const Json& list(const char* key, std::size_t most) const;
  Fields object(const char* key) const;

  const std::string& place() const { return place_; }
  [[noreturn]] void refuse(const char* key, std::string_view what) const;

 private:
  const Json& at(const char* key) const;

  const Json& object_;
  std::string place_;
};

Json parse_json(std::string_view text) {
  // The parser's own depth is not bounded.
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
      continue;
    }
    if (c == '"') in_text = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kMaxDepth) throw Refused{"bundle.json is nested too deep"};
  }
  Json parsed = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) throw Refused{"bundle.json is not JSON"};
  return parsed;
}

Fields::Fields(const Json& object, std::string place) : object_(object), place_(std::move(place)) {
  if (!object_.is_object()) throw Refused{place_ + " is no object"};
}

void Fields::refuse(const char* key, std::string_view what) const {
  throw Refused{place_ + "." + key + " " + std::string(what)};
}

const Json& Fields::at(const char* key) const {
  const auto found = object_.find(key);
  if (found == object_.end()) refuse(key, "is missing");
  return *found;
}

std::string Fields::text(const char* key, std::size_t most) const {
  const Json& value = at(key);
  if (!value.is_string()) refuse(key, "is no text");
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > most) refuse(key, "is longer than " + std::to_string(most) + " bytes");
  if (text.find('\0') != std::string::npos || !is_utf8(text)) refuse(key, "is no plain text");
  return text;
}

std::string Fields::text_or_empty(const char* key, std::size_t most) const {
  return has(key) ? text(key, most) : std::string();
}

std::string Fields::path(const char* key) const {
  const std::string encoded = text(key, kMaxPathText);
  std::string path = path_from_text(encoded);
  if (path.empty() || path.find('\0') != std::string::npos) refuse(key, "is no path");
  // Else two texts would be one path.
  if (path_text(path) != encoded) refuse(key, "is not encoded as paths are");
  return path;
}

std::string Fields::path_or_empty(const char* key) const {
  return has(key) ? path(key) : std::string();
}

std::uint64_t Fields::number(const char* key) const {
  const Json& value = at(key);
  if (!value.is_number_unsigned()) refuse(key, "is no number from 0 on");
  return value.get<std::uint64_t>();
}

std::int64_t Fields::signed_number(const char* key) const {
  const Json& value = at(key);
  const bool is_too_large =
      value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
  if (!value.is_number_integer() || is_too_large) refuse(key, "is no whole number");
  return value.get<std::int64_t>();
}

std::uint64_t Fields::number_or_zero(const char* key) const {
  return has(key) ? number(key) : 0;
}

bool Fields::flag(const char* key) const {
  if (!has(key)) return false;
  const Json& value = at(key);
  if (!value.is_boolean()) refuse(key, "is neither true nor false");
  return value.get<bool>();
}

platform::Sha256Digest Fields::sha256(const char* key) const {
  const std::string hex = text(key, 64);
  const auto digest = platform::digest_from_hex(hex);
  const auto is_lower = [](char c) { return c < 'A' || c > 'F'; };
  if (!digest || !std::all_of(hex.begin(), hex.end(), is_lower)) refuse(key, "is no SHA-256");
  return *digest;
}

const Json& Fields::list(const char* key, std::size_t most) const {
  static const Json kNone = Json::array();
  if (!has(key)) return kNone;
  const Json& value = at(key);
  if (!value.is_array()) refuse(key, "is no list");
  if (value.size() > most) refuse(key, "has more than " + std::to_string(most) + " entries");
  return value;
}

Fields Fields::object(const char* key) const {
  return {at(key), place_ + "." + key};
}

// What the host itself writes: media types, ids, versions, words.
constexpr std::size_t kMaxWord = 255;
// A worker's warnings, one for each converter that lost its turn, and those of the host.
constexpr std::size_t kMaxAllWarnings = 2 * wire::kMaxWarnings;
constexpr std::size_t kMaxAttempts = 100;
// A reason with the host's own words around what a converter said.
constexpr std::size_t kMaxText = (kMended + 1) * wire::kMaxReason;
// What a converter says on one line.
constexpr std::size_t kMaxLine = kMended * wire::kMaxPath;
constexpr std::int64_t kMaxTime = 7LL * 24 * 3600 * 1000;
constexpr std::uint64_t kMaxMemory = 1ULL << 50;
constexpr std::size_t kMaxAssets = 1'000'000;
// With the source: more than any budget of a tree allows.
constexpr std::size_t kMaxDocuments = 1'000'001;

template <class Read>
void each(const Fields& fields, const char* key, std::size_t most, Read read) {
  const Json& list = fields.list(key, most);
  for (std::size_t i = 0; i < list.size(); ++i) {
    read(Fields(list[i], fields.place() + "." + key + "[" + std::to_string(i) + "]"));
  }
}

Outcome read_outcome(const Fields& fields) {
  const auto outcome = outcome_from_word(fields.text("outcome", kMaxWord));
  if (!outcome) fields.refuse("outcome", "is no outcome");
  return *outcome;
}

// `name`: what its file must be called.
StagedFile read_file(const Fields& fields, const std::string& name) {
  if (fields.text("file", kMaxWord + 64) != name) fields.refuse("file", "is not " + name);
  StagedFile file;
  file.name = name;
  file.identity.size = fields.number("size");
  file.sha256 = fields.sha256("sha256");
  return file;
}

void read_warnings(const Fields& fields, Bundle& bundle) {
  each(fields, "warnings", kMaxAllWarnings, [&](const Fields& one) {
    bundle.warnings.push_back({one.text("code", kMaxText), one.text("message", kMaxText),
                               one.flag("note"), one.text_or_empty("unit", kMaxWord),
                               one.number_or_zero("place")});
  });
}

void read_attempts(const Fields& fields, Bundle& bundle) {
  each(fields, "attempts", kMaxAttempts, [&](const Fields& one) {
    Attempt attempt;
    attempt.converter = one.text("converter", kMaxWord);
    attempt.converter_version = one.text("version", kMaxWord);
    attempt.outcome = read_outcome(one);
    attempt.reason = one.text_or_empty("reason", kMaxText);
    attempt.hint = one.text_or_empty("hint", kMaxText);
    attempt.is_reported = one.flag("reported");
    bundle.attempts.push_back(std::move(attempt));
  });
}

void read_links(const Fields& fields, Bundle& bundle) {
  for (const Json& position : fields.list("name_positions", wire::kMaxLinks)) {
    if (!position.is_number_unsigned()) fields.refuse("name_positions", "has no number");
    bundle.name_positions.push_back(position.get<std::uint64_t>());
  }
  each(fields, "links", wire::kMaxLinks, [&](const Fields& one) {
    bundle.links.push_back({one.number("position"), one.number("length"), one.path("path")});
  });
  each(fields, "source_links", wire::kMaxLinks, [&](const Fields& one) {
    SourceLink link;
    link.position = one.number("position");
    link.wish.by_name = one.flag("by_name");
    link.wish.path = one.text("path", kMaxLine);
    link.wish.fragment = one.text_or_empty("fragment", kMaxLine);
    link.wish.written = one.text_or_empty("written", kMaxLine);
    link.wish.before = one.text_or_empty("before", kMaxLine);
    link.wish.after = one.text_or_empty("after", kMaxLine);
    bundle.source_links.push_back(std::move(link));
  });
  each(fields, "anchors", wire::kMaxAnchors, [&](const Fields& one) {
    bundle.anchors.push_back({one.text("name", kMaxLine), one.text("anchor", kMaxLine)});
  });
  each(fields, "parts", wire::kMaxParts, [&](const Fields& one) {
    bundle.parts.push_back({one.number("position"), one.number("number"),
                            one.text("unit", kMaxWord),
                            one.text_or_empty("label", kMended * wire::kMaxPartLabel)});
  });
}

void read_files(const Fields& fields, Bundle& bundle, std::size_t part) {
  bundle.raw = read_file(fields.object("raw"), raw_name(part));
  bundle.markdown = read_file(fields.object("markdown"), markdown_name(part));
  const std::string folder = assets_name(part);
  each(fields, "assets", kMaxAssets, [&](const Fields& one) {
    const std::string file = one.text("file", kMaxWord + 64);
    StagedFile asset = read_file(one, file);
    if (!file.starts_with(folder + "/")) one.refuse("file", "is not in " + folder);
    asset.name = file.substr(folder.size() + 1);
    bundle.assets.push_back(std::move(asset));
  });
  if (!bundle.assets.empty()) bundle.assets_dir = folder;
  each(fields, "sidecars", wire::kMaxSidecars, [&](const Fields& one) {
    const std::string kind = one.text("kind", kMaxWord);
    bundle.sidecars.push_back({kind, read_file(one, sidecar_name(part, kind))});
  });
}

void read_prepared(const Fields& fields, Bundle& bundle, std::size_t part) {
  bundle.placeholder_name = fields.text("name", kMaxWord);
  bundle.keeps_raw = !fields.has("keeps_raw") || fields.flag("keeps_raw");
  each(fields, "metadata", wire::kMaxFields, [&](const Fields& one) {
    bundle.metadata.push_back(
        {one.text("key", kMaxWord), one.text("value", kMended * wire::kMaxFieldBytes)});
  });
  bundle.author_front_matter =
      fields.text_or_empty("author", kMended * abi_rules::kMaxFrontMatterBytes);
  read_files(fields, bundle, part);
  read_links(fields, bundle);
}

void read_identity(const Fields& fields, Bundle& bundle) {
  bundle.identity.device = fields.number("device");
  bundle.identity.inode = fields.number("inode");
  bundle.identity.mtime_ns = fields.signed_number("mtime_ns");
  bundle.identity.ctime_ns = fields.signed_number("ctime_ns");
  bundle.identity_settled = fields.flag("settled");
}

Bundle read_document(const Fields& fields, std::size_t part) {
  Bundle bundle;
  bundle.source = source_elsewhere(fields.path("path"), fields.path("source"));
  bundle.source.container = fields.path_or_empty("container");
  const std::string result = fields.text("result", kMaxWord);
  const bool is_prepared = result == "prepared";
  if (!is_prepared && result != "failed") fields.refuse("result", "is no result");
  bundle.kind = is_prepared ? Bundle::Kind::kPrepared : Bundle::Kind::kFailed;
  bundle.outcome = read_outcome(fields);
  if (is_committable(bundle.outcome) != is_prepared) fields.refuse("outcome", "is not one of it");
  bundle.reason = fields.text_or_empty("reason", kMaxText);
  bundle.hint = fields.text_or_empty("hint", kMaxText);
  bundle.identity.size = fields.number("size");
  if (is_prepared || fields.has("sha256")) bundle.sha256 = fields.sha256("sha256");
  bundle.identity_settled = false;
  if (part == 0) read_identity(fields.object("identity"), bundle);
  bundle.media_type = fields.text_or_empty("media_type", kMaxWord);
  bundle.converter = fields.text_or_empty("converter", kMaxWord);
  bundle.converter_version = fields.text_or_empty("converter_version", kMaxWord);
  bundle.options_hash = fields.text_or_empty("options_hash", kMaxWord);
  bundle.setup = fields.text_or_empty("setup", kMaxWord);
  // Both are shown, and nothing is done with them; those of a liar shall not look absurd.
  bundle.milliseconds = std::clamp<std::int64_t>(fields.signed_number("milliseconds"), 0, kMaxTime);
  bundle.memory = std::min(fields.number_or_zero("memory"), kMaxMemory);
  read_warnings(fields, bundle);
  read_attempts(fields, bundle);
  if (is_prepared) read_prepared(fields, bundle, part);
  return bundle;
}

SkippedFile read_skipped(const Fields& fields) {
  return {fields.path("path"), fields.path("source"), fields.text("kind", kMaxWord),
          fields.text("why", kMaxWord), fields.text_or_empty("rule", kMaxText)};
}

}  // namespace

Facts parse_facts(std::string_view text) {
  const Json parsed = parse_json(text);
  const Fields fields(parsed, "bundle.json");
  const std::uint64_t format = fields.number("format");
  if (format != kFormat) {
    throw Refused{"it has format " + std::to_string(format) + "; this Sluice reads format " +
                  std::to_string(kFormat)};
  }
  Facts facts;
  facts.made_by = fields.text("made_by", kMaxWord);
  if (fields.has("skipped")) {
    if (fields.has("documents")) fields.refuse("documents", "is there, though it was skipped");
    facts.skipped = read_skipped(fields.object("skipped"));
    return facts;
  }
  facts.has_front_matter = fields.flag("front_matter");
  bool is_first = true;
  std::size_t part = 0;
  each(fields, "documents", kMaxDocuments, [&](const Fields& one) {
    Bundle document = read_document(one, part++);
    if (std::exchange(is_first, false)) {
      facts.bundle = std::move(document);
    } else {
      facts.bundle.children.push_back(std::move(document));
    }
  });
  if (is_first) fields.refuse("documents", "is empty");
  return facts;
}

}  // namespace sluice::travel
