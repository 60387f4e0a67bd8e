#include "plugin/media_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::plugin {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Of types that have several, where the first by the alphabet is not the usual one.
constexpr auto kUsualExtensions = std::to_array<Pair>({
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"html", "text/html"},
    {"ics", "text/calendar"},
    {"jpg", "image/jpeg"},
    {"md", "text/markdown"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
});

constexpr auto kExtensions = std::to_array<Pair>({
    {"123", "application/vnd.lotus-1-2-3"},
    {"adoc", "text/x-asciidoc"},
    {"asciidoc", "text/x-asciidoc"},
    {"ass", "text/x-ssa"},
    {"atom", "application/atom+xml"},
    {"csv", "text/csv"},
    {"cwk", "application/x-appleworks"},
    {"dfxp", "application/ttml+xml"},
    {"doc", "application/msword"},
    {"docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"emlx", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"fb2", "application/x-fictionbook+xml"},
    {"fodg", "application/vnd.oasis.opendocument.graphics-flat-xml"},
    {"fodp", "application/vnd.oasis.opendocument.presentation-flat-xml"},
    {"fods", "application/vnd.oasis.opendocument.spreadsheet-flat-xml"},
    {"fodt", "application/vnd.oasis.opendocument.text-flat-xml"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ical", "text/calendar"},
    {"ics", "text/calendar"},
    {"ifb", "text/calendar"},
    {"ipynb", "application/x-ipynb+json"},
    {"json", "application/json"},
    {"jsonl", "application/x-ndjson"},
    {"latex", "text/x-tex"},
    {"log", "text/plain"},
    {"ltx", "text/x-tex"},
    {"markdown", "text/markdown"},
    {"mbox", "application/mbox"},
    {"mbx", "application/mbox"},
    {"mcw", "application/x-macword"},
    {"md", "text/markdown"},
    {"mdown", "text/markdown"},
    {"mht", "message/rfc822"},
    {"mhtml", "message/rfc822"},
    {"mkd", "text/markdown"},
    {"mkdn", "text/markdown"},
    {"msg", "application/vnd.ms-outlook"},
    {"ndjson", "application/x-ndjson"},
    {"odf", "application/vnd.oasis.opendocument.formula"},
    {"odg", "application/vnd.oasis.opendocument.graphics"},
    {"odm", "application/vnd.oasis.opendocument.text-master"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"org", "text/x-org"},
    {"otg", "application/vnd.oasis.opendocument.graphics-template"},
    {"oth", "application/vnd.oasis.opendocument.text-web"},
    {"otp", "application/vnd.oasis.opendocument.presentation-template"},
    {"ots", "application/vnd.oasis.opendocument.spreadsheet-template"},
    {"ott", "application/vnd.oasis.opendocument.text-template"},
    {"pdf", "application/pdf"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptm", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rss", "application/rss+xml"},
    {"rst", "text/x-rst"},
    {"rtf", "application/rtf"},
    {"sami", "application/x-sami"},
    {"sbv", "text/x-sbv"},
    {"smi", "application/x-sami"},
    {"srt", "application/x-subrip"},
    {"ssa", "text/x-ssa"},
    {"sub", "text/x-sbv"},
    {"svg", "image/svg+xml"},
    {"tab", "text/tab-separated-values"},
    {"tex", "text/x-tex"},
    {"text", "text/plain"},
    {"toml", "application/toml"},
    {"tsv", "text/tab-separated-values"},
    {"ttml", "application/ttml+xml"},
    {"txt", "text/plain"},
    {"vcard", "text/vcard"},
    {"vcf", "text/vcard"},
    {"vcs", "text/calendar"},
    {"vtt", "text/vtt"},
    {"wb1", "application/x-quattro-pro"},
    {"wb2", "application/x-quattro-pro"},
    {"wb3", "application/x-quattro-pro"},
    {"wdb", "application/vnd.ms-works"},
    {"webarchive", "application/x-webarchive"},
    {"wk1", "application/vnd.lotus-1-2-3"},
    {"wk3", "application/vnd.lotus-1-2-3"},
    {"wk4", "application/vnd.lotus-1-2-3"},
    {"wks", "application/vnd.ms-works"},
    {"wpd", "application/vnd.wordperfect"},
    {"wps", "application/vnd.ms-works"},
    {"wq1", "application/x-quattro-pro"},
    {"wri", "application/x-mswrite"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsm", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
});

// Source code: read as the text that it is, whatever it holds. A format that is not in this list
// and has no converter is not read as text: its markup would end up as content.
constexpr auto kSourceCode = std::to_array<Pair>({
    {"awk", "text/x-awk"},         {"bash", "text/x-shellscript"},
    {"bat", "text/x-batch"},       {"c", "text/x-c"},
    {"cc", "text/x-c++"},          {"clj", "text/x-clojure"},
    {"cmake", "text/x-cmake"},     {"conf", "text/x-ini"},
    {"cpp", "text/x-c++"},         {"cs", "text/x-csharp"},
    {"css", "text/x-css"},         {"cxx", "text/x-c++"},
    {"dart", "text/x-dart"},       {"diff", "text/x-diff"},
    {"el", "text/x-lisp"},         {"erl", "text/x-erlang"},
    {"ex", "text/x-elixir"},       {"exs", "text/x-elixir"},
    {"f90", "text/x-fortran"},     {"fs", "text/x-fsharp"},
    {"go", "text/x-go"},           {"gradle", "text/x-groovy"},
    {"groovy", "text/x-groovy"},   {"h", "text/x-c"},
    {"hpp", "text/x-c++"},         {"hs", "text/x-haskell"},
    {"ini", "text/x-ini"},         {"java", "text/x-java"},
    {"jl", "text/x-julia"},        {"js", "text/x-javascript"},
    {"jsx", "text/x-javascript"},  {"kt", "text/x-kotlin"},
    {"lisp", "text/x-lisp"},       {"lua", "text/x-lua"},
    {"m", "text/x-matlab"},        {"mjs", "text/x-javascript"},
    {"mk", "text/x-makefile"},     {"ml", "text/x-ocaml"},
    {"nim", "text/x-nim"},         {"nix", "text/x-nix"},
    {"pas", "text/x-pascal"},      {"patch", "text/x-diff"},
    {"php", "text/x-php"},         {"pl", "text/x-perl"},
    {"pm", "text/x-perl"},         {"properties", "text/x-ini"},
    {"proto", "text/x-protobuf"},  {"ps1", "text/x-powershell"},
    {"py", "text/x-python"},       {"r", "text/x-r"},
    {"rb", "text/x-ruby"},         {"rs", "text/x-rust"},
    {"sass", "text/x-sass"},       {"scala", "text/x-scala"},
    {"scm", "text/x-scheme"},      {"scss", "text/x-scss"},
    {"sh", "text/x-shellscript"},  {"sql", "text/x-sql"},
    {"swift", "text/x-swift"},     {"tcl", "text/x-tcl"},
    {"tf", "text/x-terraform"},    {"ts", "text/x-typescript"},
    {"tsx", "text/x-typescript"},  {"v", "text/x-verilog"},
    {"vb", "text/x-vb"},           {"vhd", "text/x-vhdl"},
    {"vim", "text/x-vim"},         {"zig", "text/x-zig"},
    {"zsh", "text/x-shellscript"},
});

// Text that people write and read as it stands, with light marks.
constexpr auto kLightMarkup = std::to_array<std::string_view>({
    "text/markdown",
    "text/x-asciidoc",
    "text/x-org",
    "text/x-rst",
    "text/x-tex",
});

constexpr auto kOtherSpellings = std::to_array<Pair>({
    {"application/csv", "text/csv"},
    {"application/markdown", "text/markdown"},
    {"application/vnd.ms-tnef", "application/ms-tnef"},
    {"application/x-rtf", "application/rtf"},
    {"application/x-yaml", "application/yaml"},
    {"text/comma-separated-values", "text/csv"},
    {"text/directory", "text/vcard"},
    {"text/json", "application/json"},
    {"text/rtf", "application/rtf"},
    {"text/tsv", "text/tab-separated-values"},
    {"text/x-csv", "text/csv"},
    {"text/x-markdown", "text/markdown"},
    {"text/x-vcalendar", "text/calendar"},
    {"text/x-vcard", "text/vcard"},
    {"text/x-yaml", "application/yaml"},
    {"text/xml", "application/xml"},
    {"text/yaml", "application/yaml"},
});

// Text under an `application/` name.
constexpr auto kApplicationText = std::to_array<std::string_view>({
    "application/json",
    "application/mbox",
    "application/toml",
    "application/ttml+xml",
    "application/x-ndjson",
    "application/x-sami",
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
  const std::string_view type = look_up(kExtensions, extension);
  return type.empty() ? look_up(kSourceCode, extension) : type;
}

std::string_view extension_of_type(std::string_view type) {
  const auto* const usual = std::find_if(kUsualExtensions.begin(), kUsualExtensions.end(),
                                         [&](const Pair& pair) { return pair.second == type; });
  if (usual != kUsualExtensions.end()) return usual->first;
  const auto* const first = std::find_if(kExtensions.begin(), kExtensions.end(),
                                         [&](const Pair& pair) { return pair.second == type; });
  return first == kExtensions.end() ? std::string_view() : first->first;
}

bool is_source_code(std::string_view type) {
  return std::any_of(kSourceCode.begin(), kSourceCode.end(),
                     [&](const Pair& pair) { return pair.second == type; });
}

bool is_text_type(std::string_view type) {
  return type.starts_with("text/") || type.ends_with("+xml") || type.ends_with("+json") ||
         std::find(kApplicationText.begin(), kApplicationText.end(), type) !=
             kApplicationText.end();
}

bool is_generic_type(std::string_view type) {
  return type == kUnknownType || type == kPlainText || type == "application/zip" ||
         type == "application/xml" || type == "application/json" ||
         type == "application/x-ole-storage";
}

std::string_view parent_type(std::string_view type) {
  // A picture, though it is written in XML.
  if (type.starts_with("image/")) return {};
  if (type.ends_with("+xml")) return "application/xml";
  const bool is_markup =
      std::find(kLightMarkup.begin(), kLightMarkup.end(), type) != kLightMarkup.end();
  return is_markup || is_source_code(type) ? kPlainText : std::string_view();
}

std::string lower_extension(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view extension = file_name.substr(dot + 1);
  if (extension.empty() || extension.size() > 16) return {};
  return lower(extension);
}

}  // namespace sluice::plugin
