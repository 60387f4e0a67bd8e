#include "worker/program/job.h"

#include <sluice/ext/assets.h>
#include <sluice/ext/children.h>
#include <sluice/ext/document_links.h>
#include <sluice/ext/front_matter.h>
#include <sluice/ext/positions.h>
#include <sluice/ext/recognition.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <numeric>
#include <sluice/abi_rules.hpp>

#include "model/utf8.h"
#include "platform/error.h"
#include "worker/program/abi_text.h"
#include "worker/program/memory.h"
#include "worker/wire_bytes.h"

namespace sluice::program {
namespace {

constexpr std::size_t kProbeBytes = 64 << 10;

std::string_view view(const void* data, std::uint64_t size) {
  return {size == 0 ? "" : static_cast<const char*>(data), static_cast<std::size_t>(size)};
}
sluice_str str(std::string_view text) {
  return {text.data(), text.size()};
}
sluice_bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Read, not mapped: it is the user's own file, and may shrink at any time. The host has checked its
// size.
std::string content_of(platform::Files& files, const platform::File& file) {
  const std::uint64_t size = files.info(file).identity.size;
  std::string content(
      static_cast<std::size_t>(std::min<std::uint64_t>(size, wire::kMaxSiblingBytes)), '\0');
  content.resize(files.read(file, 0, std::as_writable_bytes(std::span(content))));
  return content;
}

}  // namespace

// The C functions; `host` leads back to the job.
struct Job::Calls {
  static Job& of(sluice_job* job) { return *static_cast<Job*>(job->host); }

  // Runs a call's body. Memory never runs out here (the process ends instead), so what is thrown is
  // the host's failure.
  template <class Body>
  static sluice_status guarded(sluice_job* job, Body body) noexcept {
    try {
      of(job).error_.clear();
      return body(of(job));
    } catch (...) {
      return SLUICE_STATUS_IO;
    }
  }

