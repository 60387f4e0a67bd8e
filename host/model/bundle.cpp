#include "model/bundle.h"

#include <algorithm>
#include <utility>

namespace sluice {

bool fails_for_good(Outcome outcome, const std::vector<Attempt>& attempts) {
  return ends_the_same_again(outcome) &&
         std::all_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) {
           return attempt.cause == AttemptCause::kConversion &&
                  ends_the_same_again(attempt.outcome);
         });
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
