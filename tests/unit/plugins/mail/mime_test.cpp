// The syntax of mail: fields, words, parameters, addresses, dates, encodings.
#include <gtest/gtest.h>

#include "mail/mime/addresses.hpp"
#include "mail/mime/date.hpp"
#include "mail/mime/fields.hpp"
#include "mail/mime/message.hpp"
#include "mail/mime/parameters.hpp"
#include "mail/mime/transfer.hpp"
#include "mail/mime/uuencode.hpp"
#include "mail/mime/words.hpp"

namespace sluice::mail {
namespace {

struct Pair {
  std::string from;
  std::string to;
};

TEST(EncodedWords, BecomeUtf8) {
  for (const Pair& each :
       std::vector<Pair>{{"plain", "plain"},
                         {"=?utf-8?q?Ren=C3=A9?=", "René"},
                         {"=?UTF-8?B?UmVuw6k=?=", "René"},
                         {"=?iso-8859-1?Q?Ren=E9_D?=", "René D"},
                         {"a =?utf-8?q?b?= c", "a b c"},
                         {"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"},
                         {"=?utf-8?q?a?=\n =?utf-8?q?b?=", "ab"},
                         {"=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"},
                         // A character that is cut in two between words.
                         {"=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"},
                         {"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"},
                         {"=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"},
                         {"=?utf-8*en?q?a?=", "a"},        // RFC 2231, 5
                         {"=?utf-8?q?a b?=", "a b"},       // blanks are not allowed, and written
                         {"x=?utf-8?q?a?=y", "xay"},       // no blank around it
                         {"=?utf-8?b?UmVuw6k?=", "René"},  // no padding
                         {"=?utf-8?q?=41?=", "A"},
                         {"=?utf-8?x?a?=", "=?utf-8?x?a?="},  // no such encoding
                         {"=?utf-8?q?a", "=?utf-8?q?a"},      // never ends
                         {"=?no-such-charset?q?abc?=", "abc"},
                         {"=?iso-2022-jp?B?GyRCJSslSiVqJSIbKEI=?=", "カナリア"},
                         {"=?gb2312?B?xOO6ww==?=", "你好"},
                         {"=?koi8-r?B?8NLJ18XU?=", "Привет"},
                         {"?= =?", "?= =?"},
                         {"Gr\xC3\xBC\xC3\x9F"
                          "e",
                          "Grüße"}}) {
    EXPECT_EQ(decode_words(each.from), each.to) << each.from;
  }
}

TEST(EncodedWords, BytesOutsideOfThemAreRead) {
  EXPECT_EQ(decode_words("Gr\xFC\xDF"
                         "e aus M\xFCnchen"),
            "Grüße aus München");
}

TEST(Parameters, AreReadAsProgramsWriteThem) {
  const auto name = [](const std::string& value) {
    return parse_parameters(value).parameter("name");
  };
  EXPECT_EQ(parse_parameters("TEXT/Plain; charset=utf-8").value, "text/plain");
  EXPECT_EQ(parse_parameters("text/plain (comment); charset=\"x\"").parameter("charset"), "x");
  EXPECT_EQ(parse_parameters("text/plain charset=utf-8").value, "text/plain");
  EXPECT_EQ(parse_parameters("text/plain;;; charset = utf-8 ;").parameter("charset"), "utf-8");
  EXPECT_EQ(name("a/b; name=my file.pdf; x=y"), "my file.pdf");
  EXPECT_EQ(name("a/b; name=\"a;b \\\"c\\\".txt\""), "a;b \"c\".txt");
  EXPECT_EQ(name("a/b; name=\"C:\\temp\\a.txt\""), "C:\\temp\\a.txt");
  EXPECT_EQ(name("a/b; name=\"=?utf-8?q?Ren=C3=A9?=.txt\""), "René.txt");
  EXPECT_EQ(name("a/b; name*=utf-8''Ren%C3%A9.txt"), "René.txt");
  EXPECT_EQ(name("a/b; name*=iso-8859-1'fr'Ren%E9.txt"), "René.txt");
  EXPECT_EQ(name("a/b; name*0=\"one \"; name*1=two; name*2=\".txt\""), "one two.txt");
  EXPECT_EQ(name("a/b; name*1*=%C3%A9; name*0*=utf-8''a; name*2=\"%41\""), "aé%41");
  EXPECT_EQ(name("a/b; name=plain.txt; name*=utf-8''f%C3%AFne.txt"), "fïne.txt");
  EXPECT_EQ(name("a/b; name=\"never ends"), "never ends");
  EXPECT_EQ(name("a/b; name=first; name=second"), "first");
  EXPECT_EQ(name("a/b; name=report(1).pdf"), "report(1).pdf");
  EXPECT_EQ(name("; name=x"), "x");
  EXPECT_EQ(parse_parameters("name=x").parameter("name"), "x");
  EXPECT_EQ(parse_parameters("").value, "");
}

TEST(Addresses, AreReadableTexts) {
  const auto read = [](const std::string& value) {
    return joined_addresses(read_addresses(value), 100);
  };
  EXPECT_EQ(read("a@b.example"), "a@b.example");
  EXPECT_EQ(read("<a@b.example>"), "a@b.example");
  EXPECT_EQ(read("A B <a@b.example>"), "A B <a@b.example>");
  EXPECT_EQ(read("\"Doe, John\" <a@b.example>, c@d.example"),
            "Doe, John <a@b.example>, c@d.example");
  EXPECT_EQ(read("a@b.example (John Doe)"), "John Doe <a@b.example>");
  EXPECT_EQ(read("=?utf-8?q?Ren=C3=A9?= <r@b.example>"), "René <r@b.example>");
  EXPECT_EQ(read("\"a@b.example\" <a@b.example>"), "a@b.example");
  EXPECT_EQ(read("undisclosed-recipients:;"), "undisclosed-recipients");
  EXPECT_EQ(read("Friends: a@b.example, B <c@d.example>;, e@f.example"),
            "a@b.example, B <c@d.example>, e@f.example");
  EXPECT_EQ(read("a@b.example; c@d.example"), "a@b.example, c@d.example");
  EXPECT_EQ(read("A \"B <a@b.example>"), "A B <a@b.example>");
  EXPECT_EQ(read("A (B <a@b.example>"), "A (B <a@b.example>");
  EXPECT_EQ(read("A <a@b.example"), "A <a@b.example>");
  EXPECT_EQ(read(", ,,"), "");
  EXPECT_EQ(joined_addresses({"a", "b", "c"}, 1), "a and 2 others");
}

TEST(MailDates, AreIso8601) {
  for (const Pair& each :
       std::vector<Pair>{{"Fri, 1 Mar 2024 10:00:00 +0100", "2024-03-01T10:00:00+01:00"},
                         {"1 Mar 2024 10:00 -0500 (EST)", "2024-03-01T10:00:00-05:00"},
                         {"Fri, 01 Mar 2024 10:00:00 GMT", "2024-03-01T10:00:00+00:00"},
                         {"Fri, 01 Mar 24 10:00:00 EST", "2024-03-01T10:00:00-05:00"},
                         {"Fri, 01 Mar 99 10:00:00", "1999-03-01T10:00:00"},
                         {"Fri Mar  1 10:00:00 2024", "2024-03-01T10:00:00"},
                         {"1-Mar-2024 10:00:00 +0000", "2024-03-01T10:00:00+00:00"},
                         {"Friday, March 1, 2024 10:00:00 +0000", "2024-03-01T10:00:00+00:00"},
                         {"2024-03-01T10:00:00Z", "2024-03-01T10:00:00Z"},
                         {"2024-03-01", "2024-03-01"},
                         {"Fri, 1 Mar 2024", "2024-03-01"},
                         {"Fri, 1 Mar 2024 25:00:00", "2024-03-01"},
                         {"yesterday", ""},
                         {"2024-03-01T10:00\xFF", "2024-03-01T10:00\xEF\xBF\xBD"},
                         {"32 Mar 2024", ""},
                         {"", ""}}) {
    EXPECT_EQ(iso_date_of_mail(each.from), each.to) << each.from;
  }
}

TEST(Transfer, DecodesWhatIsSoundAndWhatIsDamaged) {
  EXPECT_EQ(from_quoted_printable("a=20b=\nc=3D"), "a bc=");
  EXPECT_EQ(from_quoted_printable("a=\r\nb=  \t\nc"), "abc");
  EXPECT_EQ(from_quoted_printable("50=% =ZZ = x"), "50=% =ZZ = x");
  EXPECT_EQ(from_quoted_printable("caf=c3=a9="), "café");
  EXPECT_EQ(from_base64("aGVsbG8="), "hello");
  EXPECT_EQ(from_base64("aGVs\nbG8"), "hello");
  EXPECT_EQ(from_base64("a G*V!s bG8="), "hello");
  EXPECT_EQ(from_base64("aGVsbG8=\n_____\nMailing list"), "hello");
  EXPECT_EQ(from_base64("aGVsbG8h"), "hello!");
  EXPECT_EQ(from_base64("="), "");
  EXPECT_EQ(from_base64("a"), "");
  EXPECT_EQ(transfer_of("BASE64"), Transfer::kBase64);
  EXPECT_EQ(transfer_of("\"base64\""), Transfer::kBase64);
  EXPECT_EQ(transfer_of("quoted-printable (x)"), Transfer::kQuotedPrintable);
  EXPECT_EQ(transfer_of(""), Transfer::kIdentity);
  EXPECT_EQ(transfer_of("7-bit"), Transfer::kIdentity);
  EXPECT_EQ(transfer_of("x-secret"), Transfer::kUnknown);
}

TEST(Transfer, CountsDamage) {
  const auto damaged = [](Transfer transfer, std::string_view text) {
    return decode(transfer, text, [](std::string_view) {});
  };
  EXPECT_EQ(damaged(Transfer::kBase64, "aGVs bG8=\n"), 0U);
  EXPECT_EQ(damaged(Transfer::kBase64, "aG*Vs!bG8="), 2U);
  EXPECT_EQ(damaged(Transfer::kQuotedPrintable, "a=ZZb=3"), 2U);
  EXPECT_EQ(damaged(Transfer::kQuotedPrintable, "a=3Db=\n"), 0U);
}

TEST(Uuencode, IsFoundWhereAllOfItIsThere) {
  const std::string text = "before\nbegin 644 my file.txt\n%:&5L;&\\\n`\nend\nafter\n";
  const auto file = next_uuencoded(text, 0);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->name, "my file.txt");
  EXPECT_EQ(text.substr(file->end), "after\n");
  std::string bytes;
  decode_uuencoded(file->lines, [&](std::string_view piece) { bytes += piece; });
  EXPECT_EQ(bytes, "hello");
  EXPECT_FALSE(next_uuencoded("begin 644 x\nThis is prose.\nend\n", 0));
  EXPECT_FALSE(next_uuencoded("begin 644 x\n%:&5L;&\\\n", 0));
  EXPECT_FALSE(next_uuencoded("We begin 644 x\n`\nend\n", 0));
  EXPECT_FALSE(next_uuencoded("begin reading\n`\nend\n", 0));
}

Fields fields_of(std::string_view text, std::size_t& at) {
  at = 0;
  return Fields::read(text, at, [](std::size_t) { return false; });
}

TEST(Fields, EndAtTheBlankLine) {
  std::size_t at = 0;
  const std::string text = "A: 1\r\nB : 2\r\n folded\r\n\r\nbody: x\r\n";
  const Fields fields = fields_of(text, at);
  EXPECT_EQ(fields.size(), 2U);
  EXPECT_EQ(unfolded(fields.raw("b")), "2 folded");
  EXPECT_EQ(text.substr(at), "body: x\r\n");
}

TEST(Fields, TakeAnyLineEnds) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::size_t at = 0;
    const std::string text = "A: 1" + end + "B: 2" + end + end + "body";
    const Fields fields = fields_of(text, at);
    EXPECT_EQ(fields.size(), 2U);
    EXPECT_EQ(text.substr(at), "body");
  }
}

