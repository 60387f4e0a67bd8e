// SPDX-License-Identifier: Apache-2.0
#include "dom.hpp"

#include <algorithm>

#include "name_table.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

// clang-format off
constexpr NameTable<Tag> kTagNames({
      {"a", Tag::kA}, {"abbr", Tag::kAbbr}, {"annotation-xml", Tag::kAnnotationXml}, {"acronym", Tag::kAbbr}, {"address", Tag::kAddress},
      {"annotation", Tag::kAnnotation}, {"article", Tag::kArticle}, {"aside", Tag::kAside},
      {"audio", Tag::kAudio}, {"b", Tag::kB}, {"base", Tag::kBase},
      {"blockquote", Tag::kBlockquote}, {"body", Tag::kBody}, {"br", Tag::kBr},
      {"button", Tag::kButton}, {"canvas", Tag::kCanvas}, {"caption", Tag::kCaption}, {"center", Tag::kCenter},
      {"cite", Tag::kCite}, {"case", Tag::kCase}, {"default", Tag::kDefault}, {"epub:case", Tag::kCase},
      {"epub:default", Tag::kDefault}, {"code", Tag::kCode}, {"col", Tag::kCol}, {"colgroup", Tag::kColgroup},
      {"dd", Tag::kDd}, {"del", Tag::kDel}, {"details", Tag::kDetails}, {"dfn", Tag::kDfn},
      {"dialog", Tag::kDialog}, {"dir", Tag::kUl}, {"div", Tag::kDiv}, {"dl", Tag::kDl},
      {"dt", Tag::kDt}, {"em", Tag::kEm}, {"embed", Tag::kEmbed}, {"fieldset", Tag::kFieldset},
      {"figcaption", Tag::kFigcaption}, {"figure", Tag::kFigure}, {"footer", Tag::kFooter},
      {"form", Tag::kForm}, {"frame", Tag::kFrame}, {"h1", Tag::kH1}, {"h2", Tag::kH2},
      {"h3", Tag::kH3}, {"h4", Tag::kH4}, {"h5", Tag::kH5}, {"h6", Tag::kH6}, {"head", Tag::kHead},
      {"header", Tag::kHeader}, {"hgroup", Tag::kHgroup}, {"hr", Tag::kHr}, {"html", Tag::kHtml},
      {"i", Tag::kI}, {"iframe", Tag::kIframe}, {"image", Tag::kImg}, {"img", Tag::kImg},
      {"input", Tag::kInput}, {"ins", Tag::kIns}, {"kbd", Tag::kKbd}, {"label", Tag::kLabel},
      {"legend", Tag::kLegend}, {"li", Tag::kLi}, {"link", Tag::kLink},
      {"listing", Tag::kListing}, {"main", Tag::kMain}, {"mark", Tag::kMark}, {"math", Tag::kMath},
      {"menu", Tag::kMenu}, {"meta", Tag::kMeta}, {"nav", Tag::kNav},
      {"noembed", Tag::kNoframes}, {"noframes", Tag::kNoframes}, {"noscript", Tag::kNoscript}, {"object", Tag::kObject}, {"ol", Tag::kOl},
      {"optgroup", Tag::kOptgroup}, {"option", Tag::kOption}, {"p", Tag::kP},
      {"picture", Tag::kPicture}, {"pre", Tag::kPre}, {"q", Tag::kQ}, {"rp", Tag::kRp},
      {"rt", Tag::kRt}, {"s", Tag::kS}, {"samp", Tag::kSamp}, {"script", Tag::kScript},
      {"search", Tag::kSearch}, {"section", Tag::kSection}, {"select", Tag::kSelect},
      {"small", Tag::kSmall}, {"source", Tag::kSource}, {"span", Tag::kSpan},
      {"strike", Tag::kStrike}, {"strong", Tag::kStrong}, {"style", Tag::kStyle},
      {"sub", Tag::kSub}, {"summary", Tag::kSummary}, {"sup", Tag::kSup}, {"svg", Tag::kSvg},
      {"table", Tag::kTable}, {"tbody", Tag::kTbody}, {"td", Tag::kTd},
      {"template", Tag::kTemplate}, {"textarea", Tag::kTextarea}, {"tfoot", Tag::kTfoot},
      {"th", Tag::kTh}, {"thead", Tag::kThead}, {"time", Tag::kTime}, {"title", Tag::kTitle},
      {"tr", Tag::kTr}, {"tt", Tag::kTt}, {"u", Tag::kU}, {"ul", Tag::kUl}, {"var", Tag::kVar},
      {"video", Tag::kVideo}, {"xmp", Tag::kXmp},
      {"maction", Tag::kMaction}, {"menclose", Tag::kMenclose}, {"merror", Tag::kMrow},
      {"mfenced", Tag::kMfenced}, {"mfrac", Tag::kMfrac}, {"mi", Tag::kMi},
      {"mlabeledtr", Tag::kMtr}, {"mmultiscripts", Tag::kMmultiscripts}, {"mn", Tag::kMn},
      {"mo", Tag::kMo}, {"mover", Tag::kMover}, {"mpadded", Tag::kMrow},
      {"mphantom", Tag::kMphantom}, {"mprescripts", Tag::kMprescripts}, {"mroot", Tag::kMroot},
      {"mrow", Tag::kMrow}, {"ms", Tag::kMs}, {"mspace", Tag::kMspace}, {"msqrt", Tag::kMsqrt},
      {"mstyle", Tag::kMrow}, {"msub", Tag::kMsub}, {"msubsup", Tag::kMsubsup},
      {"msup", Tag::kMsup}, {"mtable", Tag::kMtable}, {"mtd", Tag::kMtd}, {"mtext", Tag::kMtext},
      {"mtr", Tag::kMtr}, {"munder", Tag::kMunder}, {"munderover", Tag::kMunderover},
      {"none", Tag::kMnone}, {"semantics", Tag::kSemantics}});

