// SPDX-License-Identifier: Apache-2.0
//
// The HTML of a message, through the library of the HTML converter.
#pragma once

#include <functional>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "html/references.hpp"

namespace sluice::mail {

class HtmlPage {
 public:
  // `utf8`: the text; what the message leaves in place of images is found by `take_image`.
  explicit HtmlPage(std::string utf8);

  // Leaves out menus and adverts, as the HTML converter does by default: for saved web pages.
  void drop_furniture(Job& job);
  // Sets the page's own title, author and dates as metadata.
  void set_metadata(Job& job) const;

  // How much text it shows; see text_size.hpp.
  std::size_t text_size() const { return text_size_; }
  // Whether it has what plain text cannot: headings, lists, tables of data.
  bool has_structure() const;
  // Whether it shows images that the message holds.
  bool shows_inline_images() const;
  // Whether the page has too many elements, so that its end is missing.
  bool is_truncated() const { return page_[0].dom.truncated; }

  using TakeImage = std::function<std::optional<sluice_asset>(std::string_view address)>;
  void write(const TakeImage& take_image, Job& job, MarkdownWriter& out) const;

 private:
  std::vector<html::Chapter> page_;  // always one
  std::size_t text_size_ = 0;
};

}  // namespace sluice::mail
