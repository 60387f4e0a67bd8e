// SPDX-License-Identifier: Apache-2.0
//
// FictionBook 2.1 (http://www.fictionbook.org): a book in one XML file.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::fb2 {

class Fb2Converter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::fb2
