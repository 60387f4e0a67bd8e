// SPDX-License-Identifier: Apache-2.0
#include "rtf/words.hpp"

#include <unordered_map>

namespace sluice::rtf {
namespace {

using WordTable = std::unordered_map<std::string_view, Meaning>;

WordTable make_words() {
  WordTable table;
  const auto add = [&table](Word word, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) table.emplace(name, Meaning{word, 0});
  };
  const auto sign = [&table](std::string_view name, char32_t character) {
    table.emplace(name, Meaning{Word::kCharacter, character});
  };
  add(Word::kAnsiCodePage, {"ansicpg"});
  add(Word::kMac, {"mac"});
  add(Word::kPc, {"pc"});
  add(Word::kPca, {"pca"});
  add(Word::kDefaultFont, {"deff"});
  add(Word::kFonts, {"fonttbl"});
  add(Word::kStyles, {"stylesheet"});
  add(Word::kLists, {"listtable"});
  add(Word::kListOverrides, {"listoverridetable"});
  add(Word::kInfo, {"info"});

  add(Word::kPlain, {"plain"});
  add(Word::kBold, {"b"});
  add(Word::kItalic, {"i"});
  add(Word::kStrike, {"strike", "striked"});
  add(Word::kUnderline,
      {"ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulhwave", "ulldash", "ulth", "ulthd",
       "ulthdash", "ulthdashd", "ulthdashdd", "ulthldash", "ululdbwave", "ulw", "ulwave"});
  add(Word::kNoUnderline, {"ulnone"});
  add(Word::kSuper, {"super"});
  add(Word::kSub, {"sub"});
  add(Word::kNoSuperSub, {"nosupersub"});
  add(Word::kHidden, {"v"});
  add(Word::kDeleted, {"deleted"});
  add(Word::kInserted, {"revised"});
  add(Word::kHighlight, {"highlight"});
  add(Word::kFont, {"f"});
  add(Word::kCharacterStyle, {"cs"});

  add(Word::kParagraphDefaults, {"pard"});
  add(Word::kParagraphStyle, {"s"});
  add(Word::kListNumber, {"ls"});
  add(Word::kListLevel, {"ilvl"});
  add(Word::kOutlineLevel, {"outlinelevel"});
  add(Word::kLeft, {"li", "lin"});
  add(Word::kRight, {"ri", "rin"});
  add(Word::kInTable, {"intbl"});
  add(Word::kItap, {"itap"});
  add(Word::kAlignLeft, {"ql", "qj"});
  add(Word::kAlignCenter, {"qc"});
  add(Word::kAlignRight, {"qr"});
  add(Word::kBorderBelow, {"brdrb"});
  add(Word::kOtherBorder,
      {"brdrt", "brdrl", "brdrr", "brdrbtw", "brdrbar", "box", "clbrdrt", "clbrdrl", "clbrdrb",
       "clbrdrr", "trbrdrt", "trbrdrl", "trbrdrb", "trbrdrr", "trbrdrh", "trbrdrv"});
  add(Word::kBorderLine,
      {"brdrs",      "brdrth",      "brdrdb",     "brdrdot",    "brdrdash",   "brdrhair",
       "brdrdashsm", "brdrdashd",   "brdrdashdd", "brdrtriple", "brdrtnthsg", "brdrthtnsg",
       "brdrtnthmg", "brdrthtnmg",  "brdrtnthlg", "brdrthtnlg", "brdrwavy",   "brdrwavydb",
       "brdremboss", "brdrengrave", "brdroutset", "brdrinset"});
  add(Word::kParagraph, {"par"});
  add(Word::kPage, {"page", "column"});
  add(Word::kSection, {"sect"});
  add(Word::kListText, {"listtext", "pntext"});
  add(Word::kOldNumber, {"pn"});

