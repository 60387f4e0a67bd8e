#include "cli/queue_program.h"

#include "cli/workspace.h"
#include "platform/error.h"
#include "platform/process.h"

namespace sluice::cli {

int become_queue_program(const std::vector<std::string>& words, Io& io) {
  const std::string program = installation_prefix() + "/bin/sluice-queue";
  io.out.flush();
  io.err.flush();
  try {
    platform::become(program, words);
  } catch (const SystemError& error) {
    if (!error.is(std::errc::no_such_file_or_directory)) throw;
    throw Error("start", program, "it is not installed",
                "install the package sluice-queue, as in 'apt install sluice-queue'");
  }
}

}  // namespace sluice::cli
