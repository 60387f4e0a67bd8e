// The converter: text in, capitals out. Replace it by your own.
#pragma once

#include <sluice/plugin.hpp>

class Shout : public sluice::Converter {
 public:
  void convert(sluice::Job& job) override;
};
