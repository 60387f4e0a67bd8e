// SPDX-License-Identifier: Apache-2.0
//
// Rich Text Format, and HTML that mail programs carry in it.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::rtf {

class RtfConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::rtf
