// SPDX-License-Identifier: Apache-2.0
#include "markup/source.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/lines.hpp>
#include <sluice/utf8.hpp>

namespace sluice::markup {
namespace {

constexpr std::uint64_t kBetweenChecks = 256;
constexpr std::size_t kMaxNames = 64;
constexpr std::size_t kNamedInWarning = 5;

}  // namespace

std::string read_source(Job& job) {
  DecodedText decoded = decode_text(job.source(), job.declared_charset());
  warn_of_undecodable(job, decoded.replaced, decoded.charset);
  std::string text;
  text.reserve(decoded.utf8.size());
  std::size_t column = 0;
  bool leading = true;
  for (std::size_t at = 0; at < decoded.utf8.size(); ++at) {
    const char c = decoded.utf8[at];
    if (c == '\r' || c == '\n') {
      if (c == '\r' && at + 1 < decoded.utf8.size() && decoded.utf8[at + 1] == '\n') continue;
      text += '\n';
      column = 0;
      leading = true;
    } else if (c == '\t' && leading) {
      do {
        text += ' ';
      } while (++column % 8 != 0);
    } else {
      leading = leading && c == ' ';
      text += c == '\t' ? ' ' : c;
      ++column;
    }
  }
  return text;
}

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    while (line.ends_with(' ')) line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

Lines without_indent(const Lines& lines, std::size_t begin, std::size_t end, std::size_t columns) {
  Lines out;
  for (std::size_t i = begin; i < end; ++i) {
    out.push_back(lines[i].substr(std::min(indent_of(lines[i]), columns)));
  }
  return out;
}

std::size_t least_indent(const Lines& lines, std::size_t begin, std::size_t end) {
  std::size_t least = std::string_view::npos;
  for (std::size_t i = begin; i < end; ++i) {
    if (!lines[i].empty()) least = std::min(least, indent_of(lines[i]));
  }
  return least == std::string_view::npos ? 0 : least;
}

std::string joined(const Lines& lines, std::size_t begin, std::size_t end) {
  while (begin < end && lines[begin].empty()) ++begin;
  while (begin < end && lines[end - 1].empty()) --end;
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += '\n';
    text += lines[i];
  }
  return text;
}

void Output::image(std::string_view destination, std::string_view description) {
  if (const auto asset = is_nowhere_ ? std::nullopt : images_.collect(destination)) {
    out.image(*asset, description);
  } else {
    out.image(destination, description);
  }
}

void Output::image_of(std::string_view name, std::string_view description) {
  const std::size_t folder = name.rfind('/');
  const std::size_t dot = name.rfind('.');
  const bool has_extension =
      dot != std::string_view::npos && (folder == std::string_view::npos || dot > folder);
  for (const std::string_view extension : {".png", ".jpg", ".jpeg", ".svg", ".gif", ".pdf"}) {
    if (has_extension) break;
    const std::string whole = std::string(name).append(extension);
    if (job.sibling(whole).found) return image(whole, description);
  }
  image(name, description);
}

void Output::left_out(std::string_view name) {
  if (left_out_.size() < kMaxNames || left_out_.contains(std::string(name)))
    ++left_out_[std::string(utf8_prefix(name, 40))];
}

void Output::step() {
  if (steps_++ % kBetweenChecks == 0) job.check_cancelled();
}

void Output::finish() {
  out.finish();
  if (!left_out_.empty()) {
    std::uint64_t total = 0;
    std::string names;
    std::size_t named = 0;
    for (const auto& [name, count] : left_out_) {
      total += count;
      if (named++ < kNamedInWarning) names += (names.empty() ? "" : ", ") + name;
    }
    if (named > kNamedInWarning) names += ", ...";
    job.warn("left-out", counted(total, "construct is", "constructs are") +
                             " not converted: " + valid_utf8(names));
  }
  if (!out.has_content()) job.finish_as(Outcome::kEmpty, "there is no text in the file");
}

void name_anchors(const PlaceNames& places, Job& job) {
  for (const auto& [name, anchor] : places) {
    const std::string_view fragment = std::string_view(anchor).substr(1);
    if (!fragment.empty() && fragment != name) job.name_anchor(name, fragment);
  }
}

void begin_admonition(MarkdownWriter& out, std::string_view title) {
  out.begin_quote();
  out.begin_style(Style::kStrong);
  out.text(title);
  out.text(":");
  out.end_style(Style::kStrong);
  out.text(" ");
}

}  // namespace sluice::markup
