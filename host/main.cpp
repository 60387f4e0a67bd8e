// The program `sluice`.
#include "cli/program.h"

int main(int argc, char** argv) {
  return sluice::cli::run_as_program(argc, argv);
}
