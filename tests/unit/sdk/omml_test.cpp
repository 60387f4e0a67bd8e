#include <gtest/gtest.h>

#include <sluice/omml.hpp>
#include <sluice/xml.hpp>
#include <string>

namespace sluice {
namespace {

std::string tex(const std::string& content) {
  return omml_to_tex(parse_xml("<m:oMath>" + content + "</m:oMath>", "formula").root());
}
std::string r(const std::string& text) {
  return "<m:r><m:t>" + text + "</m:t></m:r>";
}
std::string e(const std::string& text) {
  return "<m:e>" + r(text) + "</m:e>";
}

TEST(Omml, FractionsOfAllKinds) {
  const std::string parts = "<m:num>" + r("a") + "</m:num><m:den>" + r("b") + "</m:den></m:f>";
  const auto type = [](const char* name) {
    return "<m:f><m:fPr><m:type m:val='" + std::string(name) + "'/></m:fPr>";
  };
  EXPECT_EQ(tex("<m:f>" + parts), "\\frac{a}{b}");
  EXPECT_EQ(tex(type("lin") + parts), "{a}/{b}");
  EXPECT_EQ(tex(type("skw") + parts), "{}^{a}/_{b}");
  EXPECT_EQ(tex(type("noBar") + parts), "\\genfrac{}{}{0pt}{}{a}{b}");
}

TEST(Omml, Radicals) {
  EXPECT_EQ(tex("<m:rad><m:deg>" + r("3") + "</m:deg>" + e("x") + "</m:rad>"), "\\sqrt[3]{x}");
  EXPECT_EQ(tex("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg>" + r("3") + "</m:deg>" +
                e("x") + "</m:rad>"),
            "\\sqrt{x}");
}

TEST(Omml, NaryOperators) {
  const std::string scripts =
      "<m:sub>" + r("i=1") + "</m:sub><m:sup>" + r("n") + "</m:sup>" + e("i") + "</m:nary>";
  EXPECT_EQ(tex("<m:nary><m:naryPr><m:chr m:val='\u2211'/></m:naryPr>" + scripts),
            "\\sum_{i=1}^{n}{i}");
  EXPECT_EQ(tex("<m:nary>" + scripts), "\\int_{i=1}^{n}{i}");
  EXPECT_EQ(tex("<m:nary><m:naryPr><m:chr m:val='\u220F'/><m:supHide/></m:naryPr>" + scripts),
            "\\prod_{i=1}{i}");
  EXPECT_EQ(tex("<m:nary><m:naryPr><m:limLoc m:val='undOvr'/></m:naryPr>" + scripts),
            "\\int\\limits_{i=1}^{n}{i}");
}

TEST(Omml, Delimiters) {
  EXPECT_EQ(tex("<m:d>" + e("x") + "</m:d>"), "\\left(x\\right)");
  EXPECT_EQ(tex("<m:d>" + e("a") + e("b") + "</m:d>"), "\\left(a\\middle|b\\right)");
  EXPECT_EQ(tex("<m:d><m:dPr><m:begChr m:val='['/><m:sepChr m:val=','/><m:endChr m:val=''/>"
                "</m:dPr>" +
                e("a") + e("b") + "</m:d>"),
            "\\left[a,b\\right.");
  EXPECT_EQ(tex("<m:d><m:dPr><m:begChr m:val='\u2329'/><m:endChr m:val='\u232A'/></m:dPr>" +
                e("x") + "</m:d>"),
            "\\left\\langle x\\right\\rangle");
}

TEST(Omml, MatricesWithAndWithoutDelimiters) {
  const std::string matrix =
      "<m:m><m:mr>" + e("a") + e("b") + "</m:mr><m:mr>" + e("c") + e("d") + "</m:mr></m:m>";
  EXPECT_EQ(tex(matrix), "\\begin{matrix} a & b \\\\ c & d \\end{matrix}");
  EXPECT_EQ(tex("<m:d><m:e>" + matrix + "</m:e></m:d>"),
            "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}");
}

TEST(Omml, CasesAndEquationArrays) {
  const std::string rows = "<m:eqArr>" + e("x&amp;=1") + e("y&amp;=2") + "</m:eqArr>";
  EXPECT_EQ(tex(rows), "\\begin{aligned} x&=1 \\\\ y&=2 \\end{aligned}");
  EXPECT_EQ(tex("<m:d><m:dPr><m:begChr m:val='{'/><m:endChr m:val=''/></m:dPr><m:e>" + rows +
                "</m:e></m:d>"),
            "\\begin{cases} x&=1 \\\\ y&=2 \\end{cases}");
}

TEST(Omml, AMatrixBehindABraceIsCases) {
  EXPECT_EQ(tex("<m:d><m:dPr><m:begChr m:val='{'/><m:endChr m:val=''/></m:dPr><m:e><m:m><m:mr>" +
                e("1") + e("x") + "</m:mr></m:m></m:e></m:d>"),
            "\\begin{cases} 1 & x \\end{cases}");
}

TEST(Omml, Scripts) {
  const std::string sub = "<m:sub>" + r("i") + "</m:sub>";
  const std::string sup = "<m:sup>" + r("2") + "</m:sup>";
  EXPECT_EQ(tex("<m:sSup>" + e("x") + sup + "</m:sSup>"), "x^{2}");
  EXPECT_EQ(tex("<m:sSub>" + e("\u03B1") + sub + "</m:sSub>"), "\\alpha_{i}");
  EXPECT_EQ(tex("<m:sSubSup>" + e("x") + sub + sup + "</m:sSubSup>"), "x_{i}^{2}");
  EXPECT_EQ(tex("<m:sPre>" + sub + sup + e("U") + "</m:sPre>"), "{}_{i}^{2}U");
}

TEST(Omml, AccentsAndBars) {
  EXPECT_EQ(tex("<m:acc>" + e("x") + "</m:acc>"), "\\hat{x}");
  EXPECT_EQ(tex("<m:acc><m:accPr><m:chr m:val='\u20D7'/></m:accPr>" + e("v") + "</m:acc>"),
            "\\vec{v}");
  EXPECT_EQ(tex("<m:acc>" + e("xy") + "</m:acc>"), "\\widehat{xy}");
  EXPECT_EQ(tex("<m:bar><m:barPr><m:pos m:val='top'/></m:barPr>" + e("z") + "</m:bar>"),
            "\\overline{z}");
  EXPECT_EQ(tex("<m:groupChr>" + e("a+b") + "</m:groupChr>"), "\\underbrace{a+b}");
}

TEST(Omml, FunctionsAndLimits) {
  EXPECT_EQ(tex("<m:func><m:fName>" + r("sin") + "</m:fName>" + e("x") + "</m:func>"), "\\sin{x}");
  EXPECT_EQ(tex("<m:func><m:fName>" + r("sgn") + "</m:fName>" + e("x") + "</m:func>"),
            "\\operatorname{sgn}{x}");
  EXPECT_EQ(tex("<m:func><m:fName><m:limLow>" + e("lim") + "<m:lim>" + r("n\u2192\u221E") +
                "</m:lim></m:limLow></m:fName>" + e("n") + "</m:func>"),
            "\\lim_{n\\rightarrow\\infty}{n}");
}

TEST(Omml, RunsHaveAlphabetsAndWords) {
  const auto run = [](const char* properties, const char* text) {
    return "<m:r><m:rPr>" + std::string(properties) + "</m:rPr><m:t>" + text + "</m:t></m:r>";
  };
  EXPECT_EQ(tex(run("<m:nor/>", " if x")), "\\text{ if x}");
  EXPECT_EQ(tex(run("<m:scr m:val='double-struck'/>", "R")), "\\mathbb{R}");
  EXPECT_EQ(tex(run("<m:sty m:val='b'/>", "v")), "\\mathbf{v}");
  EXPECT_EQ(tex(run("<m:sty m:val='p'/>", "d")), "\\mathrm{d}");
  EXPECT_EQ(tex(run("<m:sty m:val='p'/>", "cos")), "\\cos");
}

TEST(Omml, DeletedPartsAreLeftOut) {
  EXPECT_EQ(tex(r("a") + "<w:del>" + r("b") + "</w:del><w:ins>" + r("c") + "</w:ins>"), "ac");
}

TEST(Omml, UnknownElementsGiveWhatIsInThem) {
  EXPECT_EQ(tex("<m:future><m:e>" + r("x") + "</m:e></m:future>"), "x");
}

TEST(Omml, DeepNestingEndsAsText) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<m:f><m:num>";
  deep += r("x");
  for (int i = 0; i < 20'000; ++i) deep += "</m:num></m:f>";
  EXPECT_NE(tex(deep).find('x'), std::string::npos);
}

}  // namespace
}  // namespace sluice
