// SPDX-License-Identifier: Apache-2.0
//
// Images that are parts of a package, as assets of the job.
#pragma once

#include <map>
#include <optional>
#include <sluice/metafile.hpp>
#include <sluice/opc.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice {

class OpcImages {
 public:
  // Both must outlive it.
  OpcImages(Job& job, const OpcPackage& package) : job_(job), package_(package), pictures_(job) {}

  // The asset of an image part; the same part gives the same asset. Nothing if the part is missing,
  // damaged or no image (by its bytes, never by its name): one image never fails a
  // document. Warns with the codes missing-image and not-an-image, 20 times at most, and as
  // VisiblePictures does. Throws Failure with limit, cancelled, io, encrypted.
  std::optional<sluice_asset> asset(std::string_view part);

 private:
  std::optional<sluice_asset> read(std::string_view part);
  void warn(std::string_view code, const std::string& message);

  Job& job_;
  const OpcPackage& package_;
  VisiblePictures pictures_;
  std::map<std::string, std::optional<sluice_asset>, std::less<>> by_part_;
  unsigned warned_ = 0;
};

}  // namespace sluice
