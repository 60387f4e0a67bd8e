// SPDX-License-Identifier: Apache-2.0
//
// Image parts of the package as assets of the job, each part once.
#pragma once

#include <map>
#include <optional>
#include <sluice/opc.hpp>
#include <string>

namespace sluice::docx {

class Pictures {
 public:
  // Both must outlive it.
  Pictures(Job& job, const OpcPackage& package) : job_(job), package_(package) {}

  // The asset of an image part; nothing, and a warning once per part, if it is missing, damaged or
  // no image. Throws Failure (limit, cancelled, io).
  std::optional<sluice_asset> take(const std::string& part);
  // Warns of an image that cannot be had at all.
  void warn_missing(const std::string& what);
  // Images that could not be taken so far.
  std::size_t missing() const { return missing_; }

 private:
  std::optional<sluice_asset> read(const std::string& part);

  Job& job_;
  const OpcPackage& package_;
  std::map<std::string, std::optional<sluice_asset>> taken_;
  std::size_t missing_ = 0;
};

}  // namespace sluice::docx