TEST(Fields, ALineThatIsNoneIsDamageOnlyWithinAHeader) {
  std::size_t at = 0;
  std::string text = "Subject: x\nwhat is this\nFrom: a\n\nbody";
  EXPECT_EQ(fields_of(text, at).raw("from"), " a");
  EXPECT_EQ(text.substr(at), "body");
  // Programs forget the blank line.
  text = "Subject: x\nHello you\nand: so on\n";
  fields_of(text, at);
  EXPECT_EQ(text.substr(at), "Hello you\nand: so on\n");
}

TEST(Fields, TheLineOfAMailboxIsSkipped) {
  std::size_t at = 0;
  EXPECT_EQ(fields_of("From a@b Fri Mar  1 10:00:00 2024\nFrom: a\n\n", at).raw("from"), " a");
  EXPECT_EQ(fields_of(">From a@b Fri\nFrom: a\n\n", at).raw("from"), " a");
}

// The bodies of all leaves, in order.
std::string leaves(const std::string& source) {
  const Message message(source);
  std::string all;
  for (PartId id = 0; id < message.size(); ++id) {
    if (!message[id].is_kind("multipart/")) all += "[" + std::string(message[id].body) + "]";
  }
  return all;
}

TEST(Parts, AreBetweenBoundaries) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  EXPECT_EQ(leaves(head + "pre\n--b\n\none\n--b\n\ntwo\n\n--b--\npost\n"), "[one][two\n]");
  EXPECT_EQ(leaves(head + "--b\n\none"), "[one]");
  EXPECT_EQ(leaves(head + "--b \t\n\none\n--b-- \n"), "[one]");
  EXPECT_EQ(leaves(head + "--b\n\none --b\n--bb\n--b--x\n--b--\n"), "[one --b\n--bb\n--b--x]");
  EXPECT_EQ(leaves(head + "--b\nX: 1\n--b\n\ntwo\n--b--\n"), "[][two]");
  EXPECT_EQ(leaves(head + "--b\n--b\n--b--\n"), "[][]");
  // What has no part is text.
  EXPECT_EQ(leaves(head + "only text\n"), "[only text\n]");
}

