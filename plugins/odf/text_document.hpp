// SPDX-License-Identifier: Apache-2.0
//
// Text documents: .odt, .ott, .odm, .fodt; and documents that are one formula.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::odf {

class TextConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::odf
