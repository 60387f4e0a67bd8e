// Messages between host and worker; results are in wire_result.cpp.
#include "worker/wire.h"

#include <algorithm>

#include "worker/wire_bytes.h"

namespace sluice::wire {
namespace {

constexpr std::uint32_t kMaxConverters = 1024;
constexpr std::uint32_t kMaxFiles = 1024;

std::string begin(Kind kind) {
  return std::string(1, static_cast<char>(kind));
}

// A reader behind the kind, failed from the start if the kind is another.
ByteReader reader_of(std::string_view message, Kind kind) {
  ByteReader in(message);
  if (in.u8() != static_cast<std::uint8_t>(kind)) in.fail();
  return in;
}

}  // namespace

std::optional<Kind> kind_of(std::string_view message) {
  if (message.empty()) return std::nullopt;
  return static_cast<Kind>(static_cast<std::uint8_t>(message[0]));
}

std::string encode(const Load& load) {
  std::string out = begin(Kind::kLoad);
  ByteWriter write(out);
  write.u64(load.host_process);
  write.u8(static_cast<std::uint8_t>(load.sandbox));
  write.text(load.syscall_filter);
  write.u8(load.names_forbidden ? 1 : 0);
  write.u64(load.memory_bytes);
  write.u64(load.file_bytes);
  write.u64(load.cpu_seconds);
  write.text(load.library);
  write.u32(static_cast<std::uint32_t>(load.files.size()));
  for (const std::string& file : load.files) write.text(file);
  write.text(load.plugin_id);
  write.text(load.version);
  write.u32(load.abi_major);
  write.u32(load.abi_minor);
  write.u32(static_cast<std::uint32_t>(load.converters.size()));
  for (const Load::Converter& converter : load.converters) {
    write.text(converter.id);
    write.text(converter.options);
    write.u8(converter.threads ? 1 : 0);
  }
  return out;
}

std::optional<Load> decode_load(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kLoad);
  Load load;
  load.host_process = in.u64();
  const std::uint8_t level = in.u8();
  if (level > static_cast<std::uint8_t>(SandboxLevel::kRequired)) in.fail();
  load.sandbox = static_cast<SandboxLevel>(level);
  load.syscall_filter = in.text();
  load.names_forbidden = in.u8() != 0;
  load.memory_bytes = in.u64();
  load.file_bytes = in.u64();
  load.cpu_seconds = in.u64();
  load.library = in.text();
  const std::uint32_t files = std::min(in.count(4), kMaxFiles);
  for (std::uint32_t i = 0; i < files; ++i) load.files.emplace_back(in.text());
  load.plugin_id = in.text();
  load.version = in.text();
  load.abi_major = in.u32();
  load.abi_minor = in.u32();
  const std::uint32_t count = std::min(in.count(9), kMaxConverters);
  for (std::uint32_t i = 0; i < count; ++i) {
    Load::Converter converter;
    converter.id = in.text();
    converter.options = in.text();
    converter.threads = in.u8() != 0;
    load.converters.push_back(std::move(converter));
  }
  if (!in.complete()) return std::nullopt;
  return load;
}

std::string encode(const Confined& confined) {
  const SandboxLayers& layers = confined.layers;
  std::string out = begin(Kind::kConfined);
  out.reserve(16 << 10);  // moved nowhere: the sender overwrites the key in place
  ByteWriter write(out);
  write.u8(layers.wanted ? 1 : 0);
  write.u32(layers.landlock_abi);
  write.text(layers.landlock_why);
  write.u8(layers.system_calls ? 1 : 0);
  write.text(layers.system_calls_why);
  write.u8(layers.sanitized ? 1 : 0);
  write.u8(static_cast<std::uint8_t>(layers.broken.size()));
  for (const auto& [promise, what] : layers.broken) {
    write.u8(static_cast<std::uint8_t>(promise));
    write.text(what);
  }
  write.u64(confined.key);
  return out;
}

std::optional<Confined> decode_confined(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kConfined);
  Confined confined;
  SandboxLayers& layers = confined.layers;
  layers.wanted = in.u8() != 0;
  layers.landlock_abi = in.u32();
  layers.landlock_why = in.text();
  layers.system_calls = in.u8() != 0;
  layers.system_calls_why = in.text();
  layers.sanitized = in.u8() != 0;
  for (unsigned count = in.u8(); count > 0; --count) {
    const unsigned promise = in.u8();
    const std::string what(in.text());
    if (promise >= promise_rules().size()) return std::nullopt;
    layers.broken.emplace(static_cast<Promise>(promise), what);
  }
  confined.key = in.u64();
  if (!in.complete()) return std::nullopt;
  return confined;
}

std::optional<std::uint32_t> decode_forbidden(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kForbidden);
  const std::uint32_t number = in.u32();
  if (!in.complete()) return std::nullopt;
  return number;
}

std::string encode_fork_key(std::uint64_t key) {
  std::string out = begin(Kind::kForkKey);
  ByteWriter(out).u64(key);
  return out;
}

