// SPDX-License-Identifier: Apache-2.0
#include "pptx/text_writer.hpp"

#include <algorithm>
#include <array>
#include <sluice/blanks.hpp>
#include <sluice/list_marks.hpp>
#include <sluice/list_number.hpp>
#include <sluice/omml.hpp>
#include <sluice/symbol_font.hpp>
#include <sluice/url.hpp>
#include <string_view>
#include <utility>

namespace sluice::pptx {
namespace {

constexpr int kMaxLevels = 9;
constexpr std::array<const char*, 4> kBullets = {"a:buNone", "a:buChar", "a:buAutoNum", "a:buBlip"};
constexpr std::string_view kSlideNumber = "slidenum";  // the type of a field
// How PowerPoint writes a line break that was pasted: XML has no such character.
constexpr std::string_view kVerticalTab = "_x000B_";

bool is_set(XmlNode properties, const char* name) {
  const std::string_view value = properties.attribute(name).value();
  return value == "1" || value == "true" || value == "on";
}

int level_of(XmlNode paragraph_properties) {
  return std::clamp(paragraph_properties.attribute("lvl").as_int(), 0, kMaxLevels - 1);
}

// Whether a typeface is one for code.
bool is_monospace(std::string_view face) {
  constexpr auto kFaces = std::to_array<std::string_view>(
      {"Courier", "Consolas", "Menlo", "Monaco", "Lucida Console", "DejaVu Sans Mono",
       "Liberation Mono", "Source Code Pro", "Fira Code", "Cascadia", "JetBrains Mono",
       "Roboto Mono", "Andale Mono", "Ubuntu Mono", "SF Mono"});
  return std::any_of(kFaces.begin(), kFaces.end(), [face](std::string_view known) {
    return equal_ignoring_ascii_case(face.substr(0, known.size()), known);
  });
}

bool is_code(XmlNode properties) {
  return is_monospace(properties.child("a:latin").attribute("typeface").value());
}

// The text of a run, with what only a symbol font's own codes say as characters.
std::string text_of_run(XmlNode run) {
  std::string text = xml_text(run.child("a:t"));
  const XmlNode properties = run.child("a:rPr");
  for (const char* face : {"a:sym", "a:latin"}) {
    const SymbolFont font = symbol_font_named(properties.child(face).attribute("typeface").value());
    if (font != SymbolFont::kNone) return without_private_characters(text, font);
  }
  return text;
}

// The label of an item whose numbers are letters or Roman, which Markdown cannot count in; empty
// for all others. `scheme` (21.1.10.61): what counts, then what is around it.
std::string label_of(std::string_view scheme, std::int64_t number) {
  constexpr auto kFormats =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"alphaLc", "lowerLetter"},
                                                                    {"alphaUc", "upperLetter"},
                                                                    {"romanLc", "lowerRoman"},
                                                                    {"romanUc", "upperRoman"}});
  for (const auto& [counting, format] : kFormats) {
    if (!scheme.starts_with(counting)) continue;
    const std::string label = list_number(number, format);
    if (scheme.ends_with("ParenBoth")) return "(" + label + ")";
    return label + (scheme.ends_with("Period") ? "." : ")");
  }
  return {};
}

// Whether all that a paragraph says is code.
bool is_listing(XmlNode paragraph) {
  bool code = false;
  for (const XmlNode node : paragraph.children()) {
    if (named(node, "a:r")) {
      if (!is_code(node.child("a:rPr"))) return false;
      code = true;
    } else if (named(node, "a:fld") || named(node, "a14:m") || named(node, "mc:AlternateContent")) {
      return false;
    }
  }
  return code;
}

std::string listing(XmlNode paragraph) {
  std::string code;
  for (const XmlNode node : paragraph.children()) {
    if (named(node, "a:br")) code += '\n';
    if (named(node, "a:r")) code += xml_text(node.child("a:t"));
  }
  for (auto at = code.find(kVerticalTab); at != std::string::npos;
       at = code.find(kVerticalTab, at)) {
    code.replace(at, kVerticalTab.size(), "\n");
  }
  return code;
}

}  // namespace

