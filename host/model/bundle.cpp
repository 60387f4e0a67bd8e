#include "model/bundle.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sluice {

bool fails_for_good(Outcome outcome, const std::vector<Attempt>& attempts) {
  return ends_the_same_again(outcome) &&
         std::all_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) {
           return attempt.cause == AttemptCause::kConversion &&
                  ends_the_same_again(attempt.outcome);
         });
}

std::string format_mark(const CommitMark& mark) {
  return std::to_string(mark.number) + " " + mark.text;
}

CommitMark parse_mark(std::string key, std::string_view value) {
  CommitMark mark;
  mark.key = std::move(key);
  const auto read = std::from_chars(value.data(), value.data() + value.size(), mark.number);
  if (read.ec != std::errc()) return mark;
  const std::size_t space = value.find(' ');
  if (space != std::string_view::npos) mark.text = value.substr(space + 1);
  return mark;
}

Source source_elsewhere(std::string path_key, std::string given) {
  static const auto kElsewhere = [] {
    auto root = std::make_shared<SourceRoot>();
    root->is_elsewhere = true;
    return root;
  }();
  Source source;
  source.root = kElsewhere;
  source.relative = std::move(path_key);
  source.given = std::move(given);
  return source;
}

}  // namespace sluice
