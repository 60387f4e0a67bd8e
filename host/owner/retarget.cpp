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
  Moved of_link(edits);
  for (StagedLink& link : bundle.links) link.position = of_link(link.position);
  Moved of_source_link(edits);
  for (SourceLink& link : bundle.source_links) link.position = of_source_link(link.position);
  Moved of_part(edits);
  for (StagedPart& part : bundle.parts) part.position = of_part(part.position);
  Moved of_name(edits);
  for (std::uint64_t& position : bundle.name_positions) position = of_name(position);
  bundle.placeholder_name = name;
  return true;
}

}  // namespace sluice::owner
