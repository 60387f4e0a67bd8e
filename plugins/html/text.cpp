// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

#include <algorithm>
#include <array>
#include <sluice/utf8.hpp>

namespace sluice::html {
namespace {

constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
         c == '#' || c == '-' || c == '_' || c == '.';
}

std::string_view language_in(std::string_view classes) {
  for (const std::string_view prefix :
       {"language-", "lang-", "highlight-source-", "brush:", "highlight-"}) {
    for (std::size_t at = 0; (at = classes.find(prefix, at)) != std::string_view::npos; ++at) {
      if (at > 0 && classes[at - 1] != ' ') continue;
      std::size_t begin = at + prefix.size();
      while (begin < classes.size() && classes[begin] == ' ') ++begin;
      std::size_t end = begin;
      while (end < classes.size() && is_name_char(classes[end])) ++end;
      const std::string_view name = classes.substr(begin, end - begin);
      if (!name.empty() && name != "none" && name != "default") return name;
    }
  }
  // Pandoc, Jekyll and highlight.js: `sourceCode python`, `hljs ruby`.
  if (classes.starts_with("hljs ")) return classes.substr(5, classes.find(' ', 5) - 5);
  if (classes.starts_with("sourceCode ")) return classes.substr(11, classes.find(' ', 11) - 11);
  return {};
}

// `<pre lang="ruby">`, as GitHub writes it, and not a language that people speak: of these, the
// codes have two or three letters, with regions behind a hyphen.
bool is_code_language(std::string_view lang) {
  if (lang.size() > 3) return lang.find('-') == std::string_view::npos || lang == "objective-c";
  for (const std::string_view known :
       {"c",   "r",   "d",   "js",  "jsx", "ts",  "tsx", "go",  "py",  "rb",  "rs",  "sh",
        "cpp", "c++", "css", "sql", "xml", "php", "lua", "yml", "awk", "sed", "ini", "bat",
        "asm", "f90", "vim", "tex", "nix", "zig", "jl",  "kt",  "vb",  "cs",  "c#",  "f#"}) {
    if (lang == known) return true;
  }
  return false;
}

}  // namespace

std::string_view plain(std::string_view text, std::string& buffer) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.find('\xC2') == std::string_view::npos && text.find(kMark) == std::string_view::npos) {
    return text;
  }
  buffer.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (text[i] == '\xC2' && next == 0xA0) {
      buffer += ' ';
      ++i;
    } else if (text[i] == '\xC2' && next == 0xAD) {
      ++i;
    } else if (text[i] == '\xC2' && next >= 0x80 && next < 0xA0) {
      append_utf8(buffer, kWindows1252[next - 0x80]);
      ++i;
    } else if (text.substr(i, kMark.size()) == kMark) {
      i += 2;
    } else {
      buffer += text[i];
    }
  }
  return buffer;
}

std::string preformatted(const Dom& dom, NodeId pre) {
  std::string out;
  std::string buffer;
  for (NodeId i = pre + 1; i < dom[pre].end; ++i) {
    const Tag tag = dom[i].tag;
    if (tag == Tag::kText) {
      out += plain(dom.text(i), buffer);
    } else if (tag == Tag::kBr) {
      out += '\n';
    } else if (is_invisible(tag) || tag == Tag::kButton) {
      i = dom[i].end - 1;
    } else if (is_block(tag) && tag != Tag::kCode && !out.empty() && out.back() != '\n') {
      out += '\n';
    }
  }
  if (out.starts_with("\r\n")) return out.substr(2);
  return out.starts_with('\n') ? out.substr(1) : out;  // HTML 13.1.2.5
}

std::string_view code_language(const Dom& dom, NodeId pre) {
  const std::string_view lang = dom.attribute(pre, Attr::kLang);
  if (dom[pre].tag == Tag::kPre && is_code_language(lang)) return lang;
  NodeId node = pre;
  for (NodeId i = pre + 1; i < std::min(dom[pre].end, pre + 4); ++i) {
    if (dom[i].tag == Tag::kCode) node = i;
  }
  for (int up = 0; up < 4 && node != kRootNode; ++up, node = dom[node].parent) {
    const std::string_view named = dom.attribute(node, Attr::kDataLang);
    if (!named.empty()) return named;
    const std::string_view language = language_in(dom.attribute(node, Attr::kClass));
    if (!language.empty()) return language;
  }
  return {};
}

bool is_gutter(const Dom& dom, NodeId pre) {
  NodeId node = pre;
  for (int up = 0; up < 3; ++up, node = dom[node].parent) {
    const std::string_view classes = dom.attribute(node, Attr::kClass);
    for (const std::string_view mark : {"gutter", "linenos", "lineno", "line-numbers-rows"}) {
      if (classes.find(mark) == std::string_view::npos) continue;
      const std::string text = preformatted(dom, pre);
      return text.find_first_not_of("0123456789 \r\n\t") == std::string::npos;
    }
  }
  return false;
}

}  // namespace sluice::html
