// The program `sluice-queue`, which `sluice queue` and `sluice work` become.
#include "cli/program.h"
#include "queue/commands.h"

int main(int argc, char** argv) {
  return sluice::cli::run_as_program(argc, argv, sluice::queue::run_queue_command);
}
