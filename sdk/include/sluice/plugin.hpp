// SPDX-License-Identifier: Apache-2.0
//
// The C++ layer over sluice/abi.h: write a class with a convert() method, name it in
// SLUICE_PLUGIN, and throw where something fails. Header-only; exceptions stop at the C edge.
//
//   class Rot13 : public sluice::Converter {
//     void convert(sluice::Job& job) override { job.write(rot13(job.source_text())); }
//   };
//   SLUICE_PLUGIN("rot13", "1.0.0", {"rot13", sluice::make_converter<Rot13>})
#pragma once

#include <sluice/abi.h>
#include <sluice/ext/assets.h>
#include <sluice/ext/document_links.h>
#include <sluice/ext/front_matter.h>
#include <sluice/ext/positions.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <new>
#include <optional>
#include <sluice/outcome.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

// The host that loaded this plugin; see sluice_host in abi.h.
class Host {
 public:
  explicit Host(const sluice_host* raw) : raw_(raw) {}
  std::string_view version() const { return view(raw_->version); }
  // For whoever debugs the plugin: a line on standard error of `sluice -vv`. From any thread.
  void log(LogLevel level, std::string_view text) const {
    raw_->log(raw_, static_cast<std::int32_t>(level), str(text));
  }
  // The table of an extension (sluice/ext/...), or nullptr where the host does not offer it.
  template <class Table>
  const Table* extension(std::string_view id, std::uint32_t revision) const {
    return static_cast<const Table*>(raw_->get_extension(raw_, str(id), revision));
  }

 private:
  const sluice_host* raw_;
};

namespace detail {
inline const sluice_host*& host_of_this_plugin() {
  static const sluice_host* host = nullptr;
  return host;
}
}  // namespace detail

// The host, from the constructors of converters on; in tests, from the first run of a RecordingJob.
inline std::optional<Host> host() {
  const sluice_host* raw = detail::host_of_this_plugin();
  return raw == nullptr ? std::nullopt : std::optional<Host>(raw);
}

// An asset being written; finished by finish(), dropped if destroyed before (with links to it).
class Asset {
 public:
  Asset(sluice_job* job, sluice_asset id) : job_(job), id_(id) {}
  Asset(Asset&& other) noexcept : job_(other.job_), id_(std::exchange(other.id_, 0)) {}
  Asset& operator=(Asset&&) = delete;
  ~Asset() = default;

  // Appends bytes. Throws Failure (limit, io).
  void write(std::span<const std::uint8_t> bytes);
  void write(std::string_view bytes);
  // Ends the asset; its id stays good for Job::link. Throws Failure.
  void finish();
  sluice_asset id() const { return id_; }

 private:
  sluice_job* job_;
  sluice_asset id_;
};

// One document. A thin view over sluice_job (see abi.h for the meaning, lifetime and limits of each
// call), valid during Converter::convert, on its thread. A refused call throws Failure with the
// outcome that fits, so a converter that does nothing about errors does the right thing.
// Its functions are those of sluice_job, one for each.
class Job {
 public:
  explicit Job(sluice_job* raw) : raw_(raw) {}

  std::string_view file_name() const { return view(raw_->file_name); }
  std::string_view media_type() const { return view(raw_->media_type); }
  std::string_view declared_charset() const { return view(raw_->declared_charset); }
  // The options as a JSON object, without secrets; sluice/options.hpp reads single values from it.
  std::string_view options() const { return view(raw_->options); }
  std::uint64_t source_size() const { return raw_->source_size; }

