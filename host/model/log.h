// Where rooms say what they do, for whoever looks for a fault: never results, never what a user
// must see, and never an option's value, which may be a password.
#pragma once

#include <string_view>

namespace sluice {

class Log {
 public:
  enum class Level {
    kInfo,   // what is done (-v)
    kDebug,  // how: a worker's life, attempts, commits (-vv, and --log)
  };

  virtual ~Log() = default;
  // Whether anybody reads it: ask before a text is put together for each document.
  virtual bool wants(Level level) const = 0;
  // Any thread.
  virtual void write(Level level, std::string_view text) = 0;
};

inline bool wants_debug(const Log* log) {
  return log != nullptr && log->wants(Log::Level::kDebug);
}

}  // namespace sluice
