// SPDX-License-Identifier: Apache-2.0
#include "fb2/book.hpp"

#include <algorithm>
#include <sluice/base64.hpp>
#include <sluice/blanks.hpp>
#include <sluice/images.hpp>

namespace sluice::fb2 {
namespace {

// Books have some hundred pictures; a file that lost them all needs no more lines about it.
constexpr std::size_t kMaxWarnings = 20;
constexpr std::uint64_t kBetweenChecks = 256;

bool is_notes(XmlNode body) {
  const std::string_view name = body.attribute("name").value();
  return name == "notes" || name == "comments" || name == "footnotes";
}

// Titles of poems and stanzas are no headings of the book.
bool is_heading(XmlNode node) {
  return named(node, "title") && (named(node.parent(), "section") || named(node.parent(), "body"));
}

// Where a link leads; documents bind the prefix of XLink as they like, or forget to.
std::string_view href_of(XmlNode node) {
  for (const char* name : {"l:href", "xlink:href", "href"}) {
    if (const XmlAttribute found = node.attribute(name)) return trimmed(found.value());
  }
  return {};
}

std::optional<Style> style_of(std::string_view name) {
  if (name == "strong") return Style::kStrong;
  if (name == "emphasis") return Style::kEmphasis;
  if (name == "strikethrough") return Style::kStrike;
  if (name == "sub") return Style::kSubscript;
  if (name == "sup") return Style::kSuperscript;
  return std::nullopt;
}

bool is_quote(std::string_view name) {
  return name == "epigraph" || name == "cite" || name == "poem" || name == "annotation";
}

Align align_of(std::string_view value) {
  if (value == "right") return Align::kRight;
  return value == "center" ? Align::kCenter : value == "left" ? Align::kLeft : Align::kNone;
}

// The name of a person: first, middle, last; a nickname where there is none of these.
std::string name_of(XmlNode author) {
  std::string name;
  for (const char* part : {"first-name", "middle-name", "last-name"}) {
    const std::string text = text_of(author.child(part));
    if (!text.empty()) name.append(name.empty() ? "" : " ").append(text);
  }
  return name.empty() ? text_of(author.child("nickname")) : name;
}

}  // namespace

std::string text_of(XmlNode node) {
  std::string text;
  walk_xml(
      node,
      [&](XmlNode one) {
        if (!one.is_element()) text += one.value();
        return Walk::kInto;
      },
      [&](XmlNode one) {
        if (named(one, "p") || named(one, "v")) text += ' ';
      });
  return one_line(text);
}

Book::Book(Job& job, XmlNode root) : job_(job), root_(root), out_(job) {
  for (const XmlNode binary : root.children("binary")) {
    pictures_.emplace(binary.attribute("id").value(), binary);
  }
  for (const XmlNode body : root.children("body")) {
    if (!is_notes(body)) {
      find_places(body);
      continue;
    }
    for (const XmlNode section : body.children("section")) {
      if (const XmlAttribute id = section.attribute("id")) notes_.emplace(id.value(), section);
    }
  }
}

// Headings in the order in which they are written, and the sections that they name.
void Book::find_places(XmlNode body) {
  walk_xml(
      body,
      [&](XmlNode node) {
        if (!is_heading(node)) return Walk::kInto;
        const std::string words = text_of(node);
        if (words.empty()) return Walk::kOver;
        const std::string anchor = "#" + headings_.add(words);
        if (const XmlAttribute id = node.parent().attribute("id"))
          anchors_.emplace(id.value(), anchor);
        return Walk::kOver;
      },
      [](XmlNode) {});
}

void Book::set_metadata() {
  const XmlNode info = root_.child("description").child("title-info");
  const auto set = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) job_.set_metadata(key, value);
  };
  set("title", text_of(info.child("book-title")));
  std::string authors;
  for (const XmlNode author : info.children("author")) {
    const std::string name = name_of(author);
    if (!name.empty() && authors.size() < 4'000)
      authors.append(authors.empty() ? "" : ", ").append(name);
  }
  set("author", authors);
  set("description", text_of(info.child("annotation")));
  set("keywords", text_of(info.child("keywords")));
  set("date", text_of(info.child("date")));
  set("language", text_of(info.child("lang")));
  const XmlNode sequence = info.child("sequence");
  std::string series = one_line(sequence.attribute("name").value());
  const std::string number = one_line(sequence.attribute("number").value());
  if (!series.empty() && !number.empty()) series += ", " + number;
  set("series", series);
}

void Book::write(bool has_cover) {
  if (has_cover) {
    const XmlNode cover = root_.child("description").child("title-info").child("coverpage");
    for (const XmlNode image : cover.children("image")) picture(image);
    out_.end_paragraph();
  }
  for (const XmlNode body : root_.children("body")) {
    if (!is_notes(body)) write_body(body);
  }
  write_notes();
  out_.finish();
}

void Book::write_body(XmlNode body) {
  top_level_ = body.child("title") ? 2 : 1;
  write_below(body);
}

void Book::write_below(XmlNode node) {
  walk_xml(
      node, [&](XmlNode one) { return enter(one); }, [&](XmlNode one) { leave(one); });
  out_.end_paragraph();
}

// Notes that were called, and then those that nobody called.
void Book::write_notes() {
  for (std::size_t i = 0; i < called_.size(); ++i) {
    out_.begin_footnote(std::to_string(i + 1));
    // The title of a note is its number.
    for (const XmlNode child : notes_[called_[i]].children()) {
      if (named(child, "title")) continue;
      if (enter(child) == Walk::kInto) {
        write_below(child);
        leave(child);
      }
    }
    out_.end_paragraph();
    out_.end_footnote();
  }
  for (const auto& [id, section] : notes_) {
    if (labels_.contains(id)) continue;
    depth_ = 1;
    write_below(section);
    depth_ = 0;
  }
}

