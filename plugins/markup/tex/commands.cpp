// SPDX-License-Identifier: Apache-2.0
#include "markup/tex/commands.hpp"

#include <algorithm>
#include <array>
#include <sluice/utf8.hpp>
#include <unordered_map>
#include <utility>

namespace sluice::markup::tex {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
const Entry* look_up(const std::array<Entry, N>& table, std::string_view key) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Entry& entry) { return entry.first == key; });
  return found == table.end() ? nullptr : &*found;
}

// Signatures with the names that share them.
constexpr auto kPlainCommands = std::to_array<Entry>({
    {"",
     " FloatBarrier linenumbers makeglossaries Huge LARGE Large addlinespace allowbreak appendix "
     "arraybackslash "
     "backmatter begingroup bfdefault bgroup bigbreak bigskip boldmath bottomrule break "
     "centering cleardoublepage clearpage displaystyle dotfill doublespacing egroup "
     "endfirsthead endfoot endgroup endhead endinput endlastfoot flushbottom footnotesize "
     "frontmatter fussy global goodbreak hfil hfill hline hrulefill huge ignorespaces "
     "ignorespacesafterend indent large leavevmode linebreak lineskip listoffigures "
     "listoftables long mainmatter makeatletter makeatother makecover makeindex maketitle "
     "mdseries medbreak medskip midrule newblock newpage nobreak noindent nolinebreak "
     "nonumber nopagebreak normalfont normalsize notag null onecolumn onehalfspacing outer "
     "pagebreak pause phantomsection printindex protect qed qedhere "
     "raggedbottom raggedleft raggedright relax restoregeometry rm rmfamily scriptsize "
     "selectfont sf sffamily singlespacing sloppy small smallbreak smallskip strut "
     "tableofcontents textstyle tightlist tiny titlepage toprule twocolumn unboldmath "
     "unskip upshape vfil vfill "},
    {"*m", " enlargethispage hspace vspace "},
    {"m",
     " Crefname DeclareGraphicsExtensions ProvidesPackage UrlFont bibliographystyle cline "
     "cmidrulewidth epigraphhead geometry glossary graphicspath hphantom hypersetup "
     "hyphenation includeonly index institution label linespread lstset "
     "newlength noalign nocite pagecolor pagenumbering pagestyle "
     "pgfplotsset phantom refstepcounter selectlanguage setminted setstretch sisetup "
     "stepcounter subjclass theoremstyle thispagestyle tikzset urlstyle usecolortheme "
     "usefonttheme useinnertheme useoutertheme usetheme usetikzlibrary vphantom "},
    {"om",
     " RequirePackage arrayrulecolor color captionsetup cellcolor columncolor documentclass "
     "documentstyle linethickness missingfigure newcounter rowcolor setCJKmainfont "
     "setmainfont setmathfont setmonofont setsansfont todo usepackage "},
    {"mm",
     " DeclareUnicodeCharacter PassOptionsToPackage addtocounter addtolength counterwithin "
     "counterwithout defbeamertemplate fontsize hyphenchar markboth numberwithin "
     "setbeamercolor setbeamerfont setcounter setlength settoheight settowidth "},
    {"mmm", " addcontentsline crefname definecolor "},
    {"omm", " newacronym newcolumntype pdfbookmark "},
    {"pm", " cmidrule "},
    {"t",
     " Gls Glspl MakeLowercase MakeTextUppercase MakeUppercase RaggedRight ac acf "
     "acknowledgment acl acp acrfull acrlong acrshort acs address affil affiliation alert "
     "bibnamefont boxed centerline citefont email ensuremath fbox gls glspl hbox institute "
     "keywords leftline lowercase makecell marginnote marginpar mbox natexlab orcid "
     "passthrough pmb rightline shortstack sidenote structure text textcircled textlatin "
     "textlf textmd textnormal textrm textsc textsf textup thead uppercase vbox "},
    {"ot", " collectbox framebox inst makebox num si subfloat unit "},
    {"mt",
     " adjustbox bibfield bibinfo captionof colorbox foreignlanguage hypertarget "
     "rotatebox scalebox textlang "},
    {"mmt", " fcolorbox hyperdef resizebox "},
    {"moot", " raisebox "},
    {"ooomt", " parbox "},
    {"tm", " texorpdfstring "},
    {"omt", " textcolor "},
    {"omomot", " multirow "},
    {"mmmt", " hyperimage "},
    {"ott", " SI numrange qty "},
    {"mom", " setbeamertemplate "},
});

