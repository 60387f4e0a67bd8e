// SPDX-License-Identifier: Apache-2.0
//
// A worksheet that is a part of a package.
#pragma once

#include <sluice/opc.hpp>
#include <string>
#include <vector>

#include "xlsx/sheet_links.hpp"
#include "xlsx/sheet_source.hpp"

namespace sluice::xlsx {

class SheetPart : public SheetSource {
 public:
  // All must outlive it.
  SheetPart(const OpcPackage& package, const std::string& part,
            const OpcRelationships& relationships, const SheetLinks& sheets)
      : package_(package), part_(part), relationships_(relationships), sheets_(sheets) {}

  void read(SheetFacts& facts, const std::function<void(const Row&)>& on_row) override {
    read_sheet(package_, part_, facts, on_row);
  }
  std::vector<Area> tables() override;
  std::vector<ConditionalRule> rules() override;
  std::string url_of(const Hyperlink& link) override;

 private:
  const OpcPackage& package_;
  const std::string& part_;
  const OpcRelationships& relationships_;
  const SheetLinks& sheets_;
};

}  // namespace sluice::xlsx
