// SPDX-License-Identifier: Apache-2.0
#include "text/converter.hpp"

#include <functional>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/defects.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <sluice/utf8.hpp>

#include "text/layout.hpp"
#include "text/list.hpp"

namespace sluice::text {
namespace {

constexpr std::size_t kMaxBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 10;

// Cuts a text that comes in pieces into lines without their ends. A line over kMaxLineBytes comes
// in several pieces, cut at blanks where there are any.
class LineSplitter {
 public:
  explicit LineSplitter(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {}

  void feed(std::string_view text) {
    while (!text.empty()) {
      if (after_cr_ && text.front() == '\n') text.remove_prefix(1);
      after_cr_ = false;
      const auto end = text.find_first_of("\r\n");
      line_.append(text.substr(0, end));
      while (line_.size() > kMaxLineBytes) cut();
      if (end == std::string_view::npos) return;
      after_cr_ = text[end] == '\r';
      text.remove_prefix(end + 1);
      sink_(line_);
      line_.clear();
    }
  }
  void finish() {
    if (!line_.empty()) sink_(line_);
  }

 private:
  void cut() {
    const auto blank = line_.find_last_of(' ', kMaxLineBytes);
    const bool found = blank != std::string::npos && blank > kMaxLineBytes / 2;
    const auto at = found ? blank : utf8_cut(line_, kMaxLineBytes);
    sink_(std::string_view(line_).substr(0, at));
    line_.erase(0, at);
  }

  std::function<void(std::string_view)> sink_;
  std::string line_;
  bool after_cr_ = false;
};

enum class Layout { kAuto, kParagraphs, kPreserve };

// The language of source code, as a code block names it; empty for what people read as text.
std::string language_of(std::string_view media_type) {
  constexpr std::string_view kPrefix = "text/x-";
  if (!media_type.starts_with(kPrefix)) return {};
  const std::string_view name = media_type.substr(kPrefix.size());
  for (const std::string_view light_markup : {"asciidoc", "org", "rst", "tex"}) {
    if (name == light_markup) return {};
  }
  return std::string(name == "shellscript" ? "sh" : name);
}

Layout layout_of(const Options& options, std::string_view language) {
  const std::string name = options.get_string("layout");
  // Its line ends and indents are its meaning.
  if (!language.empty() && name == "auto") return Layout::kPreserve;
  if (name == "paragraphs") return Layout::kParagraphs;
  return name == "preserve" ? Layout::kPreserve : Layout::kAuto;
}

// Collects lines into blocks and writes each as what it is.
class TextWriter {
 public:
  TextWriter(Job& job, Layout layout, std::size_t wrap_width, std::string language)
      : out_(job),
        list_(out_),
        layout_(layout),
        wrap_width_(wrap_width),
        language_(language.empty() ? "text" : std::move(language)) {}

  void line(std::string_view line) {
    if (trimmed(line).empty()) {
      end_block();
      if (!verbatim_.empty() && verbatim_.size() < kMaxBlockBytes) verbatim_.push_back('\n');
      return;
    }
    // A piece of a line that goes on for ever is a paragraph by itself.
    const bool long_piece = line.size() > kMaxLineBytes / 2;
    if (long_piece) end_block();
    block_.emplace_back(line);
    block_bytes_ += line.size();
    if (long_piece) end_block();
    if (block_bytes_ > kMaxBlockBytes) {
      // Nobody writes a paragraph as long as this: a log, or a table.
      in_long_block_ = true;
      end_block();
      in_long_block_ = true;
    }
  }

  void finish() {
    end_block();
    flush_verbatim();
    list_.close();
    out_.finish();
  }

 private:
  void end_block() {
    if (!block_.empty()) write(kind());
    block_.clear();
    block_bytes_ = 0;
    in_long_block_ = false;
  }