Walk Book::enter(XmlNode node) {
  if (steps_++ % kBetweenChecks == 0) job_.check_cancelled();
  if (!node.is_element()) {
    out_.text(node.value());
    return Walk::kOver;
  }
  const std::string_view name = node.name();
  if (const auto style = style_of(name)) {
    out_.begin_style(*style);
  } else if (name == "code") {
    out_.code(text_of(node));
    return Walk::kOver;
  } else if (name == "a") {
    if (call_note(node)) return Walk::kOver;
    begin_link(node);
  } else if (name == "image") {
    picture(node);
    return Walk::kOver;
  } else if (!enter_block(node)) {
    return Walk::kOver;
  }
  return Walk::kInto;
}

// False for what shows nothing.
bool Book::enter_block(XmlNode node) {
  const std::string_view name = node.name();
  if (name == "section") {
    out_.end_paragraph();
    ++depth_;
  } else if (name == "title") {
    if (is_heading(node)) {
      out_.begin_heading(depth_ == 0 ? 1 : depth_ + top_level_ - 1);
      in_title_ = true;
    } else {
      out_.begin_style(Style::kStrong);
    }
  } else if (name == "subtitle") {
    out_.end_paragraph();
    out_.begin_style(Style::kStrong);
  } else if (is_quote(name)) {
    out_.begin_quote();
  } else if (name == "text-author") {
    out_.end_paragraph();
    out_.text("— ");
  } else if (name == "table") {
    out_.begin_table();
  } else if (name == "tr") {
    out_.begin_row();
  } else if (name == "td" || name == "th") {
    out_.begin_cell({.column_span = std::max(node.attribute("colspan").as_uint(1), 1U),
                     .row_span = std::max(node.attribute("rowspan").as_uint(1), 1U),
                     .align = align_of(node.attribute("align").value())});
  } else if (name == "empty-line" || name == "stylesheet") {
    out_.end_paragraph();
    return false;
  }
  return true;
}

void Book::leave(XmlNode node) {
  if (!node.is_element()) return;
  const std::string_view name = node.name();
  if (const auto style = style_of(name)) {
    out_.end_style(*style);
  } else if (name == "a") {
    out_.end_link();
  } else {
    leave_block(node);
  }
}

void Book::leave_block(XmlNode node) {
  const std::string_view name = node.name();
  if (name == "p" || name == "text-author" || name == "date" || name == "stanza") {
    in_title_ ? out_.line_break() : out_.end_paragraph();
  } else if (name == "v") {
    out_.line_break();
  } else if (name == "title") {
    if (in_title_) {
      out_.end_heading();
    } else {
      out_.end_style(Style::kStrong);
      out_.end_paragraph();
    }
    in_title_ = false;
  } else if (name == "subtitle") {
    out_.end_style(Style::kStrong);
    out_.end_paragraph();
  } else if (name == "section") {
    out_.end_paragraph();
    --depth_;
  } else if (is_quote(name)) {
    out_.end_quote();
  } else if (name == "table") {
    out_.end_table();
  } else if (name == "tr") {
    out_.end_row();
  } else if (name == "td" || name == "th") {
    out_.end_cell();
  }
}

bool Book::call_note(XmlNode node) {
  const std::string_view href = href_of(node);
  if (!href.starts_with('#') || !notes_.contains(href.substr(1))) return false;
  const auto [label, is_new] = labels_.try_emplace(std::string(href.substr(1)), called_.size() + 1);
  if (is_new) called_.push_back(label->first);
  out_.footnote_reference(std::to_string(label->second));
  return true;
}

void Book::begin_link(XmlNode node) {
  const std::string_view href = href_of(node);
  if (!href.starts_with('#')) return out_.begin_link(href);
  const auto anchor = anchors_.find(href.substr(1));
  out_.begin_link(anchor == anchors_.end() ? std::string_view() : std::string_view(anchor->second));
}

void Book::picture(XmlNode node) {
  const std::string_view href = href_of(node);
  if (href.empty()) return;
  const bool is_block = !named(node.parent(), "p") && !in_title_;
  if (is_block) out_.end_paragraph();
  const std::string_view alt = node.attribute("alt").value();
  if (!href.starts_with('#')) {
    out_.image(href, alt);
  } else if (const auto asset = asset_of(std::string(href.substr(1)))) {
    out_.image(*asset, alt, node.attribute("title").value());
  } else {
    out_.text(alt);
  }
  if (is_block) out_.end_paragraph();
}

std::optional<sluice_asset> Book::asset_of(const std::string& id) {
  const auto [place, is_new] = assets_.try_emplace(id);
  if (!is_new) return place->second;
  std::string trouble = "is not in the book";
  if (const auto found = pictures_.find(id); found != pictures_.end()) {
    const auto bytes = decode_base64(found->second.child_value());
    const std::string_view type = bytes ? sniff_image(*bytes) : std::string_view();
    if (!type.empty()) {
      place->second = job_.add_asset(id, type, *bytes);
      return place->second;
    }
    trouble = bytes ? "is not an image" : "is damaged";
  }
  if (missing_++ < kMaxWarnings) {
    job_.warn("missing-image", "the picture " + one_line(id, 200) + " " + trouble);
  }
  return std::nullopt;
}

}  // namespace sluice::fb2
