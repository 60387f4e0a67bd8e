#include "plugin/media_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::plugin {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kExtensions = std::to_array<Pair>({
    {"adoc", "text/x-asciidoc"},
    {"asciidoc", "text/x-asciidoc"},
    {"atom", "application/atom+xml"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"json", "application/json"},
    {"jsonl", "application/x-ndjson"},
    {"log", "text/plain"},
    {"markdown", "text/markdown"},
    {"mbox", "application/mbox"},
    {"md", "text/markdown"},
    {"mdown", "text/markdown"},
    {"mkd", "text/markdown"},
    {"mkdn", "text/markdown"},
    {"msg", "application/vnd.ms-outlook"},
    {"ndjson", "application/x-ndjson"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"org", "text/x-org"},
    {"pdf", "application/pdf"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptm", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rss", "application/rss+xml"},
    {"rst", "text/x-rst"},
    {"rtf", "application/rtf"},
    {"srt", "application/x-subrip"},
    {"svg", "image/svg+xml"},
    {"tab", "text/tab-separated-values"},
    {"tex", "text/x-tex"},
    {"text", "text/plain"},
    {"toml", "application/toml"},
    {"tsv", "text/tab-separated-values"},
    {"txt", "text/plain"},
    {"vtt", "text/vtt"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsm", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
});

constexpr auto kOtherSpellings = std::to_array<Pair>({
    {"application/csv", "text/csv"},
    {"application/markdown", "text/markdown"},
    {"application/x-rtf", "application/rtf"},
    {"application/x-yaml", "application/yaml"},
    {"text/comma-separated-values", "text/csv"},
    {"text/json", "application/json"},
    {"text/rtf", "application/rtf"},
    {"text/tsv", "text/tab-separated-values"},
    {"text/x-csv", "text/csv"},
    {"text/x-markdown", "text/markdown"},
    {"text/x-yaml", "application/yaml"},
    {"text/xml", "application/xml"},
    {"text/yaml", "application/yaml"},
});

// Text under an `application/` name.
constexpr auto kApplicationText = std::to_array<std::string_view>({
    "application/json",
    "application/mbox",
    "application/toml",
    "application/x-ndjson",
    "application/x-subrip",
    "application/xml",
    "application/yaml",
    "message/rfc822",
});

template <std::size_t N>
std::string_view look_up(const std::array<Pair, N>& table, std::string_view key) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), key,
                       [](const Pair& pair, auto wanted) { return pair.first < wanted; });
  return found != table.end() && found->first == key ? found->second : std::string_view();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string canonical_media_type(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  while (!type.empty() && (type.front() == ' ' || type.front() == '\t')) type.remove_prefix(1);
  std::string out = lower(type);
  if (const std::string_view other = look_up(kOtherSpellings, out); !other.empty())
    return std::string(other);
  return out;
}

std::string_view type_of_extension(std::string_view extension) {
  return look_up(kExtensions, extension);
}

bool is_text_type(std::string_view type) {
  return type.starts_with("text/") || type.ends_with("+xml") ||
         std::find(kApplicationText.begin(), kApplicationText.end(), type) !=
             kApplicationText.end();
}

bool is_generic_type(std::string_view type) {
  return type == kUnknownType || type == kPlainText || type == "application/zip" ||
         type == "application/xml" || type == "application/json" ||
         type == "application/x-ole-storage";
}

std::string_view parent_type(std::string_view type) {
  if (type == kPlainText) return {};
  if (type == "image/svg+xml" || type.ends_with("+xml")) return "application/xml";
  if (is_text_type(type)) return kPlainText;
  return {};
}

std::string lower_extension(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view extension = file_name.substr(dot + 1);
  if (extension.empty() || extension.size() > 16) return {};
  return lower(extension);
}

}  // namespace sluice::plugin
