// SPDX-License-Identifier: Apache-2.0
#include "mail/body/plain_text.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <string>
#include <vector>

#include "mail/mime/fields.hpp"
#include "text/layout.hpp"
#include "text/list.hpp"

namespace sluice::mail {
namespace {

// Deeper quotes stand in the deepest one; the writer has containers for few more.
constexpr std::size_t kMaxQuotes = 20;

struct Line {
  std::size_t quotes = 0;
  std::string text;
  bool is_joined = false;  // of lines that flow: it is a paragraph
};

// Takes the marks of quotes off a line: `>`, `> >`, `>>`.
std::size_t take_quotes(std::string_view& line) {
  std::size_t quotes = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t mark = line[at] == ' ' && quotes > 0 && at + 1 < line.size() ? at + 1 : at;
    if (line[mark] != '>') break;
    ++quotes;
    at = mark + 1;
  }
  line.remove_prefix(at);
  return quotes;
}

bool is_signature_mark(std::string_view line) {
  return line == "-- " || line == "--";
}

std::vector<Line> fixed_lines(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_line(text, at);
    std::string_view line = without_line_end(text.substr(at, end - at));
    at = end;
    Line one;
    // Programs that store mail put a mark before such a line.
    if (!line.starts_with(">From ")) one.quotes = take_quotes(line);
    if (one.quotes > 0 && line.starts_with(' ')) line.remove_prefix(1);
    one.text = line;
    lines.push_back(std::move(one));
  }
  return lines;
}

// RFC 3676, section 4.
std::vector<Line> flowed_lines(std::string_view text, bool drops_blank) {
  std::vector<Line> lines;
  bool is_open = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_line(text, at);
    std::string_view line = without_line_end(text.substr(at, end - at));
    at = end;
    std::size_t quotes = 0;
    while (line.starts_with('>')) {
      line.remove_prefix(1);
      ++quotes;
    }
    if (line.starts_with(' ')) line.remove_prefix(1);
    const bool is_signature = is_signature_mark(line);
    const bool flows = line.ends_with(' ') && !is_signature;
    if (flows && drops_blank) line.remove_suffix(1);
    const bool joins = is_open && !lines.empty() && lines.back().quotes == quotes && !is_signature;
    if (joins) {
      lines.back().text += line;
      lines.back().is_joined = true;
    } else {
      lines.push_back({quotes, std::string(line), false});
    }
    is_open = flows;
  }
  return lines;
}

// A blank line between two lines of a quote belongs to it.
void quote_blank_lines(std::vector<Line>& lines) {
  const auto blank = [](const Line& line) { return trimmed(line.text).empty(); };
  for (auto begin = lines.begin(); begin != lines.end();) {
    begin = std::find_if(begin, lines.end(), blank);
    const auto end = std::find_if_not(begin, lines.end(), blank);
    if (begin == lines.end() || end == lines.end()) return;
    const std::size_t before = (begin == lines.begin() ? begin : begin - 1)->quotes;
    // Only as deep as what stands before it: a new quote begins behind it.
    if (before >= end->quotes) {
      for (; begin != end; ++begin) begin->quotes = std::max(begin->quotes, end->quotes);
    }
    begin = end;
  }
}

bool begins_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") ||
         text.starts_with("mailto:") || text.starts_with("ftp://");
}

// Text in which an address in angle brackets is a link (RFC 3986, appendix C).
void write_prose(std::string_view text, MarkdownWriter& out) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::size_t end = text.find_first_of("<> \t", at + 1);
    const bool closes = end != std::string_view::npos && text[end] == '>';
    if (closes && begins_url(text.substr(at + 1))) {
      const std::string_view url = text.substr(at + 1, end - at - 1);
      out.text(text.substr(0, at));
      out.begin_link(url);
      out.text(url);
      out.end_link();
      text.remove_prefix(end + 1);
      at = 0;
    } else {
      ++at;
    }
  }
  out.text(text);
}

