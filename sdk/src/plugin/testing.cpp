// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sluice/testing.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

constexpr std::size_t kMostWarnings = 100;
constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kLongestValue = std::size_t{64} << 10;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_kind(std::string_view kind) {
  return !kind.empty() && kind.size() <= 32 && std::all_of(kind.begin(), kind.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '-';
  });
}

bool is_key(std::string_view key) {
  static const std::set<std::string_view> kOfTheHost = {"source", "sha256", "media_type",
                                                        "converter"};
  return !key.empty() && key.size() <= 32 && is_lower(key[0]) && !kOfTheHost.contains(key) &&
         std::all_of(key.begin(), key.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

// `path` without "." and ".."; nothing if it is absolute or leads out of the source's folder.
std::optional<std::string> resolve(std::string_view path) {
  if (path.empty() || path.front() == '/') return std::nullopt;
  std::vector<std::string_view> parts;
  while (true) {
    const auto slash = path.find('/');
    const auto part = path.substr(0, slash);
    if (part == ".." && parts.empty()) return std::nullopt;
    if (part == "..") {
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  std::string out;
  for (const auto part : parts) out.append(out.empty() ? "" : "/").append(part);
  return out;
}

// A base name out of [A-Za-z0-9._-], never empty and never hidden.
std::string safe_name(std::string_view suggested) {
  std::string name;
  for (const char c : suggested.substr(suggested.find_last_of("/\\") + 1)) {
    const bool safe = is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
    if (safe) {
      name.push_back(c);
    } else if (!name.empty() && name.back() != '-') {
      name.push_back('-');
    }
  }
  const auto start = name.find_first_not_of(".-");
  return start == std::string::npos ? "asset" : name.substr(start);
}

}  // namespace

struct RecordingJob::State {
  sluice_job job{};
  std::string source;
  Reader reader;  // set: the source cannot be mapped
  std::string file_name, media_type, declared_charset, options = "{}";
  std::map<std::string, std::string> siblings;
  bool siblings_denied = false;
  unsigned scratch_allowed = 0, scratch_opened = 0;
  Limits limits;
  std::optional<unsigned> calls_until_cancelled;
  std::function<void(std::string_view)> body_sink;

  std::string body;
  std::uint64_t body_size = 0;
  bool pending_cr = false;
  std::string partial;  // the start of a character at the end of the body so far
  std::vector<Link> links;
  std::vector<RecordedAsset> assets;
  std::map<std::string, std::string> metadata, sidecars;
  std::vector<Warning> warnings;
  std::vector<std::string> violations;
  std::string reason;
  bool refusing = false;  // a limit was reached or the run cancelled: no output any more

  static State& of(sluice_job* raw) { return *static_cast<State*>(raw->host); }

  void bind();
  void bind_source();
  void bind_body();
  void bind_assets();
  void bind_metadata();
  void bind_talk();
  sluice_status violate(std::string what) {
    violations.push_back(std::move(what));
    return SLUICE_STATUS_INVALID;
  }
  sluice_status refuse() {
    refusing = true;
    return SLUICE_STATUS_LIMIT;
  }
  bool check_text(std::string_view text, const char* what) {
    if (is_valid_utf8(text)) return true;
    violate(std::string(what) + " is not UTF-8");
    return false;
  }
  bool writable(sluice_asset asset) const {
    return asset >= 1 && asset <= assets.size() && !assets[asset - 1].finished;
  }

  sluice_status write(std::string_view data);
  void emit(std::string_view text);
  void check_body_utf8(std::string_view data);
  sluice_status open(std::string_view name, std::string_view type, sluice_asset* out);
  sluice_status open_scratch(std::int64_t* out);
  void settle();
  Outcome conclude(sluice_outcome outcome);
};

void RecordingJob::State::emit(std::string_view text) {
  body_size += text.size();
  if (body_sink) {
    body_sink(text);
  } else {
    body.append(text);
  }
}

// CRLF becomes LF, also where a write ends between the two.
sluice_status RecordingJob::State::write(std::string_view data) {
  if (refusing || body_size + data.size() > limits.body_bytes) return refuse();
  check_body_utf8(data);
  while (!data.empty()) {
    if (pending_cr && data.front() != '\n') emit("\r");
    pending_cr = false;
    const auto cr = data.find('\r');
    emit(data.substr(0, cr));
    if (cr == std::string_view::npos) break;
    pending_cr = true;
    data.remove_prefix(cr + 1);
  }
  return SLUICE_STATUS_OK;
}

void RecordingJob::State::check_body_utf8(std::string_view data) {
  partial.append(data);
  for (std::size_t at = 0;;) {
    at = find_invalid_utf8(partial, at);
    if (at == partial.size()) return partial.clear();
    const Utf8Char character = utf8_at(partial, at);
    if (at + character.length == partial.size() && partial.size() - at < 4) {
      partial.erase(0, at);
      return;
    }
    if (violations.empty()) violate("the body is not UTF-8");
    at += character.length;
  }
}

sluice_status RecordingJob::State::open(std::string_view name, std::string_view type,
                                        sluice_asset* out) {
  if (refusing || assets.size() >= limits.assets) return refuse();
  if (!check_text(name, "an asset's name") || name.empty() || type.find('/') == std::string::npos) {
    return violate("an asset without a name or a media type");
  }
  assets.push_back({std::string(name), std::string(type), "", false});
  *out = static_cast<sluice_asset>(assets.size());
  return SLUICE_STATUS_OK;
}

// Unlinked while open, as the host's are.
sluice_status RecordingJob::State::open_scratch(std::int64_t* out) {
  if (scratch_allowed == 0) return SLUICE_STATUS_DENIED;
  if (scratch_opened == scratch_allowed) return refuse();
  std::string path = (std::filesystem::temp_directory_path() / "sluice-XXXXXX").string();
  *out = ::mkostemp(path.data(), O_CLOEXEC);
  if (*out < 0) return SLUICE_STATUS_IO;
  ::unlink(path.c_str());
  ++scratch_opened;
  return SLUICE_STATUS_OK;
}

// Gives the finished assets their names; equal bytes share one.
void RecordingJob::State::settle() {
  std::map<std::string_view, std::string> by_bytes;
  std::set<std::string> taken;
  for (RecordedAsset& asset : assets) {
    if (!asset.finished) continue;
    auto& name = by_bytes[asset.bytes];
    if (name.empty()) {
      const std::string safe = safe_name(asset.file_name);
      const auto dot = std::min(safe.rfind('.'), safe.size());
      name = safe;
      for (int n = 2; !taken.insert(name).second; ++n) {
        name = safe.substr(0, dot) + "-" + std::to_string(n) + safe.substr(dot);
      }
    }
    asset.file_name = name;
  }
}

Outcome RecordingJob::State::conclude(sluice_outcome outcome) {
  if (std::exchange(pending_cr, false)) emit("\r");
  const bool published = outcome == SLUICE_OUTCOME_OK || outcome == SLUICE_OUTCOME_PARTIAL;
  if (!partial.empty()) violate("the body ends inside a character");
  if (outcome < SLUICE_OUTCOME_OK || outcome > SLUICE_OUTCOME_INTERNAL) {
    violate("the outcome " + std::to_string(outcome) + " does not exist");
  }
  for (const Link& link : links) {
    if (published && !assets[link.asset - 1].finished) violate("a link to an unfinished asset");
  }
  settle();
  if (violations.empty()) return static_cast<Outcome>(outcome);
  reason = violations.front();
  return Outcome::kInternal;
}

void RecordingJob::State::bind() {
  job.size = sizeof job;
  job.host = this;
  job.file_name = str(file_name);
  job.media_type = str(media_type);
  job.declared_charset = str(declared_charset);
  job.options = str(options);
  if (!reader) job.source_size = source.size();
  bind_source();
  bind_body();
  bind_assets();
  bind_metadata();
  bind_talk();
}

void RecordingJob::State::bind_source() {
  job.source_map = [](sluice_job* raw, sluice_bytes* out) -> sluice_status {
    State& state = of(raw);
    if (state.reader) return SLUICE_STATUS_IO;
    *out = {reinterpret_cast<const std::uint8_t*>(state.source.data()), state.source.size()};
    return SLUICE_STATUS_OK;
  };
  job.source_read = [](sluice_job* raw, std::uint64_t offset, void* buffer, std::uint64_t size,
                       std::uint64_t* got) -> sluice_status {
    State& state = of(raw);
    const auto left = offset < raw->source_size ? raw->source_size - offset : 0;
    const auto wanted = static_cast<std::size_t>(std::min(size, left));
    *got = wanted;
    if (wanted == 0) return SLUICE_STATUS_OK;
    if (state.reader) {
      *got = state.reader(offset, static_cast<std::uint8_t*>(buffer), wanted);
    } else {
      std::memcpy(buffer, state.source.data() + offset, wanted);
    }
    return SLUICE_STATUS_OK;
  };
  job.sibling_map = [](sluice_job* raw, sluice_str path, sluice_bytes* out) -> sluice_status {
    State& state = of(raw);
    if (state.siblings_denied) return SLUICE_STATUS_DENIED;
    if (!state.check_text(view(path), "a sibling's path")) return SLUICE_STATUS_INVALID;
    const auto resolved = resolve(view(path));
    const auto found = resolved ? state.siblings.find(*resolved) : state.siblings.end();
    if (found == state.siblings.end()) return SLUICE_STATUS_NOT_FOUND;
    *out = {reinterpret_cast<const std::uint8_t*>(found->second.data()), found->second.size()};
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_body() {
  job.write_body = [](sluice_job* raw, const void* data, std::uint64_t size) -> sluice_status {
    return of(raw).write({static_cast<const char*>(data), static_cast<std::size_t>(size)});
  };
  job.link_asset = [](sluice_job* raw, sluice_asset asset) -> sluice_status {
    State& state = of(raw);
    if (asset < 1 || asset > state.assets.size()) return state.violate("a link to no asset");
    if (state.refusing) return SLUICE_STATUS_LIMIT;
    if (std::exchange(state.pending_cr, false)) state.emit("\r");
    if (!state.partial.empty()) return state.violate("a link inside a character");
    state.links.push_back({state.body_size, asset});
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_assets() {
  job.asset_open = [](sluice_job* raw, sluice_str name, sluice_str type,
                      sluice_asset* out) -> sluice_status {
    return of(raw).open(view(name), view(type), out);
  };
  job.asset_write = [](sluice_job* raw, sluice_asset asset, const void* data,
                       std::uint64_t size) -> sluice_status {
    State& state = of(raw);
    if (!state.writable(asset)) return state.violate("a write to an asset that is not open");
    std::string& bytes = state.assets[asset - 1].bytes;
    if (state.refusing || bytes.size() + size > state.limits.asset_bytes) return state.refuse();
    bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
    return SLUICE_STATUS_OK;
  };
  job.asset_finish = [](sluice_job* raw, sluice_asset asset) -> sluice_status {
    State& state = of(raw);
    if (!state.writable(asset)) return state.violate("the end of an asset that is not open");
    state.assets[asset - 1].finished = true;
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_metadata() {
  job.write_sidecar = [](sluice_job* raw, sluice_str kind, const void* json,
                         std::uint64_t size) -> sluice_status {
    State& state = of(raw);
    const std::string text(static_cast<const char*>(json), static_cast<std::size_t>(size));
    if (!is_kind(view(kind))) return state.violate("a sidecar's kind is not [a-z0-9-]{1,32}");
    if (!nlohmann::json::accept(text)) return state.violate("a sidecar is not JSON");
    if (!state.sidecars.emplace(view(kind), text).second) {
      return state.violate("two sidecars of one kind");
    }
    return SLUICE_STATUS_OK;
  };
  job.set_metadata = [](sluice_job* raw, sluice_str key, sluice_str value) -> sluice_status {
    State& state = of(raw);
    const std::string name(view(key));
    if (!is_key(name)) return state.violate("a metadata key that is not allowed: " + name);
    if (!state.check_text(view(value), "a metadata value")) return SLUICE_STATUS_INVALID;
    if (value.size > kLongestValue) return SLUICE_STATUS_LIMIT;
    state.metadata.erase(name);
    if (value.size == 0) return SLUICE_STATUS_OK;
    if (state.metadata.size() >= kMostKeys) return SLUICE_STATUS_LIMIT;
    state.metadata.emplace(name, view(value));
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_talk() {
  job.warn = [](sluice_job* raw, sluice_str code, sluice_str message) {
    State& state = of(raw);
    if (code.size == 0) state.violate("a warning without a code");
    if (!state.check_text(view(message), "a warning")) return;
    if (state.warnings.size() < kMostWarnings) {
      state.warnings.push_back({std::string(view(code)), std::string(view(message))});
    }
  };
  job.set_reason = [](sluice_job* raw, sluice_str message) {
    if (of(raw).check_text(view(message), "the reason")) of(raw).reason = view(message);
  };
  job.progress = [](sluice_job*, std::uint64_t, std::uint64_t) {};
  job.is_cancelled = [](sluice_job* raw) -> std::int32_t {
    auto& left = of(raw).calls_until_cancelled;
    if (!left) return 0;
    if (*left == 0) return 1;
    --*left;
    return 0;
  };
  job.scratch_open = [](sluice_job* raw, std::int64_t* out) { return of(raw).open_scratch(out); };
}

std::string canary_fault(Converter& converter, std::string default_options) {
  const Canary canary = converter.canary();
  if (canary.source.empty()) return "the converter has no canary";
  RecordingJob job{std::string(canary.source), std::string(canary.file_name),
                   std::string(canary.media_type)};
  job.set_options(std::move(default_options));
  job.set_limits({std::uint64_t{1} << 32, 0, 0});
  job.deny_siblings();
  const Outcome outcome = job.run(converter);
  if (outcome != Outcome::kOk) {
    return "outcome " + std::to_string(static_cast<int>(outcome)) + ": " + job.reason();
  }
  if (job.body() == canary.markdown) return "";
  return "expected\n" + std::string(canary.markdown) + "\ngot\n" + job.body();
}

RecordingJob::RecordingJob(std::string source, std::string file_name, std::string media_type)
    : state_(std::make_unique<State>()) {
  state_->source = std::move(source);
  state_->file_name = std::move(file_name);
  state_->media_type = std::move(media_type);
}

RecordingJob::RecordingJob(std::uint64_t source_size, Reader reader, std::string file_name,
                           std::string media_type)
    : RecordingJob(std::string(), std::move(file_name), std::move(media_type)) {
  state_->reader = std::move(reader);
  state_->job.source_size = source_size;
}

RecordingJob::~RecordingJob() = default;

void RecordingJob::set_options(std::string json) {
  state_->options = std::move(json);
}
void RecordingJob::set_declared_charset(std::string charset) {
  state_->declared_charset = std::move(charset);
}
void RecordingJob::add_sibling(std::string path, std::string bytes) {
  state_->siblings.insert_or_assign(std::move(path), std::move(bytes));
}
void RecordingJob::deny_siblings() {
  state_->siblings_denied = true;
}
void RecordingJob::allow_scratch(unsigned files) {
  state_->scratch_allowed = files;
}
void RecordingJob::set_limits(Limits limits) {
  state_->limits = limits;
}
void RecordingJob::cancel_after(unsigned calls) {
  state_->calls_until_cancelled = calls;
}
void RecordingJob::on_body(std::function<void(std::string_view)> sink) {
  state_->body_sink = std::move(sink);
}

Outcome RecordingJob::run(Converter& converter) {
  state_->bind();
  return state_->conclude(detail::run(converter, &state_->job));
}
Outcome RecordingJob::run(const sluice_converter& converter) {
  state_->bind();
  return state_->conclude(converter.prepare(&state_->job));
}

const std::string& RecordingJob::reason() const {
  return state_->reason;
}
const std::vector<std::string>& RecordingJob::violations() const {
  return state_->violations;
}
const std::string& RecordingJob::body() const {
  return state_->body;
}
const std::vector<RecordingJob::Link>& RecordingJob::links() const {
  return state_->links;
}
const std::vector<RecordingJob::RecordedAsset>& RecordingJob::assets() const {
  return state_->assets;
}
const std::map<std::string, std::string>& RecordingJob::metadata() const {
  return state_->metadata;
}
const std::vector<RecordingJob::Warning>& RecordingJob::warnings() const {
  return state_->warnings;
}
const std::map<std::string, std::string>& RecordingJob::sidecars() const {
  return state_->sidecars;
}

std::string RecordingJob::render(std::string_view name) const {
  std::string out;
  std::uint64_t from = 0;
  for (const Link& link : state_->links) {
    out.append(state_->body, from, link.offset - from);
    const RecordedAsset& asset = state_->assets.at(link.asset - 1);
    out.append("images/").append(name).append("/").append(asset.file_name);
    from = link.offset;
  }
  return out.append(state_->body, from);
}

}  // namespace sluice
