// SPDX-License-Identifier: Apache-2.0
//
// A presentation of PowerPoint 97 to 2003 as Markdown.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::ppt {

class PptConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

}  // namespace sluice::ppt
