// SPDX-License-Identifier: Apache-2.0
//
// The names of elements as small numbers: those that the parser's rules speak of are constants,
// all others get a number when they are met first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::html::parser {

// clang-format off
#define SLUICE_HTML_NAMES(X) \
  X(A, "a") X(Address, "address") X(AnnotationXml, "annotation-xml") X(Applet, "applet") X(Area, "area") \
  X(Article, "article") X(Aside, "aside") X(B, "b") X(Base, "base") X(Basefont, "basefont") \
  X(Bgsound, "bgsound") X(Big, "big") X(Blockquote, "blockquote") X(Body, "body") X(Br, "br") \
  X(Button, "button") X(Caption, "caption") X(Center, "center") X(Code, "code") X(Col, "col") \
  X(Colgroup, "colgroup") X(Dd, "dd") X(Desc, "desc") X(Details, "details") X(Dialog, "dialog") \
  X(Dir, "dir") X(Div, "div") X(Dl, "dl") X(Dt, "dt") X(Em, "em") X(Embed, "embed") \
  X(Fieldset, "fieldset") X(Figcaption, "figcaption") X(Figure, "figure") X(Font, "font") \
  X(Footer, "footer") X(ForeignObject, "foreignobject") X(Form, "form") X(Frame, "frame") \
  X(Frameset, "frameset") X(H1, "h1") X(H2, "h2") X(H3, "h3") X(H4, "h4") X(H5, "h5") X(H6, "h6") \
  X(Head, "head") X(Header, "header") X(Hgroup, "hgroup") X(Hr, "hr") X(Html, "html") X(I, "i") \
  X(Iframe, "iframe") X(Image, "image") X(Img, "img") X(Input, "input") X(Keygen, "keygen") X(Li, "li") \
  X(Link, "link") X(Listing, "listing") X(Main, "main") X(Malignmark, "malignmark") \
  X(Marquee, "marquee") X(Math, "math") X(Menu, "menu") X(Meta, "meta") X(Mglyph, "mglyph") X(Mi, "mi") \
  X(Mn, "mn") X(Mo, "mo") X(Ms, "ms") X(Mtext, "mtext") X(Nav, "nav") X(Nobr, "nobr") \
  X(Noembed, "noembed") X(Noframes, "noframes") X(Noscript, "noscript") X(Object, "object") X(Ol, "ol") \
  X(Optgroup, "optgroup") X(Option, "option") X(P, "p") X(Param, "param") X(Plaintext, "plaintext") \
  X(Pre, "pre") X(Rb, "rb") X(Rp, "rp") X(Rt, "rt") X(Rtc, "rtc") X(Ruby, "ruby") X(S, "s") \
  X(Script, "script") X(Search, "search") X(Section, "section") X(Select, "select") X(Slot, "slot") \
  X(Small, "small") X(Source, "source") X(Span, "span") X(Strike, "strike") X(Strong, "strong") \
  X(Style, "style") X(Sub, "sub") X(Summary, "summary") X(Sup, "sup") X(Svg, "svg") X(Table, "table") \
  X(Tbody, "tbody") X(Td, "td") X(Template, "template") X(Textarea, "textarea") X(Tfoot, "tfoot") \
  X(Th, "th") X(Thead, "thead") X(Title, "title") X(Tr, "tr") X(Track, "track") X(Tt, "tt") X(U, "u") \
  X(Ul, "ul") X(Var, "var") X(Wbr, "wbr") X(Xmp, "xmp")
// clang-format on

enum class Name : std::uint16_t {
  kNone,  // of what is no element
#define SLUICE_HTML_NAME(constant, spelling) k##constant,
  SLUICE_HTML_NAMES(SLUICE_HTML_NAME)
#undef SLUICE_HTML_NAME
      kKnown,  // how many are constants; numbers from here on belong to a Names
};

enum class Space : std::uint8_t { kHtml, kMathml, kSvg };

// HTML 13.2.4.2.
bool is_special(Space space, Name name);
// What ends the search for an element "in scope" (HTML 13.2.4.2).
bool bounds_scope(Space space, Name name);
// The elements whose end tags may be left out (HTML 13.2.6.3), and those of the thorough list.
bool has_implied_end(Name name);
bool has_thorough_implied_end(Name name);
bool is_heading_name(Name name);

// The names of one page. A page may invent as many as it likes: beyond 60,000 of them, all others
// share one number, so an end tag may close the wrong one of such elements.
class Names {
 public:
  // `name` is in lower case.
  Name number_of(std::string_view name);
  std::string_view spelling(Name name) const;

 private:
  std::unordered_map<std::string, Name> invented_;
  std::vector<const std::string*> spellings_;  // keys of the map, which stay where they are
};

}  // namespace sluice::html::parser
