// What recovery reads of a registry that may be forged: nothing but what format_steps makes is
// taken, and no step leads out of the knowledge base's shelves or a batch's staging.
#include "owner/journal.h"

#include "frame/require.h"
#include "model/layout.h"

namespace {

using namespace sluice;
using fuzz::require;

bool has_parent_part(std::string_view path) {
  return path == ".." || path.starts_with("../") || path.ends_with("/..") ||
         path.find("/../") != std::string_view::npos;
}

void check(const owner::Step& step) {
  require(!step.staged.empty() && step.staged.find('/') == std::string::npos &&
              step.staged != "." && step.staged != "..",
          "a staged name is a plain one");
  require(!step.target.starts_with('/') && !has_parent_part(step.target), "a target is contained");
  require(step.target.starts_with("raw/") || step.target.starts_with("wiki/sources/") ||
              step.target == layout::kIndex,
          "a target is on a shelf");
  const auto target = owner::parse_target(step.target);
  require(target && (target->shelf == owner::Shelf::kImages) == owner::is_directory(step.op),
          "directories stand among the images alone");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto steps = owner::parse_steps(text)) {
    require(owner::format_steps(*steps) == text, "steps are written as they were read");
    for (const owner::Step& step : *steps) check(step);
  }
  owner::parse_target(text);
  const auto batch = layout::batch_of_lease(text);
  require(!batch || *batch + std::string(layout::kLeaseSuffix) == text, "a lease names its batch");
  return 0;
}
