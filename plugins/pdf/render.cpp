// SPDX-License-Identifier: Apache-2.0
#include "render.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sluice/markdown_writer.hpp>

#include "hangul.hpp"
#include "hyphens.hpp"
#include "layout/leaders.hpp"
#include "page/unicode.hpp"
#include "shared_measures.hpp"
#include "structure/footnotes.hpp"
#include "structure/profile.hpp"

namespace sluice::pdf {
namespace {
constexpr float kBlankLine = 1.9F;  // in code, of the usual distance of lines
constexpr float kLeastIndent =
    0.5F;                           // of the size; a slanted letter begins a quarter farther right
constexpr float kMostIndent = 120;  // of code, in glyphs; what stands farther right is a column

bool is_punctuation(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return !word && static_cast<unsigned char>(c) < 0x80;
  });
}

std::string mark_of(const Story& story, const Block& block) {
  return note_mark(
      story.text_of(story.lines[block.lines.front().line]).substr(0, block.marker_bytes));
}

float left_of(const Line& line) {
  return line.backwards ? -line.box.x1 : line.box.x0;
}

// Letters of algorithms have their own widths: where their lines begin makes steps of indents.
std::vector<float> steps_of(const Story& story, const Block& block) {
  std::vector<float> lefts;
  for (const BlockLine& each : block.lines) lefts.push_back(left_of(story.lines[each.line]));
  std::sort(lefts.begin(), lefts.end());
  const float least = kLeastIndent * story.lines[block.lines.front().line].size;
  std::vector<float> steps;
  for (std::size_t i = 0; i < lefts.size(); ++i) {
    if (i == 0 || lefts[i] - lefts[i - 1] > least) steps.push_back(lefts[i]);
  }
  return steps;
}

class Renderer {
 public:
  Renderer(const Story& story, const std::vector<Face>& faces, const std::vector<Block>& blocks,
           const RenderOptions& options, Job& job)
      : story_(story),
        faces_(faces),
        blocks_(blocks),
        options_(options),
        out_(job),
        hyphens_(story),
        hangul_(story),
        profile_(profile_of(story)) {
    for (const Block& block : blocks_) {
      if (block.kind == BlockKind::kFootnote)
        notes_[{block.page, mark_of(story_, block)}] = {block.label, false};
    }
    if (!notes_.empty()) find_calls();
  }

  bool render(const std::function<void(MarkdownWriter&)>& behind) {
    for (const Block& block : blocks_) {
      mark_pages_up_to(block.page);
      if (block.kind != BlockKind::kItem) close_lists(0);
      write(block);
    }
    close_lists(0);
    if (!story_.pages.empty())
      mark_pages_up_to(static_cast<std::uint16_t>(story_.pages.size() - 1));
    if (behind) behind(out_);
    out_.finish();
    return out_.has_content();
  }

 private:
  void mark_pages_up_to(std::uint16_t page) {
    if (!options_.page_markers) return;
    for (; next_page_ <= page && next_page_ < story_.pages.size(); ++next_page_) {
      close_lists(0);
      out_.comment("page " + std::to_string(story_.pages[next_page_].number));
    }
  }

  void write(const Block& block) {
    switch (block.kind) {
      case BlockKind::kHeading:
        in_heading_ = true;
        out_.begin_heading(block.level);
        write_lines(block);
        out_.end_heading();
        in_heading_ = false;
        break;
      case BlockKind::kParagraph:
        write_lines(block);
        out_.end_paragraph();
        break;
      case BlockKind::kItem:
        write_item(block);
        break;
      case BlockKind::kCode:
        write_code(block);
        break;
      case BlockKind::kFootnote:
        out_.begin_footnote(block.label);
        write_lines(block);
        out_.end_footnote();
        break;
      case BlockKind::kTable:
        write_table(story_.tables[block.index]);
        break;
      case BlockKind::kImage: {
        const StoryImage& image = story_.images[block.index];
        out_.image(image.asset, image.alt);
        out_.end_paragraph();
        break;
      }
    }
  }

  // --- lists: one open list for each depth, the last item of each still open ---

