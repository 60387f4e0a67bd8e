// Text formats, as a user converts them: routed by what is in the file, converted in a worker.
#include "cli/command_session.h"

namespace sluice::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class TextFormats : public CommandSession {
 protected:
  // The Markdown of a file of this name, without its front matter.
  std::string convert(const std::string& name, const std::string& content) {
    write(name, content);
    EXPECT_EQ(run({"convert", name, "--assets", "assets-of-" + name}), 0) << err_;
    const std::size_t end = out_.find("\n---\n", 3);
    return end == std::string::npos ? out_ : out_.substr(end + 6);
  }
  std::string converter_of(const std::string& name) {
    EXPECT_EQ(run({"plugin", "why", name}), 0) << err_;
    return out_;
  }
};

TEST_F(TextFormats, RtfUnderAnyName) {
  const std::string rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\f0\\b \\'cf\\b0\\par}";
  EXPECT_EQ(convert("a.rtf", rtf), "**\u041F**\n");
  EXPECT_EQ(convert("a.txt", rtf), "**\u041F**\n");
  EXPECT_EQ(convert("a.doc", rtf), "**\u041F**\n");
  EXPECT_THAT(converter_of("a.doc"), HasSubstr("application/rtf"));
}

TEST_F(TextFormats, PicturesOfRtfAreFiles) {
  EXPECT_THAT(convert("p.rtf", "{\\rtf1 a {\\pict\\pngblip 89504e470d0a1a0a}\\par}"),
              EndsWith("(assets-of-p.rtf/picture1.png)\n"));
  EXPECT_EQ(read("assets-of-p.rtf/picture1.png"), "\x89PNG\r\n\x1a\n");
}

TEST_F(TextFormats, RtfThatIsCutOffIsPartial) {
  write("cut.rtf", "{\\rtf1 some text");
  EXPECT_EQ(run({"convert", "cut.rtf"}), 0);
  EXPECT_THAT(err_, HasSubstr("partial cut.rtf: the document is cut off"));
}

TEST_F(TextFormats, NotebooksUnderAnyName) {
  const std::string notebook =
      R"({"cells": [{"cell_type": "markdown", "source": "# H"}, {"cell_type": "code", "source": "1", "outputs": [)"
      R"({"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}}]}], "nbformat": 4})";
  EXPECT_EQ(convert("n.ipynb", notebook),
            "# H\n\n```\n1\n```\n\n![](assets-of-n.ipynb/output1.png)\n");
  EXPECT_THAT(convert("n.json", notebook), HasSubstr("# H\n"));
}

TEST_F(TextFormats, WebArchivesUnderAnyName) {
  const std::string saved =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>"
      "<key>WebMainResource</key><dict><key>WebResourceData</key>"
      "<data>PGgxPlNhdmVkPC9oMT48cD5hIDxpbWcgc3JjPXAucG5nPg==</data>"
      "<key>WebResourceURL</key><string>http://a.example/x.html</string></dict>"
      "<key>WebSubresources</key><array><dict><key>WebResourceData</key><data>iVBORw0KGgo=</data>"
      "<key>WebResourceURL</key><string>http://a.example/p.png</string></dict></array>"
      "</dict></plist>";
  EXPECT_EQ(convert("w.webarchive", saved), "# Saved\n\na ![](assets-of-w.webarchive/p.png)\n");
  EXPECT_EQ(read("assets-of-w.webarchive/p.png"), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(convert("w.xml", saved), "# Saved\n\na ![](assets-of-w.xml/p.png)\n");
  EXPECT_THAT(converter_of("w.xml"), HasSubstr("XML with <plist>, a web archive"));
}

TEST_F(TextFormats, SubtitlesUnderAnyName) {
  const std::string srt = "1\n00:00:01,000 --> 00:00:02,000\n<i>Hi</i>\n";
  for (const char* name : {"f.srt", "f.txt", "f"})
    EXPECT_EQ(convert(name, srt), "- **0:00:01** Hi\n") << name;
  EXPECT_EQ(convert("f.text", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"), "- **0:00:01** Hi\n");
  EXPECT_EQ(convert("g.txt", "0:00:01.000,0:00:02.000\nHi\n"), "- **0:00:01** Hi\n");
  EXPECT_EQ(convert("h.txt",
                    "[Script Info]\n[Events]\nFormat: Start, End, Text\nDialogue: "
                    "0:00:01.00,0:00:02.00,Hi\n"),
            "- **0:00:01** Hi\n");
  EXPECT_EQ(convert("log.txt", "00:00:01,000 started\n"), "00:00:01,000 started\n");
}

TEST_F(TextFormats, SourceTextOfFormatters) {
  EXPECT_EQ(convert("a.rst", "Title\n=====\n\n.. note:: x\n"), "# Title\n\n> **Note:** x\n");
  EXPECT_EQ(convert("a.org", "* T\n/x/\n"), "# T\n\n*x*\n");
  EXPECT_EQ(convert("a.tex", "\\section{T}\n\\emph{x} $y$\n"), "# T\n\n*x* $y$\n");
}

TEST_F(TextFormats, SourceTextOfFormattersUnderAnyName) {
  EXPECT_EQ(
      convert("a.txt", "% x\n\\documentclass{article}\n\\begin{document}\\emph{x}\\end{document}"),
      "*x*\n");
  EXPECT_EQ(convert("b.txt", "#+TITLE: T\n* H\n"), "# H\n");
  EXPECT_EQ(convert("c.txt", "Title\n=====\n\n.. note:: x\n"), "# Title\n\n> **Note:** x\n");
  EXPECT_THAT(converter_of("a.txt"), HasSubstr("\\documentclass before any text"));
  EXPECT_EQ(convert("e.txt", "= T\n:toc:\n\n*x*\n"), "# T\n\n**x**\n");
  // Text that only speaks of it.
  EXPECT_EQ(convert("d.txt", "about \\documentclass\n"), "about \\documentclass\n");
}

TEST_F(TextFormats, FictionBookUnderAnyName) {
  const std::string book =
      "<?xml version='1.0'?><FictionBook "
      "xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body><section><title>"
      "<p>T</p></title><p>x</p></section></body></FictionBook>";
  for (const char* name : {"b.fb2", "b.xml", "b.txt"}) EXPECT_EQ(convert(name, book), "# T\n\nx\n");
}

}  // namespace
}  // namespace sluice::test
