// A converter that asks for the text of a picture (sluice.recognition): another one converts it, in
// a worker of its own plugin, while the first one's process waits.
#include <sluice/abi.h>
#include <sluice/ext/recognition.h>

#include <algorithm>

#include "prepare/converters.h"

namespace sluice::prepare {

const plugin::Candidate* Converters::recognizer(const plugin::Manifest& asker) {
  if (!recognizers_) {
    recognizers_ = context_.router.route({SLUICE_RECOGNITION_PICTURE, "a page"}, {}, {});
  }
  const auto found =
      std::find_if(recognizers_->begin(), recognizers_->end(), [&](const plugin::Candidate& one) {
        return one.refusal == nullptr && one.plugin->id != asker.id;
      });
  return found == recognizers_->end() ? nullptr : &*found;
}

std::int32_t Converters::recognize(const plugin::Candidate& by, const platform::File& picture,
                                   std::uint64_t size, platform::OsHandle& out) {
  Slot& slot = slot_of(*by.plugin);
  worker::Worker* const worker = worker_of(slot, *by.plugin);
  if (worker == nullptr) return SLUICE_STATUS_NOT_FOUND;
  const Limits& limits = context_.settings.limits_of(by.converter->id);
  const plugin::OptionValues& values = options(by).values;
  wire::RunInput input;
  input.converter = by.converter->id;
  input.options = values.json;
  input.secrets = values.secrets;
  input.memory_bytes = limits.memory;
  input.cpu_seconds = static_cast<std::uint64_t>(limits.cpu_time.count());
  input.output_bytes = std::min<std::uint64_t>(limits.output_bytes, wire::kMemoryBody);
  input.threads = by.converter->needs.threads;
  wire::JobInput job;
  job.file_name = "page.pgm";
  job.media_type = SLUICE_RECOGNITION_PICTURE;
  job.source_bytes = size;
  input.jobs.push_back(job);
  // Of no document: the process can open nothing.
  worker::Broker broker(context_.files, context_.staging.dir(), limits, by.converter->needs,
                        values.files, {});
  const platform::OsHandle* const source[] = {&picture.handle};
  worker::RunEnd end = worker->run(input, source, broker, limits.wall_time, stop_);
  if (end.worker_ended) slot.worker.reset();
  return end.results.empty() || !end.results[0] ? SLUICE_STATUS_IO : answer(end, out);
}

// The body, in a memory file of its own.
std::int32_t Converters::answer(const worker::RunEnd& end, platform::OsHandle& out) const {
  const wire::Result& result = *end.results[0];
  if (result.outcome == SLUICE_OUTCOME_LIMIT) return SLUICE_STATUS_LIMIT;
  if (result.outcome != SLUICE_OUTCOME_OK) return SLUICE_STATUS_IO;
  std::string body = result.body;
  if (result.body_place == wire::BodyPlace::kMemory) {
    body.resize(std::min<std::size_t>(result.body_bytes, wire::kMemoryBody));
    body.resize(context_.files.read(*end.body.memory, end.body.at,
                                    std::as_writable_bytes(std::span(body))));
  }
  if (body.empty()) return SLUICE_STATUS_IO;
  platform::File file = platform::make_memory_file("sluice-text", body.size());
  context_.files.write(file, 0, std::as_bytes(std::span(body)));
  out = std::move(file.handle);
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::prepare
