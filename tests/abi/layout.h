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
  std::string declared;  // its type; of a function pointer the signature
  bool operator==(const Row&) const = default;
};

std::vector<Row> layout();

}  // namespace sluice::abi
