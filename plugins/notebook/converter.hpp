// SPDX-License-Identifier: Apache-2.0
//
// Jupyter notebooks, nbformat 2 to 4.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::notebook {

class NotebookConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::notebook
