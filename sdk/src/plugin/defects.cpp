// SPDX-License-Identifier: Apache-2.0
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/left_out.hpp>
#include <utility>

namespace sluice {

void Defects::add(std::string reason) {
  if (count_++ == 0) first_ = std::move(reason);
}

void Defects::conclude(Job& job, MarkdownWriter& out, bool has_content,
                       std::string_view nothing_shown) const {
  if (!has_content) {
    if (!empty()) throw Failure(Outcome::kMalformed, first_);
    job.finish_as(Outcome::kEmpty, std::string(nothing_shown));
    return;
  }
  out.finish();
  if (empty()) return;
  std::string reason = first_;
  if (count_ > 1) reason += ", and " + std::to_string(count_ - 1) + " more such places";
  job.finish_as(Outcome::kPartial, std::move(reason));
}

void warn_of_hidden(Job& job, std::string_view thing, std::size_t count, std::string_view setting) {
  if (count == 0) return;
  const std::string hidden = "hidden " + std::string(thing);
  job.warn("hidden-" + std::string(thing) + "s", counted(count, hidden + " is", hidden + "s are") +
                                                     " left out" + how_to_convert(count, setting));
}

void warn_of_undecodable(Job& job, std::uint64_t places, std::string_view charset) {
  if (places == 0) return;
  std::string message = counted(places, "place is", "places are") + " not ";
  message.append(charset).append(places == 1 ? " and was replaced" : " and were replaced");
  job.warn("undecodable", message);
}

}  // namespace sluice
