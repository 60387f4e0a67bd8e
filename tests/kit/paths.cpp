#include "kit/paths.h"

namespace sluice::test {

std::string project_folder() {
  return SLUICE_SOURCE_DIR;
}
std::string build_folder() {
  return SLUICE_BINARY_DIR;
}

}  // namespace sluice::test
