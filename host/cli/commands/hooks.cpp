#include "cli/commands/hooks.h"

#include <sluice/counted.hpp>
#include <utility>

#include "cli/config.h"
#include "cli/hooks.h"
#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

void print(const owner::HookRow& row, std::int64_t last, bool json, Io& io) {
  const std::int64_t behind = last - row.position;
  if (json) {
    JsonObject object("hook");
    object.text("command", row.command)
        .number("position", row.position)
        .number("behind", behind)
        .number("failures", row.failures)
        .text_or_null("reason", row.reason);
    io.out << object.line();
    return;
  }
  io.out << visible(row.command) << "\n  ";
  io.out << (behind == 0 ? "has taken all events" : counted(behind, "event") + " behind");
  if (row.failures > 0) {
    io.out << "; failed " << counted(row.failures, "time") << ": " << visible(row.reason)
           << "; next try after " << platform::log_time(row.not_before);
  }
  io.out << "\n";
}

}  // namespace

int run_hooks(platform::Files& files, const Args& args, const HooksArgs& hooks, Io& io) {
  const std::string path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, path);
  bool has_failed = false;
  if (hooks.run) {
    Hooks running(files, config.settings(), path, Hooks::Patience::kNow);
    running.finish([&](const std::string& text) {
      has_failed = true;
      if (!args.global.quiet) io.err << "warning " << visible(text) << "\n";
    });
  }
  const auto kb = owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadOnly);
  const std::int64_t last = kb.registry().last_event();
  for (const std::string& command : config.settings().hooks) {
    owner::HookRow row;
    row.command = command;
    print(kb.registry().hook(command).value_or(row), last, args.global.json, io);
  }
  if (config.settings().hooks.empty() && !args.global.json && !args.global.quiet) {
    io.err << "there are no hooks; set run in [hooks] of the configuration\n";
  }
  if (io.interrupted && io.interrupted()) return static_cast<int>(ExitCode::kInterrupted);
  return static_cast<int>(has_failed ? ExitCode::kSomeFailed : ExitCode::kOk);
}

}  // namespace sluice::cli
