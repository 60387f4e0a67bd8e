// SPDX-License-Identifier: Apache-2.0
//
// Text of Org files within a paragraph (https://orgmode.org/worg/org-syntax.html, "Objects").
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "markup/source.hpp"

namespace sluice::markup {

inline bool is_org_blank(char c) {
  return c == ' ' || c == '\n';
}

// It has a function for each kind of object.
class OrgText {
 public:
  explicit OrgText(Output& to) : to_(to), out_(to.out) {}

  // What the file defines somewhere, and text refers to.
  std::map<std::string, std::string_view, std::less<>> notes;
  std::map<std::string, std::string, std::less<>> places;  // the fragments of headings
  // Notes in the order in which they are written.
  std::vector<std::pair<std::string, std::string>> written_notes;

  void inline_text(std::string_view text, int depth = 0) {
    std::string plain;
    const auto flush = [&] {
      if (!plain.empty()) out_.text(plain);
      plain.clear();
    };
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t size = depth > kMaxDepth ? 0 : construct(text, at, flush, depth);
      if (size > 0) {
        at += size;
        continue;
      }
      plain += text[at++];
    }
    flush();
  }

 private:
  // Writes the construct at `at` and returns its size; 0 if there is none.
  template <class Flush>
  std::size_t construct(std::string_view text, std::size_t at, Flush& flush, int depth) {
    const std::string_view rest = text.substr(at);
    switch (rest[0]) {
      case '*':
      case '/':
      case '_':
      case '+':
      case '=':
      case '~':
        return emphasis(text, at, flush, depth);
      case '[':
        if (rest.starts_with("[[")) return link(rest, flush, depth);
        return rest.starts_with("[fn:") ? note_call(rest, flush) : 0;
      case '<': {
        const std::size_t end = rest.find_first_of("> \n");
        const bool is_url = end != std::string_view::npos && rest[end] == '>' &&
                            rest.substr(0, end).find("://") != std::string_view::npos;
        if (!is_url) return 0;
        flush();
        write_link(rest.substr(1, end - 1), {}, depth);
        return end + 1;
      }
      case 'h': {
        const bool begins_word =
            at == 0 || !is_ascii_alphanumeric(static_cast<unsigned char>(text[at - 1]));
        if (!begins_word || (!rest.starts_with("http://") && !rest.starts_with("https://")))
          return 0;
        std::size_t end = std::min(rest.find_first_of(" \n<>[]\"|"), rest.size());
        while (end > 0 && std::string_view(".,;:!?)").find(rest[end - 1]) != std::string_view::npos)
          --end;
        flush();
        write_link(rest.substr(0, end), {}, depth);
        return end;
      }
      case '$':
      case '\\':
        return math(text, at, flush);
      case '^':
        return script(rest, Style::kSuperscript, flush, depth);
      default:
        return 0;
    }
  }

