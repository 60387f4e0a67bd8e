#include "worker/program/job.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "model/utf8.h"
#include "platform/error.h"
#include "worker/program/memory.h"

namespace sluice::program {
namespace {

constexpr std::size_t kProbeBytes = 64 << 10;

std::string_view view(sluice_str text) {
  return {text.size == 0 ? "" : text.data, static_cast<std::size_t>(text.size)};
}
std::string_view view(const void* data, std::uint64_t size) {
  return {size == 0 ? "" : static_cast<const char*>(data), static_cast<std::size_t>(size)};
}
sluice_str str(std::string_view text) {
  return {text.data(), text.size()};
}
sluice_bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Runs a call's body. Memory never runs out here (the process ends instead), so what is thrown is
// the host's failure.
template <class Body>
sluice_status guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return SLUICE_STATUS_IO;
  }
}

}  // namespace

// The C functions; `host` leads back to the job.
struct Job::Calls {
  static Job& of(sluice_job* job) { return *static_cast<Job*>(job->host); }

  static sluice_status source_map(sluice_job* job, sluice_bytes* out) noexcept {
    return guarded([&] { return of(job).map_source(*out); });
  }
  static sluice_status source_read(sluice_job* job, std::uint64_t offset, void* buffer,
                                   std::uint64_t size, std::uint64_t* got) noexcept {
    return guarded([&] {
      return of(job).read_source(
          offset, {static_cast<std::byte*>(buffer), static_cast<std::size_t>(size)}, *got);
    });
  }
  static sluice_status sibling_map(sluice_job* job, sluice_str path, sluice_bytes* out) noexcept {
    return guarded([&] { return of(job).map_sibling(view(path), *out); });
  }
  static sluice_status write_body(sluice_job* job, const void* data, std::uint64_t size) noexcept {
    return guarded([&] { return of(job).output_.write_body(view(data, size)); });
  }
  static sluice_status asset_open(sluice_job* job, sluice_str name, sluice_str media_type,
                                  sluice_asset* out) noexcept {
    return guarded([&] { return of(job).output_.open_asset(view(name), view(media_type), *out); });
  }
  static sluice_status asset_write(sluice_job* job, sluice_asset asset, const void* data,
                                   std::uint64_t size) noexcept {
    return guarded([&] { return of(job).output_.write_asset(asset, view(data, size)); });
  }
  static sluice_status asset_finish(sluice_job* job, sluice_asset asset) noexcept {
    return guarded([&] { return of(job).output_.finish_asset(asset); });
  }
  static sluice_status link_asset(sluice_job* job, sluice_asset asset) noexcept {
    return guarded([&] { return of(job).output_.link_asset(asset); });
  }
  static sluice_status write_sidecar(sluice_job* job, sluice_str kind, const void* json,
                                     std::uint64_t size) noexcept {
    return guarded([&] { return of(job).output_.write_sidecar(view(kind), view(json, size)); });
  }
  static sluice_status set_metadata(sluice_job* job, sluice_str key, sluice_str value) noexcept {
    return guarded([&] { return of(job).set_metadata(view(key), view(value)); });
  }
  static void warn(sluice_job* job, sluice_str code, sluice_str message) noexcept {
    guarded([&] {
      auto& warnings = of(job).result_.warnings;
      if (warnings.size() < wire::kMaxWarnings) {
        warnings.push_back({std::string(view(code).substr(0, 64)),
                            std::string(view(message).substr(0, wire::kMaxReason))});
      }
      return SLUICE_STATUS_OK;
    });
  }
  static void set_reason(sluice_job* job, sluice_str message) noexcept {
    guarded([&] {
      of(job).result_.reason = view(message).substr(0, wire::kMaxReason);
      return SLUICE_STATUS_OK;
    });
  }
  static void progress(sluice_job* /*job*/, std::uint64_t /*done*/,
                       std::uint64_t /*total*/) noexcept {}
  static std::int32_t is_cancelled(sluice_job* job) noexcept {
    return of(job).run_.cancelled != 0 ? 1 : 0;
  }
  static sluice_status scratch_open(sluice_job* job, std::int64_t* out) noexcept {
    return guarded([&] { return of(job).open_scratch(*out); });
  }
};

