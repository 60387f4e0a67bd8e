// SPDX-License-Identifier: Apache-2.0
//
// Comments on a sheet's cells, as a list.
#pragma once

#include <functional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <vector>

#include "xlsx/reference.hpp"

namespace sluice::xlsx {

inline constexpr std::size_t kMaxComments = 100'000;  // of a sheet; what is beyond is left out

struct Comment {
  Place place;
  std::string author;
  std::string text;  // may begin with the author's name, which is then left out
};

// Writes them by place: place, author, text. Calls `begin` before anything is written.
void write_comments(MarkdownWriter& out, std::vector<Comment> comments,
                    const std::function<void()>& begin);

}  // namespace sluice::xlsx