  // The whole source, mapped; valid until convert returns.
  std::span<const std::uint8_t> source() {
    sluice_bytes out{};
    check(raw_->source_map(raw_, &out), "read the source");
    return {out.data, static_cast<std::size_t>(out.size)};
  }
  std::string_view source_text() {
    const auto bytes = source();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  // Reads up to buffer.size() bytes from `offset`; returns how many (fewer only at the end).
  std::size_t read(std::uint64_t offset, std::span<std::uint8_t> buffer) {
    std::uint64_t got = 0;
    check(raw_->source_read(raw_, offset, buffer.data(), buffer.size(), &got), "read the source");
    return static_cast<std::size_t>(got);
  }
  // A file beside the source, or an empty optional-like result: `found` is false where there is
  // none that may be read (missing, outside, too large, not a file). Throws Failure if the manifest
  // does not ask for siblings, or reading fails.
  struct Sibling {
    bool found = false;
    std::span<const std::uint8_t> bytes;
  };
  Sibling sibling(std::string_view relative_path) {
    sluice_bytes out{};
    const sluice_status status = raw_->sibling_map(raw_, str(relative_path), &out);
    if (status == SLUICE_STATUS_NOT_FOUND || status == SLUICE_STATUS_LIMIT ||
        status == SLUICE_STATUS_INVALID) {
      return {};
    }
    check(status, "read a file beside the source");
    return {true, {out.data, static_cast<std::size_t>(out.size)}};
  }

  // The value of an option by its name in the manifest; sluice/options.hpp reads the others from
  // options(). Throws Failure(kInternal) if the manifest has none of that name and type.
  // A secret: keep it out of warnings, reasons and logs, as the host does.
  std::string_view secret(std::string_view option) {
    sluice_str out{};
    check(raw_->option_string(raw_, str(option), &out), "read an option");
    return view(out);
  }
  // The content of the file that the user named; no bytes if there is none.
  std::span<const std::uint8_t> option_file(std::string_view option) {
    sluice_bytes out{};
    check(raw_->option_file(raw_, str(option), &out), "read the file of an option");
    return {out.data, static_cast<std::size_t>(out.size)};
  }

  void write(std::string_view markdown) {
    check(raw_->write_body(raw_, markdown.data(), markdown.size()), "write the Markdown");
  }
  Asset open_asset(std::string_view suggested_name, std::string_view media_type) {
    sluice_asset id = 0;
    check(raw_->asset_open(raw_, str(suggested_name), str(media_type), &id), "open an asset");
    return Asset(raw_, id);
  }
  // Writes a whole asset and returns its id.
  sluice_asset add_asset(std::string_view suggested_name, std::string_view media_type,
                         std::span<const std::uint8_t> bytes) {
    Asset asset = open_asset(suggested_name, media_type);
    asset.write(bytes);
    asset.finish();
    return asset.id();
  }
  // Whether the bytes of assets matter; see sluice/ext/assets.h. Any few that differ will do
  // otherwise.
  bool assets_are_kept() const {
    const auto to = host();
    const auto* assets =
        to ? to->extension<sluice_assets>(SLUICE_ASSETS_ID, SLUICE_ASSETS_REVISION) : nullptr;
    return assets == nullptr || assets->are_kept(raw_) != 0;
  }
  // Writes the link destination of an asset at this point of the body.
  void link(sluice_asset asset) { check(raw_->link_asset(raw_, asset), "link to an asset"); }
  // A link to another source; see sluice_document_link in sluice/ext/document_links.h.
  struct DocumentLink {
    std::string_view path;
    std::string_view fragment = {};
    std::string_view written = {};
    std::string_view before = {};
    std::string_view after = {};
    bool by_name = false;
  };
  // Writes the link at this point of the body; only as its author wrote it, where the host does not
  // follow links, or cannot follow this one.
  void link_document(const DocumentLink& link) {
    const sluice_document_links_2* links = document_links();
    if (links == nullptr || !is_followable(link)) return write(link.written);
    const sluice_document_link raw = {sizeof raw,
                                      link.by_name ? SLUICE_LINK_BY_NAME : SLUICE_LINK_BY_PATH,
                                      0,
                                      str(link.path),
                                      str(link.fragment),
                                      str(link.written),
                                      str(link.before),
                                      str(link.after)};
    check(links->link_document(raw_, &raw), "link to a document");
  }
  // Writes `written`, the destination of a link that leads to another source beside this one.
  void link_document(std::string_view path, std::string_view fragment, std::string_view written) {
    link_document(DocumentLink{path, fragment, written});
  }
  // Links to this source with the fragment `name` lead to the anchor `anchor` of its Markdown. Does
  // nothing where the host does not follow links, or for names that no link can have.
  void name_anchor(std::string_view name, std::string_view anchor) {
    const sluice_document_links_2* links = document_links();
    if (links == nullptr || !is_anchor(name) || !is_anchor(anchor)) return;
    (void)links->name_anchor(raw_, str(name), str(anchor));
  }
  // From this point of the body on comes part `number` (from 1 on) of the kind `unit` ("page"); see
  // sluice/ext/positions.h. Does nothing where the host keeps no positions.
  void begin_part(std::string_view unit, std::uint64_t number, std::string_view label = {}) {
    const auto to = host();
    const auto* positions =
        to ? to->extension<sluice_positions>(SLUICE_POSITIONS_ID, SLUICE_POSITIONS_REVISION)
           : nullptr;
    if (positions == nullptr) return;
    check(positions->begin_part(raw_, str(unit), number, str(label)), "begin a part");
  }
  void write_sidecar(std::string_view kind, std::string_view json) {
    check(raw_->write_sidecar(raw_, str(kind), json.data(), json.size()), "write a sidecar");
  }
  // Front matter that the source's author wrote; see sluice/ext/front_matter.h. False if this host
  // does not take it.
  bool set_front_matter(std::string_view yaml) {
    const auto to = host();
    const auto* table = to ? to->extension<sluice_front_matter>(SLUICE_FRONT_MATTER_ID,
                                                                SLUICE_FRONT_MATTER_REVISION)
                           : nullptr;
    if (table == nullptr) return false;
    check(table->set_front_matter(raw_, str(yaml)), "set the front matter");
    return true;
  }
  // Throws Failure for a bad key. A value that does not have its key's form is the document's
  // fault: it is left out, with a warning.
  void set_metadata(std::string_view key, std::string_view value) {
    const sluice_status status = raw_->set_metadata(raw_, str(key), str(value));
    if (status == SLUICE_STATUS_INVALID && is_checked(key)) {
      const std::string why(last_error());
      return warn("metadata", why, Severity::kNote);
    }
    check(status, "set metadata");
  }

  void warn(std::string_view code, std::string_view message, Severity severity = Severity::kWarning,
            Place place = {}) {
    const sluice_warning warning = {sizeof warning,
                                    static_cast<std::int32_t>(severity),
                                    0,
                                    str(code),
                                    str(message),
                                    str(place.unit),
                                    place.number};
    check(raw_->warn(raw_, &warning), "warn");
  }
  // Why the last call was refused; until the next call.
  std::string_view last_error() const { return view(raw_->last_error(raw_)); }
  void progress(std::uint64_t done, std::uint64_t total) { raw_->progress(raw_, done, total); }
  bool is_cancelled() const { return raw_->is_cancelled(raw_) != 0; }
  // Throws Failure(kCancelled) if the host asked to stop. Call it once per page or thousand rows.
  void check_cancelled() const {
    if (is_cancelled()) throw Failure(Outcome::kCancelled, "stopped on request");
  }
  // A temporary file without a name, as the system's handle, which is yours to close.
  std::int64_t open_scratch() {
    std::int64_t out = -1;
    check(raw_->scratch_open(raw_, &out), "open a temporary file");
    return out;
  }

  // Ends well, but not in full: what convert() returns by itself is kOk. The reason is for the
  // user.
  void finish_as(Outcome outcome, std::string reason) {
    outcome_ = outcome;
    raw_->set_reason(raw_, str(reason));
  }
  Outcome outcome() const { return outcome_; }
  sluice_job* raw() { return raw_; }

  // Throws what fits a status that is not OK.
  void check(sluice_status status, const char* what) const {
    if (status != SLUICE_STATUS_OK) fail(status, what, last_error());
  }

 private:
  static const sluice_document_links_2* document_links() {
    const auto to = host();
    return to ? to->extension<sluice_document_links_2>(SLUICE_DOCUMENT_LINKS_ID,
                                                       SLUICE_DOCUMENT_LINKS_REVISION_2)
              : nullptr;
  }
  static bool is_line(std::string_view text, std::size_t most) {
    return text.size() <= most &&
           text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
  }
  static bool is_anchor(std::string_view text) { return !text.empty() && is_line(text, 1024); }
  static bool is_followable(const DocumentLink& link) {
    const auto is_text = [](std::string_view text) { return is_line(text, 4096); };
    return !link.path.empty() && link.path.front() != '/' && is_text(link.path) &&
           is_text(link.fragment) && is_text(link.written) && is_text(link.before) &&
           is_text(link.after);
  }
  static bool is_checked(std::string_view key) {
    return key == "created" || key == "modified" || key == "language" || key == "pages";
  }
  [[noreturn]] static void fail(sluice_status status, const char* what, std::string_view why) {
    const std::string reason =
        std::string("could not ") + what + (why.empty() ? "" : ": ") + std::string(why);
    switch (status) {
      case SLUICE_STATUS_LIMIT:
        throw Failure(Outcome::kLimit, reason);
      case SLUICE_STATUS_CANCELLED:
        throw Failure(Outcome::kCancelled, "stopped on request");
      case SLUICE_STATUS_INVALID:
      case SLUICE_STATUS_NOT_FOUND:
      case SLUICE_STATUS_DENIED:
        throw Failure(Outcome::kInternal, reason);
      default:
        throw Failure(Outcome::kIo, reason);
    }
  }

  sluice_job* raw_;
  Outcome outcome_ = Outcome::kOk;
};

inline void Asset::write(std::span<const std::uint8_t> bytes) {
  Job(job_).check(job_->asset_write(job_, id_, bytes.data(), bytes.size()), "write an asset");
}
inline void Asset::write(std::string_view bytes) {
  Job(job_).check(job_->asset_write(job_, id_, bytes.data(), bytes.size()), "write an asset");
}
inline void Asset::finish() {
  Job(job_).check(job_->asset_finish(job_, id_), "finish an asset");
}

// What probe may look at; see sluice_probe in abi.h.
struct Probe {
  std::span<const std::uint8_t> head;  // the first 64 KiB
  std::span<const std::uint8_t> tail;  // the last 64 KiB; of a small source the same
  std::uint64_t source_size = 0;
  std::string_view file_name;
  std::string_view media_type;
};

// A tiny document that a converter carries with it, and all that convert() must write for it, byte
// for byte; see sluice_canary in abi.h. The views live as long as the converter: literals, mostly.
struct Canary {
  std::string_view source;  // bytes; empty: there is no canary
  std::string_view file_name;
  std::string_view media_type;
  std::string_view markdown;
};

// Base of a converter. Made once, when the library is loaded, and used for one document after
// another on one thread. Keep no state that would make a result depend on the documents before.
class Converter {
 public:
  virtual ~Converter() = default;
  // False: not mine, and the next converter in line may try. Pure. Throw Failure(kUnsupported) to
  // say why not; anything else that leaves here is a bug of the converter.
  virtual bool probe(const Probe& /*input*/) { return true; }
  // Converts one document. Throw Failure to fail with a reason; std::bad_alloc and anything else
  // that leaves here is turned into an outcome.
  virtual void convert(Job& job) = 0;
  // Proves in each worker, before its first document, that the converter and all it depends on work
  // there. Let it need what documents need: text in the charset, font or encoding whose data files
  // may be missing. No assets and no siblings. Asked for once.
  virtual Canary canary() const { return {}; }
};

template <class T>
std::unique_ptr<Converter> make_converter() {
  return std::make_unique<T>();
}

namespace detail {

// Runs `converter` behind the C edge.
inline sluice_outcome run(Converter& converter, sluice_job* raw) noexcept {
  const auto fail = [raw](Outcome outcome, std::string_view reason) {
    raw->set_reason(raw, str(reason));
    return static_cast<sluice_outcome>(outcome);
  };
  try {
    Job job(raw);
    converter.convert(job);
    return static_cast<sluice_outcome>(job.outcome());
  } catch (const Failure& failure) {
    return fail(failure.outcome(), failure.what());
  } catch (const std::bad_alloc&) {
    return fail(Outcome::kLimit, "out of memory");
  } catch (const std::exception& error) {
    return fail(Outcome::kInternal, error.what());
  } catch (...) {
    return fail(Outcome::kInternal, "an exception of unknown type");
  }
}

inline std::int32_t probe(Converter& converter, const sluice_probe* input) noexcept {
  const auto span_of = [](sluice_bytes bytes) {
    return std::span<const std::uint8_t>(bytes.data, static_cast<std::size_t>(bytes.size));
  };
  try {
    return converter.probe({span_of(input->head), span_of(input->tail), input->source_size,
                            view(input->file_name), view(input->media_type)})
               ? SLUICE_PROBE_YES
               : SLUICE_PROBE_NO;
  } catch (const Failure& failure) {
    input->set_reason(input, str(failure.what()));
    return failure.outcome() == Outcome::kUnsupported ? SLUICE_PROBE_NO : SLUICE_PROBE_FAILED;
  } catch (const std::exception& error) {
    input->set_reason(input, str(error.what()));
  } catch (...) {
    input->set_reason(input, str("an exception of unknown type"));
  }
  return SLUICE_PROBE_FAILED;
}

// A converter with its C table, which points into it.
struct Binding {
  Binding(std::string_view name, std::unique_ptr<Converter> made)
      : converter(std::move(made)), id(name) {
    table.size = sizeof table;
    table.context = converter.get();
    table.id = str(id);
    table.probe = [](void* context, const sluice_probe* input) -> std::int32_t {
      return detail::probe(*static_cast<Converter*>(context), input);
    };
    table.prepare = [](void* context, sluice_job* job) {
      return detail::run(*static_cast<Converter*>(context), job);
    };
    const Canary given = converter->canary();
    if (given.source.empty()) return;
    canary = {sizeof canary, bytes(given.source), str(given.file_name), str(given.media_type),
              str(given.markdown)};
    table.canary = &canary;
  }
  Binding(const Binding&) = delete;
  Binding& operator=(const Binding&) = delete;

