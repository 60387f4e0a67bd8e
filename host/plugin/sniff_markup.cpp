#include <algorithm>
#include <array>

#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

bool same_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
         c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// The markup at the start of a text, read forward once.
class Prolog {
 public:
  explicit Prolog(std::string_view text) : text_(text) {}

  bool saw_xml = false;          // an XML declaration
  std::string_view doctype;      // the name that a document type declaration gives
  std::string_view element;      // the first element's name, with its prefix; may be empty
  std::string_view element_tag;  // that tag up to its `>`

  void read() {
    while (skip_blanks() && text_.starts_with('<')) {
      if (text_.starts_with("<!--")) {
        if (!skip_past("-->", 4)) return;
      } else if (text_.starts_with("<?")) {
        saw_xml = saw_xml || text_.starts_with("<?xml");
        if (!skip_past("?>", 2)) return;
      } else if (text_.size() > 9 && same_ignoring_case(text_.substr(0, 9), "<!doctype")) {
        read_doctype();
      } else {
        read_element();
        return;
      }
    }
  }

  // Whether the first element has an end, too: tags that mean it.
  bool is_closed() const {
    if (element.empty()) return false;
    if (element_tag.ends_with('/')) return true;
    return text_.find("</" + std::string(element) + ">") != std::string_view::npos;
  }

 private:
  bool skip_blanks() {
    const std::size_t at = text_.find_first_not_of(kBlanks);
    text_.remove_prefix(std::min(at, text_.size()));
    return !text_.empty();
  }

  bool skip_past(std::string_view end, std::size_t from) {
    const std::size_t at = text_.find(end, from);
    if (at == std::string_view::npos) return false;
    text_.remove_prefix(at + end.size());
    return true;
  }

  std::string_view name_at(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    return text_.substr(begin, end - begin);
  }

  void read_doctype() {
    text_.remove_prefix(9);
    if (!skip_blanks()) return;
    doctype = name_at(0);
    const std::size_t end = text_.find_first_of("[>");
    if (end == std::string_view::npos) {
      text_ = {};
      return;
    }
    const bool has_subset = text_[end] == '[';
    text_.remove_prefix(end + 1);
    if (has_subset && !(skip_past("]", 0) && skip_past(">", 0))) text_ = {};
  }

  void read_element() {
    element = name_at(1);
    element_tag = text_.substr(0, text_.find('>'));
  }

  std::string_view text_;
};

constexpr auto kHtmlElements = std::to_array<std::string_view>({
    "picture",    "details", "center", "a",     "abbr",  "article", "aside",  "b",      "base",
    "blockquote", "body",    "br",     "code",  "dd",    "div",     "dl",     "dt",     "em",
    "figure",     "font",    "footer", "form",  "h1",    "h2",      "h3",     "h4",     "h5",
    "h6",         "head",    "header", "hr",    "html",  "i",       "iframe", "img",    "li",
    "link",       "main",    "meta",   "nav",   "ol",    "p",       "pre",    "script", "section",
    "small",      "span",    "strong", "style", "table", "tbody",   "td",     "th",     "title",
    "tr",         "u",       "ul",
});

TextHint xml_by_root(std::string_view root) {
  const std::string why = "XML with <" + std::string(root.substr(0, 40)) + ">";
  const std::string_view local =
      root.substr(root.find(':') == std::string_view::npos ? 0 : root.find(':') + 1);
  if (local == "html") return {"application/xhtml+xml", why, true};
  if (local == "svg") return {"image/svg+xml", why, true};
  if (local == "rss" || local == "RDF") return {"application/rss+xml", why, true};
  if (local == "FictionBook") return {"application/x-fictionbook+xml", why, true};
  if (local == "tt") return {"application/ttml+xml", why, true};
  if (local == "feed") return {"application/atom+xml", why, true};
  return {"application/xml", why, true};
}

// The type of an OpenDocument in a single file, by its root (ODF 1.3, part 3, 3.1.2 and 19.385).
std::optional<TextHint> opendocument(const Prolog& prolog) {
  if (prolog.element_tag.find("urn:oasis:names:tc:opendocument:xmlns:office:1.0") ==
      std::string_view::npos) {
    return std::nullopt;
  }
  for (const auto& [kind, mimetype] : {std::pair{"text", "opendocument.text"},
                                       std::pair{"spreadsheet", "opendocument.spreadsheet"},
                                       std::pair{"presentation", "opendocument.presentation"},
                                       std::pair{"graphics", "opendocument.graphics"}}) {
    if (prolog.element_tag.find(mimetype) == std::string_view::npos) continue;
    return TextHint{"application/vnd.oasis.opendocument." + std::string(kind) + "-flat-xml",
                    "XML with <" + std::string(prolog.element) + "> and its office:mimetype", true};
  }
  return std::nullopt;
}

// Apple's property lists in XML, of which some are web archives.
std::optional<TextHint> web_archive(const Prolog& prolog, std::string_view text) {
  if (prolog.element != "plist" || text.find("<key>WebMainResource</key>") == text.npos) {
    return std::nullopt;
  }
  return TextHint{"application/x-webarchive", "XML with <plist>, a web archive", true};
}

}  // namespace

std::optional<TextHint> sniff_markup(std::string_view text) {
  Prolog prolog(text);
  prolog.read();
  if (auto hint = opendocument(prolog)) return hint;
  if (auto hint = web_archive(prolog, text)) return hint;
  if (prolog.saw_xml) {
    return xml_by_root(prolog.element.empty() ? prolog.doctype : prolog.element);
  }
  if (same_ignoring_case(prolog.doctype, "html"))
    return TextHint{"text/html", "<!DOCTYPE html>", true};
  if (!prolog.doctype.empty()) return xml_by_root(prolog.doctype);
  for (const std::string_view whole : {"html", "head", "body"}) {
    if (same_ignoring_case(prolog.element, whole)) {
      return TextHint{"text/html", "leading <" + std::string(whole) + ">", true};
    }
  }
  if (prolog.element_tag.find("xmlns") != std::string_view::npos)
    return xml_by_root(prolog.element);
  if (prolog.is_closed()) {
    // Somebody's own tags: as XML without a declaration, or anything else. The file's name decides.
    TextHint hint = xml_by_root(prolog.element);
    hint.certain = hint.media_type != "application/xml";
    const bool is_html = std::find(kHtmlElements.begin(), kHtmlElements.end(), prolog.element) !=
                         kHtmlElements.end();
    if (!is_html) return hint;
  }
  for (const std::string_view name : kHtmlElements) {
    // Markdown may begin with one of these, too: the file's name decides.
    if (same_ignoring_case(prolog.element, name)) {
      return TextHint{"text/html", "leading <" + std::string(name) + ">", false};
    }
  }
  return std::nullopt;
}

}  // namespace sluice::plugin
