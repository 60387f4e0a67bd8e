// The steps of a journal row: which staged file goes to which published path, and what it replaces.
// Their text may come from a forged registry: parse_steps takes nothing that leads outside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sha256.h"

namespace sluice::owner {

struct Step {
  enum class Op {
    kPublishFile,  // staged -> target; an existing version (`replaces`) comes back to staged
    kPublishDir,   // the same for a directory of assets
    kRemoveFile,   // target -> staged
    kRemoveDir,
  };
  Op op = Op::kPublishFile;
  std::string staged;                              // a name in the batch's staging directory
  std::string target;                              // relative to the KB
  platform::Sha256Digest sha256{};                 // of what is published (zero for removals)
  std::optional<platform::Sha256Digest> replaces;  // of what stood at target before
};

bool is_directory(Step::Op op);

// Where a target stands: in one of the KB's directories for published files, or in a folder below
// it (mirror layout), under a name. Each folder below wiki/sources/ has an `images` of its own.
// kWiki holds nothing but index.md.
enum class Shelf { kRaw, kSources, kImages, kWiki };
struct Target {
  Shelf shelf = Shelf::kRaw;
  std::string name;
  std::string folder = {};  // below raw/ or wiki/sources/; empty for the shelf itself
};
// Nothing if `path` is not the path of a published file or directory of assets.
std::optional<Target> parse_target(std::string_view path);

// The same, and also of a file in a published folder of images: "<folder>/<file>" is its name then.
std::optional<Target> parse_published(std::string_view path);

// The path that parse_target() has made it from.
std::string path_of(const Target& target);
// The path from the folder of its shelf, which the knowledge base has open. (The images of a folder
// in mirror layout are below wiki/sources/, in that folder.)
std::string path_from_top(const Target& target);

std::string format_steps(const std::vector<Step>& steps);
// Nothing if any of it is not what format_steps makes, or a path is not contained.
std::optional<std::vector<Step>> parse_steps(std::string_view text);

}  // namespace sluice::owner
