// TeX: text, macros, formulas, lists, tables, notes, references.
#include "markup_run.h"

namespace sluice::markup {
namespace {

using ::testing::HasSubstr;

std::string tex_markdown(const std::string& source) {
  return markdown_by<TexConverter>(source);
}
std::string left_out_of(const std::string& source) {
  RecordingJob job(source, "a.tex", "text/x-tex");
  TexConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  std::string said;
  for (const auto& one : job.warnings()) said += one.message + "\n";
  return said;
}

TEST(Tex, CanaryComesOutAsItMust) {
  TexConverter converter;
  EXPECT_EQ(canary_fault(converter), "");
}

TEST(Tex, OnlyTheDocumentIsText) {
  EXPECT_EQ(
      tex_markdown("\\documentclass{article}\nno\n\\begin{document}\nyes\n\\end{document}\nno"),
      "yes\n");
  EXPECT_EQ(tex_markdown("a chapter's file\n"), "a chapter’s file\n");
}

TEST(Tex, Metadata) {
  RecordingJob job(
      "\\title{On \\emph{X} --- it}\\author{Jane D\\\"oe \\and J. Roe\\thanks{n}}\\date{\\today}"
      "\\begin{document}\\maketitle t\\end{document}",
      "a.tex", "text/x-tex");
  TexConverter converter;
  EXPECT_EQ(job.run(converter), Outcome::kOk);
  EXPECT_EQ(job.metadata().at("title"), "On X — it");
  EXPECT_EQ(job.metadata().at("author"), "Jane Döe, J. Roe");
  EXPECT_FALSE(job.metadata().contains("date"));
}

// An argument without braces is a whole character, of any number of bytes.
TEST(Tex, ArgumentsAreWholeCharacters) {
  for (const std::string letter : {"\u00FF", "\u4F1A", "\U0001F389"}) {
    EXPECT_EQ(tex_markdown("\\=" + letter + "x"), letter + "\u0304x\n");
    EXPECT_EQ(tex_markdown("\\newcommand\\q[1]{(#1)}\\q" + letter + "x"), "(" + letter + ")x\n");
    EXPECT_EQ(tex_markdown("\\verb" + letter + "a_b" + letter + "x"), "`a_b`x\n");
    RecordingJob job("\\title{A \\=" + letter + "x}\\begin{document}t\\end{document}", "a.tex",
                     "text/x-tex");
    TexConverter converter;
    EXPECT_EQ(job.run(converter), Outcome::kOk);
    EXPECT_EQ(job.metadata().at("title"), "A " + letter + "\u0304x");
  }
}

TEST(Tex, ConditionalsWithoutAnEndAreReported) {
  for (const std::string name : {"ifx", "iffalse", "iftrue", "ifpdf"}) {
    EXPECT_EQ(tex_markdown("a \\" + name + " b"), "a b\n");
    EXPECT_THAT(left_out_of("a \\" + name + " b"), HasSubstr("\\" + name));
  }
  EXPECT_THAT(left_out_of("\\newif\\ifdraft \\drafttrue a \\ifdraft b \\ifdraft c\\fi"),
              HasSubstr("\\ifdraft"));
  EXPECT_EQ(left_out_of("\\iftrue a\\else b\\fi \\iffalse a\\else b\\fi"), "");
}

TEST(Tex, Headings) {
  EXPECT_EQ(tex_markdown("\\section{A}\n\\subsection*[s]{B \\textbf{b}}\\label{x}\ntext"),
            "# A\n\n## B **b**\n\ntext\n");
  EXPECT_EQ(tex_markdown("\\chapter{A}\\section{B}"), "# A\n\n## B\n");
  EXPECT_EQ(tex_markdown("\\part{P}\\chapter{A}\\section{B}"), "# P\n\n## A\n\n### B\n");
  EXPECT_EQ(tex_markdown("\\part{P}\\section{B}"), "# P\n\n## B\n");
}

TEST(Tex, CharactersAndAccents) {
  EXPECT_EQ(tex_markdown("``a'' `b' 1--2 a---b 5\\% \\& x~y \\ldots\\ z ?`q"),
            "“a” ‘b’ 1–2 a—b 5% & x\u00A0y … z ¿q\n");
  EXPECT_EQ(
      tex_markdown("na\\\"ive caf\\'{e} \\c{c}a \\'{\\i} \\aa ng \\v{s} \\H o \\ss{} \\~n \\d{x}"),
      "naïve café ça í ång š ő ß ñ x\u0323\n");
}

TEST(Tex, Styles) {
  EXPECT_EQ(tex_markdown("\\textbf{b} \\emph{i \\textbf{x} y} {\\bf old} {\\itshape it} "
                         "\\texttt{a\\_b --c} \\textsuperscript{2} \\sout{s}"),
            "**b** _i **x** y_ **old** *it* `a_b --c` <sup>2</sup> ~~s~~\n");
  EXPECT_EQ(tex_markdown("\\verb|a{%| \\lstinline[language=C]!x!"), "`a{%` `x`\n");
}

TEST(Tex, RemarksJoinLines) {
  EXPECT_EQ(tex_markdown("a% r {\n  b\n% whole\nc\n%\n\nd \\% e"), "ab c\n\nd % e\n");
}

TEST(Tex, MacrosStandForTheirText) {
  EXPECT_EQ(tex_markdown("\\newcommand{\\a}{A}\\newcommand*\\b[2]{#2#1}\\def\\c#1{<#1>}\\let\\d\\a"
                         "\\a{} \\b{x}{y} \\b xy \\c{z} \\d."),
            "A yx yx \\<z> A.\n");
  EXPECT_EQ(tex_markdown("\\newcommand{\\o}[2][D]{#1:#2} \\o{x} \\o[E]{x}"), "D:x E:x\n");
  EXPECT_EQ(tex_markdown("\\newcommand{\\R}{\\mathbb R}$\\R x$"), "$\\mathbb Rx$\n");
  EXPECT_EQ(tex_markdown("\\newcommand{\\n}[1]{\\left\\lVert#1\\right\\rVert}$\\n x$"),
            "$\\left\\lVert x\\right\\rVert$\n");
  EXPECT_EQ(tex_markdown("\\DeclareMathOperator*{\\am}{arg\\,max}$\\am_x$"),
            "$\\operatorname*{arg\\,max}_x$\n");
  EXPECT_EQ(tex_markdown("\\newenvironment{n}[1]{\\textbf{#1}: }{ end}\\begin{n}{T}x\\end{n}"),
            "**T**: x end\n");
}

TEST(Tex, MacrosThatBeginAndEndFormulas) {
  EXPECT_EQ(tex_markdown("\\def\\be{\\begin{equation}}\\def\\ee{\\end{equation}}\\be x\\ee"),
            "$$x$$\n");
}

TEST(Tex, Conditionals) {
  EXPECT_EQ(tex_markdown("a\\iffalse b \\iftrue c\\fi d\\fi e \\newif\\ifx \\ifx p\\else q\\fi "
                         "\\xtrue\\ifx p\\else q\\fi"),
            "ae qp\n");
}

TEST(Tex, Formulas) {
  EXPECT_EQ(tex_markdown("$x^2$ \\(y\\) and \\$5 or \\$6"), "$x^2$ $y$ and $5 or $6\n");
  EXPECT_EQ(tex_markdown("\\[ a \\label{x} \\]"), "$$a$$\n");
  EXPECT_EQ(tex_markdown("\\begin{align*} a &= b \\\\ c &= d \\nonumber\\end{align*}"),
            "$$\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}$$\n");
  EXPECT_EQ(tex_markdown("costs 5$ here\n\nand 6"), "costs 5$ here\n\nand 6\n");
}

TEST(Tex, Lists) {
  EXPECT_EQ(tex_markdown("\\begin{itemize}\n\\item one\n\\begin{enumerate}\\item x\\item "
                         "y\\end{enumerate}\n\\item[$\\boxtimes$] two\\end{itemize}"),
            "- one\n  1. x\n  2. y\n- [x] two\n");
  EXPECT_EQ(tex_markdown("\\begin{enumerate}\\setcounter{enumi}{3}\\item d\\end{enumerate}"),
            "4. d\n");
  EXPECT_EQ(tex_markdown("\\begin{enumerate}[label=(\\alph*)]\\item x\\item y\\end{enumerate}"),
            "- (a) x\n- (b) y\n");
  EXPECT_EQ(tex_markdown("\\begin{enumerate}\\def\\labelenumi{\\Roman{enumi}.}\\item x\\item "
                         "y\\end{enumerate}"),
            "- I. x\n- II. y\n");
  EXPECT_EQ(tex_markdown("\\begin{description}\\item[T] what\\end{description}"),
            "- **T**: what\n");
}

TEST(Tex, Tables) {
  EXPECT_EQ(tex_markdown("\\begin{tabular}{l|c}\\toprule a & b \\\\ \\cmidrule(lr){1-2} $x\\&y$ & "
                         "\\textbf{2} \\\\[2pt]\\bottomrule\\end{tabular}"),
            "| a | b |\n| --- | --- |\n| $x\\&y$ | **2** |\n");
  EXPECT_EQ(tex_markdown("\\begin{tabularx}{5cm}{XX}a&\\\\\\multicolumn{2}{c}{w}\\end{tabularx}"),
            "| a | |\n| --- | --- |\n| w | |\n");
}

TEST(Tex, TablesOverPagesHaveOneHead) {
  EXPECT_EQ(tex_markdown("\\begin{longtable}{ll}\\caption{C}\\label{t}\\\\\\hline a & b\\\\\\hline"
                         "\\endfirsthead a & b (cont.)\\\\\\endhead more\\\\\\endfoot\\hline"
                         "\\endlastfoot 1 & 2\\\\\\end{longtable}"),
            "C\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
}

TEST(Tex, ProgramText) {
  EXPECT_EQ(tex_markdown("a\n\\begin{lstlisting}[language=Python]\ndef f(x): # {\n  "
                         "$\n\\end{lstlisting}\nb"),
            "a\n\n```python\ndef f(x): # {\n  $\n```\n\nb\n");
  EXPECT_EQ(tex_markdown("\\begin{minted}{c++}\nx\n\\end{minted}"), "```cpp\nx\n```\n");
  EXPECT_EQ(tex_markdown("\\begin{comment}\nno\n\\end{comment}yes"), "yes\n");
}

TEST(Tex, NotesAndLinks) {
  EXPECT_EQ(tex_markdown("a\\footnote{The \\emph{note}.} b\\footnotemark{} c\n\n"
                         "\\footnotetext{Later.}"),
            "a[^1] b[^2] c\n\n[^1]: The *note*.\n\n[^2]: Later.\n");
  EXPECT_EQ(
      tex_markdown("\\href{https://e.org/a\\%20b\\#c}{the \\emph{page}} \\url{https://f.org/x_y}"),
      "[the *page*](https://e.org/a%20b#c) <https://f.org/x_y>\n");
}

TEST(Tex, References) {
  EXPECT_EQ(
      tex_markdown("\\section{The Gate}\\label{g}See \\ref{g}, \\cref{g}, \\ref{f}, \\ref{no}, "
                   "\\cite[p. 3]{k,l}.\\begin{figure}x\\caption{C}\\label{f}\\end{figure}"),
      "# The Gate\n\nSee [1](#the-gate), [Section 1](#the-gate), 1, [no], [k, l, p. 3].\n\nx\n\n"
      "Figure 1: C\n");
  EXPECT_EQ(tex_markdown("\\begin{equation}\\label{e}x\\end{equation} by \\eqref{e}"),
            "$$x \\tag{1}$$ by (1)\n");
  EXPECT_EQ(tex_markdown("\\section*{S}\\label{s}\\ref{s} \\hyperref[s]{here}"),
            "# S\n\n[S](#s) [here](#s)\n");
}

TEST(Tex, TheoremsAndSources) {
  EXPECT_EQ(tex_markdown("\\newtheorem{thm}{Theorem}\\newtheorem{lem}[thm]{Lemma}"
                         "\\begin{thm}[Main] A.\\end{thm}\\begin{lem}B.\\end{lem}"),
            "**Theorem 1** (Main). A.\n\n**Lemma 2**. B.\n");
  EXPECT_EQ(tex_markdown("\\begin{thebibliography}{9}\\bibitem{k} Knuth.\\end{thebibliography}"),
            "**References**\n\n- [k] Knuth.\n");
}

TEST(Tex, WhatIsLeftOutIsCounted) {
  EXPECT_EQ(tex_markdown("\\input{other}\\foo[x]{shown} "
                         "\\begin{tikzpicture}\\draw x;\\end{tikzpicture}\\begin{box}in\\end{box}"),
            "shown\n\nin\n");
  EXPECT_THAT(left_out_of("\\input{other}\\foo{x}\\foo{y}"),
              HasSubstr("3 constructs are not converted: \\foo, \\input"));
}

TEST(Tex, PicturesWithoutTheirExtension) {
  EXPECT_EQ(tex_markdown("\\includegraphics[width=2cm]{a.b/fig}"), "![](a.b/fig)\n");
}

TEST(Tex, MacrosWithoutEndAreBounded) {
  const std::string growing =
      "\\def\\a{\\b\\b\\b\\b\\b\\b\\b\\b}\\def\\b{\\c\\c\\c\\c\\c\\c\\c\\c}\\def\\c{"
      "\\d\\d\\d\\d\\d\\d"
      "\\d\\d}\\def\\d{\\e\\e\\e\\e\\e\\e\\e\\e}\\def\\e{\\f\\f\\f\\f\\f\\f\\f\\f}\\def\\f{"
      "\\g\\g\\g\\g}"
      "\\def\\g{\\a words words words}x \\a";
  EXPECT_THAT(left_out_of(growing), HasSubstr("macros stand for more than 8 MiB"));
  EXPECT_THAT(tex_markdown("x \\def\\a{\\a}\\a y"), HasSubstr("y"));
}

}  // namespace
}  // namespace sluice::markup
