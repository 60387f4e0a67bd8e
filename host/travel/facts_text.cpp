// Writes bundle.json. What is empty or false is left out, so that a bundle of a small document
// stays small.
#include <nlohmann/json.hpp>

#include "model/path_text.h"
#include "travel/bundle_names.h"
#include "travel/facts.h"

namespace sluice::travel {
namespace {

using OrderedJson = nlohmann::ordered_json;

void put(OrderedJson& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void put_path(OrderedJson& object, const char* key, const std::string& path) {
  if (!path.empty()) object[key] = path_text(path);
}

void put_flag(OrderedJson& object, const char* key, bool flag) {
  if (flag) object[key] = true;
}

void put_list(OrderedJson& object, const char* key, OrderedJson&& list) {
  if (!list.empty()) object[key] = std::move(list);
}

OrderedJson file_json(const std::string& name, const StagedFile& file) {
  return {{"file", name}, {"size", file.size()}, {"sha256", platform::to_hex(file.sha256)}};
}

OrderedJson warnings_json(const Bundle& bundle) {
  OrderedJson list = OrderedJson::array();
  for (const Warning& warning : bundle.warnings) {
    OrderedJson one = {{"code", warning.code}, {"message", warning.message}};
    put_flag(one, "note", warning.is_note);
    put(one, "unit", warning.place_unit);
    if (warning.place != 0) one["place"] = warning.place;
    list.push_back(std::move(one));
  }
  return list;
}

OrderedJson attempts_json(const Bundle& bundle) {
  OrderedJson list = OrderedJson::array();
  for (const Attempt& attempt : bundle.attempts) {
    OrderedJson one = {{"converter", attempt.converter},
                       {"version", attempt.converter_version},
                       {"outcome", word(attempt.outcome)}};
    put(one, "reason", attempt.reason);
    put(one, "hint", attempt.hint);
    put_flag(one, "reported", attempt.is_reported);
    list.push_back(std::move(one));
  }
  return list;
}

void put_links(OrderedJson& object, const Bundle& bundle) {
  if (!bundle.name_positions.empty()) object["name_positions"] = bundle.name_positions;
  OrderedJson links = OrderedJson::array();
  for (const StagedLink& link : bundle.links) {
    links.push_back(
        {{"position", link.position}, {"length", link.length}, {"path", path_text(link.path_key)}});
  }
  put_list(object, "links", std::move(links));
  OrderedJson source_links = OrderedJson::array();
  for (const SourceLink& link : bundle.source_links) {
    OrderedJson one = {{"position", link.position}, {"path", link.wish.path}};
    put_flag(one, "by_name", link.wish.by_name);
    put(one, "fragment", link.wish.fragment);
    put(one, "written", link.wish.written);
    put(one, "before", link.wish.before);
    put(one, "after", link.wish.after);
    source_links.push_back(std::move(one));
  }
  put_list(object, "source_links", std::move(source_links));
  OrderedJson anchors = OrderedJson::array();
  for (const NamedAnchor& anchor : bundle.anchors) {
    anchors.push_back({{"name", anchor.name}, {"anchor", anchor.anchor}});
  }
  put_list(object, "anchors", std::move(anchors));
  OrderedJson parts = OrderedJson::array();
  for (const StagedPart& part : bundle.parts) {
    OrderedJson one = {{"position", part.position}, {"unit", part.unit}, {"number", part.number}};
    put(one, "label", part.label);
    parts.push_back(std::move(one));
  }
  put_list(object, "parts", std::move(parts));
}

void put_files(OrderedJson& object, const Bundle& bundle, std::size_t part) {
  object["raw"] = file_json(raw_name(part), bundle.raw);
  object["markdown"] = file_json(markdown_name(part), bundle.markdown);
  OrderedJson assets = OrderedJson::array();
  for (const StagedFile& asset : bundle.assets) {
    assets.push_back(file_json(assets_name(part) + "/" + asset.name, asset));
  }
  put_list(object, "assets", std::move(assets));
  OrderedJson sidecars = OrderedJson::array();
  for (const StagedSidecar& sidecar : bundle.sidecars) {
    OrderedJson one = file_json(sidecar_name(part, sidecar.kind), sidecar.file);
    one["kind"] = sidecar.kind;
    sidecars.push_back(std::move(one));
  }
  put_list(object, "sidecars", std::move(sidecars));
}

void put_prepared(OrderedJson& object, const Bundle& bundle, std::size_t part) {
  object["name"] = bundle.placeholder_name;
  if (!bundle.keeps_raw) object["keeps_raw"] = false;
  OrderedJson metadata = OrderedJson::array();
  for (const MetadataField& field : bundle.metadata) {
    metadata.push_back({{"key", field.key}, {"value", field.value}});
  }
  put_list(object, "metadata", std::move(metadata));
  put(object, "author", bundle.author_front_matter);
  put_files(object, bundle, part);
  put_links(object, bundle);
}

// What tells whether the file is still the one that was read, on the machine that read it.
OrderedJson identity_json(const Bundle& bundle) {
  const platform::FileIdentity& identity = bundle.identity;
  OrderedJson one = {{"device", identity.device},
                     {"inode", identity.inode},
                     {"mtime_ns", identity.mtime_ns},
                     {"ctime_ns", identity.ctime_ns}};
  put_flag(one, "settled", bundle.identity_settled);
  return one;
}

OrderedJson document_json(const Bundle& bundle, std::size_t part) {
  const bool is_prepared = bundle.kind == Bundle::Kind::kPrepared;
  const bool was_read = bundle.sha256 != platform::Sha256Digest{};
  OrderedJson one = {{"path", path_text(bundle.source.path_key())},
                     {"source", path_text(bundle.source.given)}};
  put_path(one, "container", bundle.source.container);
  one["result"] = is_prepared ? "prepared" : "failed";
  one["outcome"] = word(bundle.outcome);
  put(one, "reason", bundle.reason);
  put(one, "hint", bundle.hint);
  one["size"] = bundle.identity.size;
  if (was_read) one["sha256"] = platform::to_hex(bundle.sha256);
  if (!bundle.source.is_child()) one["identity"] = identity_json(bundle);
  put(one, "media_type", bundle.media_type);
  put(one, "converter", bundle.converter);
  put(one, "converter_version", bundle.converter_version);
  put(one, "options_hash", bundle.options_hash);
  if (is_prepared || fails_for_good(bundle.outcome, bundle.attempts)) {
    put(one, "setup", bundle.setup);
  }
  one["milliseconds"] = bundle.milliseconds;
  if (bundle.memory != 0) one["memory"] = bundle.memory;
  put_list(one, "warnings", warnings_json(bundle));
  put_list(one, "attempts", attempts_json(bundle));
  if (is_prepared) put_prepared(one, bundle, part);
  return one;
}

OrderedJson skipped_json(const SkippedFile& skipped) {
  OrderedJson one = {{"path", path_text(skipped.path)},
                     {"source", path_text(skipped.source)},
                     {"kind", skipped.kind},
                     {"why", skipped.why}};
  put(one, "rule", skipped.rule);
  return one;
}

}  // namespace

std::string format_facts(const Facts& facts) {
  OrderedJson all = {{"format", kFormat}, {"made_by", facts.made_by}};
  if (facts.skipped) {
    all["skipped"] = skipped_json(*facts.skipped);
  } else {
    put_flag(all, "front_matter", facts.has_front_matter);
    OrderedJson documents = OrderedJson::array();
    documents.push_back(document_json(facts.bundle, 0));
    for (const Bundle& child : facts.bundle.children) {
      documents.push_back(document_json(child, documents.size()));
    }
    all["documents"] = std::move(documents);
  }
  // Texts of converters are UTF-8 by now; the system's error texts need not be.
  return all.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace sluice::travel
