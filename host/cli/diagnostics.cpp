#include "cli/diagnostics.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include "cli/text.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

// A night over a hundred thousand documents comes to about 20 MiB.
constexpr std::size_t kMaxFileBytes = 10 << 20;
constexpr std::size_t kMaxOldFiles = 5;

spdlog::level::level_enum level_of(unsigned verbosity) {
  if (verbosity == 0) return spdlog::level::off;
  return verbosity == 1 ? spdlog::level::info : spdlog::level::debug;
}

std::shared_ptr<spdlog::sinks::sink> file_sink(const std::string& file) {
  try {
    auto sink =
        std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, kMaxFileBytes, kMaxOldFiles);
    sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %P %L %v");
    return sink;
  } catch (const spdlog::spdlog_ex& error) {
    throw Error("write the log to", file, error.what(),
                "name a file that can be written with --log", ExitCode::kUsage);
  }
}

}  // namespace

struct Diagnostics::Logger {
  Logger(std::ostream& err, unsigned verbosity, const std::string& file) : log("sluice") {
    auto terminal = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true);
    terminal->set_pattern("sluice %L %T.%e: %v");
    terminal->set_level(level_of(verbosity));
    log.sinks().push_back(std::move(terminal));
    if (!file.empty()) log.sinks().push_back(file_sink(file));
    log.set_level(file.empty() ? level_of(verbosity) : spdlog::level::debug);
    // What is lost with a process that dies is what one looks for.
    log.flush_on(spdlog::level::debug);
  }
  spdlog::logger log;
};

Diagnostics::Diagnostics(std::ostream& err, unsigned verbosity, const std::string& file)
    : logger_(std::make_unique<Logger>(err, verbosity, file)) {}
Diagnostics::~Diagnostics() = default;

bool Diagnostics::wants(Level level) const {
  return logger_->log.should_log(level == Level::kInfo ? spdlog::level::info
                                                       : spdlog::level::debug);
}

void Diagnostics::write(Level level, std::string_view text) {
  if (!wants(level)) return;
  logger_->log.log(level == Level::kInfo ? spdlog::level::info : spdlog::level::debug,
                   visible(text));
}

}  // namespace sluice::cli
