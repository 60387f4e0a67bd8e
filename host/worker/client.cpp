#include "worker/client.h"

#include <algorithm>
#include <csignal>
#include <tuple>

#include "platform/error.h"
#include "plugin/default_options.h"
#include "worker/filter_audit.h"
#include "worker/syscall_filter.h"
#include "worker/wire_bytes.h"

namespace sluice::worker {

using platform::Channel;
using platform::OsHandle;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr milliseconds kProbePatience{10'000};
constexpr unsigned kProbeTries = 3;
constexpr milliseconds kGrace{2'000};          // from asking to stop to killing
constexpr milliseconds kEndPatience{5'000};    // from killing to the last descriptor's closing
constexpr milliseconds kLeavePatience{1'000};  // from closing the channel to the worker's end
constexpr milliseconds kSlice{50};             // how soon a cancelled run is noticed
#if defined(SLUICE_SANITIZED)
constexpr int kSlowness = 6;  // of a build with a sanitizer
#else
constexpr int kSlowness = 1;
#endif

wire::Load load_message(const WorkerSettings& settings, const SyscallFilterNeeds& needs) {
  wire::Load load;
  load.host_process = static_cast<std::uint64_t>(platform::process_id());
  load.sandbox = settings.sandbox;
  if (settings.sandbox != SandboxLevel::kOff) load.syscall_filter = syscall_filter(needs);
  if (settings.names_forbidden) {
    load.names_forbidden = true;
    load.syscall_filter = with_traps(load.syscall_filter);
  }
  return load;
}

SyscallFilterNeeds needs_of(const plugin::Manifest& plugin) {
  SyscallFilterNeeds needs;
#if defined(SLUICE_SANITIZED)
  needs.threads = true;  // some sanitizers have a thread of their own in every process
#endif
  for (const plugin::ConverterManifest& converter : plugin.converters) {
    needs.threads = needs.threads || converter.needs.threads;
  }
  return needs;
}

wire::Load load_message(const WorkerSettings& settings, const plugin::Manifest& plugin) {
  wire::Load load = load_message(settings, needs_of(plugin));
  const Limits& limits = settings.limits;
  load.memory_bytes = limits.memory;
  // One byte more than is allowed, as the limits of a run have it.
  load.file_bytes = std::max({limits.output_bytes, limits.scratch_bytes, limits.tree.bytes}) + 1;
  load.cpu_seconds = static_cast<std::uint64_t>(limits.cpu_time.count());
  load.library = plugin.library_path();
  for (const plugin::ManifestFile& file : plugin.files) {
    load.files.push_back(plugin.folder + "/" + file.name);
  }
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

// With what only the host knows of the promises: of its settings, and of the filter it hands out.
SandboxLayers judged(SandboxLayers layers, const WorkerSettings& settings,
                     const SyscallFilterNeeds& needs) {
  layers.documents_per_process = settings.limits.documents_per_process;
  layers.filter_gaps = filter_gaps(syscall_filter(needs));
  return layers;
}

std::string text_of(const platform::ProcessEnd& end) {
  switch (end.how) {
    case platform::ProcessEnd::How::kSignal:
      return " (" + platform::signal_name(end.code) + ")";
    case platform::ProcessEnd::How::kExited:
      return " (exit code " + std::to_string(end.code) + ")";
    case platform::ProcessEnd::How::kUnknown:
      break;
  }
  return {};
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
      child.channel().receive(answer, kProbePatience * kSlowness) != Channel::Wait::kMessage) {
    throw WorkerDied("the worker process ended while it confined itself");
  }
  std::optional<wire::Confined> confined = wire::decode_confined(answer.bytes);
  if (!confined) fail_protocol();
  return judged(std::move(confined->layers), settings, {});
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

bool WorkerDied::is_violation() const {
  return end_.how == platform::ProcessEnd::How::kSignal &&
         platform::death_by(end_.code) == platform::Death::kForbiddenCall;
}

bool WorkerDied::is_its_own() const {
  switch (end_.how) {
    case platform::ProcessEnd::How::kUnknown:
      return false;
    case platform::ProcessEnd::How::kExited:
      return end_.code != wire::kExitProtocol;
    case platform::ProcessEnd::How::kSignal:
      break;
  }
  return platform::death_by(end_.code) !=
         platform::Death::kKilled;  // most likely the system's, for want of memory
}

Worker::Worker(platform::Files& files, const WorkerSettings& settings,
               const plugin::Manifest& plugin, const std::atomic<bool>& stop)
    : files_(files),
      child_(platform::Child::start(settings.program, {}, settings.standard_error)),
      load_time_(std::min(settings.limits.load_time, settings.limits.wall_time)),
      load_deadline_(Clock::now() + load_time_ * kSlowness) {
  if (!child_.channel().try_send(wire::encode(load_message(settings, plugin)))) {
    throw WorkerDied("the worker process ended as it began");
  }
  expect_confined(settings, needs_of(plugin), stop);
  const platform::Message answer = loaded(stop);
  switch (wire::kind_of(answer.bytes).value_or(wire::Kind::kReply)) {
    case wire::Kind::kReady:
      return;
    case wire::Kind::kRefused:
      throw WorkerRefused(wire::decode_notice(answer.bytes));
    case wire::Kind::kUnfit:
      throw PluginUnfit(wire::decode_notice(answer.bytes));
    case wire::Kind::kNotLoadable:
      throw NotLoadable(wire::decode_notice(answer.bytes));
    case wire::Kind::kDeclined:
      throw PluginDeclined(wire::decode_notice(answer.bytes));
    default:
      fail_protocol();
  }
}

Worker::~Worker() {
  // So that its processor time is in our own children's, and so that nobody is killed for nothing.
  child_.leave(kLeavePatience);
}

platform::Message Worker::next_answer(const std::atomic<bool>& stop) {
  platform::Message answer;
  Channel::Wait wait = Channel::Wait::kTimeout;
  do {
    wait = child_.channel().receive(answer, kSlice);
  } while (wait == Channel::Wait::kTimeout && Clock::now() < load_deadline_ &&
           !stop.load(std::memory_order_relaxed));
  if (wait == Channel::Wait::kTimeout) {
    child_.kill();
    throw LoadTooSlow("loading it took longer than " + std::to_string(load_time_.count()) +
                      " milliseconds ([limits] load_time, and never more than [limits] timeout)");
  }
  if (wait == Channel::Wait::kClosed) {
    const platform::ProcessEnd end = child_.end(kEndPatience);
    if (end.how == platform::ProcessEnd::How::kExited && end.code == wire::kExitOutOfMemory) {
      throw LoadOutOfMemory("loading it takes more memory than a document may have");
    }
    throw WorkerDied("the worker process ended while it loaded the library" + text_of(end), end);
  }
  if (const std::optional<std::uint32_t> number = wire::decode_forbidden(answer.bytes)) {
    throw ForbiddenCall(system_call_name(*number));
  }
  return answer;
}

// The zygote's report about the library. If it asks for the key, every constructor has run.
platform::Message Worker::loaded(const std::atomic<bool>& stop) {
  platform::Message answer = next_answer(stop);
  if (wire::kind_of(answer.bytes) != wire::Kind::kLoaded) return answer;
  if (!child_.channel().try_send(wire::encode_fork_key(key_))) {
    throw WorkerDied("the worker process ended while it loaded the library");
  }
  return next_answer(stop);
}

// Believed, since nothing of the plugin has run yet.
void Worker::expect_confined(const WorkerSettings& settings, const SyscallFilterNeeds& needs,
                             const std::atomic<bool>& stop) {
  std::optional<wire::Confined> confined = wire::decode_confined(next_answer(stop).bytes);
  if (!confined) fail_protocol();
  key_ = confined->key;
  const SandboxLayers layers = judged(std::move(confined->layers), settings, needs);
  if (settings.on_confined) settings.on_confined(layers);
  if (settings.sandbox == SandboxLevel::kRequired && !layers.is_full()) {
    throw SandboxMissing(layers.what_is_missing());
  }
}

// Watches one run to its end.
class Worker::Watch {
 public:
  Watch(Worker& worker, Broker& broker, milliseconds patience, const std::atomic<bool>& stop)
      : worker_(worker), broker_(broker), stop_(stop), deadline_(Clock::now() + patience) {}

  RunEnd to_end() {
    while (!ended_) {
      press();
      if (ended_) break;
      const OsHandle* const both[] = {&zygote().handle(), &run().handle()};
      const std::size_t count = run().handle() ? 2 : 1;
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
  Channel& zygote() { return worker_.child_.channel(); }
  Channel& run() { return worker_.channel_; }

  void finish(RunEnd::How how, int code, std::string reason = {}) {
    ended_ = true;
    end_.how = how;
    end_.code = code;
    end_.reason = std::move(reason);
  }
  // Nobody of the worker is left.
  void finish_with_worker(RunEnd::How how, std::string reason = {}) {
    worker_.end_now();
    end_.worker_ended = true;
    finish(how, 0, std::move(reason));
  }

  // Does what is due by now: asks the run to stop, ends the worker.
  void press() {
    if (stop_.load(std::memory_order_relaxed)) {
      finish_with_worker(RunEnd::How::kCancelled);
      return;
    }
    end_.limit = broker_.over_limit(Broker::Look::kIfDue);
    if (end_.limit != LimitKind::kNone) {
      finish_with_worker(RunEnd::How::kOverLimit);
    } else if (Clock::now() >= deadline_) {
      if (was_asked_) {
        finish_with_worker(RunEnd::How::kTimedOut);
      } else {
        ask_to_stop();
      }
    }
  }

  void ask_to_stop() {
    std::string flag;
    wire::ByteWriter(flag).u64(1);
    worker_.files_.write(*worker_.memory_, wire::kResultsAt + wire::kStopAt,
                         std::as_bytes(std::span(flag)));
    was_asked_ = true;
    deadline_ = Clock::now() + kGrace;
  }

  void hear_zygote() {
    platform::Message message;
    if (zygote().receive(message, milliseconds(-1)) != Channel::Wait::kMessage) {
      finish_with_worker(RunEnd::How::kLost, "the worker process died");
      return;
    }
    switch (wire::kind_of(message.bytes).value_or(wire::Kind::kReply)) {
      case wire::Kind::kEnded:
        hear_end(message.bytes);
        return;
      case wire::Kind::kForkFailed:
        finish_with_worker(RunEnd::How::kLost, "the worker process could not fork: " +
                                                   wire::decode_notice(message.bytes));
        return;
      default:
        finish_with_worker(RunEnd::How::kLost, "the worker process does not keep to its protocol");
        return;
    }
  }

  void hear_end(std::string_view message) {
    const std::optional<wire::Ended> ended = wire::decode_ended(message);
    if (!ended) {
      finish_with_worker(RunEnd::How::kLost, "the worker process does not keep to its protocol");
      return;
    }
    end_.cpu_time = std::chrono::microseconds(ended->cpu_us);
    end_.memory = ended->memory;
    if (was_asked_) {
      finish(RunEnd::How::kTimedOut, 0);
    } else if (!ended->by_signal && ended->code == wire::kExitAborted) {
      finish(RunEnd::How::kSignal, SIGABRT);
    } else {
      finish(ended->by_signal ? RunEnd::How::kSignal : RunEnd::How::kExited,
             static_cast<int>(ended->code));
    }
  }

  void serve_run() {
    platform::Message message;
    const bool heard = run().receive(message, milliseconds(-1)) == Channel::Wait::kMessage;
    worker_.was_used_ = true;
    const Clock::time_point begin = Clock::now();
    // What breaks the protocol is heard no more; its process finds its channel closed, or ended.
    if (!heard || !broker_.answer(run(), message)) run().close();
    // The run waits for what the host does for it, which may be another converter's work.
    if (!was_asked_) deadline_ += Clock::now() - begin;
  }

  Worker& worker_;
  Broker& broker_;
  const std::atomic<bool>& stop_;
  Clock::time_point deadline_;
  bool was_asked_ = false;
  bool ended_ = false;
  RunEnd end_;
};

// Makes what a run needs as good as new. True if it is new, and must be handed over.
bool Worker::prepare_room(const std::string& input) {
  if (input.size() > wire::kInputRoom) {
    throw Error("hand over", "documents to a converter", "their names and options are too long",
                "shorten the options of the plugin");
  }
  // A run that has asked for something may have left an answer unread, which the next must not
  // find; one that has asked for nothing may have left a question.
  platform::Message left;
  const bool is_clean = channel_.handle() && !was_used_ &&
                        channel_.receive(left, milliseconds(0)) == Channel::Wait::kTimeout;
  // A body of the last run may still be read.
  const bool is_free = memory_ && memory_.use_count() == 1;
  const bool fresh = !is_clean || !is_free;
  if (fresh) {
    std::tie(channel_, theirs_) = Channel::make_pair();
    memory_ = std::make_shared<const platform::File>(
        platform::make_memory_file("sluice-run", wire::kRunMemory));
    was_used_ = false;
  } else {
    platform::wipe_memory_file(*memory_, wire::kRunMemory);
  }
  files_.write(*memory_, 0, std::as_bytes(std::span(input)));
  return fresh;
}

// Kills it and whatever it started, and waits until nobody of them can write any more.
void Worker::end_now() {
  child_.kill();
  const auto deadline = Clock::now() + kEndPatience;
  for (Channel* channel : {&child_.channel(), &channel_}) {
    platform::Message last;
    while (channel->handle() && Clock::now() < deadline &&
           channel->receive(last, kSlice) != Channel::Wait::kClosed) {
    }
  }
  channel_.close();
}

RunEnd Worker::run(const wire::RunInput& input, std::span<const OsHandle* const> sources,
                   Broker& broker, milliseconds patience, const std::atomic<bool>& stop) {
  const std::string bytes = wire::encode(input);
  const bool fresh = prepare_room(bytes);
  std::vector<const OsHandle*> handles;
  if (fresh) handles = {&theirs_.handle(), &memory_->handle};
  handles.insert(handles.end(), sources.begin(), sources.end());
  RunEnd end;
  const bool sent =
      child_.channel().try_send(wire::encode(wire::Run{key_, bytes.size(), fresh}), handles);
  theirs_.close();
  if (!sent) {
    end.reason = "the worker process died";
    end.results.resize(input.jobs.size());
    end.worker_ended = true;
    return end;
  }
  end = Watch(*this, broker, patience, stop).to_end();
  read_results(input, end);
  return end;
}

void Worker::read_results(const wire::RunInput& input, RunEnd& end) {
  std::string head(wire::kAreaHead, '\0');
  files_.read(*memory_, wire::kResultsAt, std::as_writable_bytes(std::span(head)));
  wire::ByteReader in(head);
  const std::uint64_t used = in.u64();
  end.refused_memory = in.u64();
  in.u64();  // the host's own word
  end.done = in.u64();
  end.total = in.u64();
  if (const std::uint64_t forbidden = in.u64(); forbidden != 0) {
    end.forbidden_call = system_call_name(static_cast<std::uint32_t>(forbidden - 1));
  }
  area_.resize(static_cast<std::size_t>(
      std::min<std::uint64_t>(used, wire::kResultBytes - wire::kAreaHead)));
  files_.read(*memory_, wire::kResultsAt + wire::kAreaHead,
              std::as_writable_bytes(std::span(area_)));
  wire::FrameBounds bounds{input.assets, 0};
  for (const wire::JobInput& job : input.jobs) {
    bounds.children = std::max(bounds.children, job.children);
  }
  end.results = wire::decode_frames(area_, input.jobs.size(), bounds);
  for (const std::optional<wire::Result>& result : end.results) {
    if (result && result->body_place == wire::BodyPlace::kMemory) {
      end.body = {memory_, wire::kBodyAt};
    }
  }
}

}  // namespace sluice::worker
