#include "worker/program/run.h"

#include <csignal>
#include <cstdlib>
#include <new>
#include <utility>

#include "worker/program/confine.h"
#include "worker/program/job.h"
#include "worker/program/memory.h"
#include "worker/program/posix/forbidden_call.h"
#include "worker/wire_bytes.h"

namespace sluice::program {
namespace {

// Instead of bad_alloc: a converter that runs out of memory cannot report that reliably, an exit
// code can.
[[noreturn]] void on_no_memory() {
  std::_Exit(wire::kExitOutOfMemory);
}

// Appends frames to the result area.
class Results {
 public:
  Results(platform::Files& files, const platform::File& memory) : files_(files), memory_(memory) {}

  void put(std::uint32_t document, const wire::Result& result) {
    std::string frame = wire::encode_frame(document, result);
    if (frame.size() > kRoom - used_) {
      wire::Result instead;
      instead.outcome = SLUICE_OUTCOME_LIMIT;
      instead.limit = LimitKind::kDetails;
      frame = wire::encode_frame(document, instead);
      if (frame.size() > kRoom - used_) return;
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
    files_.write(memory_, wire::kResultsAt + offset, std::as_bytes(std::span(bytes)));
  }

  platform::Files& files_;
  const platform::File& memory_;
  static constexpr std::uint64_t kRoom = wire::kResultBytes - wire::kAreaHead;
  std::uint64_t used_ = 0;
};

}  // namespace

std::optional<RunParts> run_parts(platform::Message& message, RunRoom& room) {
  const std::optional<wire::Run> run = wire::decode_run(message.bytes);
  const std::size_t of_room = run && run->fresh ? 2 : 0;
  if (!run || message.handles.size() < of_room) return std::nullopt;
  if (run->fresh) {
    room.view.reset();
    room.channel = platform::Channel(std::move(message.handles[0]));
    room.memory.handle = std::move(message.handles[1]);
    std::optional<Mapping> view = Mapping::shared(room.memory, wire::kResultsAt + wire::kAreaHead);
    if (!view) return std::nullopt;
    room.view.emplace(std::move(*view));
  }
  if (!room.view || run->input_bytes > wire::kInputRoom) return std::nullopt;
  RunParts parts;
  parts.run = *run;
  for (std::size_t i = of_room; i < message.handles.size(); ++i) {
    parts.sources.push_back({std::move(message.handles[i])});
  }
  return parts;
}

int convert_run(RunParts& parts, RunRoom& room, const PluginLibrary& library,
                const Confinement& confinement) {
  const std::string_view view = room.view->bytes();
  const std::optional<wire::RunInput> input =
      wire::decode_run_input(view.substr(0, static_cast<std::size_t>(parts.run.input_bytes)));
  if (!input) return wire::kExitProtocol;
  const sluice_converter* converter = library.find(input->converter);
  if (converter == nullptr) return wire::kExitProtocol;
  // The host writes it while we run.
  const auto& stop = *reinterpret_cast<const volatile std::sig_atomic_t*>(
      view.data() + wire::kResultsAt + wire::kStopAt);

  if (confinement.names_forbidden()) {
    note_forbidden_calls(static_cast<int>(room.memory.handle.value()));
  }
  confinement.confine_run(*input, std::exchange(parts.run.key, 0));
  note_refusals_in(static_cast<int>(room.memory.handle.value()),
                   wire::kResultsAt + wire::kRefusalAt);
  std::set_new_handler(on_no_memory);

  platform::Files files;
  HostLink host(std::move(room.channel));
  Results results(files, room.memory);
  BodyRoom body{room.memory, wire::kBodyAt};
  const ProgressNote progress{room.memory, wire::kResultsAt + wire::kProgressAt};
  const RunContext context{files, host, *input, stop, &body, &progress};
  std::size_t next_source = 0;
  for (std::uint32_t i = 0; i < input->jobs.size(); ++i) {
    const platform::File* source = nullptr;
    if (!input->jobs[i].is_inline) {
      if (next_source == parts.sources.size()) return wire::kExitProtocol;
      source = &parts.sources[next_source++];
    }
    Job job(context, i, input->jobs[i], source);
    results.put(i, job.convert(*converter));
    if (stop != 0) break;
  }
  return wire::kExitDone;
}

}  // namespace sluice::program
