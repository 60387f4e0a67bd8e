#include "prepare/recorded.h"

#include <sluice/testing.hpp>
#include <stdexcept>

namespace sluice::prepare {
namespace {

const sluice_converter& scripted_alone() {
  const sluice_plugin* plugin = sluice_plugin_v1(&RecordingJob::host());
  for (std::uint64_t i = 0; i < plugin->converter_count; ++i) {
    if (view(plugin->converters[i]->id) == "scripted-alone") return *plugin->converters[i];
  }
  throw std::runtime_error("there is no scripted-alone");
}

}  // namespace

Recorded record(const std::string& script, const std::string& name) {
  RecordingJob job(script, "a.alone", "application/x-sluice-script-alone");
  job.deny_siblings();
  const Outcome outcome = job.run(scripted_alone());
  Recorded recorded{static_cast<int>(outcome), job.reason(), job.render(name), {}};
  for (const RecordingJob::Warning& warning : job.warnings()) {
    recorded.warnings += warning.code + ": " + warning.message + "\n";
  }
  return recorded;
}

}  // namespace sluice::prepare
