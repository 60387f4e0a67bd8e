// SPDX-License-Identifier: Apache-2.0
//
// Subtitles: SubRip, WebVTT, SubStation Alpha, SubViewer.
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::subtitles {

class SubtitlesConverter : public Converter {
 public:
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::subtitles
