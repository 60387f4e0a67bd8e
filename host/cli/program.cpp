#include "cli/program.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "platform/interrupt.h"
#include "platform/system.h"

namespace sluice::cli {
namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int run_as_program(int argc, char** argv, const QueueCommands& queue) {
  using platform::is_terminal;
  using platform::StandardStream;
  using platform::terminal_columns;
  platform::hold_standard_streams();
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  platform::catch_interrupts();
  platform::raise_open_file_limit();
  try {
    Io io{.in = std::cin,
          .out = std::cout,
          .err = std::cerr,
          .out_is_terminal = is_terminal(StandardStream::kOut),
          .err_is_terminal = is_terminal(StandardStream::kErr),
          .err_columns = [] { return terminal_columns(StandardStream::kErr); },
          .out_columns = [] { return terminal_columns(StandardStream::kOut); },
          .err_rows = [] { return platform::terminal_rows(StandardStream::kErr); },
          .env = environment,
          .env_names = platform::environment_names,
          .working_directory = std::filesystem::current_path().string(),
          .interrupted = platform::interrupted,
          .reader_gone = [] { return platform::reader_is_gone(StandardStream::kOut); }};
    return run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), io, queue);
  } catch (const std::exception& error) {
    // Only what comes before run: the working directory may be gone.
    std::cerr << "sluice: cannot start: " << error.what()
              << "\n  try: cd to a directory that exists\n";
    return 1;
  }
}

}  // namespace sluice::cli