  static sluice_status source_map(sluice_job* job, sluice_bytes* out) noexcept {
    return guarded(job, [&](Job& self) { return self.map_source(*out); });
  }
  static sluice_status source_read(sluice_job* job, std::uint64_t offset, void* buffer,
                                   std::uint64_t size, std::uint64_t* got) noexcept {
    return guarded(job, [&](Job& self) {
      return self.read_source(
          offset, {static_cast<std::byte*>(buffer), static_cast<std::size_t>(size)}, *got);
    });
  }
  static sluice_status sibling_map(sluice_job* job, sluice_str path, sluice_bytes* out) noexcept {
    return guarded(job, [&](Job& self) { return self.map_sibling(view(path), *out); });
  }
  static sluice_status option_bool(sluice_job* job, sluice_str name, std::int32_t* out) noexcept {
    return guarded(job, [&](Job& self) {
      bool value = false;
      const sluice_status status = self.options_.get(view(name), value, self.error_);
      if (status == SLUICE_STATUS_OK) *out = value ? 1 : 0;
      return status;
    });
  }
  static sluice_status option_int(sluice_job* job, sluice_str name, std::int64_t* out) noexcept {
    return guarded(job,
                   [&](Job& self) { return self.options_.get(view(name), *out, self.error_); });
  }
  static sluice_status option_number(sluice_job* job, sluice_str name, double* out) noexcept {
    return guarded(job,
                   [&](Job& self) { return self.options_.get(view(name), *out, self.error_); });
  }
  static sluice_status option_string(sluice_job* job, sluice_str name, sluice_str* out) noexcept {
    return guarded(job, [&](Job& self) {
      std::string_view value;
      const sluice_status status = self.options_.get(view(name), value, self.error_);
      if (status == SLUICE_STATUS_OK) *out = str(value);
      return status;
    });
  }
  static sluice_status option_list(sluice_job* job, sluice_str name, const sluice_str** items,
                                   std::uint64_t* count) noexcept {
    return guarded(job, [&](Job& self) {
      std::span<const sluice_str> value;
      const sluice_status status = self.options_.get(view(name), value, self.error_);
      if (status != SLUICE_STATUS_OK) return status;
      *items = value.data();
      *count = value.size();
      return status;
    });
  }
  static sluice_status option_file(sluice_job* job, sluice_str name, sluice_bytes* out) noexcept {
    return guarded(job, [&](Job& self) { return self.map_option_file(view(name), *out); });
  }
  static sluice_status write_body(sluice_job* job, const void* data, std::uint64_t size) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.write_body(view(data, size)); });
  }
  static sluice_status asset_open(sluice_job* job, sluice_str name, sluice_str media_type,
                                  sluice_asset* out) noexcept {
    return guarded(job, [&](Job& self) {
      return self.output_.open_asset(view(name), view(media_type), *out);
    });
  }
  static sluice_status asset_write(sluice_job* job, sluice_asset asset, const void* data,
                                   std::uint64_t size) noexcept {
    return guarded(job,
                   [&](Job& self) { return self.output_.write_asset(asset, view(data, size)); });
  }
  static sluice_status asset_finish(sluice_job* job, sluice_asset asset) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.finish_asset(asset); });
  }
  static sluice_status link_asset(sluice_job* job, sluice_asset asset) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.link_asset(asset); });
  }
  static sluice_status link_document(sluice_job* job, sluice_str path, sluice_str fragment,
                                     sluice_str written) noexcept {
    const sluice_document_link link = {.size = sizeof link,
                                       .lookup = SLUICE_LINK_BY_PATH,
                                       .reserved = 0,
                                       .path = path,
                                       .fragment = fragment,
                                       .written = written,
                                       .before = {},
                                       .after = {}};
    return guarded(job, [&](Job& self) { return self.output_.link_document(link); });
  }
  static sluice_status link_document_2(sluice_job* job, const sluice_document_link* link) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.link_document(*link); });
  }
  static sluice_status name_anchor(sluice_job* job, sluice_str name, sluice_str anchor) noexcept {
    return guarded(job,
                   [&](Job& self) { return self.output_.name_anchor(view(name), view(anchor)); });
  }
  static std::int32_t assets_are_kept(sluice_job* job) noexcept {
    return of(job).run_.input.keeps_assets ? 1 : 0;
  }
  static sluice_status child_open(sluice_job* job, sluice_str name, sluice_str media_type,
                                  sluice_child* out) noexcept {
    return guarded(job, [&](Job& self) {
      return self.output_.open_child(view(name), view(media_type), *out);
    });
  }
  static sluice_status child_write(sluice_job* job, sluice_child child, const void* data,
                                   std::uint64_t size) noexcept {
    return guarded(job,
                   [&](Job& self) { return self.output_.write_child(child, view(data, size)); });
  }
  static sluice_status child_finish(sluice_job* job, sluice_child child) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.finish_child(child); });
  }
  static sluice_status link_child(sluice_job* job, sluice_child child) noexcept {
    return guarded(job, [&](Job& self) { return self.output_.link_child(child); });
  }
  static sluice_status begin_part(sluice_job* job, sluice_str unit, std::uint64_t number,
                                  sluice_str label) noexcept {
    return guarded(
        job, [&](Job& self) { return self.output_.begin_part(view(unit), number, view(label)); });
  }
  static sluice_status write_sidecar(sluice_job* job, sluice_str kind, const void* json,
                                     std::uint64_t size) noexcept {
    return guarded(
        job, [&](Job& self) { return self.output_.write_sidecar(view(kind), view(json, size)); });
  }
  static sluice_status set_metadata(sluice_job* job, sluice_str key, sluice_str value) noexcept {
    return guarded(job, [&](Job& self) { return self.set_metadata(view(key), view(value)); });
  }
  static sluice_status set_front_matter(sluice_job* job, sluice_str yaml) noexcept {
    return guarded(job, [&](Job& self) { return self.set_front_matter(view(yaml)); });
  }
  static sluice_status warn(sluice_job* job, const sluice_warning* warning) noexcept {
    return guarded(job, [&](Job& self) { return self.warn(*warning); });
  }
  static void set_reason(sluice_job* job, sluice_str message) noexcept {
    guarded(job, [&](Job& self) {
      self.result_.reason = view(message).substr(0, wire::kMaxReason);
      return SLUICE_STATUS_OK;
    });
  }
  static void probe_reason(const sluice_probe* input, sluice_str message) noexcept {
    set_reason(&static_cast<Job*>(input->host)->job_, message);
  }
  // From any thread.
  static void progress(sluice_job* job, std::uint64_t done, std::uint64_t total) noexcept {
    of(job).note_progress(done, total);
  }
  static std::int32_t is_cancelled(sluice_job* job) noexcept {
    return of(job).run_.cancelled != 0 ? 1 : 0;
  }
  static sluice_str last_error(sluice_job* job) noexcept { return str(of(job).error_); }
  static sluice_status scratch_open(sluice_job* job, std::int64_t* out) noexcept {
    return guarded(job, [&](Job& self) { return self.open_scratch(*out); });
  }
};

