// SPDX-License-Identifier: Apache-2.0
//
// A presentation of old as a package of PresentationML.
#pragma once

#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "ppt/stream.hpp"
#include "pptx/converter.hpp"

namespace sluice::ppt {

struct Lowered {
  std::string package;  // a ZIP file
  pptx::Lacks lacks;
  std::vector<std::string> media;  // paths of sounds and films; empty where one has none
};

// Throws Failure: kMalformed, kCancelled.
Lowered lower(Job& job, Stream& stream);

}  // namespace sluice::ppt
