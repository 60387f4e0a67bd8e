// Prints the manual at build time: sluice_manual reference.
#include <iostream>
#include <string_view>

#include "cli/manual/reference.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "reference") {
    std::cout << sluice::cli::reference_text();
    return std::cout.flush() ? 0 : 1;
  }
  std::cerr << "usage: sluice_manual reference\n";
  return 2;
}