std::optional<std::uint64_t> decode_fork_key(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kForkKey);
  const std::uint64_t key = in.u64();
  if (!in.complete()) return std::nullopt;
  return key;
}

std::string encode_notice(Kind kind, std::string_view text) {
  return begin(kind) + std::string(text.substr(0, kMaxReason));
}

std::string decode_notice(std::string_view message) {
  return std::string(message.substr(std::min<std::size_t>(1, message.size()), kMaxReason));
}

std::string encode(const Run& run) {
  std::string out = begin(Kind::kRun);
  ByteWriter write(out);
  write.u64(run.key);
  write.u64(run.input_bytes);
  write.u8(run.fresh ? 1 : 0);
  return out;
}

std::optional<Run> decode_run(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kRun);
  Run run;
  run.key = in.u64();
  run.input_bytes = in.u64();
  run.fresh = in.u8() != 0;
  if (!in.complete()) return std::nullopt;
  return run;
}

std::string encode(const Ended& ended) {
  std::string out = begin(Kind::kEnded);
  ByteWriter write(out);
  write.u8(ended.by_signal ? 1 : 0);
  write.u32(ended.code);
  write.u64(ended.cpu_us);
  write.u64(ended.memory);
  return out;
}

std::optional<Ended> decode_ended(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kEnded);
  Ended ended;
  ended.by_signal = in.u8() != 0;
  ended.code = in.u32();
  ended.cpu_us = in.u64();
  ended.memory = in.u64();
  if (!in.complete()) return std::nullopt;
  return ended;
}

std::string encode(const RunInput& input) {
  std::string out;
  std::size_t size = 256 + input.options.size() + input.secrets.size();
  for (const JobInput& job : input.jobs) size += 128 + job.file_name.size() + job.source.size();
  out.reserve(size);
  ByteWriter write(out);
  write.text(input.converter);
  write.text(input.options);
  write.text(input.secrets);
  write.u64(input.memory_bytes);
  write.u64(input.cpu_seconds);
  write.u64(input.output_bytes);
  write.u32(input.assets);
  write.u8(input.keeps_assets ? 1 : 0);
  write.u8(input.siblings ? 1 : 0);
  write.u32(input.scratch_files);
  write.u64(input.scratch_bytes);
  write.u8(input.threads ? 1 : 0);
  write.u32(static_cast<std::uint32_t>(input.jobs.size()));
  for (const JobInput& job : input.jobs) {
    write.text(job.file_name);
    write.text(job.media_type);
    write.text(job.declared_charset);
    write.u64(job.source_bytes);
    write.u32(job.children);
    write.u64(job.child_bytes);
    write.u8(job.is_inline ? 1 : 0);
    write.text(job.source);
  }
  return out;
}

std::optional<RunInput> decode_run_input(std::string_view bytes) {
  ByteReader in(bytes);
  RunInput input;
  input.converter = in.text();
  input.options = in.text();
  input.secrets = in.text();
  input.memory_bytes = in.u64();
  input.cpu_seconds = in.u64();
  input.output_bytes = in.u64();
  input.assets = in.u32();
  input.keeps_assets = in.u8() != 0;
  input.siblings = in.u8() != 0;
  input.scratch_files = in.u32();
  input.scratch_bytes = in.u64();
  input.threads = in.u8() != 0;
  const std::uint32_t count = in.count(53);
  if (count > kMaxRunDocuments) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) {
    JobInput job;
    job.file_name = in.text();
    job.media_type = in.text();
    job.declared_charset = in.text();
    job.source_bytes = in.u64();
    job.children = in.u32();
    job.child_bytes = in.u64();
    job.is_inline = in.u8() != 0;
    job.source = in.text();
    if (job.is_inline && job.source.size() != job.source_bytes) in.fail();
    input.jobs.push_back(job);
  }
  if (!in.complete()) return std::nullopt;
  return input;
}

std::string encode(const Request& request) {
  std::string out = begin(request.kind);
  ByteWriter write(out);
  write.u32(request.document);
  write.u32(request.asset);
  write.text(request.text);
  return out;
}

std::optional<Request> decode_request(std::string_view message) {
  const std::optional<Kind> kind = kind_of(message);
  if (!kind || *kind < Kind::kOpenBody || *kind > Kind::kRecognize) return std::nullopt;
  ByteReader in = reader_of(message, *kind);
  Request request;
  request.kind = *kind;
  request.document = in.u32();
  request.asset = in.u32();
  request.text = in.text();
  if (!in.complete()) return std::nullopt;
  return request;
}

std::string encode_reply(std::int32_t status) {
  std::string out = begin(Kind::kReply);
  ByteWriter(out).u32(static_cast<std::uint32_t>(status));
  return out;
}

std::optional<std::int32_t> decode_reply(std::string_view message) {
  ByteReader in = reader_of(message, Kind::kReply);
  const auto status = static_cast<std::int32_t>(in.u32());
  if (!in.complete()) return std::nullopt;
  return status;
}

}  // namespace sluice::wire