RunWriter::Look RunWriter::look_of(XmlNode properties) const {
  Look look;
  look.strong = is_set(properties, "b");
  look.emphasis = is_set(properties, "i");
  const std::string_view strike = properties.attribute("strike").value();
  const std::string_view underline = properties.attribute("u").value();
  look.underline = !underline.empty() && underline != "none";
  look.strike = !strike.empty() && strike != "noStrike";
  const std::string_view baseline = properties.attribute("baseline").value();
  look.superscript = !baseline.empty() && baseline[0] != '-' && baseline != "0" && baseline != "0%";
  look.subscript = baseline.starts_with('-');
  look.code = is_code(properties);
  look.url = clicks_.address_of(properties);
  if (properties.child("a:hlinkClick")) look.underline = false;  // as links are
  if (look.url.empty()) look.url = url_;
  if (heading_) look.strong = false;  // as headings are
  return look;
}

void RunWriter::flush_code() {
  if (code_.empty()) return;
  out_.code(code_);
  code_.clear();
}

void RunWriter::change_look(const Look& look) {
  if (look == look_) return;
  flush_code();
  if (look_.url != look.url && !look_.url.empty()) out_.end_link();
  const auto change = [this](bool before, bool after, Style style) {
    if (before && !after) out_.end_style(style);
    if (!before && after) out_.begin_style(style);
  };
  if (look_.url != look.url && !look.url.empty()) out_.begin_link(look.url);
  change(look_.strong, look.strong, Style::kStrong);
  change(look_.emphasis, look.emphasis, Style::kEmphasis);
  change(look_.strike, look.strike, Style::kStrike);
  change(look_.underline, look.underline, Style::kUnderline);
  change(look_.subscript, look.subscript, Style::kSubscript);
  change(look_.superscript, look.superscript, Style::kSuperscript);
  look_ = look;
}

