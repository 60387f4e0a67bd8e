// A plugin's manifest: all that listing and routing know about it. Read from plugin.toml without
// touching the library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/sha256.h"

namespace sluice::plugin {

// One typed option of a converter.
struct Option {
  enum class Type { kBoolean, kInteger, kNumber, kString, kEnum, kList, kPath, kSecret };
  using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;
  std::string name;
  Type type = Type::kBoolean;
  Value default_value;
  // Of a string: where the user sets none, it is the locale of the user's system ("de_DE"). A
  // worker cannot know it: its environment is always the same.
  bool from_locale = false;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::vector<std::string> values;  // of an enum; of a list that has only these
  std::string description;
};

// Bytes that a format has at a fixed place.
struct Magic {
  std::uint64_t offset = 0;
  std::string bytes;
};

struct Needs {
  bool siblings = false;
  std::uint32_t scratch_files = 0;  // temporary files that a document may have open
  bool threads = false;
};

struct ConverterManifest {
  std::string id;
  std::string description;
  int priority = 50;
  std::vector<std::string> media_types;
  std::vector<std::string> extensions;  // lower case, without the dot
  std::vector<Magic> magic;
  // How many documents one forked worker may convert one after another.
  Needs needs;
  std::vector<Option> options;
};

// A file beside the library that it reads or loads: another library, a table, a model.
struct ManifestFile {
  std::string name;  // in the manifest's folder
  platform::Sha256Digest sha256{};
};

struct Manifest {
  std::string id;
  std::string version;
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor = 0;
  std::string license;
  std::string description;
  std::string library;  // the file's name, in the manifest's folder
  platform::Sha256Digest sha256{};
  std::vector<ManifestFile> files;  // besides the library
  std::vector<ConverterManifest> converters;
  std::string folder;                    // where it was found, absolute
  platform::Sha256Digest text_sha256{};  // of plugin.toml itself: identifies all of the above

  std::string library_path() const { return folder + "/" + library; }
};

// Parses the text of `<folder>/plugin.toml`. Throws Error (file, line, what is wrong, what would be
// right) on anything that does not fit, unknown keys included. The file looks like this; whatever
// is not marked as required may be left out:
//
//   [plugin]
//   id = "example"              # required; 1 to 64 of [a-z0-9-], beginning with a letter
//   version = "1.0.0"           # required
//   abi = "1.0"                 # required; the major and the least minor version
//   license = "Apache-2.0"      # required; SPDX
//   description = "..."
//   library = "example.so"      # required; a file beside the manifest
//   sha256 = "..."              # required; of the library, 64 hexadecimal digits
//   files = [{ name = "words.dat", sha256 = "..." }]
//                               # what the library reads or loads from its folder; it can open
//                               # nothing else there
//
//   [[converter]]               # at least one
//   id = "example"              # required
//   description = "..."
//   priority = 50               # 0 to 100, the highest goes first
//   media_types = ["text/x-example"]
//   extensions = ["exa"]
//   magic = [{ offset = 0, hex = "25504446" }]
//   needs = { siblings = false, scratch = 0, threads = false }
//
//   [converter.options.wrap]    # one table an option: boolean, integer, number, string,
//                               # enum, list, path, secret
//   type = "integer"            # required
//   default = 80                # required, but for a path and a secret, which have none
//   minimum = 20                # of an integer; `maximum` likewise
//                               # `default_from = "locale"` belongs to a string: instead of the
//                               # default, the language and country of the user's locale ("de_DE"),
//                               # if there is one
//   description = "..."         # required; `values = ["a", "b"]` belongs to an enum
Manifest parse_manifest(const std::string& text, const std::string& folder);

}  // namespace sluice::plugin
