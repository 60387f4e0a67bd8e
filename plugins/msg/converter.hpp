// SPDX-License-Identifier: Apache-2.0
//
// The converters `msg` (Outlook's message files) and `tnef` (winmail.dat).
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::msg {

class MsgConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

class TnefConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::msg
