#include "fetch/content_headers.h"

#include <algorithm>
#include <optional>

#include "fetch/text.h"
#include "model/utf8.h"
#include "platform/percent_encoding.h"

namespace sluice::fetch {
namespace {

constexpr std::size_t kMaxWord = 100;
constexpr std::size_t kMaxFileName = 200;

// Letters, digits and what names of types and charsets hold besides.
bool is_word(std::string_view text) {
  constexpr std::string_view kOthers = "-_.+:/";
  return !text.empty() && text.size() <= kMaxWord &&
         std::all_of(text.begin(), text.end(), [kOthers](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kOthers.find(c) != std::string_view::npos;
         });
}

// Takes "; name=value" off the front of `rest`; a value may be a quoted string.
bool next_parameter(std::string_view& rest, std::string& name, std::string& value) {
  const std::size_t semicolon = rest.find(';');
  if (semicolon == std::string_view::npos) return false;
  rest.remove_prefix(semicolon + 1);
  const std::size_t equals = rest.find_first_of("=;");
  name = in_lower_case(without_blanks(rest.substr(0, equals)));
  value.clear();
  if (equals == std::string_view::npos || rest[equals] == ';') return true;
  rest.remove_prefix(equals + 1);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
  if (!rest.starts_with('"')) {
    value = without_blanks(rest.substr(0, rest.find(';')));
    return true;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return true;
}

// RFC 8187: UTF-8''%e2%82%ac.pdf
std::optional<std::string> extended(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos || in_lower_case(value.substr(0, first)) != "utf-8") {
    return std::nullopt;
  }
  return platform::percent_decoded(value.substr(second + 1));
}

std::string file_name_only(const std::string& path) {
  std::string name = path.substr(path.find_last_of("/\\") + 1);
  const bool is_name = is_utf8(name) && name.size() <= kMaxFileName && name != "." &&
                       name != ".." && std::none_of(name.begin(), name.end(), [](char c) {
                         return (c >= '\0' && c < ' ') || c == '\x7F';
                       });
  return is_name ? name : std::string();
}

}  // namespace

ContentType content_type(std::string_view field) {
  ContentType type;
  const std::string_view media_type = without_blanks(field.substr(0, field.find(';')));
  if (is_word(media_type) && media_type.find('/') != std::string_view::npos) {
    type.media_type = in_lower_case(media_type);
  }
  std::string name;
  std::string value;
  for (std::string_view rest = field; next_parameter(rest, name, value);) {
    if (name == "charset" && type.charset.empty() && is_word(value)) type.charset = value;
  }
  return type;
}

std::string proposed_file_name(std::string_view field) {
  if (in_lower_case(without_blanks(field.substr(0, field.find(';')))) != "attachment") return {};
  std::string proposed;
  std::string name;
  std::string value;
  for (std::string_view rest = field; next_parameter(rest, name, value);) {
    if (name == "filename" && proposed.empty()) proposed = file_name_only(value);
    if (name != "filename*") continue;
    if (const auto better = extended(value)) return file_name_only(*better);
  }
  return proposed;
}

}  // namespace sluice::fetch
