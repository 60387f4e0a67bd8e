#include <gtest/gtest.h>

#include <sluice/ascii.hpp>
#include <sluice/url.hpp>
#include <string>
#include <vector>

namespace sluice {
namespace {

TEST(Url, PercentDecodes) {
  EXPECT_EQ(percent_decode("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz%41"), "%zzA");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
}

TEST(Url, TellsTheScheme) {
  EXPECT_EQ(url_scheme("https://e.org"), "https");
  EXPECT_EQ(url_scheme("C:\\a"), "C");
  EXPECT_EQ(url_scheme("a/b:c"), "");
  EXPECT_EQ(url_scheme("1a:b"), "");
  EXPECT_EQ(url_scheme("image.png"), "");
  EXPECT_EQ(url_scheme(""), "");
}

// Every way in which a link may still be one for a browser, or for whoever decodes it once more.
std::vector<std::string> disguises_of(const std::string& scheme) {
  std::vector<std::string> all = {scheme};
  for (const char* front : {" ", "\t", "\n", "\x01 ", "\x1f", "&#32;", "&Tab;"}) {
    all.push_back(front + scheme);
  }
  for (std::size_t at = 1; at < scheme.size(); ++at) {
    for (const char* inside : {"\t", "\n", "\r\n", "&#9;", "&#x0A;", "&NewLine;", "&Tab;", "\\"}) {
      all.push_back(scheme.substr(0, at) + inside + scheme.substr(at));
    }
  }
  for (std::size_t at = 0; at + 1 < scheme.size(); ++at) {
    std::string upper = scheme;
    upper[at] = ascii_upper(upper[at]);
    all.push_back(upper);
    const std::string code = std::to_string(static_cast<int>(scheme[at]));
    for (const std::string& reference : {"&#" + code + ";", "&#000" + code + ";"}) {
      all.push_back(scheme.substr(0, at) + reference + scheme.substr(at + 1));
    }
    all.push_back(scheme.substr(0, at) + "&amp;#" + code + ";" + scheme.substr(at + 1));
  }
  const std::string name = scheme.substr(0, scheme.size() - 1);
  for (const char* colon : {"&colon;", "&#58;", "&#x3a;", "&#0000058", "\\:"}) {
    all.push_back(name + colon);
  }
  for (const char* wrapper : {"view-source:", "feed:", "jar:", "VIEW-SOURCE:"}) {
    all.push_back(wrapper + scheme);
  }
  return all;
}

TEST(Url, ScriptsAreSeenThroughEveryDisguise) {
  for (const char* scheme : {"javascript:", "vbscript:"}) {
    for (const std::string& url : disguises_of(scheme)) {
      EXPECT_TRUE(runs_script(url + "alert(1)")) << url;
    }
  }
  for (const char* data :
       {"data:text/html,x", "data:text/html;base64,eA==", "data:,x", "data:", "DATA:text/HTML,x",
        "data:image/svg+xml,<svg/>", " d\tata:text/xml,x", "data:application/xhtml+xml,x"}) {
    EXPECT_TRUE(runs_script(data)) << data;
  }
}

TEST(Url, OrdinaryDestinationsRunNoScript) {
  for (const char* url :
       {"https://e.org/javascript:x", "javascript", "javascript.html",
        "#javascript:", "a/javascript:x", "?javascript:", "mailto:javascript@e.org", "",
        "javascripts:x", "data.html", "data/a.png", "data:image/png;base64,iVBO",
        "data:audio/mpeg;base64,x", "C:\\data\\a.png", "file:///a", "./data:text"}) {
    EXPECT_FALSE(runs_script(url)) << url;
  }
}

TEST(Url, DropsQueryAndFragment) {
  EXPECT_EQ(url_path("a.png?x#y"), "a.png");
  EXPECT_EQ(url_path("a.png#y?x"), "a.png");
  EXPECT_EQ(url_path("#y"), "");
}

}  // namespace
}  // namespace sluice