constexpr NameTable<Attr> kAttrNames({
      {"align", Attr::kAlign}, {"alt", Attr::kAlt}, {"alttext", Attr::kAltText},
      {"aria-hidden", Attr::kAriaHidden}, {"checked", Attr::kChecked}, {"class", Attr::kClass},
      {"close", Attr::kClose},
      {"colspan", Attr::kColspan}, {"content", Attr::kContent}, {"data", Attr::kData},
      {"data-lazy-src", Attr::kDataLazySrc}, {"data-lang", Attr::kDataLang},
      {"data-language", Attr::kDataLang}, {"data-line-number", Attr::kDataLineNumber}, {"data-original", Attr::kDataOriginal},
      {"data-src", Attr::kDataSrc}, {"data-srcset", Attr::kDataSrcset},
      {"data-lazy-srcset", Attr::kDataSrcset}, {"datetime", Attr::kDatetime},
      {"display", Attr::kDisplay}, {"encoding", Attr::kEncoding}, {"epub:type", Attr::kEpubType}, {"height", Attr::kHeight},
      {"hidden", Attr::kHidden}, {"href", Attr::kHref}, {"http-equiv", Attr::kHttpEquiv},
      {"id", Attr::kId}, {"itemprop", Attr::kItemprop}, {"lang", Attr::kLang},
      {"linethickness", Attr::kLineThickness}, {"mathvariant", Attr::kMathVariant},
      {"media", Attr::kMedia}, {"multiple", Attr::kMultiple}, {"name", Attr::kName}, {"notation", Attr::kNotation},
      {"open", Attr::kOpen}, {"property", Attr::kProperty}, {"rel", Attr::kRel}, {"reversed", Attr::kReversed}, {"role", Attr::kRole},
      {"rowspan", Attr::kRowspan}, {"src", Attr::kSrc}, {"srcset", Attr::kSrcset},
      {"selected", Attr::kSelected}, {"separators", Attr::kSeparators}, {"shadowrootmode", Attr::kShadowRootMode}, {"slot", Attr::kSlot},
      {"start", Attr::kStart}, {"style", Attr::kStyle}, {"summary", Attr::kSummary},
      {"title", Attr::kTitle}, {"type", Attr::kType}, {"value", Attr::kValue},
      {"width", Attr::kWidth}, {"xlink:href", Attr::kXlinkHref}, {"xml:lang", Attr::kLang}});
// clang-format on

// Of a drawing, what is a picture or a link in it is read. Its title is none of the page's.
Tag tag_of_svg(std::string_view name) {
  if (name == "svg") return Tag::kSvg;
  if (name == "image") return Tag::kImg;
  if (name == "a") return Tag::kA;
  const bool note = name == "title" || name == "desc" || name == "metadata" || name == "style" ||
                    name == "script" || name == "defs";
  return note ? Tag::kDrawingNote : Tag::kOther;
}

}  // namespace