  std::unique_ptr<Converter> converter;
  std::string id;
  sluice_canary canary{};
  sluice_converter table{};
};

}  // namespace detail

// A converter's id, as in the manifest, and how to make it.
struct ConverterEntry {
  std::string_view id;
  std::unique_ptr<Converter> (*make)();
};

namespace detail {

// Builds the plugin's table on the first call. Returns nullptr, and the host knows why, if a
// converter cannot be made.
inline const sluice_plugin* describe(const sluice_host* host, std::string_view id,
                                     std::string_view version,
                                     std::initializer_list<ConverterEntry> entries) noexcept {
  static std::vector<std::unique_ptr<const Binding>> bindings;
  static std::vector<const sluice_converter*> converters;
  static sluice_plugin plugin{};
  if (plugin.size != 0) return &plugin;
  host_of_this_plugin() = host;
  try {
    for (const ConverterEntry& entry : entries) {
      bindings.push_back(std::make_unique<const Binding>(entry.id, entry.make()));
      converters.push_back(&bindings.back()->table);
    }
  } catch (const std::exception& error) {
    host->refuse(host, str(error.what()));
    return nullptr;
  } catch (...) {
    host->refuse(host, str("an exception of unknown type"));
    return nullptr;
  }
  plugin.size = sizeof plugin;
  plugin.abi_major = SLUICE_ABI_MAJOR;
  plugin.abi_minor = SLUICE_ABI_TARGET_MINOR;
  plugin.id = str(id);
  plugin.version = str(version);
  plugin.converters = converters.data();
  plugin.converter_count = converters.size();
  return &plugin;
}

}  // namespace detail
}  // namespace sluice

// Exports the plugin: its id and version as in plugin.toml, then one {id, factory} per converter.
// Use it once, at namespace scope, in one source file.
#define SLUICE_PLUGIN(plugin_id, plugin_version, ...)                                       \
  extern "C" SLUICE_EXPORT const sluice_plugin* sluice_plugin_v1(const sluice_host* host) { \
    return ::sluice::detail::describe(host, plugin_id, plugin_version, {__VA_ARGS__});      \
  }
