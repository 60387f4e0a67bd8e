#include "model/headings.h"

#include <algorithm>

namespace sluice {
namespace {

// Without the blanks around it, and the closing `#`.
std::string heading_text(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto trim = [&text](std::string_view signs) {
    const std::size_t end = text.find_last_not_of(signs);
    text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  };
  trim(kBlanks);
  const std::size_t end = text.find_last_not_of('#');
  const bool is_closed = end == std::string_view::npos || text[end] == ' ' || text[end] == '\t';
  if (is_closed) trim("#");
  trim(kBlanks);
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  return std::string(text.substr(begin));
}

}  // namespace

std::size_t body_begin(std::string_view markdown) {
  constexpr std::string_view kBegin = "---\n";
  constexpr std::string_view kEnd = "\n---\n";
  if (!markdown.starts_with(kBegin)) return 0;
  const std::size_t end = markdown.find(kEnd, kBegin.size() - 1);
  return end == std::string_view::npos ? 0 : end + kEnd.size();
}

std::string_view without_front_matter(std::string_view markdown) {
  const std::size_t begin = body_begin(markdown);
  if (begin == 0) return markdown;
  return markdown.substr(std::min(markdown.find_first_not_of('\n', begin), markdown.size()));
}

std::optional<Headings::Heading> Headings::next() {
  while (at_ < markdown_.size()) {
    const std::size_t begin = at_;
    const std::size_t end = std::min(markdown_.find('\n', begin), markdown_.size());
    at_ = end + 1;
    const std::string_view line = markdown_.substr(begin, end - begin);
    if (fence_.is_in_code(line)) continue;
    const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (level == 0 || level > 6 || (level < line.size() && line[level] != ' ')) continue;
    return Heading{begin, level, heading_text(line.substr(level))};
  }
  return std::nullopt;
}

}  // namespace sluice
