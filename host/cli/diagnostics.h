// Diagnostics on standard error for -v and -vv. Never results, never what a user must see.
#pragma once

#include <memory>
#include <ostream>
#include <string_view>

namespace sluice::cli {

class Diagnostics {
 public:
  // 0: silent, 1: what is done, 2: how.
  Diagnostics(std::ostream& err, unsigned verbosity);
  ~Diagnostics();

  void info(std::string_view message);
  void debug(std::string_view message);

 private:
  struct Logger;
  std::unique_ptr<Logger> logger_;
};

}  // namespace sluice::cli
