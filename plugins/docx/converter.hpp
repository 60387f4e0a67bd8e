// SPDX-License-Identifier: Apache-2.0
//
// Word documents (DOCX, DOCM and their templates; ECMA-376, Transitional and Strict) to Markdown.
#pragma once

#include <functional>
#include <sluice/opc.hpp>
#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice::docx {

// Converts a package under the options of docx. `defect`: why the package is not all of its
// document; empty if it is. `plugin`: the id that its options are set by. `set_metadata` is called
// behind what the text itself says of its title and language.
void convert_package(Job& job, const OpcPackage& package, std::string_view defect,
                     std::string_view plugin, const std::function<void()>& set_metadata);

class DocxConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::docx
