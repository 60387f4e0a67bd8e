// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include "testing/recording_state.hpp"

namespace sluice {
namespace {

constexpr std::size_t kProbeBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestMediaType = 255;

// Whether more bytes can make a character of the beginning of one (RFC 3629, section 4).
bool may_be_completed(std::string_view beginning) {
  const auto lead = static_cast<unsigned char>(beginning[0]);
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 1;
  return beginning.size() < length;
}

// A base name out of [A-Za-z0-9._-], never empty and never hidden.
std::string safe_name(std::string_view suggested) {
  std::string name;
  for (const char c : suggested.substr(suggested.find_last_of("/\\") + 1)) {
    const bool safe = abi_rules::is_letter(c) || abi_rules::is_digit(c) || c == '_' || c == '.';
    if (safe) {
      name.push_back(c);
    } else if (!name.empty() && name.back() != '-') {
      name.push_back('-');
    }
  }
  const auto start = name.find_first_not_of(".-");
  return start == std::string::npos ? "asset" : name.substr(start);
}

// A name as a link destination: blanks and what would end it are encoded (RFC 3986, section 2.1).
std::string as_destination(std::string_view name) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || std::strchr("()<>%?#\\[]", c) != nullptr) {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

void RecordingJob::State::emit(std::string_view text) {
  body_size += text.size();
  if (body_sink) {
    body_sink(text);
  } else {
    body.append(text);
  }
}

// Text of whole characters: CR LF and CR become LF, also where a write ends between the two.
void RecordingJob::State::put(std::string_view text) {
  // A byte order mark is no text.
  if (body_size == 0 && !text.empty() && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    if (after_cr && text.front() == '\n') text.remove_prefix(1);
    after_cr = false;
    const auto stop = text.find_first_of(std::string_view("\r\0", 2));
    const std::string_view plain = text.substr(0, stop);
    blank = blank && plain.find_first_not_of(" \t\n\v\f") == std::string_view::npos;
    pictures_only.feed(plain);
    if (!plain.empty()) emit(plain);
    if (stop == std::string_view::npos) return;
    if (text[stop] == '\r') {
      emit("\n");
      after_cr = true;
    }
    text.remove_prefix(stop + 1);
  }
}

// What is no UTF-8 becomes U+FFFD, one for each broken sequence.
sluice_status RecordingJob::State::write(std::string_view data) {
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (data.size() > limits.body_bytes - std::min(body_size, limits.body_bytes)) {
    return refuse(SLUICE_STATUS_LIMIT);
  }
  partial.append(data);
  const std::string text = std::exchange(partial, {});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bad = find_invalid_utf8(text, at);
    put(std::string_view(text).substr(at, bad - at));
    if (bad == text.size()) break;
    const Utf8Char character = utf8_at(text, bad);
    if (bad + character.length == text.size() && text.size() - bad < 4 &&
        may_be_completed(std::string_view(text).substr(bad))) {
      partial = text.substr(bad);
      break;
    }
    put("\xEF\xBF\xBD");
    ++replaced;
    at = bad + character.length;
  }
  return SLUICE_STATUS_OK;
}

sluice_status RecordingJob::State::open(std::string_view name, std::string_view type,
                                        sluice_asset* out) {
  if (!is_valid_utf8(name) || !is_valid_utf8(type)) {
    return invalid("an asset's name or media type is not UTF-8");
  }
  if (type.size() > kLongestMediaType) return invalid("an asset's media type is too long");
  const sluice_status admitted = admit();
  if (admitted != SLUICE_STATUS_OK) return admitted;
  if (assets.size() >= limits.assets) return refuse(SLUICE_STATUS_LIMIT);
  assets.push_back({std::string(name), std::string(type), "", false});
  *out = static_cast<sluice_asset>(assets.size());
  return SLUICE_STATUS_OK;
}

// Unlinked while open, as the host's are.
sluice_status RecordingJob::State::open_scratch(std::int64_t* out) {
  if (scratch_allowed == 0) {
    error = "plugin.toml has no scratch under needs";
    return SLUICE_STATUS_DENIED;
  }
  if (scratch_opened == scratch_allowed) {
    error = "plugin.toml asks for no more temporary files";
    return SLUICE_STATUS_LIMIT;
  }
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

sluice_bytes RecordingJob::State::part(std::uint64_t offset, std::size_t size, std::string& room) {
  room.resize(size);
  auto* to = reinterpret_cast<std::uint8_t*>(room.data());
  if (reader) {
    room.resize(reader(offset, to, size));
  } else {
    std::memcpy(to, source.data() + offset, size);
  }
  return {to, room.size()};
}

sluice_outcome RecordingJob::State::probe(const sluice_converter& converter) {
  if (converter.probe == nullptr) return SLUICE_OUTCOME_OK;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(job.source_size, kProbeBytes));
  sluice_probe input{};
  input.size = sizeof input;
  input.host = this;
  input.head = part(0, size, source_head);
  input.tail = part(job.source_size - size, size, source_tail);
  input.source_size = job.source_size;
  input.file_name = job.file_name;
  input.media_type = job.media_type;
  input.set_reason = [](const sluice_probe* raw, sluice_str message) {
    static_cast<State*>(raw->host)->reason = view(message);
  };
  const std::int32_t answer = converter.probe(converter.context, &input);
  if (answer == SLUICE_PROBE_YES) return SLUICE_OUTCOME_OK;
  if (answer == SLUICE_PROBE_NO) {
    if (reason.empty()) reason = "the converter does not recognize the content";
    return SLUICE_OUTCOME_UNSUPPORTED;
  }
  if (reason.empty()) {
    reason = "the converter's probe gave the answer " + std::to_string(answer);
  }
  return SLUICE_OUTCOME_INTERNAL;
}

// What the host makes of an outcome and of what was written.
Outcome RecordingJob::State::conclude(sluice_outcome outcome) {
  if (!partial.empty()) {
    partial.clear();
    ++replaced;
    put("\xEF\xBF\xBD");
  }
  if (outcome < SLUICE_OUTCOME_OK || outcome > SLUICE_OUTCOME_INTERNAL) {
    reason = "the converter returned the unknown outcome " + std::to_string(outcome);
    violations.push_back(reason);
    outcome = SLUICE_OUTCOME_INTERNAL;
  }
  const bool succeeded = outcome == SLUICE_OUTCOME_OK || outcome == SLUICE_OUTCOME_EMPTY;
  if (refusal == SLUICE_STATUS_CANCELLED) outcome = SLUICE_OUTCOME_CANCELLED;
  if (outcome == SLUICE_OUTCOME_LIMIT && refused_children > 0 && refusal == SLUICE_STATUS_OK) {
    outcome = SLUICE_OUTCOME_PARTIAL;
  }
  if (refusal == SLUICE_STATUS_LIMIT && succeeded) outcome = SLUICE_OUTCOME_LIMIT;
  const bool kept = outcome == SLUICE_OUTCOME_OK || outcome == SLUICE_OUTCOME_PARTIAL;
  const auto open = std::count_if(assets.begin(), assets.end(),
                                  [](const RecordedAsset& asset) { return !asset.finished; });
  if (kept && open > 0) {
    warnings.push_back({"unfinished-asset", abi_rules::unfinished_assets(open)});
    violations.push_back(warnings.back().message);
  }
  const auto halves =
      std::count_if(children.begin(), children.end(),
                    [](const RecordedChild& child) { return !child.finished && !child.cut; });
  if (kept && halves > 0) {
    warnings.push_back({"unfinished-child", abi_rules::unfinished_children(halves)});
    violations.push_back(warnings.back().message);
  }
  if (kept && replaced > 0) {
    warnings.push_back({"invalid-utf8", abi_rules::replaced_characters(replaced)});
    violations.push_back("the body is not UTF-8");
  }
  settle();
  const bool holds_documents = !children.empty() || refused_children > 0;
  if (kept && refused_children > 0) outcome = SLUICE_OUTCOME_PARTIAL;
  if (kept && blank && !holds_documents && open == static_cast<std::ptrdiff_t>(assets.size())) {
    reason = "there is no text in it";
    return Outcome::kEmpty;
  }
  const bool has_asset = open < static_cast<std::ptrdiff_t>(assets.size());
  if (outcome == SLUICE_OUTCOME_OK && has_asset && pictures_only.holds()) {
    reason = abi_rules::kPicturesAlone;
    return Outcome::kPartial;
  }
  return static_cast<Outcome>(outcome);
}

void RecordingJob::State::bind() {
  job.size = sizeof job;
  job.host = this;
  job.file_name = str(file_name);
  job.media_type = str(media_type);
  job.declared_charset = str(declared_charset);
  job.options = str(options);
  if (!reader) job.source_size = source.size();
  parsed_options = nlohmann::json::parse(options, nullptr, /*allow_exceptions=*/false);
  bind_source();
  bind_options();
  bind_body();
  bind_assets();
  bind_metadata();
  bind_talk();
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
void RecordingJob::set_option_file(std::string option, std::string content) {
  state_->option_files.insert_or_assign(std::move(option), std::move(content));
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
  sluice_converter table{};
  table.context = &converter;
  table.probe = [](void* context, const sluice_probe* input) {
    return detail::probe(*static_cast<Converter*>(context), input);
  };
  table.prepare = [](void* context, sluice_job* job) {
    return detail::run(*static_cast<Converter*>(context), job);
  };
  return run(table);
}
Outcome RecordingJob::run(const sluice_converter& converter) {
  if (detail::host_of_this_plugin() == nullptr) detail::host_of_this_plugin() = &host();
  state_->bind();
  sluice_outcome outcome = state_->probe(converter);
  if (outcome == SLUICE_OUTCOME_OK) {
    outcome = converter.prepare(converter.context, &state_->job);
  }
  return state_->conclude(outcome);
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
const std::vector<RecordingJob::RecordedChild>& RecordingJob::children() const {
  return state_->children;
}
const std::vector<RecordingJob::DocumentLink>& RecordingJob::document_links() const {
  return state_->document_links;
}

const std::map<std::string, std::string>& RecordingJob::anchors() const {
  return state_->anchors;
}

const std::vector<RecordingJob::Part>& RecordingJob::parts() const {
  return state_->parts;
}
const std::vector<RecordingJob::RecordedAsset>& RecordingJob::assets() const {
  return state_->assets;
}
const std::map<std::string, std::string>& RecordingJob::metadata() const {
  return state_->metadata;
}
const std::string& RecordingJob::front_matter() const {
  return state_->front_matter;
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
    from = link.offset;
    if (link.child != 0) {
      const RecordedChild& child = state_->children.at(link.child - 1);
      if (child.finished || child.cut) out.append(as_destination(child.name));
      continue;
    }
    const RecordedAsset& asset = state_->assets.at(link.asset - 1);
    // The host drops what was not finished, and leaves the destination empty.
    if (asset.finished) out.append("images/").append(name).append("/").append(asset.file_name);
  }
  return out.append(state_->body, from);
}

}  // namespace sluice
