// The log, by spdlog: on standard error as -v and -vv ask for, and all of it in a file with --log.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "model/log.h"

namespace sluice::cli {

class Diagnostics : public Log {
 public:
  // `verbosity` 0: nothing on `err`, 1: what is done, 2: how. `file`: a path, or empty; it is
  // appended to, and set aside as FILE.1 to FILE.5 when it has grown to 10 MiB. Throws Error
  // (kUsage) if it cannot be written to.
  Diagnostics(std::ostream& err, unsigned verbosity, const std::string& file);
  ~Diagnostics() override;

  bool wants(Level level) const override;
  void write(Level level, std::string_view text) override;

  void info(std::string_view text) { write(Level::kInfo, text); }
  void debug(std::string_view text) { write(Level::kDebug, text); }

 private:
  struct Logger;
  std::unique_ptr<Logger> logger_;
};

}  // namespace sluice::cli
