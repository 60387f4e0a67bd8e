// Runs a piece of code as a converter.
#pragma once

#include <functional>
#include <sluice/plugin.hpp>
#include <utility>

namespace sluice {

class CodeConverter : public Converter {
 public:
  explicit CodeConverter(std::function<void(Job&)> code) : code_(std::move(code)) {}
  void convert(Job& job) override { code_(job); }

 private:
  std::function<void(Job&)> code_;
};

}  // namespace sluice
