// SPDX-License-Identifier: Apache-2.0
#include <sluice/defects.hpp>
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

void warn_of_hidden(Job& job, std::string_view thing, std::size_t count, std::string_view option) {
  if (count == 0) return;
  std::string message = std::to_string(count) + " hidden ";
  message.append(thing).append(count == 1 ? " is" : "s are").append(" left out; the option ");
  message.append(option).append(" takes them in");
  job.warn("hidden-" + std::string(thing) + "s", message);
}

}  // namespace sluice
