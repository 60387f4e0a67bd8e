// SPDX-License-Identifier: Apache-2.0
//
// A Word document of old as a package of WordprocessingML.
#pragma once

#include <sluice/plugin.hpp>
#include <string>

#include "doc/fib.hpp"

namespace sluice::doc {

struct Lowered {
  std::string package;  // a ZIP file
  std::string defect;   // why it is not all of the document; empty if it is
};

// `file`: what the streams are of. Throws Failure: kMalformed, kCancelled.
Lowered lower(Job& job, const Streams& streams, CompoundFile& file);

}  // namespace sluice::doc