constexpr auto kSymbols = std::to_array<Entry>({
    {"ss", "ß"},
    {"SS", "ẞ"},
    {"ae", "æ"},
    {"AE", "Æ"},
    {"oe", "œ"},
    {"OE", "Œ"},
    {"o", "ø"},
    {"O", "Ø"},
    {"l", "ł"},
    {"L", "Ł"},
    {"aa", "å"},
    {"AA", "Å"},
    {"i", "ı"},
    {"j", "ȷ"},
    {"dh", "ð"},
    {"DH", "Ð"},
    {"th", "þ"},
    {"TH", "Þ"},
    {"dj", "đ"},
    {"DJ", "Đ"},
    {"ng", "ŋ"},
    {"NG", "Ŋ"},
    {"S", "§"},
    {"P", "¶"},
    {"dag", "†"},
    {"ddag", "‡"},
    {"copyright", "©"},
    {"pounds", "£"},
    {"euro", "€"},
    {"texteuro", "€"},
    {"EUR", "€"},
    {"dots", "…"},
    {"ldots", "…"},
    {"textellipsis", "…"},
    {"textbackslash", "\\"},
    {"textbar", "|"},
    {"textless", "<"},
    {"textgreater", ">"},
    {"textasciitilde", "~"},
    {"textasciicircum", "^"},
    {"textasciigrave", "`"},
    {"textquotesingle", "'"},
    {"textquotedbl", "\""},
    {"textquoteleft", "‘"},
    {"textquoteright", "’"},
    {"textquotedblleft", "“"},
    {"textquotedblright", "”"},
    {"quotesinglbase", "‚"},
    {"quotedblbase", "„"},
    {"guillemotleft", "«"},
    {"guillemotright", "»"},
    {"guillemetleft", "«"},
    {"guillemetright", "»"},
    {"guilsinglleft", "‹"},
    {"guilsinglright", "›"},
    {"glqq", "„"},
    {"grqq", "“"},
    {"flqq", "«"},
    {"frqq", "»"},
    {"og", "« "},
    {"fg", " »"},
    {"textendash", "–"},
    {"textemdash", "—"},
    {"textbullet", "•"},
    {"textperiodcentered", "·"},
    {"textdegree", "°"},
    {"degree", "°"},
    {"textregistered", "®"},
    {"texttrademark", "™"},
    {"textcopyright", "©"},
    {"textsection", "§"},
    {"textparagraph", "¶"},
    {"textdagger", "†"},
    {"textdaggerdbl", "‡"},
    {"textexclamdown", "¡"},
    {"textquestiondown", "¿"},
    {"textmu", "µ"},
    {"textmicro", "µ"},
    {"textohm", "Ω"},
    {"texttimes", "×"},
    {"textdiv", "÷"},
    {"textpm", "±"},
    {"textonehalf", "½"},
    {"textonequarter", "¼"},
    {"textthreequarters", "¾"},
    {"textonesuperior", "¹"},
    {"texttwosuperior", "²"},
    {"textthreesuperior", "³"},
    {"textordfeminine", "ª"},
    {"textordmasculine", "º"},
    {"textyen", "¥"},
    {"textcent", "¢"},
    {"textsterling", "£"},
    {"textcurrency", "¤"},
    {"textbrokenbar", "¦"},
    {"textlnot", "¬"},
    {"textunderscore", "_"},
    {"textdollar", "$"},
    {"textpercent", "%"},
    {"textbraceleft", "{"},
    {"textbraceright", "}"},
    {"textasteriskcentered", "*"},
    {"textnumero", "№"},
    {"No", "№"},
    {"textvisiblespace", "␣"},
    {"textrightarrow", "→"},
    {"textleftarrow", "←"},
    {"textuparrow", "↑"},
    {"textdownarrow", "↓"},
    {"slash", "/"},
    {"lbrack", "["},
    {"rbrack", "]"},
    {"lbrace", "{"},
    {"rbrace", "}"},
    {"TeX", "TeX"},
    {"LaTeX", "LaTeX"},
    {"LaTeXe", "LaTeX2e"},
    {"BibTeX", "BibTeX"},
    {"XeTeX", "XeTeX"},
    {"XeLaTeX", "XeLaTeX"},
    {"LuaTeX", "LuaTeX"},
    {"LuaLaTeX", "LuaLaTeX"},
    {"pdfTeX", "pdfTeX"},
    {"pdfLaTeX", "pdfLaTeX"},
    {"AmS", "AMS"},
    {"quad", " "},
    {"qquad", " "},
    {"enspace", " "},
    {"thinspace", " "},
    {"enskip", " "},
    {"space", " "},
    {"textvisible", " "},
    {"tab", " "},
    {"nobreakspace", "\u00A0"},
    {"%", "%"},
    {"&", "&"},
    {"$", "$"},
    {"#", "#"},
    {"_", "_"},
    {"{", "{"},
    {"}", "}"},
    {" ", " "},
    {"\n", " "},
    {"\t", " "},
    {",", "\u2009"},
    {";", " "},
    {":", " "},
    {"!", ""},
    {"-", ""},
    {"/", ""},
    {"@", ""},
    {"cdot", "·"},
    {"ldotp", "."},
    {"checkmark", "✓"},
    {"chaptername", "Chapter"},
    {"figurename", "Figure"},
    {"tablename", "Table"},
    {"refname", "References"},
    {"abstractname", "Abstract"},
    {"eg", "e.g."},
    {"ie", "i.e."},
    {"etal", "et al."},
    {"etc", "etc."},
});

