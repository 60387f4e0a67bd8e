// The converter: the first line becomes the title, each block of lines a paragraph. Write your own.
#pragma once

#include <sluice/plugin.hpp>

class %CLASS% : public sluice::Converter {
 public:
  void convert(sluice::Job& job) override;
  sluice::Canary canary() const override;
};