class TextBlocks {
 public:
  TextBlocks(MarkdownWriter& out, std::size_t width) : out_(out), list_(out), width_(width) {}

  void write(const std::vector<Line>& lines) {
    bool in_signature = false;
    for (const Line& line : lines) {
      set_quotes(std::min(line.quotes, kMaxQuotes));
      if (is_signature_mark(line.text)) {
        end_block();
        end_verbatim();
        list_.close();
        out_.thematic_break();
        in_signature = true;
        continue;
      }
      if (trimmed(line.text).empty()) {
        end_block();
        if (!verbatim_.empty()) verbatim_ += '\n';
        continue;
      }
      keeps_lines_ = in_signature && line.quotes == 0;
      if (line.is_joined) end_block();
      block_.push_back(line.text);
      if (line.is_joined) end_block();
    }
    set_quotes(0);
    end_block();
    end_verbatim();
    list_.close();
  }

 private:
  void set_quotes(std::size_t quotes) {
    if (quotes == quotes_) return;
    end_block();
    end_verbatim();
    list_.close();
    for (; quotes_ < quotes; ++quotes_) out_.begin_quote();
    for (; quotes_ > quotes; --quotes_) out_.end_quote();
  }

  text::Kind kind_of_block() const {
    if (keeps_lines_) return text::Kind::kLines;
    const text::Kind kind = text::classify(block_, width_);
    // A title underlined is a title in a document; in mail, the heading of a section.
    return kind == text::Kind::kQuote ? text::Kind::kLines : kind;
  }

  void end_block() {
    if (block_.empty()) return;
    const text::Kind kind = kind_of_block();
    if (kind != text::Kind::kVerbatim) end_verbatim();
    if (kind != text::Kind::kList) list_.close();
    switch (kind) {
      case text::Kind::kProse:
        write_prose(text::join(block_), out_);
        break;
      case text::Kind::kLines:
      case text::Kind::kQuote:
        write_lines();
        break;
      case text::Kind::kList:
        list_.add(text::read_items(block_));
        break;
      case text::Kind::kHeading1:
      case text::Kind::kHeading2:
        out_.begin_heading(2);
        out_.text(block_[0]);
        out_.end_heading();
        break;
      case text::Kind::kRule:
        out_.thematic_break();
        break;
      case text::Kind::kVerbatim:
        for (const std::string& line : block_) verbatim_.append(line).push_back('\n');
        break;
    }
    if (kind == text::Kind::kProse || kind == text::Kind::kLines) out_.end_paragraph();
    block_.clear();
  }

  void write_lines() {
    for (std::size_t i = 0; i < block_.size(); ++i) {
      if (i > 0) out_.line_break();
      write_prose(block_[i], out_);
    }
    out_.end_paragraph();
  }

  void end_verbatim() {
    if (verbatim_.empty()) return;
    verbatim_.erase(verbatim_.find_last_not_of('\n') + 1);
    out_.code_block(verbatim_, "text");
    verbatim_.clear();
  }

  MarkdownWriter& out_;
  text::ListWriter list_;
  std::size_t width_;
  std::size_t quotes_ = 0;
  bool keeps_lines_ = false;
  text::Block block_;
  std::string verbatim_;
};

std::size_t wrap_width_of(const std::vector<Line>& lines) {
  text::WrapWidth width;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const bool goes_on = !trimmed(lines[i].text).empty() && !trimmed(lines[i + 1].text).empty() &&
                         lines[i].quotes == lines[i + 1].quotes;
    if (goes_on) width.add(lines[i].text);
  }
  return width.get();
}

}  // namespace

void write_plain_text(std::string_view text, Flow flow, MarkdownWriter& out) {
  std::vector<Line> lines =
      flow.is_flowed ? flowed_lines(text, flow.drops_blank) : fixed_lines(text);
  quote_blank_lines(lines);
  TextBlocks(out, wrap_width_of(lines)).write(lines);
}

}  // namespace sluice::mail
