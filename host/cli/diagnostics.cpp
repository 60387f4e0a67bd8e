#include "cli/diagnostics.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include "cli/text.h"

namespace sluice::cli {

struct Diagnostics::Logger {
  explicit Logger(std::ostream& err)
      : log("sluice", std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true)) {}
  spdlog::logger log;
};

Diagnostics::Diagnostics(std::ostream& err, unsigned verbosity)
    : logger_(std::make_unique<Logger>(err)) {
  logger_->log.set_pattern("sluice %L %T.%e: %v");
  logger_->log.set_level(verbosity == 0   ? spdlog::level::off
                         : verbosity == 1 ? spdlog::level::info
                                          : spdlog::level::debug);
}
Diagnostics::~Diagnostics() = default;

void Diagnostics::info(std::string_view message) {
  logger_->log.info(visible(message));
}
void Diagnostics::debug(std::string_view message) {
  logger_->log.debug(visible(message));
}

}  // namespace sluice::cli
