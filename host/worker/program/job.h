// One document's job as the plugin sees it: sluice_job's calls, and behind them the source, the
// output, metadata and remarks. No exception leaves a call.
#pragma once

#include <sluice/abi.h>

#include <atomic>
#include <map>
#include <optional>
#include <string>

#include "worker/program/mapping.h"
#include "worker/program/options.h"
#include "worker/program/output.h"
#include "worker/wire.h"

namespace sluice::program {

class Job {
 public:
  // `source` is the document's descriptor where it is not inline; all arguments outlive the job.
  Job(const RunContext& run, std::uint32_t document, const wire::JobInput& input,
      const platform::File* source);
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // Probes and converts. Called once.
  wire::Result convert(const sluice_converter& converter);

  // The table of an extension whose calls belong to a job, or nullptr.
  static const void* extension(std::string_view id, std::uint32_t revision);

 private:
  struct Calls;
  struct RecognitionCalls;
  static const void* recognition();

  // OK if the converter takes the document; else the outcome.
  sluice_outcome probe(const sluice_converter& converter);
  sluice_status invalid(std::string why);
  sluice_status warn(const sluice_warning& given);
  void note_progress(std::uint64_t done, std::uint64_t total);
  sluice_status map_option_file(std::string_view name, sluice_bytes& out);
  void settle(sluice_outcome outcome);
  void settle_memory(std::uint64_t refused);
  sluice_status map_source(sluice_bytes& out);
  sluice_status read_source(std::uint64_t offset, std::span<std::byte> buffer, std::uint64_t& got);
  sluice_status map_sibling(std::string_view path, sluice_bytes& out);
  sluice_status set_metadata(std::string_view key, std::string_view value);
  sluice_status set_front_matter(std::string_view yaml);
  sluice_status open_scratch(std::int64_t& out);
  sluice_status open_picture(std::uint32_t bytes, platform::File& out);
  sluice_status recognize(std::string_view picture, sluice_bytes& out);

  const RunContext& run_;
  std::uint32_t document_;
  const wire::JobInput& input_;
  const platform::File* source_;
  wire::Result result_;
  std::string error_;  // why the last call was refused
  Output output_;
  Options options_;
  std::string recognized_;
  std::atomic<std::int64_t> progress_due_{0};  // on the steady clock
  std::optional<Mapping> mapping_;
  std::map<std::string, std::string, std::less<>> siblings_;
  std::map<std::string, std::string, std::less<>> option_files_;
  sluice_job job_{};
};

}  // namespace sluice::program
