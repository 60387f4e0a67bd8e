// SPDX-License-Identifier: Apache-2.0
//
// Presentations and drawings: .odp, .otp, .fodp, .odg, .otg, .fodg.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::odf {

class SlidesConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

}  // namespace sluice::odf
