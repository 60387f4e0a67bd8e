// Lists that a user names with --files-from or --list, and the paths in them.
#pragma once

#include <cstdint>
#include <fstream>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "cli/io.h"

namespace sluice::cli {

// The entries of a list, one after the other; empty ones are passed over.
class ListFile {
 public:
  // `name`: "-" is standard input. `io` outlives it. Throws Error (kUsage) if it cannot be opened.
  ListFile(const std::string& name, char separator, Io& io);

  // False at the end. Throws Error (kUsage) if it cannot be read: a list that is cut off must not
  // pass for a short one.
  bool next(std::string& entry);
  // Of the last entry, from 1 on; those that are empty count, too.
  std::uint64_t number() const { return number_; }

 private:
  const std::string name_;
  const char separator_;
  std::ifstream file_;
  std::istream& stream_;
  std::uint64_t number_ = 0;
};

// The paths of a command line, and behind them those of the list that --files-from names.
std::vector<std::string> all_paths(std::vector<std::string> paths,
                                   const std::optional<std::string>& files_from, bool nul_separated,
                                   Io& io);

}  // namespace sluice::cli
