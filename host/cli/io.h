// What a command may touch of the world around it: its streams, its environment, its terminal.
// Tests hand in their own and run every command in-process.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "model/log.h"

namespace sluice::cli {

struct Io {
  std::istream& in;
  std::ostream& out;  // results
  std::ostream& err;  // everything for people
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // Columns of the terminal that the stream is, at this moment; 0 if not known. May be empty.
  std::function<unsigned()> err_columns = {};
  std::function<unsigned()> out_columns = {};
  // Rows of the terminal that `err` is, the same way.
  std::function<unsigned()> err_rows = {};
  // Reads an environment variable.
  std::function<std::optional<std::string>(const std::string& name)> env;
  // The names of all of them; may be empty.
  std::function<std::vector<std::string>()> env_names = {};
  // The directory that relative paths start from, absolute.
  std::string working_directory;
  // What the command does, for -v and --log; run() sets it.
  Log* log = nullptr;
  // True once the user asked to stop (Ctrl-C); may be empty.
  std::function<bool()> interrupted;
  // True if nobody reads `out` any more (`| head`); may be empty.
  std::function<bool()> reader_gone = {};
};

// Runs one command line (without the program's name) and returns its exit code.
int run(const std::vector<std::string>& args, Io& io);

}  // namespace sluice::cli