const void* Job::extension(std::string_view id, std::uint32_t revision) {
  static constexpr sluice_assets kAssets = {sizeof kAssets, Calls::assets_are_kept};
  if (id == SLUICE_ASSETS_ID && revision == SLUICE_ASSETS_REVISION) return &kAssets;
  static constexpr sluice_children kChildren = {sizeof kChildren, Calls::child_open,
                                                Calls::child_write, Calls::child_finish,
                                                Calls::link_child};
  if (id == SLUICE_CHILDREN_ID && revision == SLUICE_CHILDREN_REVISION) return &kChildren;
  static constexpr sluice_front_matter kFrontMatter = {sizeof kFrontMatter,
                                                       Calls::set_front_matter};
  if (id == SLUICE_FRONT_MATTER_ID && revision == SLUICE_FRONT_MATTER_REVISION) {
    return &kFrontMatter;
  }
  static constexpr sluice_positions kPositions = {sizeof kPositions, Calls::begin_part};
  if (id == SLUICE_POSITIONS_ID && revision == SLUICE_POSITIONS_REVISION) return &kPositions;
  static constexpr sluice_document_links kDocumentLinks = {sizeof kDocumentLinks,
                                                           Calls::link_document};
  static constexpr sluice_document_links_2 kDocumentLinks2 = {
      sizeof kDocumentLinks2, Calls::link_document_2, Calls::name_anchor};
  if (id == SLUICE_RECOGNITION_ID && revision == SLUICE_RECOGNITION_REVISION) return recognition();
  if (id != SLUICE_DOCUMENT_LINKS_ID) return nullptr;
  if (revision == SLUICE_DOCUMENT_LINKS_REVISION) return &kDocumentLinks;
  return revision == SLUICE_DOCUMENT_LINKS_REVISION_2 ? &kDocumentLinks2 : nullptr;
}

Job::Job(const RunContext& run, std::uint32_t document, const wire::JobInput& input,
         const platform::File* source)
    : run_(run),
      document_(document),
      input_(input),
      source_(source),
      output_(run, document, result_, error_),
      options_(run.input.options, run.input.secrets) {
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
  job_.option_bool = Calls::option_bool;
  job_.option_int = Calls::option_int;
  job_.option_number = Calls::option_number;
  job_.option_string = Calls::option_string;
  job_.option_list = Calls::option_list;
  job_.option_file = Calls::option_file;
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
  job_.last_error = Calls::last_error;
  job_.scratch_open = Calls::scratch_open;
}

