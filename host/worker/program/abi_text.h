// Texts of the C interface as the worker program reads them.
#pragma once

#include <sluice/abi.h>

#include <cstddef>
#include <string_view>

namespace sluice::program {

// An empty text may have no address.
inline std::string_view view(sluice_str text) {
  return {text.size == 0 ? "" : text.data, static_cast<std::size_t>(text.size)};
}

}  // namespace sluice::program
