// The program `sluice`: hands the real world to cli::run.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "cli/io.h"
#include "platform/interrupt.h"
#include "platform/system.h"

namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

int main(int argc, char** argv) {
  using sluice::platform::is_terminal;
  using sluice::platform::StandardStream;
  using sluice::platform::terminal_columns;
  sluice::platform::hold_standard_streams();
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  sluice::platform::catch_interrupts();
  sluice::platform::raise_open_file_limit();
  try {
    sluice::cli::Io io{
        .in = std::cin,
        .out = std::cout,
        .err = std::cerr,
        .out_is_terminal = is_terminal(StandardStream::kOut),
        .err_is_terminal = is_terminal(StandardStream::kErr),
        .err_columns = [] { return terminal_columns(StandardStream::kErr); },
        .out_columns = [] { return terminal_columns(StandardStream::kOut); },
        .env = environment,
        .working_directory = std::filesystem::current_path().string(),
        .interrupted = sluice::platform::interrupted,
        .reader_gone = [] { return sluice::platform::reader_is_gone(StandardStream::kOut); }};
    return sluice::cli::run(std::vector<std::string>(argv + std::min(argc, 1), argv + argc), io);
  } catch (const std::exception& error) {
    // Only what comes before run: the working directory may be gone.
    std::cerr << "sluice: cannot start: " << error.what()
              << "\n  try: cd to a directory that exists\n";
    return 1;
  }
}
