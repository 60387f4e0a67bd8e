// SPDX-License-Identifier: Apache-2.0
#include "mail/alternatives.hpp"

#include <sluice/options.hpp>
#include <string>
#include <vector>

namespace sluice::mail {

Preference preference_of(Job& job) {
  const std::string value = Options(job.options()).get_string("body");
  if (value == "plain") return Preference::kPlain;
  return value == "html" ? Preference::kHtml : Preference::kAuto;
}

bool prefers_html(Preference preference, std::size_t plain_size, const HtmlPage& html) {
  const std::size_t html_size = html.text_size();
  const bool shows_pictures = html.shows_inline_images();
  if (preference == Preference::kPlain && plain_size > 0) return false;
  if (preference == Preference::kHtml && (html_size > 0 || shows_pictures)) return true;
  if (plain_size < html_size / 2 || plain_size == 0) return true;
  if (html_size < plain_size / 2) return false;
  return shows_pictures || html.has_structure();
}

bool is_plain_form(const Part& part) {
  return part.is("text/plain") || part.is("text/enriched") || part.is("text/richtext");
}

bool is_html_form(const Part& part) {
  return part.is("text/html") || part.is("application/xhtml+xml");
}

bool is_attachment(const Part& part) {
  return part.disposition().value == "attachment";
}

std::optional<PartId> find_form(const Message& message, PartId id, IsForm is_form) {
  std::vector<PartId> waiting = {id};
  while (!waiting.empty()) {
    const PartId next = waiting.back();
    waiting.pop_back();
    const Part& part = message[next];
    if (is_form(part) && !is_attachment(part)) return next;
    waiting.insert(waiting.end(), part.children.rbegin(), part.children.rend());
  }
  return std::nullopt;
}

}  // namespace sluice::mail
