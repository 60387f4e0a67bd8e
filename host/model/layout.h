// Every path of a knowledge base, made in one place. All are relative to its root, with `/`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::layout {

// Where documents are published: all in one folder, or in the folders of their sources.
enum class Kind { kFlat, kMirror };
std::string_view word(Kind kind);  // "flat", "mirror"
std::optional<Kind> kind_from_word(std::string_view word);

inline constexpr const char* kRaw = "raw";
inline constexpr const char* kWiki = "wiki";
inline constexpr const char* kSources = "wiki/sources";
inline constexpr const char* kImages = "wiki/sources/images";
inline constexpr const char* kIndex = "wiki/index.md";
inline constexpr const char* kLog = "wiki/log.md";
inline constexpr const char* kLogName = "log.md";  // in kWiki
inline constexpr const char* kState = ".sluice";
inline constexpr const char* kConfig = ".sluice/config.toml";
inline constexpr const char* kRegistry = ".sluice/registry.db";
inline constexpr const char* kStaging = ".sluice/staging";
inline constexpr const char* kTrash = ".sluice/trash";
// Which file system was tried and found fit; in kState.
inline constexpr const char* kFileSystemName = "file-system";
inline constexpr const char* kSetAside = ".sluice/set-aside";
inline constexpr const char* kSetAsideName = "set-aside";  // in kState

// The lock of whoever runs a hook; in kState. `id`: hex digits that stand for its command.
std::string hook_lock_name(std::string_view id);

// The lock of whoever watches a folder; in kState. `id`: hex digits that stand for its path key.
std::string watch_lock_name(std::string_view id);

inline constexpr std::string_view kLeaseSuffix = ".lease";

// The name of a document is a path: of its folder below raw/ and wiki/sources/ (none in a flat
// knowledge base), and its leaf, which has no `/`.
std::string_view leaf_of(std::string_view name);
std::string_view folder_of(std::string_view name);  // without a `/` at its end
std::string name_in(std::string_view folder, std::string_view leaf);
// Takes the first part off a path, with the `/` behind it.
std::string_view take_part(std::string_view& path);

// Published files of a document, relative to the KB.
std::string raw_path(std::string_view name, std::string_view extension);
std::string markdown_path(std::string_view name);
std::string images_path(std::string_view name);
std::string folder_path(std::string_view folder);  // below wiki/sources/
std::string sidecar_path(std::string_view name, std::string_view kind);
// The link from a document's Markdown to an asset, which is beside it: a link holds the name's
// leaf.
std::string image_link(std::string_view name, std::string_view file_name);
inline constexpr std::string_view kImageLinkPrefix = "images/";
inline constexpr std::string_view kImagesFolder = "images";
// The link from the Markdown of the document `from` to that of another.
std::string document_link(std::string_view from, std::string_view name);

// The link from wiki/index.md to a document's Markdown.
std::string index_link(std::string_view name);

// Staged files, relative to the batch's directory. `part`: 0 for a source, and a number of its own
// for each document within it.
std::string staged_raw(std::uint64_t sequence, unsigned attempt, std::uint32_t part = 0);
std::string staged_body(std::uint64_t sequence, unsigned attempt, std::uint32_t part = 0);
std::string staged_markdown(std::uint64_t sequence, unsigned attempt, std::uint32_t part = 0);
std::string staged_assets(std::uint64_t sequence, unsigned attempt, std::uint32_t part = 0);
std::string staged_scratch(std::uint64_t sequence);
std::string staged_sidecar(std::uint64_t sequence, unsigned attempt, std::string_view kind,
                           std::uint32_t part = 0);

// A batch's staging directory, from its id.
std::string batch_dir(std::string_view batch);
// The name of its lease, which stands beside it.
std::string lease_name(std::string_view batch);
// The batch of a name in .sluice/staging that ends in ".lease".
std::optional<std::string> batch_of_lease(std::string_view name);

// True for a relative path with `/`, without empty, `.` or `..` parts or NUL: what may stand in a
// journal.
bool is_contained(std::string_view path);
// True for one that has a single part.
bool is_plain_name(std::string_view name);

}  // namespace sluice::layout
