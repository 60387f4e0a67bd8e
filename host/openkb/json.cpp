#include "openkb/json.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "model/layout.h"
#include "model/names.h"
#include "model/url.h"

namespace sluice::openkb {
namespace {

using Json = nlohmann::ordered_json;

// A field of ours in rows of the list: OpenKB keeps what it does not know.
constexpr const char* kMadeBy = "made_by";
constexpr const char* kSluice = "sluice";

// The text of that field; empty if there is none.
std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// As OpenKB writes its files.
std::string text_with(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// A relative path that stays in the folder; else empty.
std::string contained(std::string path) {
  return layout::is_contained(path) ? path : std::string();
}

Entry entry_of(const std::string& key, const Json& row) {
  Entry entry;
  entry.sha256 = platform::digest_from_hex(key);
  entry.name = layout::leaf_of(text_of(row, "name"));
  entry.doc_name = text_of(row, "doc_name");
  if (!layout::is_plain_name(entry.doc_name)) entry.doc_name.clear();
  entry.path = text_of(row, "path");
  if (is_url(entry.path)) entry.path.clear();
  const bool is_absolute = entry.path.starts_with('/');
  if (!layout::is_contained(std::string_view(entry.path).substr(is_absolute ? 1 : 0))) {
    entry.path.clear();
  }
  entry.raw_path = contained(text_of(row, "raw_path"));
  entry.source_path = contained(text_of(row, "source_path"));
  entry.is_exported = text_of(row, kMadeBy) == kSluice;
  if (entry.name.empty()) {
    entry.name = layout::leaf_of(entry.raw_path.empty() ? entry.path : entry.raw_path);
  }
  return entry;
}

Page page_of(const Json& object, std::uint64_t place) {
  Page page;
  const auto number = object.find("page");
  const bool has_number =
      number != object.end() && number->is_number_unsigned() && number->get<std::uint64_t>() > 0;
  page.number = has_number ? number->get<std::uint64_t>() : place;
  page.content = text_of(object, "content");
  const auto images = object.find("images");
  if (images == object.end() || !images->is_array()) return page;
  for (const Json& image : *images) {
    if (!image.is_object()) continue;
    if (std::string path = text_of(image, "path"); !path.empty()) {
      page.pictures.push_back(std::move(path));
    }
  }
  return page;
}

}  // namespace

std::string Entry::document() const {
  return doc_name.empty() ? std::string(stem_of(name)) : doc_name;
}

std::optional<std::vector<Entry>> parse_entries(std::string_view json) {
  const Json rows = Json::parse(json, nullptr, false);
  if (!rows.is_object()) return std::nullopt;
  std::vector<Entry> entries;
  for (const auto& [key, row] : rows.items()) {
    if (row.is_object()) entries.push_back(entry_of(key, row));
  }
  return entries;
}

std::optional<std::vector<Page>> parse_pages(std::string_view json) {
  const Json array = Json::parse(json, nullptr, false);
  if (!array.is_array()) return std::nullopt;
  std::vector<Page> pages;
  for (const Json& object : array) {
    if (!object.is_object()) return std::nullopt;
    pages.push_back(page_of(object, pages.size() + 1));
  }
  return pages;
}

std::string format_pages(const std::vector<Page>& pages) {
  Json array = Json::array();
  for (const Page& page : pages) {
    Json images = Json::array();
    for (const std::string& path : page.pictures) images.push_back({{"path", path}});
    array.push_back({{"page", page.number}, {"content", page.content}, {"images", images}});
  }
  return text_with(array);
}

ExportedById parse_exported(std::string_view json) {
  ExportedById all;
  const Json documents = Json::parse(json, nullptr, false);
  if (!documents.is_object()) return all;
  for (const auto& [key, row] : documents.items()) {
    std::int64_t id = 0;
    const auto read = std::from_chars(key.data(), key.data() + key.size(), id);
    if (read.ec != std::errc() || !row.is_object()) continue;
    Exported& one = all[id];
    one.name = text_of(row, "name");
    one.name_here = text_of(row, "name_here");
    one.title = text_of(row, "title");
    one.sha256 = text_of(row, "sha256");
    one.version = text_of(row, "version");
    const auto files = row.find("files");
    if (files == row.end() || !files->is_array()) continue;
    for (const Json& file : *files) {
      // They are deleted one day.
      if (file.is_string() && layout::is_contained(file.get<std::string>())) {
        one.files.push_back(file.get<std::string>());
      }
    }
  }
  return all;
}

std::string format_exported(const ExportedById& exported) {
  Json documents = Json::object();
  for (const auto& [id, one] : exported) {
    documents[std::to_string(id)] = {{"name", one.name},       {"name_here", one.name_here},
                                     {"title", one.title},     {"sha256", one.sha256},
                                     {"version", one.version}, {"files", one.files}};
  }
  return text_with(documents);
}

std::string changed_list(std::string_view json, const std::set<std::string>& removed,
                         const std::vector<ExportedRow>& put) {
  Json rows = Json::parse(json, nullptr, false);
  if (!rows.is_object()) rows = Json::object();
  for (const std::string& key : removed) rows.erase(key);
  for (const ExportedRow& one : put) {
    Json& row = rows[platform::to_hex(*one.entry.sha256)];
    if (!row.is_object()) row = Json::object();
    row["name"] = one.entry.name;
    row["doc_name"] = one.entry.doc_name;
    row["type"] = one.type;
    row["path"] = one.entry.path;
    row["source_path"] = one.entry.source_path;
    row[kMadeBy] = kSluice;
    row.erase("raw_path");
    row.erase("pages");
    if (!one.entry.raw_path.empty()) row["raw_path"] = one.entry.raw_path;
    if (one.pages > 0) row["pages"] = one.pages;
  }
  return text_with(rows);
}

}  // namespace sluice::openkb
