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

// What a package that was made of another form lacks of its document.
struct Lacks {
  std::vector<std::string> defects;
  std::vector<std::string> objects;  // of other programs: the kinds of those that are not in it
};

// Converts a package under the options of pptx. `plugin`: whose option includes hidden slides.
void convert_package(Job& job, const OpcPackage& package, const Lacks& lacks,
                     std::string_view plugin);

class PptxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::pptx
