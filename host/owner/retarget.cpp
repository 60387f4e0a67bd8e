#include "owner/retarget.h"

#include <vector>

#include "owner/splice.h"

namespace sluice::owner {

bool retarget(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
              const std::string& name, const std::string& new_name) {
  std::vector<Edit> edits;
  for (const std::uint64_t position : bundle.name_positions) {
    edits.push_back({position, bundle.placeholder_name.size(), bundle.placeholder_name, name});
  }
  auto rewritten = splice(files, staging, bundle.markdown.name, edits, staging, new_name);
  if (!rewritten) return false;
  bundle.markdown = std::move(*rewritten);
  // Both lists are in the order of the file: one walk, however many there are.
  std::int64_t shift = 0;
  const auto by = static_cast<std::int64_t>(name.size()) -
                  static_cast<std::int64_t>(bundle.placeholder_name.size());
  auto link = bundle.links.begin();
  for (std::uint64_t& position : bundle.name_positions) {
    for (; link != bundle.links.end() && link->position < position; ++link) {
      link->position =
          static_cast<std::uint64_t>(static_cast<std::int64_t>(link->position) + shift);
    }
    position = static_cast<std::uint64_t>(static_cast<std::int64_t>(position) + shift);
    shift += by;
  }
  for (; link != bundle.links.end(); ++link) {
    link->position = static_cast<std::uint64_t>(static_cast<std::int64_t>(link->position) + shift);
  }
  bundle.placeholder_name = name;
  return true;
}

}  // namespace sluice::owner
