// The layout of the plugin ABI's structs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sluice::abi {

struct Row {
  std::string type;
  std::string field;
  std::size_t offset;
  std::size_t size;
  bool operator==(const Row&) const = default;
};

std::vector<Row> layout();

}  // namespace sluice::abi
