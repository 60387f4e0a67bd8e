#include "openkb/json.h"

#include <nlohmann/json.hpp>

#include "model/layout.h"
#include "model/names.h"
#include "model/url.h"

namespace sluice::openkb {
namespace {

using Json = nlohmann::ordered_json;

// The text of that field; empty if there is none.
std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A relative path that stays in the folder; else empty.
std::string contained(std::string path) {
  return layout::is_contained(path) ? path : std::string();
}

std::string leaf_of(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

Entry entry_of(const std::string& key, const Json& row) {
  Entry entry;
  entry.sha256 = platform::digest_from_hex(key);
  entry.name = leaf_of(text_of(row, "name"));
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
  if (entry.name.empty())
    entry.name = leaf_of(entry.raw_path.empty() ? entry.path : entry.raw_path);
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
  return array.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sluice::openkb
