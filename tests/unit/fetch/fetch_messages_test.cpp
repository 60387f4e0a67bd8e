// Messages between the host and `sluice-fetch`: whole ones come back, and nothing else is taken.
#include <gtest/gtest.h>

#include "fetch/messages.h"

namespace sluice::fetch {
namespace {

AnswerHead some_head() {
  return {200, "text/html", "\"e\"", "Mon", "/next", "5", "attachment"};
}

TEST(FetchMessages, ComeBackWhole) {
  const auto head = decode_head(encode(some_head()));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200U);
  EXPECT_EQ(head->location, "/next");
  EXPECT_EQ(head->disposition, "attachment");
  EXPECT_EQ(decode_piece(encode_piece("abc")), "abc");
  const auto end = decode_end(encode(End{EndKind::kTooSlow, "slow"}));
  ASSERT_TRUE(end);
  EXPECT_EQ(end->kind, EndKind::kTooSlow);
  Addresses addresses;
  addresses.list = {parse_address("1.2.3.4").value(), parse_address("::1").value()};
  const auto read = decode_addresses(encode(addresses));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->list, addresses.list);
}

TEST(FetchMessages, APieceOfOneIsNone) {
  const std::string whole = encode(some_head());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_head(std::string_view(whole).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_head(whole + "x"));
  EXPECT_FALSE(decode_end(whole));
  EXPECT_FALSE(decode_addresses(whole));
}

// What is sent back to a server must not end its line in the request.
TEST(FetchMessages, AFieldOfSeveralLinesIsDropped) {
  for (const char* etag : {"\"e\"\r\nHost: other.test", "a\nb", "\x01", "\x7f", "x\ry"}) {
    AnswerHead head = some_head();
    head.etag = etag;
    const auto read = decode_head(encode(head));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->etag, "") << etag;
    EXPECT_EQ(read->location, "/next");
  }
  AnswerHead head = some_head();
  head.etag = "\"a\tb\xe9\"";
  EXPECT_EQ(decode_head(encode(head))->etag, head.etag);
}

TEST(FetchMessages, AnIpv4AddressHasFourBytes) {
  Addresses addresses;
  addresses.list = {parse_address("1.2.3.4").value()};
  addresses.list[0].bytes[9] = 7;
  const auto read = decode_addresses(encode(addresses));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->list[0], parse_address("1.2.3.4"));
}

TEST(FetchMessages, TooMuchIsRefused) {
  EXPECT_FALSE(decode_piece(encode_piece(std::string(kMaxPiece + 1, 'x'))));

  Addresses many;
  many.list.resize(kMaxAddresses + 1);
  EXPECT_FALSE(decode_addresses(encode(many)));
  std::string end = encode(End{EndKind::kBroken, ""});
  end[1] = 99;  // no such kind
  EXPECT_FALSE(decode_end(end));
}

}  // namespace
}  // namespace sluice::fetch
