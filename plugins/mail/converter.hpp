// SPDX-License-Identifier: Apache-2.0
//
// The converters `mail` (a message, or a web page saved as one) and `mbox` (many messages in a
// file).
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::mail {

class MailConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

class MboxConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
};

}  // namespace sluice::mail
