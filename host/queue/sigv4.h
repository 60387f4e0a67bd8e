// Signatures of requests to S3-like services: AWS Signature Version 4, as "Authenticating Requests:
// Using the Authorization Header" of the Amazon S3 API reference describes it.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sluice::queue {

struct S3Keys {
  std::string id;
  std::string secret;
  std::string session_token = {};  // of temporary keys, or empty
};

struct S3Request {
  std::string method;                               // "GET"
  std::string path;                                 // encoded (uri_path), with the slash in front
  std::map<std::string, std::string> query = {};    // not encoded
  std::map<std::string, std::string> headers = {};  // names in lower case; with host, x-amz-date,
                                                    // x-amz-content-sha256
};

// Percent-encoded but for letters, digits and -._~; a path keeps its slashes.
std::string uri_path(std::string_view path);
std::string uri_text(std::string_view text);
// "a=1&b=2", encoded, sorted.
std::string query_text(const std::map<std::string, std::string>& query);

// The value of the header Authorization. `time`: "20130524T000000Z", as in x-amz-date.
std::string authorization(const S3Request& request, const S3Keys& keys, std::string_view region,
                          std::string_view time);

}  // namespace sluice::queue
