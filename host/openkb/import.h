// Makes bundles of the documents of an OpenKB folder: their files are copied into staging as if a
// lane had converted them there. Nothing is converted. The owner then commits them like all others.
#pragma once

#include <cstdint>

#include "model/bundle.h"
#include "openkb/folder.h"
#include "prepare/context.h"

namespace sluice::openkb {

// What these documents have in place of a converter's id and version. No plugin has that id, so
// they are never outdated, and `reconvert` with their names converts them with what is installed.
inline constexpr const char* kConverter = "openkb";
inline constexpr const char* kConverterVersion = "1";  // of the way in which they are taken over

class Importer {
 public:
  // All of it outlives this.
  Importer(platform::Files& files, const Folder& folder, const prepare::PrepareSettings& settings,
           StagingProvider& staging)
      : files_(files), folder_(folder), settings_(settings), staging_(staging) {}

  // Why its files are missing or do not fit together; empty if nothing is wrong. Stages nothing.
  std::string problem_of(const Entry& entry) const;
  // Its bundle: prepared, or failed with the reason. `source` has its path key and sequence
  // number.
  Bundle bundle_of(const Entry& entry, const Source& source, unsigned attempt) const;

 private:
  platform::Files& files_;
  const Folder& folder_;
  const prepare::PrepareSettings& settings_;
  StagingProvider& staging_;
};

}  // namespace sluice::openkb
