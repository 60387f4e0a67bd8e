// SPDX-License-Identifier: Apache-2.0
#include "markdown/wiki_links.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/url.hpp>

namespace sluice::markdown_plugin {
namespace {

// A path and a heading are shorter; what is longer is no link, but text in brackets.
constexpr std::size_t kLongest = 1000;

constexpr std::string_view kBlanks = " \t";

bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t backslashes = 0;
  while (at > backslashes && text[at - backslashes - 1] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

// Takes "target#fragment|label" apart. In a table the bar has a backslash in front.
bool take_apart(std::string_view inner, WikiLink& link) {
  const std::size_t bar = inner.find('|');
  if (bar != std::string_view::npos) {
    link.label = trimmed(inner.substr(bar + 1), kBlanks);
    inner = inner.substr(0, bar);
    if (inner.ends_with('\\')) inner.remove_suffix(1);
  }
  const std::size_t hash = inner.find('#');
  link.target = trimmed(inner.substr(0, hash), kBlanks);
  if (hash != std::string_view::npos)
    link.fragment = trimmed(inner.substr(inner.rfind('#') + 1), kBlanks);
  return !link.target.empty() && url_scheme(link.target).empty();
}

}  // namespace

std::vector<WikiLink> find_wiki_links(std::string_view text, std::vector<Range> verbatim) {
  std::vector<WikiLink> links;
  std::sort(verbatim.begin(), verbatim.end(),
            [](const Range& a, const Range& b) { return a.offset < b.offset; });
  auto range = verbatim.begin();
  for (std::size_t at = text.find("[["); at != std::string_view::npos; at = text.find("[[", at)) {
    while (range != verbatim.end() && range->offset + range->size <= at) ++range;
    const bool is_verbatim = range != verbatim.end() && range->offset <= at;
    const std::string_view rest = text.substr(at + 2, kLongest);
    const std::size_t end = rest.find_first_of("[]\n");
    const bool is_closed = end != std::string_view::npos && rest.substr(end, 2) == "]]";
    WikiLink link;
    // "[[text]](there)" is a link to `there`.
    const bool is_link = is_closed && !is_verbatim && !is_escaped(text, at) &&
                         text.substr(at + end + 4, 1) != "(" &&
                         take_apart(rest.substr(0, end), link);
    if (!is_link) {
      ++at;
      continue;
    }
    link.is_embedded = at > 0 && text[at - 1] == '!' && !is_escaped(text, at - 1);
    link.offset = link.is_embedded ? at - 1 : at;
    at += end + 4;
    link.size = at - link.offset;
    links.push_back(link);
  }
  return links;
}

std::string shown_text(const WikiLink& link) {
  std::string text(link.target);
  if (!link.fragment.empty()) text.append(" > ").append(link.fragment);
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_<[]").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace sluice::markdown_plugin
