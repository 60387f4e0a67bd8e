// SPDX-License-Identifier: Apache-2.0
#include "redirects.hpp"

#include <algorithm>
#include <array>
#include <sluice/url.hpp>

#include "../words.hpp"

namespace sluice::html {
namespace {

constexpr int kMaxRedirects = 5;  // gateways wrap what other gateways have wrapped

struct Redirect {
  std::string_view host;  // or the end of it, if it begins with a dot
  std::string_view path;
  std::string_view parameter;
};

constexpr std::array kRedirects = {
    Redirect{"www.google.com", "/url", "q"},
    Redirect{"www.google.com", "/url", "url"},
    Redirect{"google.com", "/url", "q"},
    Redirect{"l.facebook.com", "/l.php", "u"},
    Redirect{"lm.facebook.com", "/l.php", "u"},
    Redirect{"l.instagram.com", "/", "u"},
    Redirect{"www.youtube.com", "/redirect", "q"},
    Redirect{"duckduckgo.com", "/l/", "uddg"},
    Redirect{"steamcommunity.com", "/linkfilter/", "url"},
    Redirect{".safelinks.protection.outlook.com", "/", "url"},
    Redirect{"slack-redir.net", "/link", "url"},
    Redirect{"www.linkedin.com", "/redir/redirect", "url"},
    Redirect{"out.reddit.com", "", "url"},
    Redirect{"t.umblr.com", "/redirect", "z"},
};

bool matches(std::string_view host, std::string_view wanted) {
  return wanted.front() == '.' ? host.ends_with(wanted) : host == wanted;
}

std::string_view value_in(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

// Proofpoint: version 2 writes `_` for `/` and `-` for `%`, version 3 puts the address between
// `__`.
std::string behind_urldefense(std::string_view path, std::string_view query) {
  if (path.starts_with("/v3/__")) {
    const std::size_t end = path.rfind("__;");
    return end == kNone || end <= 6 ? std::string() : std::string(path.substr(6, end - 6));
  }
  if (!path.starts_with("/v2/")) return {};
  std::string address(value_in(query, "u"));
  std::replace(address.begin(), address.end(), '-', '%');
  std::replace(address.begin(), address.end(), '_', '/');
  return percent_decode(address);
}

std::string next_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == kNone) return {};
  const std::string_view rest = url.substr(scheme_end + 3);
  const std::size_t host_end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view host = rest.substr(0, host_end);
  const std::string_view behind = rest.substr(host_end);
  const std::size_t mark = std::min(behind.find('?'), behind.size());
  const std::string_view path = behind.substr(0, mark);
  const std::string_view query =
      mark == behind.size() ? std::string_view() : behind.substr(mark + 1);
  if (host == "urldefense.com" || host == "urldefense.proofpoint.com") {
    return behind_urldefense(host == "urldefense.com" ? behind : path, query);
  }
  for (const Redirect& redirect : kRedirects) {
    if (!matches(host, redirect.host) || !path.starts_with(redirect.path)) continue;
    const std::string_view value = value_in(query, redirect.parameter);
    if (!value.empty()) return percent_decode(value);
  }
  return {};
}

}  // namespace

std::string behind_redirect(std::string_view url) {
  std::string address(url);
  for (int i = 0; i < kMaxRedirects; ++i) {
    std::string next = next_of(address);
    if (!is_web_address(next)) break;
    address = std::move(next);
  }
  return address;
}

}  // namespace sluice::html
