// SPDX-License-Identifier: Apache-2.0
//
// What single commands of LaTeX mean.
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <unordered_map>

#include "markup/tex/reader.hpp"

namespace sluice::markup::tex {
namespace {

std::string joined_names(std::string_view names) {
  std::string out;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    out.append(out.empty() ? "" : ", ").append(trimmed(names.substr(0, comma)));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return out;
}

}  // namespace

Reader::Special Reader::special_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Special> kSpecials = {
      {"part", &Reader::heading},
      {"chapter", &Reader::heading},
      {"section", &Reader::heading},
      {"subsection", &Reader::heading},
      {"subsubsection", &Reader::heading},
      {"paragraph", &Reader::heading},
      {"subparagraph", &Reader::heading},
      {"frametitle", &Reader::heading},
      {"framesubtitle", &Reader::heading},
      {"texttt", &Reader::code_words},
      {"code", &Reader::code_words},
      {"path", &Reader::code_words},
      {"nolinkurl", &Reader::code_words},
      {"href", &Reader::link},
      {"url", &Reader::address},
      {"hyperref", &Reader::inner_link},
      {"hyperlink", &Reader::inner_link},
      {"ref", &Reader::reference},
      {"eqref", &Reader::reference},
      {"pageref", &Reader::reference},
      {"autoref", &Reader::reference},
      {"cref", &Reader::reference},
      {"Cref", &Reader::reference},
      {"vref", &Reader::reference},
      {"nameref", &Reader::reference},
      {"cite", &Reader::citation},
      {"citep", &Reader::citation},
      {"citet", &Reader::citation},
      {"citealp", &Reader::citation},
      {"citealt", &Reader::citation},
      {"citeauthor", &Reader::citation},
      {"citeyear", &Reader::citation},
      {"parencite", &Reader::citation},
      {"textcite", &Reader::citation},
      {"autocite", &Reader::citation},
      {"footcite", &Reader::citation},
      {"fullcite", &Reader::citation},
      {"citeyearpar", &Reader::citation},
      {"footnote", &Reader::note},
      {"thanks", &Reader::note},
      {"endnote", &Reader::note},
      {"footnotemark", &Reader::note_mark},
      {"footnotetext", &Reader::note_text},
      {"includegraphics", &Reader::picture},
      {"caption", &Reader::caption},
      {"captionof", &Reader::caption},
      {"\\", &Reader::line_break},
      {"newline", &Reader::line_break},
      {"tabularnewline", &Reader::line_break},
      {"cr", &Reader::line_break},
      {"par", &Reader::paragraph},
      {"enquote", &Reader::quoted},
      {"title", &Reader::metadata},
      {"author", &Reader::metadata},
      {"date", &Reader::metadata},
      {"keywords", &Reader::metadata},
      {"input", &Reader::other_file},
      {"include", &Reader::other_file},
      {"bibliography", &Reader::other_file},
      {"printbibliography", &Reader::other_file},
      {"addbibresource", &Reader::other_file},
      {"lstinputlisting", &Reader::other_file},
      {"verbatiminput", &Reader::other_file},
      {"includepdf", &Reader::other_file},
      {"subfile", &Reader::other_file},
      {"import", &Reader::other_file},
      {"newcommand", &Reader::definition},
      {"renewcommand", &Reader::definition},
      {"providecommand", &Reader::definition},
      {"def", &Reader::definition},
      {"gdef", &Reader::definition},
      {"let", &Reader::definition},
      {"newtheorem", &Reader::definition},
      {"newenvironment", &Reader::definition},
      {"renewenvironment", &Reader::definition},
      {"setcounter", &Reader::counter},
      {"item", &Reader::item},
      {"bibitem", &Reader::source_item},
      {"xspace", &Reader::blank_behind},
      {"rule", &Reader::rule},
      {"hrule", &Reader::rule},
      {"graphicspath", &Reader::picture_folder},
      {"endfirsthead", &Reader::table_part},
      {"endhead", &Reader::table_part}};
  const auto found = kSpecials.find(name);
  return found == kSpecials.end() ? nullptr : found->second;
}

void Reader::heading(std::string_view name) {
  skip_star();
  option();
  const Range title = argument();
  if (const auto depth = heading_depth(name)) return write_heading(labels_.level_of(*depth), title);
  if (name == "frametitle") {
    const int above = (labels_.has_sections ? 1 : 0) + (labels_.has_subsections ? 1 : 0);
    return write_heading(above + 1, title);
  }
  style_range(Style::kStrong, title);
  end_paragraph();
}

