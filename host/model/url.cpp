#include "model/url.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

#include "model/utf8.h"
#include "platform/percent_encoding.h"

namespace sluice {
namespace {

constexpr std::size_t kMaxUrlBytes = 4096;
constexpr std::string_view kHttp = "http://";
constexpr std::string_view kHttps = "https://";
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower_letter);
  return out;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && in_lower_case(text.substr(0, word.size())) == word;
}

bool is_letter_or_digit(char c) {
  const char small = lower_letter(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower_letter(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// The byte of an escape at the start of `text`, or -1.
int escaped_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = hex_value(text[1]);
  const int low = hex_value(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void add_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
}

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// RFC 3986, sections 2.2 and 3.3; all else is escaped.
bool may_stand(char c) {
  constexpr std::string_view kOthers = "!$&'()*+,;=:@/?";
  return is_unreserved(c) || kOthers.find(c) != std::string_view::npos;
}

// Escapes in capitals, what needs none without, and all that must not stand in a URL with one.
std::string normalized(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int escaped = escaped_byte(text.substr(i));
    const char c = escaped >= 0 ? static_cast<char>(escaped) : text[i];
    if (escaped >= 0) i += 2;
    const bool within_mark = c == '!' && i + 1 < text.size() && text[i + 1] == '/';
    if (escaped >= 0 ? is_unreserved(c) : may_stand(c) && !within_mark) {
      out += c;
    } else {
      add_escape(out, c);
    }
  }
  return out;
}

// RFC 3986, section 5.2.4. `path` begins with `/`.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> parts;
  bool is_folder = false;
  path.remove_prefix(1);
  while (true) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    is_folder = part == "." || part == "..";
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != ".") {
      parts.push_back(part);
    }
    if (end == path.size()) break;
    path.remove_prefix(end + 1);
  }
  std::string out;
  for (const std::string_view part : parts) out.append("/").append(part);
  if (is_folder || out.empty()) out += '/';
  return out;
}

// UTS #46, as browsers do it. Nothing if it is no name.
std::optional<std::string> ascii_name(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, void (*)(UIDNA*)> idna(
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ,
                      &status),
      &uidna_close);
  if (U_FAILURE(status) != 0) return std::nullopt;
  std::array<char, 512> out{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const std::int32_t size =
      uidna_nameToASCII_UTF8(idna.get(), name.data(), static_cast<std::int32_t>(name.size()),
                             out.data(), static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) != 0 || info.errors != 0) return std::nullopt;
  return in_lower_case(std::string_view(out.data(), static_cast<std::size_t>(size)));
}

// A name as DNS has it, or an IPv4 address in whatever form.
bool is_host_name(std::string_view host) {
  constexpr std::size_t kMaxNameBytes = 253;
  return !host.empty() && host.size() <= kMaxNameBytes && host.front() != '.' &&
         host.back() != '.' && host.find("..") == std::string_view::npos &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
         });
}

bool is_ipv6_text(std::string_view host) {
  return host.find(':') != std::string_view::npos &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
}

std::optional<std::string> parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    return is_ipv6_text(text) ? std::optional(in_lower_case(text)) : std::nullopt;
  }
  std::string host = platform::percent_decoded(text);
  const bool is_ascii =
      std::all_of(host.begin(), host.end(), [](char c) { return (c & '\x80') == 0; });
  host = is_ascii ? in_lower_case(host) : ascii_name(host).value_or("");
  if (host.ends_with('.')) host.pop_back();
  return is_host_name(host) ? std::optional(host) : std::nullopt;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

std::optional<Url> refuse(std::string& why_not, const char* reason) {
  why_not = reason;
  return std::nullopt;
}

// "host:port" of the URL. False and a reason if it is none.
bool parse_authority(std::string_view authority, Url& url, std::string& why_not) {
  if (authority.find('@') != std::string_view::npos) {
    why_not = "it holds a user name or a password";
    return false;
  }
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto host = parse_host(authority.substr(0, has_port ? colon : authority.size()));
  if (!host) {
    why_not = "it names no host";
    return false;
  }
  url.host = *host;
  url.port = url.is_https ? kHttpsPort : kHttpPort;
  if (!has_port || colon + 1 == authority.size()) return true;
  const auto port = parse_port(authority.substr(colon + 1));
  if (!port) why_not = "its port is no number from 1 to 65535";
  url.port = port.value_or(0);
  return port.has_value();
}

// Path and query; a fragment is left out.
void parse_rest(std::string_view rest, Url& url) {
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  const std::string_view path = rest.substr(0, mark);
  url.path = without_dots(path.empty() ? "/" : normalized(path));
  url.query = normalized(rest.substr(mark));
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; });
}

// "name:" at the start of a reference that is a URL by itself.
bool has_scheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > text.find_first_of("/?#")) {
    return false;
  }
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

}  // namespace

std::string Url::authority() const {
  std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (is_https ? kHttpsPort : kHttpPort)) out += ":" + std::to_string(port);
  return out;
}

std::string Url::origin() const {
  return std::string(is_https ? kHttps : kHttp) + authority();
}

std::string Url::text() const {
  return origin() + path + query;
}

std::string Url::last_part() const {
  const std::string_view part = std::string_view(path).substr(path.rfind('/') + 1);
  std::string out = platform::percent_decoded(part);
  const bool is_name = is_utf8(out) && !has_control(out) && out.find('/') == std::string::npos;
  return is_name ? out : std::string(part);
}

bool is_url(std::string_view text) {
  return starts_with_word(text, kHttp) || starts_with_word(text, kHttps);
}

std::optional<Url> parse_url(std::string_view text, std::string& why_not) {
  text = without_blanks(text);
  if (text.size() > kMaxUrlBytes) return refuse(why_not, "it is longer than 4096 bytes");
  if (has_control(text)) return refuse(why_not, "it holds control characters");
  if (!is_url(text)) return refuse(why_not, "it is neither http nor https");
  Url url;
  url.is_https = starts_with_word(text, kHttps);
  text.remove_prefix(url.is_https ? kHttps.size() : kHttp.size());
  const std::size_t end = std::min(text.find_first_of("/?#\\"), text.size());
  // Browsers take it for a slash, others for a part of the host: it is never meant.
  if (end < text.size() && text[end] == '\\')
    return refuse(why_not, "its host ends in a backslash");
  if (!parse_authority(text.substr(0, end), url, why_not)) return std::nullopt;
  parse_rest(text.substr(end), url);
  if (url.text().size() > kMaxUrlBytes) return refuse(why_not, "it is longer than 4096 bytes");
  return url;
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference, std::string& why_not) {
  reference = without_blanks(reference);
  if (reference.empty()) return refuse(why_not, "it is empty");
  if (has_scheme(reference)) return parse_url(reference, why_not);
  if (reference.starts_with("//")) {
    return parse_url((base.is_https ? "https:" : "http:") + std::string(reference), why_not);
  }
  std::string whole = base.origin();
  if (reference.starts_with('/')) {
    whole += reference;
  } else if (reference.starts_with('?')) {
    whole += base.path + std::string(reference);
  } else if (reference.starts_with('#')) {
    whole += base.path + base.query;
  } else {
    whole += base.path.substr(0, base.path.rfind('/') + 1) + std::string(reference);
  }
  return parse_url(whole, why_not);
}

}  // namespace sluice
