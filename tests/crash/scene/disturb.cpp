#include "crash/scene/disturb.h"

#include <memory>
#include <set>
#include <stdexcept>

#include "crash/disk/recorder.h"
#include "crash/scene/scenarios.h"

namespace sluice::crash {

std::vector<Tracer::Outcome> disturb(const World& world, const std::string& kb,
                                     const std::vector<std::vector<std::string>>& commands,
                                     const std::function<Verdict(const Call&)>& decide,
                                     Kinds kinds) {
  Tracer* running = nullptr;
  Tracer tracer(kinds, [&](const Call& call) {
    const bool counts = call.syscall->kind == Kind::kSyncAll || call.is_below(kb) ||
                        call.path == running->out_path(call.program);
    return counts ? decide(call) : Verdict{};
  });
  running = &tracer;
  for (const auto& words : commands) tracer.start(world.command(kb, words), world.path("scratch"));
  tracer.run();
  std::vector<Tracer::Outcome> outcomes;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    outcomes.push_back(tracer.outcome(static_cast<int>(i)));
  }
  return outcomes;
}

std::size_t count_calls(const World& world, const std::string& kb,
                        const std::vector<std::vector<std::string>>& commands) {
  std::size_t count = 0;
  disturb(world, kb, commands, [&](const Call& call) {
    if (call.changes_something()) ++count;
    return Verdict{};
  });
  return count;
}

namespace {

// Whether something was written into staging while everything was synced.
bool has_writes_during_a_sync(const std::vector<Op>& ops) {
  std::set<std::size_t> going_on;
  for (const Op& op : ops) {
    if (op.kind == Op::Kind::kBegin) going_on.insert(op.number);
    if (op.kind == Op::Kind::kSyncAll) going_on.erase(op.number);
    const bool staged = op.what.find("/retargeted-") != std::string::npos;
    if (op.kind == Op::Kind::kWrite && staged && !going_on.empty()) return true;
  }
  return false;
}

}  // namespace

Recording record(const World& world, const std::string& kb, const std::vector<std::string>& words) {
  Recorder recorder(kb);
  Tracer* running = nullptr;
  Tracer tracer(
      kChanges,
      [&](const Call& call) {
        recorder.before(call);
        Verdict verdict;
        // What it must cover is done by now; all that anybody does before it is over is not.
        if (call.syscall->kind == Kind::kSyncAll) verdict.action = Verdict::Action::kHoldBack;
        return verdict;
      },
      [&](const Call& call, std::int64_t result) {
        recorder.after(call, result, running->out_path(call.program));
      });
  running = &tracer;
  const int program = tracer.start(world.command(kb, words), world.path("scratch"));
  tracer.run();
  const Tracer::Outcome outcome = tracer.outcome(program);
  if (outcome.exit_code != 0) {
    throw std::runtime_error("the run to be recorded failed: " + outcome.out + outcome.err);
  }
  return recorder.take();
}

Recording record_with_writes_during_a_sync(const Stage& stage) {
  for (int tries = 0; tries < 10; ++tries) {
    Recording recording = record(stage.world, stage.world.copy(stage.world.kb(), "run"),
                                 stage.scenario.commands.front());
    if (has_writes_during_a_sync(recording.ops)) return recording;
  }
  throw std::runtime_error("nothing was written during a sync in ten runs");
}

}  // namespace sluice::crash