// Letters with and without the accent, by the accent.
constexpr auto kAccents = std::to_array<Entry>({
    {"`", "AÀEÈIÌOÒUÙaàeèiìoòuùıìNǸnǹ"},
    {"'", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýıíCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźGǴgǵKḰkḱMḾmḿPṔpṕWẂwẃ"},
    {"^", "AÂEÊIÎOÔUÛaâeêiîoôuûıîCĈcĉGĜgĝHĤhĥJĴjĵȷĵSŜsŝWŴwŵYŶyŷ"},
    {"\"", "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿıï"},
    {"~", "AÃNÑOÕaãnñoõIĨiĩıĩUŨuũEẼeẽ"},
    {"=", "AĀEĒIĪOŌUŪaāeēiīoōuūıīYȲyȳ"},
    {".", "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋNṄnṅSṠsṡTṪtṫ"},
    {"u", "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭıĭ"},
    {"v", "CČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzžLĽlľAǍaǎIǏiǐıǐOǑoǒUǓuǔGǦgǧ"},
    {"H", "OŐUŰoőuű"},
    {"c", "CÇSŞTŢcçsştţGĢgģKĶkķLĻlļNŅnņRŖrŗEȨeȩ"},
    {"k", "AĄEĘIĮUŲaąeęiįuųOǪoǫ"},
    {"r", "AÅUŮaåuů"},
    {"d", "AẠEẸIỊOỌUỤaạeẹiịoọuụDḌdḍHḤhḥSṢsṣTṬtṭZẒzẓNṆnṇRṚrṛLḶlḷMṂmṃ"},
    {"b", "BḆDḎLḺNṈRṞTṮZẔbḇdḏlḻnṉrṟtṯzẕ"},
    {"t", ""},
});
constexpr auto kCombining = std::to_array<std::pair<std::string_view, char32_t>>({
    {"`", 0x300},
    {"'", 0x301},
    {"^", 0x302},
    {"~", 0x303},
    {"=", 0x304},
    {"u", 0x306},
    {".", 0x307},
    {"\"", 0x308},
    {"r", 0x30A},
    {"H", 0x30B},
    {"v", 0x30C},
    {"d", 0x323},
    {"c", 0x327},
    {"k", 0x328},
    {"b", 0x331},
    {"t", 0x361},
});

struct Environment {
  std::string_view names;  // between blanks
  EnvironmentInfo info;
};
using Kind = EnvironmentKind;
constexpr auto kEnvironments = std::to_array<Environment>({
    {" document center flushleft flushright appendices titlepage small footnotesize large Large "
     "sloppypar singlespace doublespace onehalfspace landscape frontmatter group Shaded snugshade "
     "acknowledgements acknowledgments samepage raggedright raggedleft columns centering "
     "sidewaysfigure@ subequations framed shaded cslreferences "
     "threeparttable tablenotes subfigures thanks ",
     {Kind::kPlain, "o", {}}},
    {" CSLReferences spacing multicols multicols* CJK* otherlanguage otherlanguage* adjustbox "
     "column subfigure subtable subfloat varwidth ",
     {Kind::kPlain, "om", {}}},
    {" minipage ", {Kind::kPlain, "ooom", {}}},
    {" adjustwidth CJK ", {Kind::kPlain, "mm", {}}},
    {" quote quotation verse displayquote epigraphs ", {Kind::kQuote, "", {}}},
    {" itemize itemize* compactitem asparaitem dinglist ", {Kind::kBullets, "o", {}}},
    {" enumerate enumerate* compactenum asparaenum ", {Kind::kNumbers, "o", {}}},
    {" description description* labeling basedescript compactdesc ", {Kind::kTerms, "o", {}}},
    {" tabular longtable tabu longtabu supertabular NiceTabular array deluxetable tblr longtblr ",
     {Kind::kTable, "om", {}}},
    {" tabular* tabularx tabulary tabularx* xltabular longtable* ", {Kind::kTable, "mom", {}}},
    {" figure figure* sidewaysfigure marginfigure SCfigure ", {Kind::kFloat, "o", "Figure"}},
    {" wrapfigure ", {Kind::kFloat, "omom", "Figure"}},
    {" table table* sidewaystable margintable ", {Kind::kFloat, "o", "Table"}},
    {" wraptable ", {Kind::kFloat, "omom", "Table"}},
    {" algorithm algorithm2e listing ", {Kind::kFloat, "o", "Algorithm"}},
    {" equation equation* displaymath math ", {Kind::kDisplay, "", ""}},
    {" align align* flalign flalign* eqnarray eqnarray* split ", {Kind::kDisplay, "", "aligned"}},
    {" alignat alignat* xalignat ", {Kind::kDisplay, "m", "aligned"}},
    {" gather gather* multline multline* dmath dgroup ", {Kind::kDisplay, "", "gathered"}},
    {" theorem thm ", {Kind::kTheorem, "o", "Theorem"}},
    {" lemma lem ", {Kind::kTheorem, "o", "Lemma"}},
    {" corollary cor ", {Kind::kTheorem, "o", "Corollary"}},
    {" proposition prop ", {Kind::kTheorem, "o", "Proposition"}},
    {" definition defn ", {Kind::kTheorem, "o", "Definition"}},
    {" conjecture ", {Kind::kTheorem, "o", "Conjecture"}},
    {" example ", {Kind::kTheorem, "o", "Example"}},
    {" exercise ", {Kind::kTheorem, "o", "Exercise"}},
    {" remark ", {Kind::kTheorem, "o", "Remark"}},
    {" proof ", {Kind::kTheorem, "o", "Proof"}},
    {" abstract ", {Kind::kTheorem, "", "Abstract"}},
    {" tikzpicture pgfpicture picture pspicture axis circuitikz forest tikzcd asy mermaid ",
     {Kind::kDrawing, "", {}}},
    {" thebibliography ", {Kind::kSources, "m", {}}},
    {" frame ", {Kind::kFrame, "oo", {}}},
    {" block alertblock exampleblock ", {Kind::kBlock, "", {}}},
});

// What the reader does itself; see reader.cpp.
constexpr std::string_view kReaderCommands =
    " begin end item section subsection subsubsection paragraph subparagraph chapter part title "
    "author date maketitle hyperref hyperlink footnote footnotemark footnotetext href url "
    "includegraphics caption ref "
    "eqref pageref autoref cref Cref nameref vref cite citep citet texttt newline par multicolumn "
    "bibitem input include newtheorem documentclass verb lstinline emph textbf textit verbatim "
    "left "
    "right frac sqrt sum int alpha beta gamma delta epsilon lambda mu pi sigma omega ";

using Index = std::unordered_map<std::string_view, std::string_view>;

const Index& index_of_plain_commands() {
  static const Index kIndex = [] {
    Index index;
    for (const auto& [signature, names] : kPlainCommands) {
      for (std::size_t at = names.find_first_not_of(' '); at < names.size();
           at = names.find_first_not_of(' ', names.find(' ', at))) {
        index.emplace(names.substr(at, names.find(' ', at) - at), signature);
      }
    }
    return index;
  }();
  return kIndex;
}

const Index& index_of_symbols() {
  static const Index kIndex(kSymbols.begin(), kSymbols.end());
  return kIndex;
}

bool holds(std::string_view names, std::string_view name) {
  for (std::size_t at = names.find(name); at != std::string_view::npos && !name.empty();
       at = names.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (at > 0 && names[at - 1] == ' ' && end < names.size() && names[end] == ' ') return true;
  }
  return false;
}

}  // namespace