  add(Word::kRowDefaults, {"trowd"});
  add(Word::kCellEdge, {"cellx"});
  add(Word::kRowLeft, {"trleft"});
  add(Word::kMergeFirst, {"clmgf"});
  add(Word::kMerged, {"clmrg"});
  add(Word::kDownFirst, {"clvmgf"});
  add(Word::kDown, {"clvmrg"});
  add(Word::kCell, {"cell"});
  add(Word::kRow, {"row"});
  add(Word::kNestedCell, {"nestcell"});
  add(Word::kNestedRow, {"nestrow"});
  add(Word::kNestedProperties, {"nesttableprops"});

  add(Word::kTab, {"tab"});
  add(Word::kLine, {"line", "lbr"});
  add(Word::kUnicode, {"u"});
  add(Word::kFallback, {"uc"});
  add(Word::kNoteMark, {"chftn"});
  add(Word::kPicture, {"pict"});
  add(Word::kField, {"field"});
  add(Word::kInstruction, {"fldinst"});
  add(Word::kResult, {"fldrslt"});
  add(Word::kBookmark, {"bkmkstart"});
  add(Word::kNote, {"footnote"});
  add(Word::kComment, {"annotation"});
  add(Word::kCommentAuthor, {"atnauthor"});
  add(Word::kMath, {"moMath"});
  add(Word::kMathParagraph, {"moMathPara"});
  add(Word::kUnicodePair, {"upr"});
  sign("emdash", 0x2014);
  sign("endash", 0x2013);
  sign("emspace", 0x2003);
  sign("enspace", 0x2002);
  sign("qmspace", 0x2005);
  sign("bullet", 0x2022);
  sign("lquote", 0x2018);
  sign("rquote", 0x2019);
  sign("ldblquote", 0x201C);
  sign("rdblquote", 0x201D);
  sign("zwj", 0x200D);
  sign("zwnj", 0x200C);
  sign("ltrmark", 0x200E);
  sign("rtlmark", 0x200F);

  add(Word::kHeader, {"header", "headerl", "headerr", "headerf"});
  add(Word::kFooter, {"footer", "footerl", "footerr", "footerf"});
  add(Word::kShapePicture, {"shppict"});
  add(Word::kPlainPicture, {"nonshppict"});
  add(Word::kShape, {"shpinst"});
  add(Word::kShapeName, {"sn"});
  add(Word::kShapeValue, {"sv"});
  add(Word::kShapeText, {"shptxt"});
  add(Word::kBoxText, {"dptxbxtext"});
  add(Word::kObject, {"object"});
  add(Word::kObjectClass, {"objclass"});
  add(Word::kObjectData, {"objdata"});
  add(Word::kObjectResult, {"result"});
  // Known to be there, and nothing but what is in them. Entries of an index or a table of contents
  // are part of the text but for those that are hidden ("Index entries").
  add(Word::kTransparent, {"ud", "do", "mmath", "xe", "tc", "tcn"});
  add(Word::kSkipped, {"colortbl",
                       "filetbl",
                       "revtbl",
                       "rxe",
                       "txe",
                       "ftnsep",
                       "ftnsepc",
                       "ftncn",
                       "aftnsep",
                       "aftnsepc",
                       "aftncn",
                       "private",
                       "nextfile",
                       "template",
                       "shprslt",
                       "nonesttables",
                       "comment",
                       "themedata",
                       "colorschememapping",
                       "datastore",
                       "latentstyles",
                       "mmathPict",
                       "mmathPr",
                       "rsidtbl",
                       "generator",
                       "keycode",
                       "objname",
                       "fontemb",
                       "fontfile",
                       "datafield",
                       "formfield",
                       "pnseclvl",
                       "listpicture",
                       "background",
                       "atnid",
                       "atndate",
                       "atnref",
                       "atnicn",
                       "atntime",
                       "atnparent",
                       "bkmkend",
                       "picprop",
                       "blipuid",
                       "pgptbl",
                       "xmlnstbl",
                       "mailmerge",
                       "docvar",
                       "wgrffmtfilter",
                       "htmltag",
                       "mhtmltag"});
  return table;
}

}  // namespace

Meaning meaning_of(std::string_view name) {
  static const WordTable kWords = make_words();
  const auto found = kWords.find(name);
  return found == kWords.end() ? Meaning{} : found->second;
}

}  // namespace sluice::rtf