  Kind kind() const {
    if (layout_ == Layout::kPreserve) return Kind::kVerbatim;
    if (layout_ == Layout::kParagraphs) return Kind::kProse;
    if (block_.size() == 1 && block_bytes_ > kMaxLineBytes / 2) return Kind::kProse;
    if (in_long_block_) return Kind::kVerbatim;
    const Kind found = classify(block_, wrap_width_);
    // A row that stands apart from the table above it.
    const bool goes_on = found == Kind::kProse && block_.size() == 1 && !verbatim_.empty();
    return goes_on && has_columns(block_[0]) ? Kind::kVerbatim : found;
  }

  void write(Kind kind) {
    if (kind != Kind::kVerbatim) flush_verbatim();
    if (kind != Kind::kList) list_.close();
    switch (kind) {
      case Kind::kProse:
        out_.text(join(block_));
        break;
      case Kind::kLines:
        write_lines(block_);
        break;
      case Kind::kList:
        return list_.add(read_items(block_));
      case Kind::kHeading1:
      case Kind::kHeading2:
        out_.begin_heading(kind == Kind::kHeading1 ? 1 : 2);
        out_.text(block_[0]);
        return out_.end_heading();
      case Kind::kRule:
        return out_.thematic_break();
      case Kind::kQuote:
        return write_quote();
      case Kind::kVerbatim:
        return keep_verbatim();
    }
    out_.end_paragraph();
  }

  void write_lines(const Block& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) out_.line_break();
      out_.text(lines[i]);
    }
  }

  // What is quoted is running text, or its lines count; a quote inside it is read as text.
  void write_quote() {
    const Block lines = unquoted(block_);
    if (lines.empty()) return;
    out_.begin_quote();
    if (classify(lines, wrap_width_) == Kind::kProse) {
      out_.text(join(lines));
    } else {
      write_lines(lines);
    }
    out_.end_quote();
  }

  // Blocks that follow each other become one, with the blank lines between them.
  void keep_verbatim() {
    for (const std::string& line : block_) verbatim_.append(line).push_back('\n');
    if (verbatim_.size() > kMaxBlockBytes) flush_verbatim();
  }

  void flush_verbatim() {
    if (verbatim_.empty()) return;
    verbatim_.erase(verbatim_.find_last_not_of('\n') + 1);
    out_.code_block(verbatim_, language_);
    verbatim_.clear();
  }

  MarkdownWriter out_;
  ListWriter list_;
  Layout layout_;
  std::size_t wrap_width_;
  std::string language_;  // of code blocks
  Block block_;
  std::size_t block_bytes_ = 0;
  bool in_long_block_ = false;
  std::string verbatim_;
};

// What the first pass learns.
struct Survey {
  WrapWidth width;
  bool blank = true;
  std::uint64_t replaced = 0;
};

Survey survey(SourceText& source) {
  Survey found;
  std::string before;
  LineSplitter lines([&](std::string_view line) {
    const bool blank = trimmed(line).empty();
    if (!blank && !before.empty()) found.width.add(before);
    found.blank = found.blank && blank;
    before = blank ? std::string_view() : line;
  });
  found.replaced = source.decode([&](std::string_view text) { lines.feed(text); });
  lines.finish();
  return found;
}

}  // namespace

void TextConverter::convert(Job& job) {
  const Options options(job.options());
  SourceText source = SourceText::in_charset(job, options.get_string("charset"));
  const Survey found = survey(source);
  if (found.blank) {
    job.finish_as(Outcome::kEmpty, "there is no text in the file");
    return;
  }
  warn_of_undecodable(job, found.replaced, source.charset());
  const std::string language = language_of(job.media_type());
  TextWriter out(job, layout_of(options, language), found.width.get(), language);
  LineSplitter lines([&](std::string_view line) { out.line(line); });
  source.decode([&](std::string_view text) { lines.feed(text); });
  lines.finish();
  out.finish();
}

Canary TextConverter::canary() const {
  return {"A canary, caf\xC3\xA9.\n\n* one\n* two\n", "canary.txt", "text/plain",
          "A canary, caf\xC3\xA9.\n\n- one\n- two\n"};
}

}  // namespace sluice::text
