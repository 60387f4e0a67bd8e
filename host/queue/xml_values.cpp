#include "queue/xml_values.h"

#include <array>
#include <utility>

namespace sluice::queue {
namespace {

std::string decoded(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool is_entity = false;
    for (const auto& [entity, character] : kEntities) {
      if (!text.substr(at).starts_with(entity)) continue;
      out += character;
      at += entity.size();
      is_entity = true;
      break;
    }
    if (!is_entity) out += text[at++];
  }
  return out;
}

}  // namespace

std::vector<std::string> xml_values(std::string_view answer, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">";
  const std::string close = "</" + std::string(name) + ">";
  std::vector<std::string> values;
  for (std::size_t at = answer.find(open); at != std::string_view::npos;
       at = answer.find(open, at)) {
    at += open.size();
    const std::size_t end = answer.find(close, at);
    if (end == std::string_view::npos) break;
    values.push_back(decoded(answer.substr(at, end - at)));
    at = end;
  }
  return values;
}

}  // namespace sluice::queue
