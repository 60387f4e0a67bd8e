// What servers write into Content-Type and Content-Disposition.
#include "fetch/content_headers.h"

#include <gtest/gtest.h>

namespace sluice::fetch {
namespace {

TEST(ContentType, TypeAndCharset) {
  const ContentType type = content_type("Text/HTML ; Charset=\"UTF-8\" ; x=y");
  EXPECT_EQ(type.media_type, "text/html");
  EXPECT_EQ(type.charset, "UTF-8");
  EXPECT_EQ(content_type("text/html;charset=windows-1251").charset, "windows-1251");
  EXPECT_EQ(content_type("text/html; a=\"x;charset=evil\"; charset=koi8-r").charset, "koi8-r");
}

TEST(ContentType, WhatIsNoneIsEmpty) {
  for (const char* field :
       {"", "html", "text/html\x01; charset=a b", ";;;=", "text/<b>; charset=<"}) {
    EXPECT_EQ(content_type(field).charset, "") << field;
  }
  EXPECT_EQ(content_type("text/<b>").media_type, "");
  EXPECT_EQ(content_type(std::string(5000, 'a') + "/b").media_type, "");
}

TEST(ProposedFileName, IsOnePartOfAPath) {
  EXPECT_EQ(proposed_file_name("attachment; filename=report.pdf"), "report.pdf");
  EXPECT_EQ(proposed_file_name("Attachment; FileName=\"a \\\"b\\\".pdf\""), "a \"b\".pdf");
  EXPECT_EQ(proposed_file_name("attachment; filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(proposed_file_name("attachment; filename=\"C:\\\\x\\\\y.doc\""), "y.doc");
  EXPECT_EQ(proposed_file_name("attachment; filename=x.pdf; filename*=UTF-8''%c3%a4%2Fb.pdf"),
            "b.pdf");
  EXPECT_EQ(proposed_file_name("attachment; filename=\"..\""), "");
  EXPECT_EQ(proposed_file_name("inline; filename=x.pdf"), "");
  EXPECT_EQ(proposed_file_name("attachment; filename=\"a\x01.pdf\""), "");
  EXPECT_EQ(proposed_file_name("attachment; filename=\"\xff.pdf\""), "");
}

}  // namespace
}  // namespace sluice::fetch
