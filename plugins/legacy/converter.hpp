// SPDX-License-Identifier: Apache-2.0
//
// The converter `legacy`: documents of programs that are gone (WordPerfect, Works, Lotus 1-2-3, Mac
// programs of before OS X), which the libraries of the Document Liberation Project read.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::legacy {

class LegacyConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::legacy