void RunWriter::run(XmlNode node) {
  std::string text = text_of_run(node);
  text.erase(0, std::exchange(skip_bytes_, 0));
  if (text.empty()) return;
  // A blank takes the look of what is before it: no markers around nothing.
  if (!is_blank(text) || code_.empty()) {
    Look look = look_of(node.child("a:rPr"));
    if (is_blank(text) && look.url == look_.url) look = look_;
    change_look(look);
  }
  wrote_ = wrote_ || !is_blank(text);
  if (look_.code) {
    code_ += text;
    return;
  }
  std::string_view rest = text;
  while (true) {
    const auto end = rest.find(kVerticalTab);
    out_.text(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    out_.line_break();
    rest.remove_prefix(end + kVerticalTab.size());
  }
}

void RunWriter::math(XmlNode node) {
  change_look({});
  const bool display = static_cast<bool>(node.child("m:oMathPara"));
  const std::string tex = omml_to_tex(node);
  if (tex.empty()) return;
  out_.math(tex, display ? MathLayout::kDisplay : MathLayout::kInline);
  wrote_ = true;
}

void RunWriter::visit(XmlNode node, int depth) {
  constexpr int kMaxNested = 8;
  if (named(node, "a:r")) return run(node);
  if (named(node, "a14:m")) return math(node);
  if (named(node, "a:br")) {
    flush_code();
    out_.line_break();
  } else if (named(node, "a:fld")) {
    // The number of the slide is not something that it says.
    if (std::string_view(node.attribute("type").value()) != kSlideNumber) run(node);
  } else if (named(node, "mc:AlternateContent") && depth < kMaxNested) {
    constexpr std::array<std::string_view, 1> kUnderstood = {"a14"};
    for (const auto child : choose_alternate(node, kUnderstood).children()) visit(child, depth + 1);
  }
}

bool RunWriter::write(XmlNode paragraph) {
  wrote_ = false;
  for (const XmlNode node : paragraph.children()) visit(node, 0);
  flush_code();
  change_look({});
  return wrote_;
}

void TextWriter::close_lists(int above) {
  while (!lists_.empty() && lists_.back().level > above) {
    out_.end_item();
    out_.end_list();
    lists_.pop_back();
  }
}

void TextWriter::item(XmlNode paragraph, int level, XmlNode bullet) {
  const bool ordered = named(bullet, "a:buAutoNum");
  const std::string scheme = bullet.attribute("type").value();
  close_lists(level);
  const std::int64_t first = std::max(bullet.attribute("startAt").as_int(1), 1);
  const bool same = !lists_.empty() && lists_.back().level == level &&
                    lists_.back().ordered == ordered && lists_.back().scheme == scheme &&
                    lists_.back().first == first;
  if (same) {
    out_.end_item();
  } else {
    close_lists(level - 1);
    ListOptions options;
    const bool counted = ordered && label_of(scheme, first).empty();
    options.kind = counted ? ListKind::kOrdered : ListKind::kBullet;
    out_.begin_list(options);
    lists_.push_back({level, ordered, scheme, first, first});
  }
  ItemOptions options;
  options.number = lists_.back().next++;
  if (!ordered) {
    const XmlNode opening =
        paragraph.find_child([](XmlNode node) { return !named(node, "a:pPr"); });
    const TaskBox box =
        named(opening, "a:r") ? task_box_of(opening.child("a:t").child_value()) : TaskBox();
    options.task = box.task;
    runs_.skip(box.size);
  }
  out_.begin_item(options);
  if (const std::string label = label_of(scheme, options.number); ordered && !label.empty()) {
    out_.text(label + " ");
  }
  runs_.write(paragraph);
  out_.end_paragraph();
}

// A listing may be several paragraphs, one a line or more. Writes them as one block; returns how
// many.
std::size_t TextWriter::write_code(XmlNode first) {
  std::string code = listing(first);
  std::size_t count = 1;
  for (auto next = first.next_sibling("a:p"); next && is_listing(next);
       next = next.next_sibling("a:p")) {
    code += "\n" + listing(next);
    ++count;
  }
  out_.code_block(code);
  return count;
}

void TextWriter::write(XmlNode body, const LevelStyles& styles) {
  std::size_t skip = 0;
  for (const XmlNode paragraph : body.children("a:p")) {
    if (skip > 0) {
      --skip;
      continue;
    }
    const XmlNode properties = paragraph.child("a:pPr");
    const int level = level_of(properties);
    if (is_blank(xml_text(paragraph))) continue;
    const XmlNode bullet = styles.find(properties, level, kBullets);
    if (bullet && !named(bullet, "a:buNone")) {
      item(paragraph, level, bullet);
      continue;
    }
    // Further in than an open list, it is what an item goes on with.
    close_lists(level - 1);
    if (is_listing(paragraph)) {
      skip = write_code(paragraph) - 1;
    } else {
      runs_.write(paragraph);
      out_.end_paragraph();
    }
  }
  close_lists(-1);
}

void TextWriter::write_line(XmlNode body) {
  runs_.begin_heading();
  bool first = true;
  for (const XmlNode paragraph : body.children("a:p")) {
    if (is_blank(xml_text(paragraph))) continue;
    if (!first) out_.text(" ");
    first = false;
    runs_.write(paragraph);
  }
}

std::string line_of(XmlNode body) {
  std::string line;
  for (const XmlNode paragraph : body.children("a:p")) {
    if (is_blank(xml_text(paragraph))) continue;
    if (!line.empty()) line += ' ';
    for (const XmlNode node : paragraph.children()) {
      const bool is_number =
          named(node, "a:fld") && std::string_view(node.attribute("type").value()) == kSlideNumber;
      if (named(node, "a:br")) line += ' ';
      if (named(node, "a:r") || (named(node, "a:fld") && !is_number)) line += text_of_run(node);
    }
  }
  for (auto at = line.find(kVerticalTab); at != std::string::npos;
       at = line.find(kVerticalTab, at)) {
    line.replace(at, kVerticalTab.size(), " ");
  }
  return one_line(line);
}

// Cells inherit no bullets.
void TextWriter::write_cell(XmlNode body) {
  const LevelStyles own({}, Slide(), {});
  for (const XmlNode paragraph : body.children("a:p")) {
    if (is_blank(xml_text(paragraph))) continue;
    const XmlNode properties = paragraph.child("a:pPr");
    const int level = level_of(properties);
    const XmlNode bullet = own.find(properties, level, kBullets);
    if (bullet && !named(bullet, "a:buNone")) {
      item(paragraph, level, bullet);
      continue;
    }
    close_lists(level - 1);
    runs_.write(paragraph);
    out_.end_paragraph();
  }
  close_lists(-1);
}

}  // namespace sluice::pptx