Job::Job(const RunContext& run, std::uint32_t document, const wire::JobInput& input,
         const platform::File* source)
    : run_(run),
      document_(document),
      input_(input),
      source_(source),
      output_(run, document, result_) {
  job_.size = sizeof job_;
  job_.host = this;
  job_.file_name = str(input.file_name);
  job_.media_type = str(input.media_type);
  job_.declared_charset = str(input.declared_charset);
  job_.options = str(run.input.options);
  job_.source_size = input.source_bytes;
  job_.source_map = Calls::source_map;
  job_.source_read = Calls::source_read;
  job_.sibling_map = Calls::sibling_map;
  job_.write_body = Calls::write_body;
  job_.asset_open = Calls::asset_open;
  job_.asset_write = Calls::asset_write;
  job_.asset_finish = Calls::asset_finish;
  job_.link_asset = Calls::link_asset;
  job_.write_sidecar = Calls::write_sidecar;
  job_.set_metadata = Calls::set_metadata;
  job_.warn = Calls::warn;
  job_.set_reason = Calls::set_reason;
  job_.progress = Calls::progress;
  job_.is_cancelled = Calls::is_cancelled;
  job_.scratch_open = Calls::scratch_open;
}

bool Job::probe(const sluice_converter& converter) {
  if (converter.probe == nullptr) return true;
  sluice_bytes source{};
  if (map_source(source) != SLUICE_STATUS_OK) return true;  // prepare reports it
  sluice_probe input{};
  input.size = sizeof input;
  input.prefix = {source.data, std::min<std::uint64_t>(source.size, kProbeBytes)};
  input.source_size = input_.source_bytes;
  input.file_name = job_.file_name;
  input.media_type = job_.media_type;
  return converter.probe(&input) > 0;
}

wire::Result Job::convert(const sluice_converter& converter) {
  sluice_outcome outcome = SLUICE_OUTCOME_INTERNAL;
  take_refusal();
  try {
    if (probe(converter)) {
      outcome = converter.prepare(&job_);
    } else {
      outcome = SLUICE_OUTCOME_UNSUPPORTED;
      result_.reason = "the converter does not recognize the content";
    }
  } catch (...) {
    outcome = SLUICE_OUTCOME_INTERNAL;
    result_.reason = "an exception left the converter, which the plugin interface forbids";
  }
  settle(outcome);
  return std::move(result_);
}

void Job::settle(sluice_outcome outcome) {
  output_.finish();
  if (outcome < SLUICE_OUTCOME_OK || outcome > SLUICE_OUTCOME_INTERNAL) {
    result_.reason = "the converter returned the unknown outcome " + std::to_string(outcome);
    outcome = SLUICE_OUTCOME_INTERNAL;
  }
  // Output that was refused is missing, whatever the converter says of it.
  const bool claims_success = outcome == SLUICE_OUTCOME_OK || outcome == SLUICE_OUTCOME_EMPTY;
  switch (output_.refusal()) {
    case SLUICE_STATUS_LIMIT:
      if (claims_success) outcome = SLUICE_OUTCOME_LIMIT;
      if (outcome == SLUICE_OUTCOME_LIMIT) result_.limit = output_.limit();
      break;
    case SLUICE_STATUS_CANCELLED:
      outcome = SLUICE_OUTCOME_CANCELLED;
      break;
    case SLUICE_STATUS_OK:
      break;
    default:
      if (claims_success || outcome == SLUICE_OUTCOME_PARTIAL) outcome = SLUICE_OUTCOME_IO;
      if (result_.reason.empty()) result_.reason = "the output could not be written";
      break;
  }
  result_.outcome = outcome;
  settle_memory(take_refusal());
}

