// Formulas in MathML as TeX.
#include <gtest/gtest.h>

#include <string>

#include "html_run.h"

namespace sluice {
namespace {

std::string tex(const std::string& mathml) {
  const std::string markdown = test::markdown_of("<p>a <math>" + mathml + "</math> b</p>");
  const std::size_t begin = markdown.find('$');
  const std::size_t end = markdown.rfind('$');
  return begin == std::string::npos ? markdown : markdown.substr(begin + 1, end - begin - 1);
}

TEST(MathMl, IdentifiersNumbersAndOperators) {
  EXPECT_EQ(tex("<mrow><mi>x</mi><mo>=</mo><mn>2</mn><mi>π</mi></mrow>"), "x=2\\pi");
}

TEST(MathMl, FunctionsDoNotRunIntoTheirArguments) {
  EXPECT_EQ(tex("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>"), "\\sin x");
}

TEST(MathMl, NamesOfSeveralLettersAreUpright) {
  EXPECT_EQ(tex("<mi>speed</mi>"), "\\mathrm{speed}");
}

TEST(MathMl, FractionsAndRoots) {
  EXPECT_EQ(tex("<mfrac><mn>1</mn><mi>n</mi></mfrac>"), "\\frac{1}{n}");
  EXPECT_EQ(tex("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>"), "\\sqrt{a+b}");
  EXPECT_EQ(tex("<mroot><mi>a</mi><mn>3</mn></mroot>"), "\\sqrt[3]{a}");
}

TEST(MathMl, AFractionWithoutABar) {
  EXPECT_EQ(tex("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>"),
            "\\genfrac{}{}{0pt}{}{n}{k}");
}

TEST(MathMl, Scripts) {
  EXPECT_EQ(tex("<msup><mi>x</mi><mn>2</mn></msup>"), "x^{2}");
  EXPECT_EQ(tex("<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>"), "x_{i+1}");
  EXPECT_EQ(tex("<msubsup><mi>α</mi><mn>0</mn><mn>2</mn></msubsup>"), "\\alpha_{0}^{2}");
  EXPECT_EQ(tex("<msup><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow><mn>2</mn></msup>"), "{(x)}^{2}");
}

TEST(MathMl, ScriptsBeforeTheirBase) {
  EXPECT_EQ(tex("<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts>"),
            "{}_{92}^{238}U");
}

TEST(MathMl, SumsWithLimits) {
  EXPECT_EQ(tex("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>"
                "</munderover><msub><mi>a</mi><mi>i</mi></msub>"),
            "\\sum_{i=1}^{n}a_{i}");
}

TEST(MathMl, Accents) {
  EXPECT_EQ(tex("<mover><mi>x</mi><mo>^</mo></mover>"), "\\hat{x}");
  EXPECT_EQ(tex("<mover><mi>v</mi><mo>→</mo></mover>"), "\\vec{v}");
}

TEST(MathMl, WhatElseStandsOverSomething) {
  EXPECT_EQ(tex("<mover><mi>x</mi><mi>n</mi></mover>"), "\\overset{n}{x}");
}

TEST(MathMl, FencesGrowAroundHighThings) {
  EXPECT_EQ(tex("<mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>)</mo>"),
            "\\left(\\frac{a}{b}\\right)");
  EXPECT_EQ(tex("<mo>(</mo><mi>a</mi><mo>)</mo>"), "(a)");
  EXPECT_EQ(tex("<mfenced open='[' close=')'><mi>a</mi><mi>b</mi></mfenced>"),
            "\\left[ a,b\\right)");
}

TEST(MathMl, MatricesAndCases) {
  const std::string rows =
      "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd>"
      "<mi>d</mi></mtd></mtr></mtable>";
  EXPECT_EQ(tex("<mo>(</mo>" + rows + "<mo>)</mo>"),
            "\\begin{pmatrix}a & b \\\\ c & d\\end{pmatrix}");
  EXPECT_EQ(tex("<mi>f</mi><mo>=</mo><mo>{</mo>" + rows),
            "f=\\begin{cases}a & b \\\\ c & d\\end{cases}");
}

TEST(MathMl, TextKeepsItsBlanks) {
  EXPECT_EQ(tex("<mi>x</mi><mtext>if 50% of</mtext><mi>y</mi>"), "x\\text{if 50\\% of}y");
}

TEST(MathMl, WithAPrefix) {
  const std::string page =
      "<p>a <m:math><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math></p>";
  EXPECT_EQ(test::markdown_of(page), "a $x^{2}$\n");
}

TEST(MathMl, TexInAnAnnotationIsTakenAsItIs) {
  EXPECT_EQ(tex("<semantics><mi>x</mi><annotation encoding='application/x-tex'>\\xi</annotation>"
                "</semantics>"),
            "\\xi");
}

TEST(MathMl, MissingPartsAreNoCrash) {
  EXPECT_EQ(tex("<mi>a</mi><mfrac/><msub/><munderover/><mmultiscripts/><mroot/>"),
            "a\\frac{}{}{}{}\\sqrt[]{}");
}

TEST(MathMl, DeepNestingEnds) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<msqrt>";
  EXPECT_NE(tex(deep + "<mi>x</mi>").find("\\sqrt"), std::string::npos);
}

}  // namespace
}  // namespace sluice