sluice_outcome Job::probe(const sluice_converter& converter) {
  if (converter.probe == nullptr) return SLUICE_OUTCOME_OK;
  sluice_bytes source{};
  // Where it cannot be read, prepare reports it.
  if (map_source(source) != SLUICE_STATUS_OK) return SLUICE_OUTCOME_OK;
  const std::uint64_t part = std::min<std::uint64_t>(source.size, kProbeBytes);
  sluice_probe input{};
  input.size = sizeof input;
  input.host = this;
  input.head = {source.data, part};
  input.tail = {source.data + (source.size - part), part};
  input.source_size = input_.source_bytes;
  input.file_name = job_.file_name;
  input.media_type = job_.media_type;
  input.set_reason = Calls::probe_reason;
  const std::int32_t answer = converter.probe(converter.context, &input);
  if (answer == SLUICE_PROBE_YES) return SLUICE_OUTCOME_OK;
  if (answer == SLUICE_PROBE_NO) {
    if (result_.reason.empty()) result_.reason = "the converter does not recognize the content";
    return SLUICE_OUTCOME_UNSUPPORTED;
  }
  if (result_.reason.empty()) {
    result_.reason = "the converter's probe gave the answer " + std::to_string(answer);
  }
  return SLUICE_OUTCOME_INTERNAL;
}

wire::Result Job::convert(const sluice_converter& converter) {
  sluice_outcome outcome = SLUICE_OUTCOME_INTERNAL;
  take_refusal();
  try {
    outcome = probe(converter);
    if (outcome == SLUICE_OUTCOME_OK) outcome = converter.prepare(converter.context, &job_);
  } catch (...) {
    outcome = SLUICE_OUTCOME_INTERNAL;
    result_.reason = "an exception left the converter, which the plugin interface forbids";
  }
  settle(outcome);
  return std::move(result_);
}

sluice_status Job::invalid(std::string why) {
  error_ = std::move(why);
  return SLUICE_STATUS_INVALID;
}

sluice_status Job::warn(const sluice_warning& given) {
  sluice_warning warning{};
  std::memcpy(&warning, &given, std::min<std::size_t>(given.size, sizeof warning));
  const std::string_view code = view(warning.code);
  if (!abi_rules::is_word(code, abi_rules::kMaxCodeBytes)) {
    return invalid("a warning's code is 1 to 64 of [a-z0-9-]");
  }
  if (warning.message.size == 0) return invalid("a warning has no message");
  if (result_.warnings.size() >= wire::kMaxWarnings) return SLUICE_STATUS_OK;
  result_.warnings.push_back(
      {std::string(code), std::string(view(warning.message).substr(0, wire::kMaxReason)),
       warning.severity == SLUICE_SEVERITY_NOTE,
       std::string(view(warning.place_unit).substr(0, abi_rules::kMaxKeyBytes)), warning.place});
  return SLUICE_STATUS_OK;
}

// At most every 50 ms: converters call it for every row.
void Job::note_progress(std::uint64_t done, std::uint64_t total) {
  if (run_.progress == nullptr) return;
  constexpr std::int64_t kEvery = 50'000'000;
  const std::int64_t now = std::chrono::steady_clock::now().time_since_epoch().count();
  std::int64_t due = progress_due_.load(std::memory_order_relaxed);
  if (now < due || !progress_due_.compare_exchange_strong(due, now + kEvery)) return;
  try {
    std::string bytes;
    wire::ByteWriter write(bytes);
    write.u64(done);
    write.u64(total);
    run_.files.write(run_.progress->memory, run_.progress->at,
                     std::as_bytes(std::span<const char>(bytes)));
  } catch (...) {
    progress_due_ = now;  // the next call tries again
  }
}

