// Document names: from a file's stem to a name that every platform takes.
#pragma once

#include <string>
#include <string_view>

namespace sluice {

inline constexpr std::size_t kMaxNameBytes = 120;

// The name for a source's stem: NFKC, every run of characters other than letters, digits, `_`, `-`
// replaced by `-`, trimmed; `document` if nothing is left; a device name of Windows gets a `-`
// behind; at most kMaxNameBytes of UTF-8, where a cut name ends in `-` and 8 hex digits of the hash
// of the whole normalized name. Bytes that are not UTF-8 count as characters to be replaced, and so
// do invisible characters. Marks stay on the letters and digits they follow. A name is its own
// name: document_name() keeps it.
std::string document_name(std::string_view stem);

// The folder that a knowledge base in mirror layout gives to a source: the folders of its path key,
// each as document_name() has it. A file outside is counted from the folder that the knowledge base
// is in, if that holds it, else from the root; a URL from its server. `images` is taken, and
// becomes `images_`. What would be longer than kMaxFolderBytes ends in a hash.
std::string mirror_folder(std::string_view kb_path, std::string_view path_key);
inline constexpr std::size_t kMaxFolderBytes = 1000;  // Linux allows 4096 for a path
// Whether `name` is one that Sluice gives: a leaf, or in mirror layout folders and a leaf.
bool is_document_name(std::string_view name);
// Whether a document may stand in `folder`, in mirror layout.
bool is_mirror_folder(std::string_view folder);

// Names that some platform cannot tell apart (by case or normalization) have the same key.
std::string name_key(std::string_view name);

// The stem and the extension of a file's name: "a.tar.gz" is "a.tar" and "gz", ".profile" has no
// extension. The extension comes in lower case, only if it is 1 to 16 ASCII letters and digits;
// else it is empty and belongs to the stem.
std::string_view stem_of(std::string_view file_name);
std::string extension_of(std::string_view file_name);

// `name` with `-` and the first `digits` hex digits of the path key's SHA-256 behind it, cut to
// fit.
std::string suffixed_name(std::string_view name, std::string_view path_key, std::size_t digits);

}  // namespace sluice
