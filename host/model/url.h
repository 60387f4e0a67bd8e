// URLs of the web, as sources: read strictly, and written in one way, so that a page has one path
// key. RFC 3986; IRIs (RFC 3987) are taken and written as URLs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

struct Url {
  bool is_https = true;
  std::string host;  // lower case, in ASCII; an IPv6 address without its brackets
  std::uint16_t port = 0;
  std::string path;   // begins with `/`
  std::string query;  // with its `?`, or empty

  // How it is written everywhere: without a fragment, a default port, dot segments, or needless
  // escapes. It holds no `!/`, so that no URL looks like a document within another.
  std::string text() const;
  // "https://example.org:8443", what robots.txt and one request at a time count for.
  std::string origin() const;
  // The host as it stands in a URL, with the port if it is not the scheme's own.
  std::string authority() const;
  // The last part of the path, decoded as far as it is UTF-8; empty for a folder.
  std::string last_part() const;

  bool operator==(const Url&) const = default;
};

// Whether a path of the command line or a path key is meant as a URL.
bool is_url(std::string_view text);

// Nothing and a reason if it is no http or https URL that Sluice takes. A user name or a password
// is refused: it would stand in the registry and in every Markdown.
std::optional<Url> parse_url(std::string_view text, std::string& why_not);

// What a reference in an answer from `base` leads to (RFC 3986, section 5).
std::optional<Url> resolve_url(const Url& base, std::string_view reference, std::string& why_not);

}  // namespace sluice