sluice_status Job::map_source(sluice_bytes& out) {
  if (input_.is_inline) {
    out = bytes_of(input_.source);
    return SLUICE_STATUS_OK;
  }
  if (!mapping_) {
    std::optional<Mapping> mapping = Mapping::of(*source_, input_.source_bytes);
    if (!mapping) {
      error_ = "the source cannot be mapped; source_read may do";
      return SLUICE_STATUS_IO;
    }
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
  if (!run_.input.siblings) {
    error_ = "plugin.toml has no siblings = true under needs";
    return SLUICE_STATUS_DENIED;
  }
  if (path.empty() || path.size() > wire::kMaxPath || !is_utf8(path)) {
    return invalid("a sibling's path is UTF-8, relative, of at most 4 KiB");
  }
  auto known = siblings_.find(path);
  if (known == siblings_.end()) {
    platform::File file;
    const sluice_status status =
        run_.host.open({wire::Kind::kOpenSibling, document_, 0, std::string(path)}, file);
    if (status != SLUICE_STATUS_OK) {
      error_ = "no file beside the source that may be read: " + std::string(path);
      return status;
    }
    known = siblings_.emplace(path, content_of(run_.files, file)).first;
  }
  out = bytes_of(known->second);
  return SLUICE_STATUS_OK;
}

sluice_status Job::map_option_file(std::string_view name, sluice_bytes& out) {
  std::string_view path;
  const sluice_status found = options_.get(name, path, error_);
  if (found != SLUICE_STATUS_OK) return found;
  out = bytes_of({});
  if (path.empty()) return SLUICE_STATUS_OK;
  auto known = option_files_.find(name);
  if (known == option_files_.end()) {
    platform::File file;
    const sluice_status status =
        run_.host.open({wire::Kind::kOpenOption, document_, 0, std::string(name)}, file);
    if (status == SLUICE_STATUS_NOT_FOUND) {
      return invalid("the option \"" + std::string(name) + "\" is not a path");
    }
    if (status != SLUICE_STATUS_OK) {
      error_ = "the file of the option \"" + std::string(name) + "\" cannot be read";
      return status;
    }
    known = option_files_.emplace(name, content_of(run_.files, file)).first;
  }
  out = bytes_of(known->second);
  return SLUICE_STATUS_OK;
}

sluice_status Job::set_metadata(std::string_view key, std::string_view value) {
  if (!abi_rules::is_metadata_key(key)) {
    return invalid("\"" + std::string(key.substr(0, 100)) +
                   "\" is no key of metadata, or the host's");
  }
  if (!is_utf8(value)) return invalid("the value of " + std::string(key) + " is not UTF-8");
  auto& fields = result_.metadata;
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [key](const wire::Field& field) { return field.key == key; });
  if (value.empty()) {
    if (found != fields.end()) fields.erase(found);
    return SLUICE_STATUS_OK;
  }
  std::string fault = abi_rules::metadata_fault(key, value);
  if (!fault.empty()) return invalid(std::move(fault));
  const std::size_t all = std::accumulate(
      fields.begin(), fields.end(), value.size(),
      [](std::size_t sum, const wire::Field& field) { return sum + field.value.size(); });
  if (value.size() > wire::kMaxFieldBytes || all > wire::kMaxMetadataBytes) {
    error_ = "the metadata is too long";
    return SLUICE_STATUS_LIMIT;
  }
  if (found != fields.end()) {
    found->value = value;
  } else if (fields.size() >= wire::kMaxFields) {
    error_ = "there are 64 fields of metadata already";
    return SLUICE_STATUS_LIMIT;
  } else {
    fields.push_back({std::string(key), std::string(value)});
  }
  return SLUICE_STATUS_OK;
}

sluice_status Job::set_front_matter(std::string_view yaml) {
  if (!is_utf8(yaml)) return invalid("the front matter is not UTF-8");
  std::string fault = yaml.empty() ? std::string() : abi_rules::front_matter_fault(yaml);
  if (!fault.empty()) return invalid(std::move(fault));
  result_.front_matter = yaml;
  return SLUICE_STATUS_OK;
}

sluice_status Job::open_scratch(std::int64_t& out) {
  if (run_.input.scratch_files == 0) {
    error_ = "plugin.toml has no scratch under needs";
    return SLUICE_STATUS_DENIED;
  }
  platform::File file;
  const sluice_status status = run_.host.open({wire::Kind::kOpenScratch, document_, 0, {}}, file);
  if (status == SLUICE_STATUS_OK) {
    out = file.handle.release();
  } else {
    error_ = status == SLUICE_STATUS_LIMIT ? "plugin.toml asks for no more temporary files"
                                           : "the host could not make a temporary file";
  }
  return status;
}

}  // namespace sluice::program