std::optional<Signature> plain_command(std::string_view name) {
  const auto& table = index_of_plain_commands();
  const auto found = table.find(name);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string_view> symbol_of(std::string_view name) {
  const auto& table = index_of_symbols();
  const auto found = table.find(name);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Style> style_of(std::string_view name) {
  if (name == "textbf" || name == "strong" || name == "textbb") return Style::kStrong;
  if (name == "emph" || name == "textit" || name == "textsl") return Style::kEmphasis;
  if (name == "underline" || name == "uline" || name == "uuline") return Style::kUnderline;
  if (name == "sout" || name == "st" || name == "xout") return Style::kStrike;
  if (name == "textsuperscript" || name == "textsu") return Style::kSuperscript;
  if (name == "textsubscript") return Style::kSubscript;
  if (name == "hl") return Style::kHighlight;
  return std::nullopt;
}

std::optional<Style> declared_style(std::string_view name) {
  if (name == "bf" || name == "bfseries") return Style::kStrong;
  if (name == "it" || name == "itshape" || name == "em" || name == "sl" || name == "slshape")
    return Style::kEmphasis;
  return std::nullopt;
}

bool is_accent(std::string_view name) {
  return look_up(kAccents, name) != nullptr;
}

std::string accented(std::string_view name, std::string_view base) {
  const Entry* const entry = look_up(kAccents, name);
  if (entry == nullptr || base.empty()) return std::string(base);
  const std::size_t base_size = utf8_at(base, 0).length;
  const std::string_view letter = base.substr(0, base_size);
  const std::string_view pairs = entry->second;
  for (std::size_t at = 0; at < pairs.size();) {
    const std::size_t plain = utf8_at(pairs, at).length;
    const std::size_t made = utf8_at(pairs, at + plain).length;
    if (pairs.substr(at, plain) == letter)
      return std::string(pairs.substr(at + plain, made)).append(base.substr(base_size));
    at += plain + made;
  }
  std::string out(letter);
  for (const auto& [mark, combining] : kCombining) {
    if (mark == name) append_utf8(out, combining);
  }
  return out.append(base.substr(base_size));
}

std::optional<int> heading_depth(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"});
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<int>(found - kNames.begin()) - 1;
}

EnvironmentInfo environment_info(std::string_view name) {
  for (const Environment& environment : kEnvironments) {
    if (holds(environment.names, name)) return environment.info;
  }
  return {};
}

bool is_known_command(std::string_view name) {
  return holds(kReaderCommands, name) || style_of(name).has_value() ||
         declared_style(name).has_value() || plain_command(name).has_value();
}

bool is_known_environment(std::string_view name) {
  return environment_info(name).kind != EnvironmentKind::kUnknown;
}

}  // namespace sluice::markup::tex
