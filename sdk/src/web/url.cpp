// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <sluice/ascii.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>
#include <utility>

namespace sluice {
namespace {

bool is_scheme_character(char c) {
  return is_ascii_alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

// A character reference at the start of `text` (HTML, section 13.2.5.72): its size, and the ASCII
// character that it stands for; 0 for what is none of those that disguise a scheme.
struct Reference {
  std::size_t size = 0;
  char character = '\0';
};

Reference named_reference(std::string_view text) {
  struct Named {
    std::string_view name;
    char character;
  };
  constexpr Named kNamed[] = {{"&amp;", '&'},   {"&tab;", '\t'}, {"&newline;", '\n'},
                              {"&colon;", ':'}, {"&sol;", '/'},  {"&comma;", ','},
                              {"&semi;", ';'}};
  for (const Named& one : kNamed) {
    if (starts_with_ignoring_ascii_case(text, one.name)) {
      return {one.name.size(), one.character};
    }
  }
  return {};
}

Reference character_reference(std::string_view text) {
  if (!text.starts_with("&#")) return named_reference(text);
  const bool hexadecimal = text.size() > 2 && ascii_lower(text[2]) == 'x';
  std::size_t at = hexadecimal ? 3 : 2;
  const std::size_t first = at;
  unsigned code = 0;
  for (; at < text.size(); ++at) {
    const int value = hex_value(static_cast<unsigned char>(text[at]));
    if (value < 0 || (!hexadecimal && value > 9)) break;
    code = std::min(code * (hexadecimal ? 16U : 10U) + static_cast<unsigned>(value), 0x10FFFFU);
  }
  if (at == first) return {};
  if (at < text.size() && text[at] == ';') ++at;
  return {at, code < 0x80 ? static_cast<char>(code) : '?'};
}

// What a browser may take for the beginning of the destination: in lower case, without what it
// skips.
std::string undisguised_beginning(std::string_view text) {
  constexpr std::size_t kEnough = 64;
  std::string out;
  while (!text.empty() && out.size() < kEnough) {
    const Reference reference = character_reference(text);
    const char c = reference.size > 0 ? reference.character : text.front();
    text.remove_prefix(std::max<std::size_t>(reference.size, 1));
    const bool is_skipped =
        static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || (c == ' ' && out.empty());
    if (!is_skipped) out += ascii_lower(c);
  }
  return out;
}

// What data: may hold and nobody can put a script into. SVG and HTML can.
bool is_inert_data(std::string_view after_scheme) {
  constexpr std::string_view kInert[] = {"image/png",
                                         "image/jpeg",
                                         "image/jpg",
                                         "image/gif",
                                         "image/webp",
                                         "image/avif",
                                         "image/bmp",
                                         "image/tiff",
                                         "image/heic",
                                         "image/x-icon",
                                         "image/vnd.microsoft.icon",
                                         "audio/",
                                         "video/",
                                         "font/"};
  return std::any_of(std::begin(kInert), std::end(kInert),
                     [&](std::string_view type) { return after_scheme.starts_with(type); });
}

bool begins_script(std::string_view text) {
  constexpr std::string_view kWrappers[] = {"view-source:", "feed:", "jar:"};
  for (const std::string_view wrapper : kWrappers) {
    if (text.starts_with(wrapper)) return begins_script(text.substr(wrapper.size()));
  }
  if (text.starts_with("data:")) return !is_inert_data(text.substr(5));
  return text.starts_with("javascript:") || text.starts_with("vbscript:") ||
         text.starts_with("livescript:");
}

}  // namespace

bool runs_script(std::string_view destination) {
  // What begins with a sign that stands for itself, and that no such scheme begins with.
  const char first = destination.empty() ? 'a' : ascii_lower(destination.front());
  const bool is_plain = first > ' ' && first < 0x7f && first != '\\' && first != '&';
  if (is_plain && std::string_view("djlvf").find(first) == std::string_view::npos) return false;
  const std::string once = undisguised_beginning(destination);
  // Whoever reads it may decode it once more than whoever wrote it thought of.
  return begins_script(once) || begins_script(undisguised_beginning(once));
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

std::string_view url_scheme(std::string_view destination) {
  if (destination.empty() || !is_ascii_letter(destination.front())) return {};
  const auto end = std::find_if_not(destination.begin(), destination.end(), is_scheme_character);
  if (end == destination.end() || *end != ':') return {};
  return destination.substr(0, static_cast<std::size_t>(end - destination.begin()));
}

bool is_web_address(std::string_view destination) {
  const std::string_view scheme = url_scheme(destination);
  return equal_ignoring_ascii_case(scheme, "http") || equal_ignoring_ascii_case(scheme, "https");
}

std::string_view url_path(std::string_view destination) {
  return destination.substr(0, destination.find_first_of("?#"));
}

std::optional<FileLink> file_link(std::string_view destination) {
  constexpr std::string_view kElsewhere = "#?/\\";
  const bool is_relative = !destination.empty() &&
                           kElsewhere.find(destination.front()) == std::string_view::npos &&
                           url_scheme(destination).empty();
  if (!is_relative) return std::nullopt;
  FileLink link;
  link.path = percent_decode(url_path(destination));
  std::replace(link.path.begin(), link.path.end(), '\\', '/');
  const std::size_t hash = destination.find('#');
  if (hash != std::string_view::npos) link.fragment = percent_decode(destination.substr(hash + 1));
  const bool is_text = is_valid_utf8(link.path) && is_valid_utf8(link.fragment);
  return is_text ? std::optional(std::move(link)) : std::nullopt;
}

}  // namespace sluice