void Reader::write_heading(int level, Range title) {
  end_paragraph();
  out_.begin_heading(level);
  read(title);
  out_.end_heading();
}

std::string Reader::title_text(std::size_t begin, std::size_t end) {
  write_heading(1, {begin, end});
  return out_.heading_text();
}

void Reader::style(Style style) {
  style_range(style, argument());
}

void Reader::style_range(Style style, Range range) {
  flush();
  out_.begin_style(style);
  read(range);
  out_.end_style(style);
}

void Reader::code_words(std::string_view) {
  flush();
  const std::string_view words = words_of(argument());
  // Formatted code within: its marks would be shown as they are.
  out_.code(plain_text(words, true));
}

void Reader::accent(std::string_view name) {
  const Range range = argument();
  std::string_view base = words_of(range);
  if (base.starts_with('\\')) {
    const std::string_view letter = control_name(base, 0);
    plain_ += accented(name, symbol_of(letter).value_or(""));
    plain_.append(base.substr(1 + letter.size()));
  } else if (base.empty()) {
    plain_ += name == "^" || name == "~" ? name : "";
  } else {
    plain_ += accented(name, base);
  }
}

void Reader::link(std::string_view) {
  option();
  const std::string target = plain_text(words_of(argument()), true);
  const Range shown = argument();
  flush();
  out_.begin_link(target);
  read(shown);
  out_.end_link();
}

void Reader::address(std::string_view) {
  flush();
  const std::string target = plain_text(words_of(argument()), true);
  out_.begin_link(target);
  out_.text(target);
  out_.end_link();
}

// \hyperref[label]{text}, \hyperlink{name}{text}
void Reader::inner_link(std::string_view name) {
  const std::string_view label = words_of(name == "hyperlink" ? argument() : option());
  const Range shown = argument();
  const auto place = labels_.places.find(trimmed(label));
  const bool leads = place != labels_.places.end() && !place->second.anchor.empty();
  flush();
  if (leads) out_.begin_link(place->second.anchor);
  read(shown);
  if (leads) out_.end_link();
}

void Reader::reference(std::string_view name) {
  skip_star();
  std::string_view labels = words_of(argument());
  const bool shows_kind = name == "autoref" || name == "cref" || name == "Cref";
  bool is_first = true;
  while (!labels.empty()) {
    const std::size_t comma = std::min(labels.find(','), labels.size());
    const std::string_view label = trimmed(labels.substr(0, comma));
    labels.remove_prefix(std::min(comma + 1, labels.size()));
    const auto found = labels_.places.find(label);
    if (!is_first) plain_ += ", ";
    if (found == labels_.places.end() ||
        (found->second.number.empty() && found->second.anchor.empty())) {
      plain_.append("[").append(label).append("]");
    } else {
      const Place& place = found->second;
      std::string shown = place.number;
      if (shown.empty() || name == "nameref") shown = place.title.empty() ? label : place.title;
      if (name == "eqref") shown = "(" + shown + ")";
      if (shows_kind && is_first && !place.number.empty())
        shown = std::string(place.kind) + " " + shown;
      flush();
      if (!place.anchor.empty()) out_.begin_link(place.anchor);
      out_.text(shown);
      if (!place.anchor.empty()) out_.end_link();
    }
    is_first = false;
  }
}

// Where the list of sources is in another file, their keys are all there is to show.
void Reader::citation(std::string_view) {
  skip_star();
  const std::string first = plain_text(words_of(option()));
  const std::string second = plain_text(words_of(option()));
  const std::string& behind = second.empty() ? first : second;
  plain_.append("[");
  if (!second.empty() && !first.empty()) plain_.append(first).append(" ");
  plain_.append(joined_names(words_of(argument())));
  if (!behind.empty()) plain_.append(", ").append(behind);
  plain_.append("]");
}

void Reader::note(std::string_view) {
  option();
  call_note(argument());
}

// A note's text is written at the end: it is a block of its own.
void Reader::call_note(Range text) {
  flush();
  notes_.push_back(text);
  out_.footnote_reference(std::to_string(notes_.size()));
}

