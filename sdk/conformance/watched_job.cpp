#include "conformance/watched_job.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <sluice/abi_rules.hpp>
#include <sluice/plugin.hpp>

#include "conformance/allocation.h"

namespace sluice::conformance {
namespace {

// The table stands behind a pointer to its watch, so that a call finds it.
struct Frame {
  WatchedJob* watch;
  sluice_job job;
};

sluice_status source_map(sluice_job* job, sluice_bytes* out) {
  const HostCall inside;
  WatchedJob& watch = WatchedJob::of(job);
  const sluice_status admitted = watch.admit("source_map");
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (watch.conditions.unmappable) return SLUICE_STATUS_IO;
  const sluice_status status =
      watch.seen("source_map", watch.original->source_map(watch.original, out));
  if (status != SLUICE_STATUS_OK || !watch.conditions.guard_source) return status;
  if (watch.source == nullptr) {
    const auto size = static_cast<std::size_t>(out->size);
    watch.source =
        std::make_unique<Guarded>(std::string_view(reinterpret_cast<const char*>(out->data), size),
                                  size, Guarded::Access::kRead);
  }
  out->data = static_cast<const std::uint8_t*>(watch.source->data());
  return status;
}

// The calls that are passed on: `Member` with its arguments.
template <auto Member>
struct Passed;
template <class... Args, sluice_status (*sluice_job::*Member)(sluice_job*, Args...)>
struct Passed<Member> {
  template <const char* const* Name, bool kIsOutput>
  static sluice_status call(sluice_job* job, Args... args) {
    const HostCall inside;
    WatchedJob& watch = WatchedJob::of(job);
    const sluice_status admitted = kIsOutput ? watch.admit_output(*Name) : watch.admit(*Name);
    if (admitted != SLUICE_STATUS_OK) return admitted;
    return watch.seen(*Name, (watch.original->*Member)(watch.original, args...));
  }
};

#define SLUICE_PASS(member, is_output)                                   \
  do {                                                                   \
    static constexpr const char* kName = #member;                        \
    table.member = Passed<&sluice_job::member>::call<&kName, is_output>; \
  } while (false)

void pass_input(sluice_job& table) {
  SLUICE_PASS(source_read, false);
  SLUICE_PASS(sibling_map, false);
  SLUICE_PASS(option_bool, false);
  SLUICE_PASS(option_int, false);
  SLUICE_PASS(option_number, false);
  SLUICE_PASS(option_string, false);
  SLUICE_PASS(option_list, false);
  SLUICE_PASS(option_file, false);
  SLUICE_PASS(scratch_open, false);
}

void pass_output(sluice_job& table) {
  SLUICE_PASS(write_body, true);
  SLUICE_PASS(asset_write, true);
  SLUICE_PASS(asset_finish, true);
  SLUICE_PASS(link_asset, true);
  SLUICE_PASS(write_sidecar, true);
  SLUICE_PASS(set_metadata, true);
}
#undef SLUICE_PASS

sluice_status asset_open(sluice_job* job, sluice_str name, sluice_str type, sluice_asset* out) {
  const HostCall inside;
  WatchedJob& watch = WatchedJob::of(job);
  const sluice_status admitted = watch.admit_output("asset_open");
  if (admitted != SLUICE_STATUS_OK) return admitted;
  watch.trial.asset_names.emplace_back(view(name));
  return watch.seen("asset_open", watch.original->asset_open(watch.original, name, type, out));
}

// What abi.h asks of a warning beyond what the recording job refuses.
void note_warning(Trial& trial, const sluice_warning& warning) {
  const std::string_view code = view(warning.code);
  const auto fits = [](char c) {
    return abi_rules::is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
  };
  ++trial.warnings;
  if (code == "metadata") ++trial.metadata_warnings;
  if (code.empty() || code.size() > 64 || !std::all_of(code.begin(), code.end(), fits)) {
    trial.warning_faults.push_back("the code \"" + std::string(code) + "\"");
  }
  if (warning.message.size == 0) trial.warning_faults.emplace_back("an empty message");
  if (warning.severity != SLUICE_SEVERITY_NOTE && warning.severity != SLUICE_SEVERITY_WARNING) {
    trial.warning_faults.push_back("the severity " + std::to_string(warning.severity));
  }
  if (warning.place_unit.size != 0 && warning.place == 0) {
    trial.warning_faults.emplace_back("a place without a number");
  }
}

sluice_status warn(sluice_job* job, const sluice_warning* warning) {
  const HostCall inside;
  WatchedJob& watch = WatchedJob::of(job);
  note_warning(watch.trial, *warning);
  return watch.seen("warn", watch.original->warn(watch.original, warning));
}
void set_reason(sluice_job* job, sluice_str message) {
  const HostCall inside;
  WatchedJob& watch = WatchedJob::of(job);
  watch.original->set_reason(watch.original, message);
}
void progress(sluice_job*, std::uint64_t, std::uint64_t) {}
std::int32_t is_cancelled(sluice_job* job) {
  return WatchedJob::of(job).stop.asked() ? 1 : 0;
}
sluice_str last_error(sluice_job* job) {
  WatchedJob& watch = WatchedJob::of(job);
  return watch.original->last_error(watch.original);
}

}  // namespace

WatchedJob::WatchedJob(sluice_job* job, const Conditions& wanted, StopWatch& watch, Trial& result)
    : original(job), stop(watch), trial(result), conditions(wanted) {
  sluice_job table = *job;
  table.host = nullptr;
  table.source_map = source_map;
  pass_input(table);
  pass_output(table);
  table.asset_open = asset_open;
  table.warn = warn;
  table.set_reason = set_reason;
  table.progress = progress;
  table.is_cancelled = is_cancelled;
  table.last_error = last_error;
  // The frame's own table first, then what a later version has behind it.
  const Frame frame{this, table};
  std::string bytes(reinterpret_cast<const char*>(&frame), sizeof frame);
  if (conditions.tables == Tables::kLarger) {
    bytes.append(64, '\xEE');
    const std::uint64_t size = sizeof table + 64;
    std::memcpy(bytes.data() + offsetof(Frame, job), &size, sizeof size);
  }
  room_ = std::make_unique<Guarded>(bytes,
                                    bytes.size() + (conditions.tables == Tables::kPlain ? 64 : 0),
                                    Guarded::Access::kReadWrite);
  table_ = reinterpret_cast<sluice_job*>(static_cast<char*>(room_->data()) + offsetof(Frame, job));
}

WatchedJob& WatchedJob::of(sluice_job* job) {
  WatchedJob* watch = nullptr;
  std::memcpy(&watch, reinterpret_cast<char*>(job) - offsetof(Frame, job), sizeof watch);
  return *watch;
}

sluice_status WatchedJob::admit(const char* call) {
  if (++trial.calls != conditions.fail_call) return SLUICE_STATUS_OK;
  trial.refused.push_back({call, SLUICE_STATUS_IO, "the test refuses it"});
  return SLUICE_STATUS_IO;
}

// After LIMIT, CANCELLED or IO from a call that writes, every further output is refused (abi.h).
sluice_status WatchedJob::admit_output(const char* call) {
  if (output_refused_) {
    ++trial.writes_after_refusal;
    return SLUICE_STATUS_IO;
  }
  const sluice_status admitted = admit(call);
  output_refused_ = admitted != SLUICE_STATUS_OK;
  return admitted;
}

sluice_status WatchedJob::seen(const char* call, sluice_status status) {
  if (status == SLUICE_STATUS_OK) return status;
  trial.refused.push_back({call, status, std::string(view(original->last_error(original)))});
  if (status == SLUICE_STATUS_LIMIT || status == SLUICE_STATUS_CANCELLED) output_refused_ = true;
  return status;
}

}  // namespace sluice::conformance