// A converter, or a library in it, that was refused memory may call that by any name. A request
// beyond the whole limit is a number in the document that the converter rightly did not believe.
void Job::settle_memory(std::uint64_t refused) {
  if (refused == 0) return;
  switch (result_.outcome) {
    case SLUICE_OUTCOME_OK:
    case SLUICE_OUTCOME_PARTIAL:
      result_.memory_short = true;
      return;
    case SLUICE_OUTCOME_EMPTY:
    case SLUICE_OUTCOME_LIMIT:
    case SLUICE_OUTCOME_IO:
    case SLUICE_OUTCOME_INTERNAL:
    case SLUICE_OUTCOME_MALFORMED:
      result_.memory_short = refused <= run_.input.memory_bytes;
      return;
    default:
      return;
  }
}

sluice_status Job::map_source(sluice_bytes& out) {
  if (input_.is_inline) {
    out = bytes_of(input_.source);
    return SLUICE_STATUS_OK;
  }
  if (!mapping_) {
    std::optional<Mapping> mapping = Mapping::of(*source_, input_.source_bytes);
    if (!mapping) return SLUICE_STATUS_IO;
    mapping_.emplace(std::move(*mapping));
  }
  out = bytes_of(mapping_->bytes());
  return SLUICE_STATUS_OK;
}

sluice_status Job::read_source(std::uint64_t offset, std::span<std::byte> buffer,
                               std::uint64_t& got) {
  got = 0;
  if (offset >= input_.source_bytes) return SLUICE_STATUS_OK;
  if (input_.is_inline) {
    const std::string_view part =
        input_.source.substr(static_cast<std::size_t>(offset), buffer.size());
    std::memcpy(buffer.data(), part.data(), part.size());
    got = part.size();
    return SLUICE_STATUS_OK;
  }
  got = run_.files.read(*source_, offset, buffer);
  return SLUICE_STATUS_OK;
}

sluice_status Job::map_sibling(std::string_view path, sluice_bytes& out) {
  if (!run_.input.siblings) return SLUICE_STATUS_DENIED;
  if (path.empty() || path.size() > 4096 || !is_utf8(path)) return SLUICE_STATUS_INVALID;
  auto known = siblings_.find(path);
  if (known == siblings_.end()) {
    platform::File file;
    const sluice_status status =
        run_.host.open({wire::Kind::kOpenSibling, document_, 0, std::string(path)}, file);
    if (status != SLUICE_STATUS_OK) return status;
    // Read, not mapped: it is the user's own file, and may shrink at any time.
    std::string content(static_cast<std::size_t>(run_.files.info(file).identity.size), '\0');
    if (content.size() > wire::kMaxSiblingBytes) return SLUICE_STATUS_LIMIT;
    content.resize(run_.files.read(file, 0, std::as_writable_bytes(std::span(content))));
    known = siblings_.emplace(path, std::move(content)).first;
  }
  out = bytes_of(known->second);
  return SLUICE_STATUS_OK;
}

sluice_status Job::set_metadata(std::string_view key, std::string_view value) {
  if (!wire::is_metadata_key(key) || !is_utf8(value)) return SLUICE_STATUS_INVALID;
  auto& fields = result_.metadata;
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [key](const wire::Field& field) { return field.key == key; });
  if (value.empty()) {
    if (found != fields.end()) fields.erase(found);
    return SLUICE_STATUS_OK;
  }
  const std::size_t all = std::accumulate(
      fields.begin(), fields.end(), value.size(),
      [](std::size_t sum, const wire::Field& field) { return sum + field.value.size(); });
  if (value.size() > wire::kMaxFieldBytes || all > wire::kMaxMetadataBytes) {
    return SLUICE_STATUS_LIMIT;
  }
  if (found != fields.end()) {
    found->value = value;
  } else if (fields.size() >= wire::kMaxFields) {
    return SLUICE_STATUS_LIMIT;
  } else {
    fields.push_back({std::string(key), std::string(value)});
  }
  return SLUICE_STATUS_OK;
}

sluice_status Job::open_scratch(std::int64_t& out) {
  if (run_.input.scratch_files == 0) return SLUICE_STATUS_DENIED;
  platform::File file;
  const sluice_status status = run_.host.open({wire::Kind::kOpenScratch, document_, 0, {}}, file);
  if (status == SLUICE_STATUS_OK) out = file.handle.release();
  return status;
}

}  // namespace sluice::program
