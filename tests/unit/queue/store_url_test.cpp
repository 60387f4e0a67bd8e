// URLs of stores, and the answers of S3-like services.
#include "queue/store_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/error.h"
#include "queue/xml_values.h"

namespace sluice::queue {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(StoreUrl, OfAFolder) {
  const StoreUrl url = parse_store_url("file:///srv/bundles here");
  EXPECT_EQ(url.kind, StoreUrl::Kind::kFolder);
  EXPECT_EQ(url.folder, "/srv/bundles here");
}

TEST(StoreUrl, OfABucketOfAmazon) {
  const StoreUrl url = parse_store_url("s3://my-bucket?region=eu-central-1");
  EXPECT_EQ(url.kind, StoreUrl::Kind::kS3);
  EXPECT_EQ(url.bucket, "my-bucket");
  EXPECT_EQ(url.prefix, "");
  EXPECT_EQ(url.endpoint, "https://s3.eu-central-1.amazonaws.com");
}

TEST(StoreUrl, OfABucketElsewhere) {
  const StoreUrl url = parse_store_url("s3://docs/a/b/?endpoint=http://127.0.0.1:9000/");
  EXPECT_EQ(url.prefix, "a/b");
  EXPECT_EQ(url.endpoint, "http://127.0.0.1:9000");
  EXPECT_EQ(url.region, "us-east-1");
}

TEST(StoreUrl, OthersAreRefused) {
  for (const char* url :
       {"", "/srv/bundles", "file://host/folder", "file://", "s3://", "s3://UPPER/x", "s3://ab",
        "http://host/x", "s3://docs?endpoint=ftp://h", "s3://docs?endpoint=https://h/path",
        "s3://docs?endpoint=https://user@h", "s3://docs?key=secret"}) {
    EXPECT_THROW(parse_store_url(url), Error) << url;
  }
}

TEST(XmlValues, AreFoundAndDecoded) {
  const std::string answer =
      "<?xml version=\"1.0\"?><R><Contents><Key>a/1&amp;2</Key></Contents>"
      "<Contents><Key>b</Key></Contents><Keys>no</Keys></R>";
  EXPECT_THAT(xml_values(answer, "Key"), ElementsAre("a/1&2", "b"));
  EXPECT_THAT(xml_values(answer, "Code"), IsEmpty());
  EXPECT_THAT(xml_values("<Key>cut of", "Key"), IsEmpty());
  EXPECT_THAT(xml_values("", "Key"), IsEmpty());
}

}  // namespace
}  // namespace sluice::queue
