// SPDX-License-Identifier: Apache-2.0
//
// The converters `calendar` (iCalendar) and `contacts` (vCard): a section for each entry.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::calendar {

class CalendarConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

class ContactsConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::calendar