Tag tag_of(Vocabulary vocabulary, std::string_view name) {
  // XHTML may write MathML and SVG with a prefix, which an HTML parser takes for a part of the
  // name.
  for (const std::string_view prefix : {"m:", "mml:", "svg:"}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  if (vocabulary == Vocabulary::kSvg) return tag_of_svg(name);
  return kTagNames.find(name, Tag::kOther);
}

Attr attr_of(std::string_view name) {
  return kAttrNames.find(name, Attr::kOther);
}

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::kAddress:
    case Tag::kArticle:
    case Tag::kAside:
    case Tag::kBlockquote:
    case Tag::kBody:
    case Tag::kCaption:
    case Tag::kCenter:
    case Tag::kDd:
    case Tag::kDetails:
    case Tag::kDialog:
    case Tag::kDiv:
    case Tag::kDl:
    case Tag::kDt:
    case Tag::kFieldset:
    case Tag::kFigcaption:
    case Tag::kFigure:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kH1:
    case Tag::kH2:
    case Tag::kH3:
    case Tag::kH4:
    case Tag::kH5:
    case Tag::kH6:
    case Tag::kHeader:
    case Tag::kHgroup:
    case Tag::kHr:
    case Tag::kHtml:
    case Tag::kLegend:
    case Tag::kLi:
    case Tag::kListing:
    case Tag::kMain:
    case Tag::kMenu:
    case Tag::kNav:
    case Tag::kOl:
    case Tag::kP:
    case Tag::kPre:
    case Tag::kSearch:
    case Tag::kSection:
    case Tag::kSummary:
    case Tag::kTable:
    case Tag::kTbody:
    case Tag::kTd:
    case Tag::kTfoot:
    case Tag::kTh:
    case Tag::kThead:
    case Tag::kTr:
    case Tag::kUl:
    case Tag::kXmp:
      return true;
    default:
      return false;
  }
}

bool is_heading(Tag tag) {
  return tag >= Tag::kH1 && tag <= Tag::kH6;
}

bool is_invisible(Tag tag) {
  switch (tag) {
    case Tag::kHead:
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kTemplate:
    case Tag::kCanvas:
    case Tag::kSvg:
    case Tag::kTextarea:
    case Tag::kSelect:
    case Tag::kRp:
    case Tag::kNoframes:
    case Tag::kDrawingNote:
    case Tag::kTitle:
    case Tag::kLink:
    case Tag::kMeta:
    case Tag::kBase:
      return true;
    default:
      return false;
  }
}

std::string_view Dom::attribute(NodeId id, Attr name) const {
  const Node& node = nodes_[id];
  for (std::size_t i = 0; i < node.attributes; ++i) {
    const Attribute& attribute = attributes_[node.begin + i];
    if (attribute.name == name) {
      return std::string_view(text_).substr(attribute.begin, attribute.length);
    }
  }
  return {};
}

bool Dom::has(NodeId id, Attr name) const {
  const Node& node = nodes_[id];
  for (std::size_t i = 0; i < node.attributes; ++i) {
    if (attributes_[node.begin + i].name == name) return true;
  }
  return false;
}

std::string Dom::inner_text(NodeId id) const {
  std::string out;
  bool blank = false;
  for (NodeId i = id; i < nodes_[id].end; ++i) {
    const Tag tag = nodes_[i].tag;
    if (tag == Tag::kScript || tag == Tag::kStyle) {
      i = nodes_[i].end - 1;
    } else if (tag == Tag::kText) {
      for (const char c : text(i)) {
        if (is_blank(c)) {
          blank = true;
          continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += c;
      }
    } else if (is_block(tag) || tag == Tag::kBr) {
      blank = true;
    }
  }
  return out;
}

NodeId Dom::find(Tag tag, NodeId from) const {
  for (NodeId i = from + 1; i < nodes_[from].end; ++i) {
    if (nodes_[i].tag == tag) return i;
  }
  return kRootNode;
}

NodeId Dom::add_element(Tag tag, NodeId parent) {
  Node node;
  node.tag = tag;
  node.parent = parent;
  node.begin = static_cast<std::uint32_t>(attributes_.size());
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Dom::add_element(Tag tag, NodeId parent, std::size_t first_attribute,
                        std::size_t attributes) {
  const NodeId id = add_element(tag, parent);
  nodes_[id].begin = static_cast<std::uint32_t>(first_attribute);
  nodes_[id].attributes = static_cast<std::uint8_t>(attributes);
  return id;
}

void Dom::add_attribute(Attr name, std::string_view value) {
  add_attribute(name, text_.size(), value.size());
  text_ += value;
}

void Dom::add_attribute(Attr name, std::size_t begin, std::size_t length) {
  Node& node = nodes_.back();
  if (node.attributes == UINT8_MAX) return;
  ++node.attributes;
  attributes_.push_back(
      {name, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length)});
}

void Dom::add_text(std::string_view text, NodeId parent) {
  add_text(text_.size(), text.size(), parent);
  text_ += text;
}

void Dom::add_text(std::size_t begin, std::size_t length, NodeId parent) {
  Node& last = nodes_.back();
  if (last.tag == Tag::kText && last.parent == parent && last.begin + last.length == begin) {
    last.length += static_cast<std::uint32_t>(length);
    return;
  }
  Node node;
  node.tag = Tag::kText;
  node.parent = parent;
  node.begin = static_cast<std::uint32_t>(begin);
  node.length = static_cast<std::uint32_t>(length);
  nodes_.push_back(node);
}

void Dom::finish() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    node.end = std::max(node.end, static_cast<NodeId>(i + 1));
    if (i > 0) nodes_[node.parent].end = std::max(nodes_[node.parent].end, node.end);
  }
}

}  // namespace sluice::html
