// SPDX-License-Identifier: Apache-2.0
//
// Macros within text, links, footnotes.
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "markup/asciidoc/text.hpp"
#include "markup/asciidoc/text_ends.hpp"

namespace sluice::markup::asciidoc {
namespace {

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == ']') ++at;
    out += text[at];
  }
  return out;
}

// Whether "name=" begins at `at`.
bool is_option(std::string_view content, std::size_t at) {
  at = std::min(content.find_first_not_of(" \n", at), content.size());
  std::size_t end = at;
  while (end < content.size() && (is_ascii_alphanumeric(static_cast<unsigned char>(content[end])) ||
                                  content[end] == '-' || content[end] == '_'))
    ++end;
  return end > at && end < content.size() && content[end] == '=';
}

// The text that a link shows: "text,window=_blank" and "text^" have more than that. A comma is text
// if no option follows it, or if it is one of a picture within.
std::string_view shown_text(std::string_view content) {
  if (content.starts_with('"')) {
    const std::size_t end = content.find('"', 1);
    const bool is_whole =
        end != std::string_view::npos && (end + 1 == content.size() || content[end + 1] == ',');
    if (is_whole) return content.substr(1, end - 1);
  }
  if (is_option(content, 0)) return {};
  int depth = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    depth += content[at] == '[' ? 1 : content[at] == ']' ? -1 : 0;
    if (content[at] != ',' || depth > 0 || !is_option(content, at + 1)) continue;
    content = content.substr(0, at);
    break;
  }
  if (content.ends_with('^')) content.remove_suffix(1);
  return trimmed(content);
}

}  // namespace

// name:target[content]
std::size_t Text::macro(std::string_view text, std::size_t at, int depth) {
  const std::string_view rest = text.substr(at);
  std::size_t name_end = 0;
  while (name_end < rest.size() && name_end < 16 &&
         is_ascii_alphanumeric(static_cast<unsigned char>(rest[name_end])))
    ++name_end;
  if (name_end == 0 || name_end >= rest.size() || rest[name_end] != ':') return 0;
  const std::size_t open = rest.substr(0, kMaxReach).find_first_of("[ \n", name_end + 1);
  if (open == std::string_view::npos || rest[open] != '[') return 0;
  const std::size_t close = bracket_end(rest, open);
  if (close == std::string_view::npos) return 0;
  const Macro found{rest.substr(0, name_end), rest.substr(name_end + 1, open - name_end - 1),
                    rest.substr(open + 1, close - open - 1), close + 1};
  return write_macro(found, depth) ? found.size : 0;
}

bool Text::write_macro(const Macro& found, int depth) {
  const std::string_view name = found.name;
  const std::string target = attributes_.replaced(found.target);
  const std::string content = without_escapes(found.content);
  if (name == "link") {
    const bool is_within = target.starts_with('#') && places_.anchors.contains(target.substr(1));
    is_within ? within(target, content, depth) : link(target, content, depth);
  } else if (name == "mailto") {
    link("mailto:" + target, content.empty() ? target : content, depth);
  } else if (name == "xref") {
    within(target, content, depth);
  } else if (name == "image" || name == "icon") {
    flush();
    BlockAttributes block;
    read_block_attributes("[" + content + "]", attributes_, block);
    const std::string folder = attributes_.value("imagesdir").value_or("");
    if (name == "icon") {
      plain_ += block.value("alt");
    } else {
      to_.image(image_address(folder, target),
                block.value("alt").empty() ? block.positional_at(0) : block.value("alt"));
    }
  } else if (name == "footnote" || name == "footnoteref") {
    note(target, content);
  } else if (name == "pass") {
    plain_ += content;
  } else if (name == "kbd" || name == "btn") {
    flush();
    if (name == "kbd") return out_.code(content), true;
    out_.begin_style(Style::kStrong);
    out_.text(content);
    out_.end_style(Style::kStrong);
  } else if (name == "menu") {
    flush();
    out_.begin_style(Style::kStrong);
    out_.text(target + (content.empty() ? "" : " › " + content));
    out_.end_style(Style::kStrong);
  } else if (name == "latexmath" || name == "stem" || name == "asciimath") {
    const bool is_tex =
        name == "latexmath" || attributes_.value("stem").value_or("") == "latexmath";
    flush();
    if (is_tex) return out_.math(trimmed(content, " $")), true;
    out_.code(content);
  } else if (name == "indexterm2") {
    marks(content, depth + 1);
  } else if (name == "anchor" || name == "indexterm") {
    // Nothing that a reader sees.
  } else {
    return false;
  }
  return true;
}

void Text::link(const std::string& target, std::string_view shown, int depth) {
  const std::string_view words = shown_text(shown);
  flush();
  out_.begin_link(target);
  if (words.empty()) {
    out_.text(target.starts_with("mailto:") ? target.substr(7) : target);
  } else {
    marks(words, depth + 1);
    flush();
  }
  out_.end_link();
}

// A link to a place of this document, or of another file.
void Text::within(const std::string& target, std::string_view shown, int depth) {
  flush();
  const std::size_t hash = target.find('#');
  const bool is_other =
      (hash != std::string::npos && hash > 0) || target.find(".adoc") != std::string::npos;
  const std::string id = hash == 0 ? target.substr(1) : target;
  const auto place = places_.anchors.find(id);
  const auto title = places_.titles.find(id);
  const std::string_view words = shown_text(shown);
  std::string address = is_other ? target : place == places_.anchors.end() ? "" : place->second;
  if (address.ends_with('#')) address.pop_back();
  if (!address.empty()) out_.begin_link(address);
  if (!words.empty()) {
    marks(words, depth + 1);
  } else if (title != places_.titles.end()) {
    plain_ += title->second;
  } else {
    plain_ += is_other ? address : "[" + id + "]";
  }
  flush();
  if (!address.empty()) out_.end_link();
}

// footnote:[text], footnote:name[text], footnote:name[]
void Text::note(std::string_view name, std::string_view text) {
  flush();
  // Of old: footnoteref:[name,text].
  const auto known = named_notes_.find(name);
  if (text.empty() && known == named_notes_.end()) return;
  std::size_t number = 0;
  if (text.empty()) {
    number = known->second;
  } else {
    notes_.emplace_back(text);
    number = notes_.size();
    if (!name.empty()) named_notes_.emplace(name, number);
  }
  out_.footnote_reference(std::to_string(number));
}

void Text::write_notes() {
  // Notes may have notes.
  for (std::size_t i = 0; i < notes_.size(); ++i) {
    out_.begin_footnote(std::to_string(i + 1));
    write_paragraph(notes_[i]);
    out_.end_footnote();
  }
}

std::string image_address(std::string_view folder, std::string_view target) {
  const bool is_whole = target.find("://") != std::string_view::npos || target.starts_with('/') ||
                        target.starts_with("data:");
  if (folder.empty() || is_whole) return std::string(target);
  return std::string(folder).append(folder.ends_with('/') ? "" : "/").append(target);
}

}  // namespace sluice::markup::asciidoc
