// The headings of Markdown that begin with `#` (CommonMark, section 4.2), outside code between
// fences, and where its text begins, behind the front matter.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/code_fence.h"

namespace sluice {

// Behind the line that ends the front matter; 0 if there is none.
std::size_t body_begin(std::string_view markdown);
// Without the front matter and the empty lines behind it.
std::string_view without_front_matter(std::string_view markdown);

class Headings {
 public:
  struct Heading {
    std::size_t offset = 0;
    std::size_t level = 0;
    std::string text;  // without the closing `#`
  };

  // `markdown` outlives it.
  explicit Headings(std::string_view markdown) : markdown_(markdown), at_(body_begin(markdown)) {}

  std::optional<Heading> next();

 private:
  std::string_view markdown_;
  std::size_t at_ = 0;
  CodeFence fence_;
};

}  // namespace sluice
