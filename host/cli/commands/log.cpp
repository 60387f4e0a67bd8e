#include "cli/commands/log.h"

#include <chrono>
#include <thread>

#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::Event;

// How often --follow looks for events. A look that finds none is one short statement.
constexpr std::chrono::milliseconds kPoll{500};

void print(const Event& event, const GlobalArgs& global, Io& io) {
  if (global.json) {
    io.out << event_json(event);
    return;
  }
  io.out << event.seq << "  " << platform::log_time(event.at) << "  " << owner::word(event.op)
         << "  " << visible(event.name) << "  (" << visible(event.path_key) << ")\n";
}

}  // namespace

void check_event_number(const owner::Registry& registry, std::int64_t number) {
  const std::int64_t newest = registry.last_event();
  if (number <= newest) return;
  throw Error("read events after number", std::to_string(number),
              "the last one is number " + std::to_string(newest) +
                  ", so this is another knowledge base, or an older copy of it",
              "begin again with --since 0", ExitCode::kUsage);
}

int run_log(platform::Files& files, const Args& args, const LogArgs& log, Io& io) {
  const auto kb =
      owner::KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  const auto is_interrupted = [&io] { return io.interrupted && io.interrupted(); };
  std::int64_t last = static_cast<std::int64_t>(log.since);
  check_event_number(kb.registry(), last);
  while (true) {
    kb.registry().each_event_after(last, [&](const Event& event) {
      last = event.seq;
      print(event, args.global, io);
    });
    io.out.flush();
    if (!log.follow || !io.out) return static_cast<int>(ExitCode::kOk);
    if (is_interrupted()) return static_cast<int>(ExitCode::kInterrupted);
    std::this_thread::sleep_for(kPoll);
    if (is_interrupted()) return static_cast<int>(ExitCode::kInterrupted);
  }
}

}  // namespace sluice::cli
