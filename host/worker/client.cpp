#include "worker/client.h"

#include <algorithm>

#include "plugin/default_options.h"
#include "worker/syscall_filter.h"
#include "worker/wire_bytes.h"

namespace sluice::worker {

using platform::Channel;
using platform::OsHandle;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr milliseconds kLoadPatience{60'000};  // a cold disk and a large library
constexpr unsigned kProbeTries = 3;
constexpr milliseconds kGrace{2'000};           // from asking to stop to killing
constexpr milliseconds kReportPatience{5'000};  // from killing to the zygote's word of it
constexpr milliseconds kSlice{50};              // how soon a cancelled run is noticed
constexpr std::uint64_t kPage = 4096;

wire::Load load_message(const WorkerSettings& settings, const SyscallFilterNeeds& needs) {
  wire::Load load;
  load.host_process = static_cast<std::uint64_t>(platform::process_id());
  load.sandbox = settings.sandbox;
  if (settings.sandbox != SandboxLevel::kOff) load.syscall_filter = compile_syscall_filter(needs);
  return load;
}

wire::Load load_message(const WorkerSettings& settings, const plugin::Manifest& plugin) {
  SyscallFilterNeeds needs;
#if defined(SLUICE_SANITIZED)
  needs.threads = true;  // some sanitizers have a thread of their own in every process
#endif
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    needs.threads = needs.threads || converter.needs.threads;
  }
  wire::Load load = load_message(settings, needs);
  load.library = plugin.library_path();
  load.plugin_id = plugin.id;
  load.version = plugin.version;
  load.abi_major = plugin.abi_major;
  load.abi_minor = plugin.abi_minor;
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    load.converters.push_back(
        {converter.id, plugin::default_options(converter), converter.needs.threads});
  }
  return load;
}

[[noreturn]] void fail_protocol() {
  throw WorkerDied("the worker process does not keep to its protocol");
}

}  // namespace

namespace {

SandboxLayers probe_once(const WorkerSettings& settings) {
  platform::Child child = platform::Child::start(settings.program, {}, settings.standard_error);
  platform::Message answer;
  if (!child.channel().try_send(wire::encode(load_message(settings, SyscallFilterNeeds{}))) ||
      child.channel().receive(answer, kLoadPatience) != Channel::Wait::kMessage) {
    throw WorkerDied("the worker process ended while it confined itself");
  }
  const std::optional<SandboxLayers> layers = wire::decode_layers(answer.bytes);
  if (!layers) fail_protocol();
  return *layers;
}

}  // namespace

SandboxLayers probe_sandbox(const WorkerSettings& settings) {
  // Nothing of a document or a plugin is in it: what ends it comes from outside, and may not again.
  for (unsigned tries = 1;; ++tries) {
    try {
      return probe_once(settings);
    } catch (const WorkerDied&) {
      if (tries == kProbeTries) throw;
    }
  }
}

Worker::Worker(platform::Files& files, const WorkerSettings& settings,
               const plugin::Manifest& plugin, const std::atomic<bool>& stop)
    : files_(files), child_(platform::Child::start(settings.program, {}, settings.standard_error)) {
  if (!child_.channel().try_send(wire::encode(load_message(settings, plugin)))) {
    throw WorkerDied("the worker process ended as it began");
  }
  expect_confined(settings.sandbox, stop);
  const platform::Message answer = next_answer(stop);
  switch (wire::kind_of(answer.bytes).value_or(wire::Kind::kReply)) {
    case wire::Kind::kReady:
      return;
    case wire::Kind::kRefused:
      throw WorkerRefused(wire::decode_notice(answer.bytes));
    case wire::Kind::kUnfit:
      throw PluginUnfit(wire::decode_notice(answer.bytes));
    default:
      fail_protocol();
  }
}

platform::Message Worker::next_answer(const std::atomic<bool>& stop) {
  platform::Message answer;
  Channel::Wait wait = Channel::Wait::kTimeout;
  const auto deadline = Clock::now() + kLoadPatience;
  do {
    wait = child_.channel().receive(answer, kSlice);
  } while (wait == Channel::Wait::kTimeout && Clock::now() < deadline &&
           !stop.load(std::memory_order_relaxed));
  if (wait == Channel::Wait::kTimeout) throw WorkerRefused("loading it took too long");
  if (wait == Channel::Wait::kClosed) {
    throw WorkerDied("the worker process ended while it loaded the library");
  }
  return answer;
}

// Believed, since nothing of the plugin has run yet.
void Worker::expect_confined(SandboxLevel wanted, const std::atomic<bool>& stop) {
  const std::optional<SandboxLayers> layers = wire::decode_layers(next_answer(stop).bytes);
  if (!layers) fail_protocol();
  if (wanted == SandboxLevel::kRequired && !layers->is_full()) {
    throw SandboxMissing(layers->what_is_missing());
  }
}

// Watches one run to its end.
class Worker::Watch {
 public:
  Watch(Channel& zygote, Channel& run, Broker& broker, milliseconds patience,
        const std::atomic<bool>& stop)
      : zygote_(zygote),
        run_(run),
        broker_(broker),
        stop_(stop),
        deadline_(Clock::now() + patience) {}

  RunEnd to_end() {
    while (!ended_) {
      press();
      if (ended_) break;
      const OsHandle* const both[] = {&zygote_.handle(), &run_.handle()};
      const std::size_t count = run_.handle() ? 2 : 1;
      const std::uint32_t ready = platform::wait_readable({both, count}, kSlice);
      if ((ready & 1U) != 0) {
        hear_zygote();
      } else if ((ready & 2U) != 0) {
        serve_run();
      }
    }
    return std::move(end_);
  }

 private:
  enum class Stage { kRunning, kAsked, kKilled };