TEST(Parts, AnOuterBoundaryEndsInnerOnes) {
  EXPECT_EQ(leaves("Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: "
                   "multipart/mixed; boundary=i\n\n--i\n\none\n--o\n\ntwo\n--o--\n"),
            "[one][two]");
}

TEST(Parts, BoundariesMayBeginAlike) {
  EXPECT_EQ(leaves("Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: "
                   "multipart/mixed; boundary=abc\n\n--abc\n\none\n--abc--\n--ab\n\ntwo\n--ab--\n"),
            "[one][two]");
}

TEST(Parts, AMissingBoundaryIsFound) {
  EXPECT_EQ(leaves("Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\none\n"
                   "--xyz\nContent-Type: text/plain\n\ntwo\n--xyz--\n"),
            "[one][two]");
}

TEST(Parts, TypesThatAreNoneAreText) {
  EXPECT_TRUE(Message("Content-Type: text\n\nx").root().is("text/plain"));
  EXPECT_TRUE(Message("Subject: x\n\nx").root().is("text/plain"));
  EXPECT_TRUE(Message("Content-Type: nonsense\n\nx").root().is("application/octet-stream"));
}

TEST(Parts, NamesHaveNoFolders) {
  const auto name = [](const std::string& field) {
    const std::string source = field + "\n\nx";
    return Message(source).root().file_name();
  };
  EXPECT_EQ(name("Content-Disposition: attachment; filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(name("Content-Disposition: attachment; filename=\"C:\\\\a\\\\b.txt\""), "b.txt");
  EXPECT_EQ(name("Content-Type: a/b; name=x.txt"), "x.txt");
}

}  // namespace
}  // namespace sluice::mail
