// SPDX-License-Identifier: Apache-2.0
#include "source.hpp"

#include <algorithm>
#include <cstring>
#include <sluice/url.hpp>
#include <utility>

namespace sluice::html {
namespace {

constexpr int kMaxAttributes = 128;
constexpr std::size_t kMaxHead = 64 * 1024;
constexpr std::size_t kMaxStyles = std::size_t{4} << 20;
constexpr std::size_t kNone = std::string_view::npos;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

std::size_t find_ignoring_case(std::string_view text, std::string_view word) {
  const char upper = is_letter(word[0]) ? static_cast<char>(word[0] & ~0x20) : word[0];
  const std::string either{word[0], upper};
  for (std::size_t i = 0; (i = text.find_first_of(either, i)) != kNone; ++i) {
    if (equal_ignoring_ascii_case(text.substr(i, word.size()), word)) return i;
  }
  return kNone;
}

// The value after `name =` in a tag, or empty.
std::string_view value_after(std::string_view tag, std::string_view name) {
  std::size_t i = find_ignoring_case(tag, name);
  if (i == kNone) return {};
  i += name.size();
  while (i < tag.size() && is_blank(tag[i])) ++i;
  if (i >= tag.size() || tag[i] != '=') return {};
  ++i;
  while (i < tag.size() && (is_blank(tag[i]) || tag[i] == '"' || tag[i] == '\'')) ++i;
  std::size_t end = i;
  while (end < tag.size() && !is_blank(tag[end]) &&
         std::string_view("\"';>").find(tag[end]) == kNone) {
    ++end;
  }
  return tag.substr(i, end - i);
}

// Reads at `in`, writes at `out`, which never overtakes it.
class Stripper {
 public:
  explicit Stripper(std::string& html) : html_(html), text_(html) {}

  std::string run() {
    while (in_ < text_.size()) {
      const std::size_t open = std::min(text_.find('<', in_), text_.size());
      keep(open);
      if (in_ < text_.size()) markup();
    }
    html_.resize(out_);
    return std::move(styles_);
  }

 private:
  void keep(std::size_t end) {
    const std::size_t n = end - in_;
    if (out_ != in_ && n > 0) std::memmove(html_.data() + out_, html_.data() + in_, n);
    out_ += n;
    in_ = end;
  }
  bool at(std::string_view word) const { return text_.substr(in_, word.size()) == word; }

  void markup() {
    const char next = in_ + 1 < text_.size() ? text_[in_ + 1] : '\0';
    if (at("<!--")) {
      drop_comment();
    } else if (at("<![CDATA[")) {
      unwrap_cdata();
    } else if (next == '!' || next == '?') {
      in_ = after('>', in_);
    } else if (next == '/' && in_ + 2 < text_.size() && is_letter(text_[in_ + 2])) {
      end_tag();
    } else if (is_letter(next)) {
      start_tag();
    } else {
      keep(in_ + 1);
    }
  }

  std::size_t after(char c, std::size_t from) const {
    const std::size_t found = text_.find(c, from);
    return found == kNone ? text_.size() : found + 1;
  }

  void drop_comment() {
    const std::size_t end = no_comment_end_ ? kNone : text_.find("-->", in_ + 2);
    if (end == kNone) {  // browsers would drop the rest of the page
      no_comment_end_ = true;
      in_ = after('>', in_);
      return;
    }
    in_ = end + 3;
  }

  void unwrap_cdata() {
    in_ += 9;
    const std::size_t end = no_cdata_end_ ? kNone : text_.find("]]>", in_);
    no_cdata_end_ = end == kNone;
    if (no_cdata_end_) return;
    keep(end);
    in_ = end + 3;
  }

  void end_tag() {
    std::size_t name = in_ + 2;
    while (name < text_.size() && text_[name] != '>' && !is_blank(text_[name])) ++name;
    const std::size_t end = after('>', name);
    keep(name);
    html_[out_++] = '>';
    in_ = std::max(end, in_ + 1);
  }