  template <class Flush>
  std::size_t emphasis(std::string_view text, std::size_t at, Flush& flush, int depth) {
    const char mark = text[at];
    if (mark == '_' && text.substr(at).starts_with("_{"))
      return script(text.substr(at), Style::kSubscript, flush, depth);
    constexpr std::string_view kBefore = " \n-('\"{[";
    constexpr std::string_view kAfter = " \n-.,:!?;'\")}[]\\";
    if (at > 0 && kBefore.find(text[at - 1]) == std::string_view::npos) return 0;
    if (at + 1 >= text.size() || is_org_blank(text[at + 1])) return 0;
    std::size_t end = at;
    do {
      end = text.substr(0, std::min(text.size(), at + 2'000)).find(mark, end + 1);
      if (end == std::string_view::npos) return 0;
    } while (end == at + 1 || is_org_blank(text[end - 1]) ||
             (end + 1 < text.size() && kAfter.find(text[end + 1]) == std::string_view::npos));
    const std::string_view inner = text.substr(at + 1, end - at - 1);
    flush();
    if (mark == '=' || mark == '~') {
      out_.code(inner);
    } else {
      const Style style = mark == '*'   ? Style::kStrong
                          : mark == '/' ? Style::kEmphasis
                          : mark == '_' ? Style::kUnderline
                                        : Style::kStrike;
      out_.begin_style(style);
      inline_text(inner, depth + 1);
      out_.end_style(style);
    }
    return end + 1 - at;
  }

  // a^{b} and a_{b}.
  template <class Flush>
  std::size_t script(std::string_view rest, Style style, Flush& flush, int depth) {
    if (rest.size() < 3 || rest[1] != '{') return 0;
    const std::size_t end = rest.substr(0, 500).find('}');
    if (end == std::string_view::npos) return 0;
    flush();
    out_.begin_style(style);
    inline_text(rest.substr(2, end - 2), depth + 1);
    out_.end_style(style);
    return end + 1;
  }

  // Where the link that `text` begins with ends: what it shows may be an image, which is a link,
  // too.
  static std::size_t link_end(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      if (text.substr(at, 2) == "[[") {
        ++depth;
        ++at;
      } else if (text.substr(at, 2) == "]]") {
        if (--depth == 0) return at;
        ++at;
      }
    }
    return std::string_view::npos;
  }

  template <class Flush>
  std::size_t link(std::string_view rest, Flush& flush, int depth) {
    const std::size_t end = link_end(rest.substr(0, 2'000));
    if (end == std::string_view::npos) return 0;
    const std::string_view inner = rest.substr(2, end - 2);
    const std::size_t middle = inner.find("][");
    flush();
    write_link(inner.substr(0, middle),
               middle == std::string_view::npos ? std::string_view() : inner.substr(middle + 2),
               depth);
    return end + 2;
  }

  void write_link(std::string_view target, std::string_view description, int depth) {
    if (target.starts_with("file:")) target.remove_prefix(5);
    const std::string lower = ascii_lower(target);
    const bool is_image = std::any_of(kImages.begin(), kImages.end(),
                                      [&](std::string_view end) { return lower.ends_with(end); });
    if (description.empty() && is_image) return to_.image(target, {});
    const bool leads = target.find("://") != std::string_view::npos ||
                       target.starts_with("mailto:") || target.starts_with("./") ||
                       target.starts_with("../") || target.find('/') != std::string_view::npos ||
                       target.ends_with(".org");
    const std::string_view shown = description.empty() ? target : description;
    const auto place = places.find(target);
    if (place != places.end()) {
      out_.begin_link(place->second);
      inline_text(description.empty() ? target.substr(1) : description, depth + 1);
      return out_.end_link();
    }
    if (leads) out_.begin_link(target);
    if (description.empty()) {
      out_.text(leads || (!shown.starts_with('*') && !shown.starts_with('#')) ? shown
                                                                              : shown.substr(1));
    } else {
      inline_text(shown, depth + 1);
    }
    if (leads) out_.end_link();
  }

  template <class Flush>
  std::size_t note_call(std::string_view rest, Flush& flush) {
    const std::size_t end = rest.substr(0, 2'000).find(']');
    if (end == std::string_view::npos) return 0;
    const std::string_view inner = rest.substr(4, end - 4);
    const std::size_t colon = inner.find(':');
    std::string label(inner.substr(0, colon));
    if (colon != std::string_view::npos) {
      if (label.empty()) label = "inline-" + std::to_string(++inline_notes_);
      written_notes.emplace_back(label, std::string(inner.substr(colon + 1)));
    } else if (!notes.contains(label)) {
      return 0;
    }
    flush();
    out_.footnote_reference(label);
    return end + 1;
  }

  template <class Flush>
  std::size_t math(std::string_view text, std::size_t at, Flush& flush) {
    const std::string_view rest = text.substr(at);
    std::string_view close;
    std::size_t open = 2;
    if (rest.starts_with("\\(")) {
      close = "\\)";
    } else if (rest.starts_with("\\[")) {
      close = "\\]";
    } else if (rest.starts_with("$$")) {
      close = "$$";
    } else if (rest[0] == '$') {
      close = "$";
      open = 1;
      if (rest.size() < 3 || rest[1] == ' ' || rest[1] == '$') return 0;
    } else if (rest.starts_with("\\\\") && (rest.size() == 2 || rest[2] == '\n')) {
      flush();
      out_.line_break();
      return std::min<std::size_t>(3, rest.size());
    } else {
      return 0;
    }
    const std::size_t end = rest.substr(0, 2'000).find(close, open);
    if (end == std::string_view::npos) return 0;
    if (open == 1 && (rest[end - 1] == ' ' ||
                      (end + 1 < rest.size() &&
                       is_ascii_alphanumeric(static_cast<unsigned char>(rest[end + 1])))))
      return 0;
    flush();
    out_.math(trimmed(rest.substr(open, end - open)),
              close == "\\]" || close == "$$" ? MathLayout::kDisplay : MathLayout::kInline);
    return end + close.size();
  }

  static constexpr auto kImages = std::to_array<std::string_view>(
      {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff", ".emf", ".wmf"});

  Output& to_;
  MarkdownWriter& out_;
  unsigned inline_notes_ = 0;
};

}  // namespace sluice::markup
