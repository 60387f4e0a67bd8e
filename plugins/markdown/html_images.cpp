// SPDX-License-Identifier: Apache-2.0
#include "markdown/html_images.hpp"

#include <algorithm>
#include <sluice/url.hpp>

#include "markdown/entities.hpp"

namespace sluice::markdown_plugin {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}

  HtmlValues run() {
    while (at_ < html_.size()) {
      at_ = std::min(html_.find('<', at_), html_.size());
      if (at_ == html_.size()) break;
      if (rest().starts_with("<!--")) {
        pass_comment();
      } else {
        ++at_;
        tag();
      }
    }
    return std::move(found_);
  }

 private:
  std::string_view rest() const { return html_.substr(at_); }

  void skip_past(std::string_view end) {
    const auto found = html_.find(end, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void skip(std::string_view characters) {
    at_ = std::min(html_.find_first_not_of(characters, at_), html_.size());
  }

  std::string_view word(std::string_view ends) {
    const auto end = std::min(html_.find_first_of(ends, at_), html_.size());
    const auto found = html_.substr(at_, end - at_);
    at_ = end;
    return found;
  }

  void pass_comment() {
    at_ += 4;
    if (rest().starts_with(">") || rest().starts_with("->")) {
      skip_past(">");
    } else {
      skip_past("-->");
    }
  }

  void tag() {
    const std::string_view name = word(" \t\r\n\f/><");
    const bool image = equal_ignoring_ascii_case(name, "img");
    const bool link = equal_ignoring_ascii_case(name, "a");
    Range value;
    if (!attributes(link ? "href" : "src", value)) return;
    if (image && value.size > 0) found_.image_sources.push_back(value);
    if (link && value.size > 0) found_.links.push_back(value);
    for (const std::string_view raw : {"script", "style"}) {
      if (equal_ignoring_ascii_case(name, raw)) pass_raw_text(raw);
    }
  }

  // Reads up to and past '>'; the first attribute of that name goes to `wanted_value`. False if the
  // tag does not end.
  bool attributes(std::string_view wanted, Range& wanted_value) {
    bool found = false;
    while (true) {
      skip(" \t\r\n\f/");
      if (at_ == html_.size()) return false;
      if (html_[at_] == '>') return ++at_, true;
      const auto start = at_;
      const std::string_view name = word(" \t\r\n\f/>=");
      if (at_ == start) ++at_;  // a stray '='
      skip(kSpace);
      if (at_ == html_.size() || html_[at_] != '=') continue;
      ++at_;
      skip(kSpace);
      const Range value = attribute_value();
      if (runs_script(decode_entities(html_.substr(value.offset, value.size)))) {
        found_.scripts.push_back(value);
      }
      if (!found && equal_ignoring_ascii_case(name, wanted)) {
        found = true;
        wanted_value = value;
      }
    }
  }

  Range attribute_value() {
    if (at_ == html_.size()) return {};
    const char quote = html_[at_];
    if (quote != '"' && quote != '\'') {
      const auto start = at_;
      return {start, word(" \t\r\n\f>").size()};
    }
    const auto start = ++at_;
    const std::size_t size = word({&quote, 1}).size();
    if (at_ < html_.size()) ++at_;
    return {start, size};
  }

  void pass_raw_text(std::string_view name) {
    while (at_ < html_.size()) {
      skip_past("</");
      if (equal_ignoring_ascii_case(html_.substr(at_, name.size()), name)) return;
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  HtmlValues found_;
};

}  // namespace

HtmlValues find_values(std::string_view html) {
  return TagScanner(html).run();
}

}  // namespace sluice::markdown_plugin