  void start_tag() {
    std::size_t i = in_ + 1;
    while (i < text_.size() && !is_blank(text_[i]) && text_[i] != '>' && text_[i] != '/') ++i;
    const std::string_view name = text_.substr(in_ + 1, i - in_ - 1);
    const bool style = equal_ignoring_ascii_case(name, "style");
    bool drop = style || equal_ignoring_ascii_case(name, "script");
    const std::size_t end = end_of_tag(i);
    const std::string_view tag = text_.substr(in_, end - in_);
    if (drop && !style && is_tex_type(value_after(tag, "type"))) drop = false;
    if (!drop) {
      keep(std::min(kept_, end));
      if (kept_ < end) {
        html_[out_++] = '>';
        in_ = end;
      }
      return;
    }
    in_ = end;
    const bool closed = tag.size() > 1 && tag[tag.size() - 2] == '/' && xhtml_;
    if (closed) return;
    const std::size_t begin = in_;
    const std::size_t last = drop_until(style ? "</style" : "</script");
    if (style && styles_.size() < kMaxStyles) {
      (styles_ += text_.substr(begin, last - begin)) += '\n';
    }
  }

  // Returns where the end tag begins.
  std::size_t drop_until(std::string_view end_tag) {
    std::size_t last = in_;
    while (true) {
      last = text_.find("</", last);
      if (last == kNone) return in_ = text_.size();
      if (equal_ignoring_ascii_case(text_.substr(last, end_tag.size()), end_tag)) break;
      last += 2;
    }
    in_ = after('>', last);
    return last;
  }

  // One past the `>` of the tag whose name ends at `i`; kept_ becomes the end of what may stay.
  std::size_t end_of_tag(std::size_t i) {
    int attributes = 0;
    kept_ = kNone;
    bool in_name = false;
    while (i < text_.size() && text_[i] != '>') {
      const char c = text_[i];
      if ((c == '"' || c == '\'') && !in_name) {
        i = after_quote(i);
        continue;
      }
      if (is_blank(c) || c == '/') {
        in_name = false;
      } else if (c == '=') {
        in_name = false;
        while (i + 1 < text_.size() && is_blank(text_[i + 1])) ++i;
        const char quote = i + 1 < text_.size() ? text_[i + 1] : '\0';
        if (quote == '"' || quote == '\'') {
          i = after_quote(i + 1);
          continue;
        }
        in_name = true;  // an unquoted value: quotes in it are ordinary
      } else if (!in_name) {
        in_name = true;
        if (++attributes > kMaxAttributes && kept_ == kNone) kept_ = i;
      }
      ++i;
    }
    return std::min(i + 1, text_.size());
  }

  std::size_t after_quote(std::size_t i) {
    const char quote = text_[i];
    bool& unclosed = quote == '"' ? no_double_ : no_single_;
    const std::size_t end = unclosed ? kNone : text_.find(quote, i + 1);
    unclosed = end == kNone;
    return unclosed ? i + 1 : end + 1;
  }

  std::string& html_;
  const std::string_view text_;  // the same bytes, as long as they were
  std::size_t in_ = 0;
  std::size_t out_ = 0;
  std::size_t kept_ = kNone;
  std::string styles_;
  bool no_comment_end_ = false;
  bool no_cdata_end_ = false;
  bool no_double_ = false;
  bool no_single_ = false;
  // `<script/>` is an empty element in XHTML alone.
  const bool xhtml_ = std::string_view(html_).substr(0, 1024).find("<?xml") != kNone;
};

}  // namespace

std::string declared_charset(std::span<const std::uint8_t> bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()),
                              std::min<std::size_t>(bytes.size(), 4096));
  if (head.starts_with("<?xml")) {
    const auto encoding = value_after(head.substr(0, head.find('>')), "encoding");
    if (!encoding.empty()) return std::string(encoding);
  }
  for (std::size_t i = 0; (i = head.find('<', i)) != kNone; ++i) {
    if (!equal_ignoring_ascii_case(head.substr(i, 5), "<meta")) continue;
    const auto charset = value_after(head.substr(i, head.find('>', i) - i), "charset");
    if (!charset.empty()) return std::string(charset.substr(0, charset.find('/')));
  }
  return {};
}

bool is_tex_type(std::string_view type) {
  return type.starts_with("math/tex") || type.starts_with("math/latex");
}

std::string strip_unread(std::string& html) {
  return Stripper(html).run();
}

void ensure_body(std::string& html) {
  if (find_ignoring_case(html, "<body") != kNone) return;
  const std::string_view start = std::string_view(html).substr(0, kMaxHead);
  std::size_t at = find_ignoring_case(start, "</head");
  if (at == kNone) at = find_ignoring_case(start, "<html");
  const std::size_t end = at == kNone ? kNone : html.find('>', at);
  html.insert(end == kNone ? 0 : end + 1, "<body>");
}

}  // namespace sluice::html
