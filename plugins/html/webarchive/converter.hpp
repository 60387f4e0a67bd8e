// SPDX-License-Identifier: Apache-2.0
//
// The converter `webarchive`: a page that Safari saved, with its pictures, as the converter `html`
// has pages.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::html {

class WebArchiveConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::html
