#include "queue/store_url.h"

#include <algorithm>

#include "platform/error.h"

namespace sluice::queue {
namespace {

constexpr std::string_view kFile = "file://";
constexpr std::string_view kS3 = "s3://";
constexpr const char* kDefaultRegion = "us-east-1";

[[noreturn]] void refuse(std::string_view url, const std::string& cause) {
  throw Error("use", "the store " + std::string(url), cause,
              "write it as in file:///srv/bundles or s3://bucket/prefix?region=eu-central-1",
              ExitCode::kUsage);
}

std::string without_slashes(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  return std::string(text);
}

void read_query(std::string_view query, StoreUrl& out, std::string_view url) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = pair.find('=');
    const std::string_view name = pair.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (name == "endpoint") {
      out.endpoint = value;
      while (out.endpoint.ends_with('/')) out.endpoint.pop_back();
    } else if (name == "region") {
      out.region = value;
    } else {
      refuse(url, "\"" + std::string(name) + "\" is unknown");
    }
  }
}

bool is_bucket_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                  c == '_';
         });
}

bool is_endpoint(std::string_view endpoint) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!endpoint.starts_with(scheme)) continue;
    const std::string_view host = endpoint.substr(scheme.size());
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("-._:[]").find(c) != std::string_view::npos;
    });
  }
  return false;
}

StoreUrl parse_s3(std::string_view url) {
  StoreUrl out{.kind = StoreUrl::Kind::kS3,
               .folder = {},
               .bucket = {},
               .prefix = {},
               .endpoint = {},
               .region = kDefaultRegion};
  std::string_view rest = url.substr(kS3.size());
  const std::size_t mark = rest.find('?');
  if (mark != std::string_view::npos) read_query(rest.substr(mark + 1), out, url);
  rest = rest.substr(0, mark);
  out.bucket = rest.substr(0, rest.find('/'));
  if (rest.find('/') != std::string_view::npos) {
    out.prefix = without_slashes(rest.substr(rest.find('/')));
  }
  if (!is_bucket_name(out.bucket)) refuse(url, "the name of the bucket is none");
  if (out.endpoint.empty()) out.endpoint = "https://s3." + out.region + ".amazonaws.com";
  if (!is_endpoint(out.endpoint))
    refuse(url, "the endpoint is no https:// or http:// URL of a host");
  return out;
}

}  // namespace

StoreUrl parse_store_url(std::string_view url) {
  if (url.starts_with(kS3)) return parse_s3(url);
  if (!url.starts_with(kFile)) refuse(url, "it begins with neither file:// nor s3://");
  StoreUrl out;
  out.folder = url.substr(kFile.size());
  if (!out.folder.starts_with('/')) refuse(url, "a folder is absolute, with three slashes");
  return out;
}

}  // namespace sluice::queue
