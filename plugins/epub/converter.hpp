// SPDX-License-Identifier: Apache-2.0
//
// E-books to Markdown: EPUB 2 and 3, each chapter through the library that converts HTML.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::epub {

class EpubConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::epub