  void finish(RunEnd::How how, int code, std::string reason = {}) {
    ended_ = true;
    end_.how = how;
    end_.code = code;
    end_.reason = std::move(reason);
  }

  // Does what is due by now: asks the process to stop, kills it, gives the zygote up.
  void press() {
    const bool cancelled = stop_.load(std::memory_order_relaxed);
    if (!cancelled && stage_ != Stage::kKilled) {
      end_.limit = broker_.over_limit(Broker::Look::kIfDue);
    }
    if (end_.limit != LimitKind::kNone && stage_ != Stage::kKilled) {
      why_ = RunEnd::How::kOverLimit;
      kill();
      return;
    }
    if (!cancelled && Clock::now() < deadline_) return;
    if (cancelled && stage_ != Stage::kKilled) {
      why_ = RunEnd::How::kCancelled;
      kill();
      return;
    }
    switch (stage_) {
      case Stage::kRunning:
        why_ = RunEnd::How::kTimedOut;
        if (process_) platform::stop_process(process_, platform::Stop::kAsk);
        stage_ = Stage::kAsked;
        deadline_ = Clock::now() + kGrace;
        return;
      case Stage::kAsked:
        kill();
        return;
      case Stage::kKilled:
        if (Clock::now() >= deadline_) {
          finish(RunEnd::How::kLost, 0, "the worker process does not answer any more");
        }
        return;
    }
  }

  void kill() {
    if (process_) platform::stop_process(process_, platform::Stop::kKill);
    stage_ = Stage::kKilled;
    deadline_ = Clock::now() + kReportPatience;
  }

  void hear_zygote() {
    platform::Message message;
    if (zygote_.receive(message, milliseconds(-1)) != Channel::Wait::kMessage) {
      finish(RunEnd::How::kLost, 0, "the worker process died");
      return;
    }
    switch (wire::kind_of(message.bytes).value_or(wire::Kind::kReply)) {
      case wire::Kind::kStarted:
        if (message.handles.size() == 1) process_ = std::move(message.handles[0]);
        // If its time was up before it was known:
        if (stage_ == Stage::kKilled) kill();
        return;
      case wire::Kind::kEnded:
        hear_end(message.bytes);
        return;
      case wire::Kind::kForkFailed:
        finish(RunEnd::How::kLost, 0,
               "the worker process could not fork: " + wire::decode_notice(message.bytes));
        return;
      default:
        finish(RunEnd::How::kLost, 0, "the worker process does not keep to its protocol");
        return;
    }
  }

  void hear_end(std::string_view message) {
    const std::optional<wire::Ended> ended = wire::decode_ended(message);
    if (ended) end_.cpu_time = std::chrono::microseconds(ended->cpu_us);
    if (!ended) {
      finish(RunEnd::How::kLost, 0, "the worker process does not keep to its protocol");
    } else if (stage_ != Stage::kRunning) {
      finish(why_, 0);
    } else {
      finish(ended->by_signal ? RunEnd::How::kSignal : RunEnd::How::kExited,
             static_cast<int>(ended->code));
    }
  }

  void serve_run() {
    platform::Message message;
    const bool heard = run_.receive(message, milliseconds(-1)) == Channel::Wait::kMessage;
    // What breaks the protocol is heard no more; its process finds its channel closed, or ended.
    if (!heard || !broker_.answer(run_, message)) run_.close();
  }

  Channel& zygote_;
  Channel& run_;
  Broker& broker_;
  const std::atomic<bool>& stop_;
  Clock::time_point deadline_;
  OsHandle process_;
  Stage stage_ = Stage::kRunning;
  RunEnd::How why_ = RunEnd::How::kTimedOut;
  bool ended_ = false;
  RunEnd end_;
};

RunEnd Worker::run(const wire::RunInput& input, std::span<const OsHandle* const> sources,
                   Broker& broker, milliseconds patience, const std::atomic<bool>& stop) {
  const std::string bytes = wire::encode(input);
  const std::uint64_t results_at = (bytes.size() + kPage - 1) / kPage * kPage;
  const wire::Run run{bytes.size(), results_at};
  const auto memory = std::make_shared<const platform::File>(
      platform::make_memory_file("sluice-run", run.memory_bytes()));
  files_.write(*memory, 0, std::as_bytes(std::span(bytes)));
  auto [ours, theirs] = Channel::make_pair();
  std::vector<const OsHandle*> handles = {&theirs.handle(), &memory->handle};
  handles.insert(handles.end(), sources.begin(), sources.end());
  RunEnd end;
  if (!child_.channel().try_send(wire::encode(run), handles)) {
    end.reason = "the worker process died";
    end.results.resize(input.jobs.size());
    return end;
  }
  theirs.close();
  end = Watch(child_.channel(), ours, broker, patience, stop).to_end();
  if (end.how == RunEnd::How::kLost) {
    // Its process dies with it, so nobody writes any more.
    child_.kill();
  }
  read_results(*memory, results_at, input, end);
  end.body = {memory, run.body_at()};
  return end;
}

void Worker::read_results(const platform::File& memory, std::uint64_t at,
                          const wire::RunInput& input, RunEnd& end) {
  std::string head(wire::kAreaHead, '\0');
  files_.read(memory, at, std::as_writable_bytes(std::span(head)));
  wire::ByteReader in(head);
  const std::uint64_t used = in.u64();
  end.refused_memory = in.u64();
  area_.resize(static_cast<std::size_t>(
      std::min<std::uint64_t>(used, wire::kResultBytes - wire::kAreaHead)));
  files_.read(memory, at + wire::kAreaHead, std::as_writable_bytes(std::span(area_)));
  end.results = wire::decode_frames(area_, input.jobs.size(), input.assets);
}

}  // namespace sluice::worker