  void close_lists(std::size_t keep) {
    while (lists_.size() > keep) {
      out_.end_item();
      out_.end_list();
      lists_.pop_back();
    }
  }

  void write_item(const Block& block) {
    const std::size_t depth = std::min<std::size_t>(block.level, lists_.size());
    close_lists(depth + 1);
    if (lists_.size() == depth + 1 && lists_.back() != block.ordered) close_lists(depth);
    if (lists_.size() == depth + 1) {
      out_.end_item();
    } else {
      ListOptions list;
      list.kind = block.ordered ? ListKind::kOrdered : ListKind::kBullet;
      out_.begin_list(list);
      lists_.push_back(block.ordered);
    }
    ItemOptions item;
    item.number = block.number;
    item.task = block.task;
    out_.begin_item(item);
    write_lines(block);
    out_.end_paragraph();
  }

  // --- code: columns of equal width, so that indentation is kept ---

  void write_code(const Block& block) {
    float left = 1e9F;
    for (const BlockLine& each : block.lines)
      left = std::min(left, left_of(story_.lines[each.line]));
    const bool is_mono = story_.lines[block.lines.front().line].mono;
    const std::vector<float> steps = is_mono ? std::vector<float>() : steps_of(story_, block);
    std::string code;
    const Line* before = nullptr;
    for (const BlockLine& each : block.lines) {
      const Line& line = story_.lines[each.line];
      const float glyph = line.chars > 0 ? kGlyphOfCode * line.size : 1;
      if (before != nullptr &&
          line.baseline - before->baseline > kBlankLine * profile_.leading * line.size)
        code += '\n';
      const float indent = std::clamp((left_of(line) - left) / glyph, 0.0F, kMostIndent);
      const auto step = std::upper_bound(steps.begin(), steps.end(), left_of(line));
      const auto level =
          static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, step - steps.begin()));
      code.append(is_mono ? static_cast<std::size_t>(std::lround(indent)) : 2 * (level - 1), ' ');
      code += story_.text_of(line);
      code += '\n';
      before = &line;
    }
    if (block.lines.size() == 1) {
      code.pop_back();
      out_.code(code);
      out_.end_paragraph();
    } else {
      out_.code_block(code);
    }
  }

  void write_table(const Table& table) {
    TableOptions options;
    options.columns = table.columns;
    out_.begin_table(options);
    for (const TableRow& row : table.rows) {
      out_.begin_row();
      std::uint32_t column = 0;
      for (const Cell& cell : row.cells) {
        for (; column < cell.column; ++column) {
          out_.begin_cell();
          out_.end_cell();
        }
        CellOptions cell_options;
        cell_options.column_span = cell.column_span;
        out_.begin_cell(cell_options);
        write_cell(cell);
        out_.end_cell();
        column = cell.column + cell.column_span;
      }
      out_.end_row();
    }
    out_.end_table();
  }

  void write_cell(const Cell& cell) {
    Block block;
    for (std::uint32_t i = 0; i < cell.lines; ++i) {
      const Line& line = story_.lines[cell.first_line + i];
      const Joint joint = line.broken_before  ? Joint::kBreak
                          : line.glued_before ? Joint::kNone
                                              : Joint::kBlank;
      block.lines.push_back({cell.first_line + i, joint});
    }
    if (!block.lines.empty()) write_lines(block);
  }

  // --- running text ---

  void write_lines(const Block& block) {
    std::uint32_t skip = block.marker_bytes;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      const Line& line = story_.lines[block.lines[i].line];
      std::size_t hyphen = 0;
      if (i > 0) write_joint(block.lines[i], story_.lines[block.lines[i - 1].line], line);
      const bool last = i + 1 == block.lines.size();
      if (!last && block.lines[i + 1].joint == Joint::kBlank) {
        const std::string text = story_.text_of(line);
        std::size_t bytes = 0;
        if (ends_in_hyphen(text, bytes)) {
          const std::string next = story_.text_of(story_.lines[block.lines[i + 1].line]);
          const std::string_view word = std::string_view(text).substr(0, text.size() - bytes);
          const bool kept = last_char(text) != 0xAD && hyphens_.is_kept(word, next);
          hyphen = kept ? 0 : bytes;
          joined_ = true;
        }
      }
      write_spans(line, skip, hyphen);
      skip = 0;
    }
    end_styles();
  }

  void write_joint(const BlockLine& at, const Line& before, const Line& line) {
    if (at.joint == Joint::kNone) return;
    if (at.joint == Joint::kBreak) {
      end_styles();
      out_.line_break();
      return;
    }
    if (joined_) {
      joined_ = false;
      return;
    }
    const std::string text = story_.text_of(line);
    const char32_t next = first_char(text);
    if (is_cjk(last_written_) && is_cjk(next)) return;
    if (hangul_.breaks_words() && hangul_.is_within_word(story_.text_of(before), text)) return;
    if (last_written_ == 0x2013 && !after_blank_ && next >= '0' && next <= '9') return;
    if (is_in_address(line) || is_in_path(line)) return;
    out_.text(" ");
  }

  // "debian/" and "missing-sources": code that is broken behind a slash.
  bool is_in_path(const Line& line) const {
    return last_is_code_ && last_written_ == '/' && is_code(story_.spans[line.first_span], line);
  }

  bool is_code(const Span& span, const Line& line) const {
    return faces_[span.face].mono && !profile_.mostly_mono && !in_heading_ &&
           span.shift == Shift::kNone && line.role != Role::kContents;
  }

  // An address that is shown as it is, and broken at the end of a line.
  bool is_in_address(const Line& line) const {
    const std::int32_t link = story_.spans[line.first_span].link;
    if (link < 0 || link_ < 0 || last_span_.empty()) return false;
    const std::string& url = story_.links[static_cast<std::size_t>(link)];
    if (url != story_.links[static_cast<std::size_t>(link_)]) return false;
    return last_span_.find(' ') == std::string_view::npos &&
           url.find(last_span_) != std::string::npos;
  }

  void write_spans(const Line& line, std::uint32_t skip, std::size_t hyphen) {
    for (std::uint32_t i = 0; i < line.spans; ++i) {
      const Span& span = story_.spans[line.first_span + i];
      std::string_view text = story_.text_of(span);
      const std::size_t cut = std::min<std::size_t>(skip, text.size());
      text.remove_prefix(cut);
      skip -= static_cast<std::uint32_t>(cut);
      if (i + 1 == line.spans) text.remove_suffix(std::min(hyphen, text.size()));
      const Span* next = i + 1 < line.spans ? &span + 1 : nullptr;
      if (!text.empty()) write_span(line, span, text, next);
    }
  }

  bool is_strong(const Span& span) const {
    return !faces_[span.face].symbol && faces_[span.face].bold && !in_heading_ &&
           !profile_.mostly_bold;
  }
  bool is_slanted(const Span& span) const {
    return !faces_[span.face].symbol && faces_[span.face].italic && !in_heading_ &&
           !profile_.mostly_italic;
  }

  void write_span(const Line& line, const Span& span, std::string_view text, const Span* next) {
    const std::string_view before = last_span_;
    last_written_ = last_char(text);
    after_blank_ = text.size() > 3 && text[text.size() - 4] == ' ';
    last_span_ = text;
    last_is_code_ = is_code(span, line);
    if (span.shift == Shift::kSuperscript) {
      const auto note = notes_.find({line.page, note_mark(text)});
      if (note != notes_.end() && !(note->second.has_calls && is_power_of(before))) {
        end_styles();
        out_.footnote_reference(note->second.label);
        if (text.back() == ' ') out_.text(" ");
        return;
      }
    }
    set_link(span.link);
    // Weight and slant of a lone bracket say nothing, unless what they were ends with it.
    const bool silent = is_punctuation(text);
    if (!silent || !(is_strong(span) || (next != nullptr && is_strong(*next))))
      set(Style::kStrong, bold_, is_strong(span));
    if (!silent || !(is_slanted(span) || (next != nullptr && is_slanted(*next))))
      set(Style::kEmphasis, italic_, is_slanted(span));
    set(Style::kSuperscript, raised_, span.shift == Shift::kSuperscript);
    set(Style::kSubscript, lowered_, span.shift == Shift::kSubscript);
    if (line.role == Role::kContents) {
      write_entry(text);
    } else if (last_is_code_) {
      out_.code(text);
    } else {
      out_.text(text);
    }
  }

  // The dots between title and page are as many as there was room for: three say the same.
  void write_entry(std::string_view text) {
    std::size_t at = 0;
    for (DotRun dots = find_dots(text, 0); dots.begin < text.size();
         dots = find_dots(text, dots.end)) {
      out_.text(text.substr(at, dots.begin - at));
      out_.text(dots.begin > 0 && text[dots.begin - 1] != ' ' ? " ..." : "...");
      if (dots.end < text.size() && text[dots.end] != ' ') out_.text(" ");
      at = dots.end;
    }
    out_.text(text.substr(at));
  }

  void set(Style style, bool& is_on, bool wanted) {
    if (is_on == wanted) return;
    if (wanted) {
      out_.begin_style(style);
    } else {
      out_.end_style(style);
    }
    is_on = wanted;
  }

  void set_link(std::int32_t link) {
    if (link == link_) return;
    const bool same = link >= 0 && link_ >= 0 &&
                      story_.links[static_cast<std::size_t>(link)] ==
                          story_.links[static_cast<std::size_t>(link_)];
    if (!same) {
      if (link_ >= 0) out_.end_link();
      if (link >= 0) out_.begin_link(story_.links[static_cast<std::size_t>(link)]);
    }
    link_ = link;
  }

  void end_styles() {
    set(Style::kStrong, bold_, false);
    set(Style::kEmphasis, italic_, false);
    set(Style::kSuperscript, raised_, false);
    set(Style::kSubscript, lowered_, false);
    set_link(-1);
  }

  // "E = mc", "10", "km": a raised number behind one is a power, if it may be.
  static bool is_power_of(std::string_view text) {
    const std::size_t blank = text.find_last_of(" (/");
    const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
    return !word.empty() && word.size() <= 2 && is_word_byte(word.back());
  }
  static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  // Which notes are called where no power can be meant.
  void find_calls() {
    for (const Line& line : story_.lines) {
      for (std::uint32_t i = 1; i < line.spans; ++i) {
        const Span& span = story_.spans[line.first_span + i];
        if (span.shift != Shift::kSuperscript) continue;
        const auto note = notes_.find({line.page, note_mark(story_.text_of(span))});
        if (note == notes_.end()) continue;
        const Span& before = story_.spans[line.first_span + i - 1];
        if (!is_power_of(story_.text_of(before))) note->second.has_calls = true;
      }
    }
  }

  const Story& story_;
  const std::vector<Face>& faces_;
  const std::vector<Block>& blocks_;
  const RenderOptions& options_;
  MarkdownWriter out_;
  Hyphens hyphens_;
  HangulBreaks hangul_;
  Profile profile_;
  struct Note {
    std::string label;
    bool has_calls = false;
  };
  std::map<std::pair<std::uint16_t, std::string>, Note> notes_;  // by page and mark
  std::vector<bool> lists_;                                      // open ones: ordered?
  std::size_t next_page_ = 0;
  char32_t last_written_ = 0;
  bool last_is_code_ = false;
  bool after_blank_ = false;  // the last character stands alone
  std::string_view last_span_;
  bool in_heading_ = false;
  bool joined_ = false;
  bool bold_ = false;
  bool italic_ = false;
  bool raised_ = false;
  bool lowered_ = false;
  std::int32_t link_ = -1;
};

}  // namespace

bool render(const Story& story, const std::vector<Face>& faces, const std::vector<Block>& blocks,
            const RenderOptions& options, Job& job,
            const std::function<void(MarkdownWriter&)>& behind) {
  return Renderer(story, faces, blocks, options, job).render(behind);
}

std::string plain_text(const Story& story, const Block& block) {
  std::string text;
  for (const BlockLine& each : block.lines) {
    if (!text.empty()) text += ' ';
    text += story.text_of(story.lines[each.line]);
  }
  return text;
}

}  // namespace sluice::pdf
