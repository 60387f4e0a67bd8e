// SPDX-License-Identifier: Apache-2.0
//
// The calls of a recording job, each refusing what the host's refuses.
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "testing/recording_state.hpp"

namespace sluice {
namespace {

constexpr std::size_t kMostWarnings = 100;
constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kLongestValue = std::size_t{64} << 10;
constexpr std::size_t kMostSidecars = 8;
constexpr std::size_t kLongestText = std::size_t{4} << 10;

// A text for users as the host keeps it: cut, and what is no UTF-8 replaced.
std::string kept_text(std::string_view given, std::size_t longest = kLongestText) {
  given = given.substr(0, longest);
  std::string out;
  for (std::size_t at = 0; at < given.size();) {
    const std::size_t bad = find_invalid_utf8(given, at);
    out.append(given, at, bad - at);
    if (bad == given.size()) break;
    out += "\xEF\xBF\xBD";
    at = bad + utf8_at(given, bad).length;
  }
  return out;
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

}  // namespace

const nlohmann::json* RecordingJob::State::option(sluice_str name) {
  const auto found = parsed_options.find(view(name));
  if (found != parsed_options.end()) return &*found;
  error = "plugin.toml declares no option \"" + std::string(view(name)) + "\"";
  return nullptr;
}

void RecordingJob::State::bind_options() {
  job.option_bool = [](sluice_job* raw, sluice_str name, std::int32_t* out) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_boolean()) return state.wrong_type(name);
    *out = value->get<bool>() ? 1 : 0;
    return SLUICE_STATUS_OK;
  };
  job.option_int = [](sluice_job* raw, sluice_str name, std::int64_t* out) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_number_integer()) return state.wrong_type(name);
    *out = value->get<std::int64_t>();
    return SLUICE_STATUS_OK;
  };
  job.option_number = [](sluice_job* raw, sluice_str name, double* out) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_number()) return state.wrong_type(name);
    *out = value->get<double>();
    return SLUICE_STATUS_OK;
  };
  job.option_string = [](sluice_job* raw, sluice_str name, sluice_str* out) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_string()) return state.wrong_type(name);
    *out = str(value->get_ref<const std::string&>());
    return SLUICE_STATUS_OK;
  };
  job.option_list = [](sluice_job* raw, sluice_str name, const sluice_str** items,
                       std::uint64_t* count) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_array()) return state.wrong_type(name);
    auto& list = state.option_lists[std::string(view(name))];
    list.clear();
    for (const auto& item : *value) list.push_back(str(item.get_ref<const std::string&>()));
    *items = list.data();
    *count = list.size();
    return SLUICE_STATUS_OK;
  };
  job.option_file = [](sluice_job* raw, sluice_str name, sluice_bytes* out) -> sluice_status {
    State& state = of(raw);
    const auto* value = state.option(name);
    if (value == nullptr) return SLUICE_STATUS_NOT_FOUND;
    if (!value->is_string()) return state.wrong_type(name);
    const auto file = state.option_files.find(view(name));
    *out = bytes(std::string_view());
    if (file == state.option_files.end() && !value->get_ref<const std::string&>().empty()) {
      return state.invalid("the option \"" + std::string(view(name)) + "\" is not a path");
    }
    *out = bytes(file == state.option_files.end() ? std::string_view() : file->second);
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_source() {
  job.source_map = [](sluice_job* raw, sluice_bytes* out) -> sluice_status {
    State& state = of(raw);
    if (state.reader) {
      state.error = "the source cannot be mapped; source_read may do";
      return SLUICE_STATUS_IO;
    }
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
    if (state.siblings_denied) {
      state.error = "plugin.toml has no siblings = true under needs";
      return SLUICE_STATUS_DENIED;
    }
    if (path.size == 0 || path.size > 4096 || !is_valid_utf8(view(path))) {
      return state.invalid("a sibling's path is UTF-8, relative, of at most 4 KiB");
    }
    const auto resolved = resolve(view(path));
    auto found = resolved ? state.siblings.find(*resolved) : state.siblings.end();
    if (constexpr std::string_view kAnywhere = ".../"; view(path).starts_with(kAnywhere)) {
      const std::string end = std::string(view(path).substr(kAnywhere.size() - 1));
      found = std::find_if(state.siblings.begin(), state.siblings.end(),
                           [&end](const auto& one) { return ('/' + one.first).ends_with(end); });
    }
    if (found == state.siblings.end()) {
      state.error = "no file beside the source that may be read: " + std::string(view(path));
      return SLUICE_STATUS_NOT_FOUND;
    }
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
    if (asset < 1 || asset > state.assets.size()) {
      return state.invalid("a link to the asset " + std::to_string(asset) +
                           ", which was never opened");
    }
    const sluice_status admitted = state.admit();
    if (admitted != SLUICE_STATUS_OK) return admitted;
    state.after_cr = false;
    state.links.push_back({state.body_size, asset, 0});
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
    if (!state.writable(asset)) return state.invalid("a write to an asset that is not open");
    const sluice_status admitted = state.admit();
    if (admitted != SLUICE_STATUS_OK) return admitted;
    std::string& bytes = state.assets[asset - 1].bytes;
    if (bytes.size() + size > state.limits.asset_bytes) return state.refuse(SLUICE_STATUS_LIMIT);
    bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
    return SLUICE_STATUS_OK;
  };
  job.asset_finish = [](sluice_job* raw, sluice_asset asset) -> sluice_status {
    State& state = of(raw);
    if (!state.writable(asset)) return state.invalid("the end of an asset that is not open");
    state.assets[asset - 1].finished = true;
    return SLUICE_STATUS_OK;
  };
}

void RecordingJob::State::bind_metadata() {
  job.write_sidecar = [](sluice_job* raw, sluice_str kind, const void* json,
                         std::uint64_t size) -> sluice_status {
    State& state = of(raw);
    const std::string text(static_cast<const char*>(json), static_cast<std::size_t>(size));
    if (!abi_rules::is_sidecar_kind(view(kind))) {
      return state.invalid("a sidecar's kind is 1 to 32 of [a-z0-9-]");
    }
    if (state.sidecars.contains(std::string(view(kind)))) {
      return state.invalid("there is a sidecar of the kind " + std::string(view(kind)) +
                           " already");
    }
    if (!nlohmann::json::accept(text)) return state.invalid("a sidecar is not JSON");
    const sluice_status admitted = state.admit();
    if (admitted != SLUICE_STATUS_OK) return admitted;
    if (state.sidecars.size() >= kMostSidecars) return state.refuse(SLUICE_STATUS_LIMIT);
    state.sidecars.emplace(view(kind), text);
    return SLUICE_STATUS_OK;
  };
  job.set_metadata = [](sluice_job* raw, sluice_str key, sluice_str value) -> sluice_status {
    State& state = of(raw);
    const std::string name(view(key));
    if (!abi_rules::is_metadata_key(name)) {
      return state.invalid("\"" + name + "\" is no key of metadata, or the host's");
    }
    if (!is_valid_utf8(view(value))) return state.invalid("the value of " + name + " is not UTF-8");
    if (value.size == 0) {
      state.metadata.erase(name);
      return SLUICE_STATUS_OK;
    }
    const std::string fault = abi_rules::metadata_fault(name, view(value));
    if (!fault.empty()) {
      state.error = fault;  // the document's fault, mostly
      return SLUICE_STATUS_INVALID;
    }
    if (value.size > kLongestValue ||
        (state.metadata.size() >= kMostKeys && !state.metadata.contains(name))) {
      state.error = "the metadata is too long";
      return SLUICE_STATUS_LIMIT;
    }
    state.metadata.insert_or_assign(name, std::string(view(value)));
    return SLUICE_STATUS_OK;
  };
}

sluice_status RecordingJob::State::set_front_matter(std::string_view yaml) {
  if (!is_valid_utf8(yaml)) return invalid("the front matter is not UTF-8");
  std::string fault = yaml.empty() ? std::string() : abi_rules::front_matter_fault(yaml);
  if (!fault.empty()) return invalid(std::move(fault));
  front_matter = yaml;
  return SLUICE_STATUS_OK;
}

const sluice_front_matter& RecordingJob::State::front_matter_calls() {
  static const sluice_front_matter kCalls = {sizeof kCalls,
                                             [](sluice_job* raw, sluice_str yaml) -> sluice_status {
                                               return of(raw).set_front_matter(view(yaml));
                                             }};
  return kCalls;
}

void RecordingJob::State::bind_talk() {
  job.warn = [](sluice_job* raw, const sluice_warning* given) -> sluice_status {
    State& state = of(raw);
    sluice_warning warning{};
    std::memcpy(&warning, given, std::min<std::size_t>(given->size, sizeof warning));
    if (!abi_rules::is_word(view(warning.code), abi_rules::kMaxCodeBytes)) {
      return state.invalid("a warning's code is 1 to 64 of [a-z0-9-]");
    }
    if (warning.message.size == 0) return state.invalid("a warning has no message");
    if (!is_valid_utf8(view(warning.message))) state.violations.push_back("a warning is not UTF-8");
    if (state.warnings.size() < kMostWarnings) {
      state.warnings.push_back(
          {std::string(view(warning.code)), kept_text(view(warning.message)),
           warning.severity == SLUICE_SEVERITY_NOTE ? Severity::kNote : Severity::kWarning,
           kept_text(view(warning.place_unit), abi_rules::kMaxKeyBytes), warning.place});
    }
    return SLUICE_STATUS_OK;
  };
  job.set_reason = [](sluice_job* raw, sluice_str message) {
    of(raw).reason = kept_text(view(message));
  };
  job.progress = [](sluice_job*, std::uint64_t, std::uint64_t) {};
  job.is_cancelled = [](sluice_job* raw) -> std::int32_t {
    State& state = *static_cast<State*>(raw->host);
    auto& left = state.calls_until_cancelled;
    if (!left) return 0;
    if (*left == 0) {
      state.cancelled = true;
      return 1;
    }
    --*left;
    return 0;
  };
  job.last_error = [](sluice_job* raw) { return str(static_cast<State*>(raw->host)->error); };
  job.scratch_open = [](sluice_job* raw, std::int64_t* out) { return of(raw).open_scratch(out); };
}

}  // namespace sluice
