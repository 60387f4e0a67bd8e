// Where the project and its build stand. Only paths.cpp is compiled with these paths, so that a
// compiler cache serves every checkout.
#pragma once

#include <string>

namespace sluice::test {

std::string project_folder();
std::string build_folder();

}  // namespace sluice::test
