// The messages between the host and a worker. The worker is hostile: everything here is a pure
// function over bytes that checks each length, count and offset before it uses it.
//
// Host to zygote: Load, then Run again and again. Zygote to host: Confined before any code of the
// plugin runs, then Ready or the reason why not (Refused, ...), then Ended for each run. Between
// the host and a run's own process, over the run's own channel: Request and Reply. Results are in
// the run's memory file, which the host reads after the process has ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "model/limits.h"
#include "model/sandbox.h"

namespace sluice::wire {

// --- bounds of what a worker may say ---
inline constexpr std::size_t kInlineBody = 256 << 10;   // a longer body does not stand in its frame
inline constexpr std::size_t kMemoryBody = 8 << 20;     // of a body in the run's memory file
inline constexpr std::size_t kInlineSource = 64 << 10;  // a longer source comes as a descriptor
inline constexpr std::size_t kResultBytes = 16 << 20;   // of all results of a run
inline constexpr std::size_t kMaxReason = 4 << 10;
inline constexpr std::size_t kMaxWarnings = 100;
inline constexpr std::size_t kMaxFields = 64;
inline constexpr std::size_t kMaxFieldBytes = 64 << 10;
inline constexpr std::size_t kMaxMetadataBytes = 1 << 20;  // all fields together
inline constexpr std::size_t kMaxAssetName = 255;
inline constexpr std::size_t kMaxChildName = 1024;
inline constexpr std::size_t kMaxLinks = 200'000;
inline constexpr std::size_t kMaxAnchors = 100'000;
inline constexpr std::size_t kMaxParts = 100'000;
inline constexpr std::size_t kMaxPartLabel = 64;
inline constexpr std::size_t kMaxPath = 4 << 10;
inline constexpr std::size_t kMaxSidecars = 8;
inline constexpr std::uint64_t kMaxSidecarBytes = 64 << 20;
inline constexpr std::uint64_t kMaxSiblingBytes = 64 << 20;
inline constexpr std::uint64_t kMaxPicture = 64 << 20;    // whose text is recognized
inline constexpr std::uint64_t kMaxRecognized = 8 << 20;  // of its text: a body in memory
inline constexpr std::size_t kMaxRunDocuments = 60;  // their sources fit into one message

// --- exit codes of a run's process ---
inline constexpr int kExitDone = 0;
inline constexpr int kExitOutOfMemory = 86;
inline constexpr int kExitProtocol = 87;
inline constexpr int kExitAborted = 88;    // abort() where the process may not signal even itself
inline constexpr int kExitForbidden = 89;  // see Load::names_forbidden

enum class Kind : std::uint8_t {
  kLoad = 1,
  kReady,
  kRefused,
  kRun,
  kEnded,
  kForkFailed,
  kOpenBody,
  kOpenAsset,
  kOpenSidecar,
  kOpenSibling,
  kOpenOption,
  kOpenScratch,
  kOpenChild,
  kOpenPicture,  // a memory file for a picture of that many bytes, whose text is wanted
  kRecognize,    // the text of the picture that was opened last
  kReply,
  kConfined,
  kUnfit,    // the plugin is as its manifest says, but does not work on this system
  kLoaded,   // the zygote asks for the key, since a converter with threads proves itself in a fork
  kForkKey,  // the host's answer to that
  kNotLoadable,  // the system's loader cannot load the library
  kDeclined,     // the plugin's entry function says that it cannot work here
  kForbidden,    // the library made a forbidden system call while it was loaded
};
// The kind of a message; nothing if it is empty.
std::optional<Kind> kind_of(std::string_view message);

struct Load {
  std::uint64_t host_process = 0;
  SandboxLevel sandbox = SandboxLevel::kBestEffort;
  std::string syscall_filter;  // see syscall_filter.h
  // The filters trap what otherwise kills, and the process says which system call it was. For a
  // worker whose results nobody uses: what it says is no more than a hint.
  bool names_forbidden = false;
  // While it loads; the most that a run may have, too.
  std::uint64_t memory_bytes = 0;  // of address space
  std::uint64_t file_bytes = 0;    // of a file
  std::uint64_t cpu_seconds = 0;   // of loading alone
  std::string library;             // absolute path; empty: confine yourself, say how, and end
  std::vector<std::string> files;  // of its folder, which it may read; absolute paths
  std::string plugin_id;
  std::string version;
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor = 0;
  struct Converter {
    std::string id;
    std::string options;  // its defaults, a JSON object
    bool threads = false;
  };
  std::vector<Converter> converters;
};
std::string encode(const Load& load);
std::optional<Load> decode_load(std::string_view message);

// What the zygote found as it confined itself, and the key that its filter wants to see from then
// on wherever a process is started or a limit is changed. The zygote forgets the key at once; the
// host gives it back with each run, when no constructor of a library can run any more.
struct Confined {
  SandboxLayers layers;
  std::uint64_t key = 0;
};
std::string encode(const Confined& confined);
std::optional<Confined> decode_confined(std::string_view message);

// kReady, kRefused, kUnfit, kNotLoadable, kDeclined, kLoaded, kForkFailed: a kind and a text for
// the user.
std::string encode_notice(Kind kind, std::string_view text = {});
std::string decode_notice(std::string_view message);

// Handles of a Run: if `fresh`, the channel and the memory file of this run and those after it,
// which otherwise are those of the run before; then one per source that is not inline.
struct Run {
  std::uint64_t key = 0;          // see Confined
  std::uint64_t input_bytes = 0;  // at the memory file's beginning
  bool fresh = true;
};
// The memory file: the input, the results, and room for one body.
inline constexpr std::uint64_t kInputRoom = 4 << 20;
inline constexpr std::uint64_t kResultsAt = kInputRoom;
inline constexpr std::uint64_t kBodyAt = kResultsAt + kResultBytes;
inline constexpr std::uint64_t kRunMemory = kBodyAt + kMemoryBody;
std::string encode(const Run& run);
std::optional<Run> decode_run(std::string_view message);
std::string encode_fork_key(std::uint64_t key);
std::optional<std::uint64_t> decode_fork_key(std::string_view message);
// The number of a system call; kForeignCall: one of another architecture.
inline constexpr std::uint32_t kForeignCall = 0xffffffff;
std::optional<std::uint32_t> decode_forbidden(std::string_view message);

// How a run's process ended.
struct Ended {
  bool by_signal = false;
  std::uint32_t code = 0;  // exit code or signal
  std::uint64_t cpu_us = 0;
  std::uint64_t memory = 0;  // the most that it had resident, bytes
};
std::string encode(const Ended& ended);
std::optional<Ended> decode_ended(std::string_view message);

// One document of a run. Views: into the caller's memory, or into the input that was decoded.
struct JobInput {
  std::string_view file_name;
  std::string_view media_type;
  std::string_view declared_charset;
  std::uint64_t source_bytes = 0;
  std::uint32_t children = 0;  // that it may hand over
  std::uint64_t child_bytes = 0;
  bool is_inline = false;
  std::string_view source;  // if inline
};

struct RunInput {
  std::string_view converter;
  std::string_view options;  // a JSON object, without secrets
  std::string_view secrets;  // those, the same way
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_seconds = 0;
  std::uint64_t output_bytes = 0;
  std::uint32_t assets = 0;
  bool keeps_assets = true;  // nobody takes them otherwise: what is in them does not matter
  bool siblings = false;
  std::uint32_t scratch_files = 0;  // that a document may ask for
  std::uint64_t scratch_bytes = 0;  // in all of them together
  bool threads = false;
  std::vector<JobInput> jobs;
};
std::string encode(const RunInput& input);
std::optional<RunInput> decode_run_input(std::string_view bytes);

// What a run's process asks the host to open for it.
struct Request {
  Kind kind = Kind::kOpenBody;
  std::uint32_t document = 0;  // its place in the run
  // kOpenAsset, kOpenChild: its place in the document, from 1 on; kOpenPicture: its bytes.
  std::uint32_t asset = 0;
  std::string text;  // kOpenSidecar: its kind; kOpenSibling: the path; kOpenOption: its name
};
std::string encode(const Request& request);
std::optional<Request> decode_request(std::string_view message);

// A sluice_status; with OK comes a handle.
std::string encode_reply(std::int32_t status);
std::optional<std::int32_t> decode_reply(std::string_view message);

// --- results ---
using Field = MetadataField;
struct Remark {
  std::string code;
  std::string message;
  bool is_note = false;         // the document is whole all the same
  std::string place_unit = {};  // "page"; empty: the whole document
  std::uint64_t place = 0;
};
struct Asset {
  std::string suggested_name;
  std::string media_type;
  bool finished = false;
};
// A document within this one.
struct Child {
  enum class State : std::uint8_t { kOpen, kFinished, kCut };  // kCut: the budget was used up
  std::string name;
  std::string media_type;
  State state = State::kOpen;
};
struct Link {
  enum class To : std::uint8_t { kAsset, kChild, kDocument };
  std::uint64_t offset = 0;  // in the body as the plugin wrote it
  std::uint32_t asset = 0;   // its place in the table of assets, children or documents, from 1 on
  To to = To::kAsset;
};

// A link to another source; see sluice/ext/document_links.h. All texts are on one line.
struct DocumentLink {
  bool by_name = false;
  std::string path;
  std::string fragment;
  std::string written;
  std::string before;
  std::string after;
};

// Where links with the fragment `name` lead in the Markdown.
struct Anchor {
  std::string name;
  std::string anchor;
};

// From here on the body is of that part of the source.
struct Part {
  std::uint64_t offset = 0;  // in the body as the plugin wrote it
  std::uint64_t number = 0;
  std::string unit;
  std::string label;
};

// Where a body stands. Memory has room for one of a run, and is quicker than a file.
enum class BodyPlace : std::uint8_t { kFrame, kMemory, kFile };

struct Result {
  std::int32_t outcome = 0;   // a sluice_outcome; any other number has been refused
  bool memory_short = false;  // memory was refused, and the result may owe to that
  BodyPlace body_place = BodyPlace::kFrame;
  std::uint64_t body_bytes = 0;        // in memory
  LimitKind limit = LimitKind::kNone;  // of the output, if it was reached
  std::string reason;
  std::string front_matter;  // of the source's author; see sluice/ext/front_matter.h
  std::vector<Field> metadata;
  std::vector<Remark> warnings;
  std::vector<Asset> assets;
  std::vector<Child> children;
  std::uint32_t refused_children = 0;  // that the tree's budget had no room for
  std::vector<Link> links;             // offsets do not fall
  std::vector<DocumentLink> document_links;
  std::vector<Anchor> anchors;
  std::vector<Part> parts;            // offsets do not fall
  std::vector<std::string> sidecars;  // their kinds
  std::string body;                   // in the frame
};

// The result area: 8 bytes that say how much of it is used; 8 bytes for the largest request of
// memory that was refused; 8 bytes that the host sets to 1 when the run is to stop; twice 8 for how
// far the document in hand is; 8 bytes for one more than the number of a forbidden system call;
// then a frame per document.
inline constexpr std::size_t kRefusalAt = 8;
inline constexpr std::size_t kStopAt = 16;
inline constexpr std::size_t kProgressAt = 24;
inline constexpr std::size_t kForbiddenAt = 40;
inline constexpr std::size_t kAreaHead = 48;
std::string encode_frame(std::uint32_t document, const Result& result);
// Reads the frames of a run of `documents`. Texts come out as valid UTF-8. Stops at the first thing
// that is not as it must be; a document without a sound frame has no result.
struct FrameBounds {
  std::uint32_t assets = 0;
  std::uint32_t children = 0;
};
std::vector<std::optional<Result>> decode_frames(std::string_view frames, std::size_t documents,
                                                 const FrameBounds& bounds);

}  // namespace sluice::wire