void Reader::write_notes() {
  // Notes may have notes.
  for (std::size_t i = 0; i < notes_.size(); ++i) {
    out_.begin_footnote(std::to_string(i + 1));
    read(notes_[i]);
    end_paragraph();
    out_.end_footnote();
  }
}

void Reader::note_mark(std::string_view) {
  option();
  open_marks_.push_back(notes_.size());
  call_note({at_, at_});
}

void Reader::note_text(std::string_view) {
  option();
  const Range text = argument();
  if (open_marks_.empty()) return call_note(text);
  notes_[open_marks_.front()] = text;
  open_marks_.pop_front();
}

void Reader::picture(std::string_view) {
  skip_star();
  const std::string_view options = words_of(option());
  option();
  flush();
  const std::string name = picture_folder_ + plain_text(words_of(argument()), true);
  if (name.empty()) return;
  to_.image_of(name, option_value(options, "alt"));
}

void Reader::picture_folder(std::string_view) {
  std::string_view folders = words_of(argument());
  if (folders.starts_with('{')) folders = folders.substr(1, folders.find('}') - 1);
  if (folders.size() < 200) picture_folder_ = folders;
  if (!picture_folder_.empty() && !picture_folder_.ends_with('/')) picture_folder_ += '/';
}

void Reader::caption(std::string_view name) {
  const std::size_t place = control_;
  skip_star();
  if (name == "captionof") argument();
  option();
  const Range text = argument();
  end_paragraph();
  if (const Place* const counted = labels_.referred_at(place))
    out_.text(std::string(counted->kind) + " " + counted->number + ": ");
  read(text);
  end_paragraph();
}

void Reader::line_break(std::string_view) {
  skip_star();
  // A length behind it: `\\[2pt]`.
  if (at_ < text_.size() && text_[at_] == '[') option();
  if (scopes_.size() > base_ && scopes_.back().kind == EnvironmentKind::kTable) {
    Scope& table = scopes_.back();
    flush();
    end_row(table);
    return begin_row(table);
  }
  flush();
  out_.line_break();
}

void Reader::paragraph(std::string_view) {
  end_paragraph();
}

void Reader::quoted(std::string_view) {
  skip_star();
  const Range text = argument();
  plain_ += "“";
  read(text);
  plain_ += "”";
}

void Reader::metadata(std::string_view name) {
  option();
  const std::string value = one_line(plain_text(words_of(argument())));
  if (value.empty() || value == "today") return;
  if (name == "date" && value.find_first_of("0123456789") == std::string::npos) return;
  to_.job.set_metadata(name, value);
}

void Reader::other_file(std::string_view name) {
  to_.left_out("\\" + std::string(name));
  skip_star();
  option();
  if (name != "printbibliography") argument();
  if (name == "import") argument();
}

// What the walk over macros left in place: the look of labels, and what calculates.
void Reader::definition(std::string_view name) {
  skip_star();
  const std::string_view target = trimmed(words_of(argument()), "\\ {}");
  if (name == "let") {
    if (at_ < text_.size() && text_[at_] == '=') ++at_;
    argument();
    return;
  }
  while (at_ < text_.size() && text_[at_] == '#') at_ += 2;
  at_ = std::min(at_, text_.size());
  option();
  option();
  const std::string_view body = words_of(argument());
  if (name == "newtheorem") option();
  if (name.ends_with("environment")) argument();
  Scope* const list = list_around();
  if (list != nullptr && target.starts_with("labelenum")) list->label = body;
}

// \setcounter{enumi}{4}: the next item is the fifth.
void Reader::counter(std::string_view) {
  const std::string_view counter = words_of(argument());
  const std::string_view value = trimmed(words_of(argument()));
  Scope* const list = list_around();
  if (list == nullptr || !counter.starts_with("enum") || !is_ascii_number(value) ||
      value.size() > 8)
    return;
  list->number = std::stoll(std::string(value)) + 1;
}

void Reader::blank_behind(std::string_view) {
  if (at_ < text_.size() && is_ascii_alphanumeric(static_cast<unsigned char>(text_[at_])))
    plain_ += ' ';
}

void Reader::rule(std::string_view name) {
  if (name == "hrule") return;
  option();
  const std::string_view width = words_of(argument());
  argument();
  if (width.find("width") == kNowhere) return;
  end_paragraph();
  out_.thematic_break();
}

}  // namespace sluice::markup::tex
