#include "worker/program/run.h"

#include <csignal>
#include <cstdlib>
#include <new>

#include "worker/program/confine.h"
#include "worker/program/job.h"
#include "worker/program/memory.h"
#include "worker/wire_bytes.h"

namespace sluice::program {
namespace {

volatile std::sig_atomic_t cancelled = 0;

extern "C" void on_stop_asked(int /*signal*/) {
  cancelled = 1;
}

// Instead of bad_alloc: a converter that runs out of memory cannot report that reliably, an exit
// code can.
[[noreturn]] void on_no_memory() {
  std::_Exit(wire::kExitOutOfMemory);
}

// Appends frames to the result area.
class Results {
 public:
  Results(platform::Files& files, const platform::File& memory, std::uint64_t at)
      : files_(files), memory_(memory), at_(at), room_(wire::kResultBytes - wire::kAreaHead) {}

  void put(std::uint32_t document, const wire::Result& result) {
    std::string frame = wire::encode_frame(document, result);
    if (frame.size() > room_ - used_) {
      wire::Result instead;
      instead.outcome = SLUICE_OUTCOME_LIMIT;
      instead.limit = LimitKind::kDetails;
      frame = wire::encode_frame(document, instead);
      if (frame.size() > room_ - used_) return;
    }
    write(wire::kAreaHead + used_, frame);
    used_ += frame.size();
    // Only now does the frame count.
    std::string head;
    wire::ByteWriter(head).u64(used_);
    write(0, head);
  }

 private:
  void write(std::uint64_t offset, std::string_view bytes) {
    files_.write(memory_, at_ + offset, std::as_bytes(std::span(bytes)));
  }

  platform::Files& files_;
  const platform::File& memory_;
  std::uint64_t at_;
  std::uint64_t room_;
  std::uint64_t used_ = 0;
};

}  // namespace

std::optional<RunParts> run_parts(platform::Message& message) {
  const std::optional<wire::Run> run = wire::decode_run(message.bytes);
  if (!run || message.handles.size() < 2) return std::nullopt;
  RunParts parts;
  parts.run = *run;
  parts.channel = platform::Channel(std::move(message.handles[0]));
  parts.memory.handle = std::move(message.handles[1]);
  for (std::size_t i = 2; i < message.handles.size(); ++i) {
    parts.sources.push_back({std::move(message.handles[i])});
  }
  return parts;
}

int convert_run(RunParts& parts, const PluginLibrary& library, const Confinement& confinement) {
  const std::optional<Mapping> memory = Mapping::of(parts.memory, parts.run.input_bytes);
  if (!memory) return wire::kExitProtocol;
  const std::optional<wire::RunInput> input = wire::decode_run_input(memory->bytes());
  if (!input) return wire::kExitProtocol;
  const sluice_converter* converter = library.find(input->converter);
  if (converter == nullptr) return wire::kExitProtocol;

  std::signal(SIGTERM, on_stop_asked);
  std::signal(SIGPIPE, SIG_IGN);
#if defined(SIGXFSZ)
  std::signal(SIGXFSZ, SIG_IGN);  // the write then fails, and the converter is told
#endif
  confinement.confine_run(*input, parts.run.memory_bytes());
  note_refusals_in(static_cast<int>(parts.memory.handle.value()),
                   parts.run.results_at + wire::kRefusalAt);
  std::set_new_handler(on_no_memory);

  platform::Files files;
  HostLink host(std::move(parts.channel));
  Results results(files, parts.memory, parts.run.results_at);
  BodyRoom room{parts.memory, parts.run.body_at()};
  const RunContext context{files, host, *input, cancelled, &room};
  std::size_t next_source = 0;
  for (std::uint32_t i = 0; i < input->jobs.size(); ++i) {
    const platform::File* source = nullptr;
    if (!input->jobs[i].is_inline) {
      if (next_source == parts.sources.size()) return wire::kExitProtocol;
      source = &parts.sources[next_source++];
    }
    Job job(context, i, input->jobs[i], source);
    results.put(i, job.convert(*converter));
    if (cancelled != 0) break;
  }
  return wire::kExitDone;
}

}  // namespace sluice::program
