// SPDX-License-Identifier: Apache-2.0
#include "xlsx/comments.hpp"

#include <algorithm>
#include <tuple>

namespace sluice::xlsx {
namespace {

// Notes often begin with the author's name, in bold, and a line break.
std::string_view without_author(const Comment& comment) {
  std::string_view text = comment.text;
  const std::string name = comment.author + ":";
  if (comment.author.empty() || !text.starts_with(name)) return text;
  const auto begin = text.find_first_not_of(" \r\n", name.size());
  return text.substr(std::min(begin, text.size()));
}

}  // namespace

void write_comments(MarkdownWriter& out, std::vector<Comment> comments,
                    const std::function<void()>& begin) {
  if (comments.empty()) return;
  std::stable_sort(comments.begin(), comments.end(), [](const Comment& a, const Comment& b) {
    return std::tie(a.place.row, a.place.column) < std::tie(b.place.row, b.place.column);
  });
  begin();
  out.begin_heading(3);
  out.text("Comments");
  out.end_heading();
  out.begin_list();
  for (const Comment& comment : comments) {
    out.begin_item();
    out.begin_style(Style::kStrong);
    out.text(place_name(comment.place.row, comment.place.column));
    out.end_style(Style::kStrong);
    if (!comment.author.empty()) out.text(" (" + comment.author + ")");
    out.text(": ");
    out.text(without_author(comment));
    out.end_item();
  }
  out.end_list();
}

}  // namespace sluice::xlsx
