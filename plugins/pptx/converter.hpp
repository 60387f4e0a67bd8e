// SPDX-License-Identifier: Apache-2.0
//
// A presentation as Markdown, slide by slide.
#pragma once

#include <sluice/opc.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::pptx {

// Converts a package under the options of pptx. `defects`: what the package lacks of its document;
// `plugin`: whose option includes hidden slides.
void convert_package(Job& job, const OpcPackage& package, const std::vector<std::string>& defects,
                     std::string_view plugin);

class PptxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::pptx
