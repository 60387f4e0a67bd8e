// Signatures are those of the examples in the Amazon S3 API reference, "Signature Calculations for
// the Authorization Header: Transferring Payload in a Single Chunk".
#include "queue/sigv4.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::queue {
namespace {

using ::testing::HasSubstr;

constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kTime = "20130524T000000Z";

S3Keys example_keys() {
  return {.id = "AKIAIOSFODNN7EXAMPLE", .secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
}

S3Request example_request(const std::string& path) {
  return {.method = "GET",
          .path = uri_path(path),
          .headers = {{"host", "examplebucket.s3.amazonaws.com"},
                      {"x-amz-content-sha256", kEmpty},
                      {"x-amz-date", kTime}}};
}

std::string signature_of(const S3Request& request) {
  return authorization(request, example_keys(), "us-east-1", kTime);
}

TEST(Sigv4, GetObject) {
  S3Request request = example_request("/test.txt");
  request.headers["range"] = "bytes=0-9";
  EXPECT_EQ(signature_of(request),
            "AWS4-HMAC-SHA256 "
            "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(Sigv4, PutObject) {
  S3Request request = example_request("/test$file.text");
  request.method = "PUT";
  request.headers["date"] = "Fri, 24 May 2013 00:00:00 GMT";
  request.headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
  request.headers["x-amz-content-sha256"] =
      "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
  EXPECT_EQ(request.path, "/test%24file.text");
  EXPECT_THAT(
      signature_of(request),
      HasSubstr("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(Sigv4, AQueryWithoutAValue) {
  S3Request request = example_request("/");
  request.query = {{"lifecycle", ""}};
  EXPECT_THAT(
      signature_of(request),
      HasSubstr("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
}

TEST(Sigv4, ListObjects) {
  S3Request request = example_request("/");
  request.query = {{"max-keys", "2"}, {"prefix", "J"}};
  EXPECT_THAT(
      signature_of(request),
      HasSubstr("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(Sigv4, TextIsEncodedAsTheServiceDoes) {
  EXPECT_EQ(uri_text("a b/ä~-._"), "a%20b%2F%C3%A4~-._");
  EXPECT_EQ(uri_path("/a b/ä+"), "/a%20b/%C3%A4%2B");
  EXPECT_EQ(query_text({{"prefix", "q/a"}, {"list-type", "2"}}), "list-type=2&prefix=q%2Fa");
}

}  // namespace
}  // namespace sluice::queue
