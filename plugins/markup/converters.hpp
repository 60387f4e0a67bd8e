// SPDX-License-Identifier: Apache-2.0
//
// Source text that people write for a formatter: reStructuredText, Org,
// TeX, AsciiDoc.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::markup {

class RstConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

class OrgConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

class TexConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

class AsciidocConverter : public Converter {
 public:
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::markup
