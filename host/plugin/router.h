// Picks the converters for a source from manifests alone: sniffed type, then extension, then
// priority; and can explain the choice. Deterministic, immutable, shared by all lanes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/catalog.h"
#include "plugin/manifest.h"

namespace sluice::plugin {

// What is known about a source before a converter is chosen.
struct SourceType {
  std::string media_type;  // lower case; "application/octet-stream" if nothing fits
  std::string why;         // "magic %PDF at 0", "extension .csv", "ZIP with word/document.xml"
};

// How many leading bytes sniff() wants.
inline constexpr std::size_t kSniffBytes = 64 << 10;

// Decides on a media type from the first bytes (up to kSniffBytes), and the file name. Content wins
// over the name where it is certain; text formats that look alike (Markdown, CSV, plain text) are
// told apart by the name. `directory`: what directory_range() names; may be empty.
SourceType sniff(std::string_view prefix, std::string_view directory, std::string_view file_name);

// Where a container says what it holds: the last bytes of a ZIP, the directory of an OLE2 file.
struct DirectoryRange {
  std::uint64_t offset = 0;
  std::size_t size = 0;  // up to kSniffBytes; 0: nothing more of this source is of interest
};
DirectoryRange directory_range(std::string_view prefix, std::uint64_t source_size);
// The same for a source that is whole in memory.
std::string_view directory_of(std::string_view source);

// A converter in line for a source.
struct Candidate {
  std::shared_ptr<const Manifest> plugin;
  const ConverterManifest* converter = nullptr;  // inside *plugin
  std::string why;                               // "media type text/html; priority 50"
  // Why it cannot have its turn, whatever the document: its plugin is refused.
  std::shared_ptr<const Refused> refusal;
};

class Router {
 public:
  explicit Router(const Catalog& catalog);

  // Converters that take this source, best first; empty if none does. First those that claim what
  // the content is, by a specific media type or their own magic; then those that claim the
  // extension, where the content leaves it to the name; then those that claim a type that says
  // little (text/plain, application/zip); last those that claim a broader type (text/plain for
  // text/csv). Within each: [plugins] order, priority, search order. `converter_id`, if not empty
  // (--converter), leaves only that one, whatever it says it takes. Converters of plugins that are
  // refused stand in their places, so that it is seen who takes over from them.
  std::vector<Candidate> route(const SourceType& type, std::string_view prefix,
                               std::string_view file_name,
                               std::string_view converter_id = {}) const;

  // True if some converter claims this extension (lower case, without dot): used to tell files that
  // a directory scan should take from those it should pass over.
  bool knows_extension(std::string_view extension) const;

 private:
  struct Entry {
    Candidate candidate;
    std::vector<std::string> types;  // media types that it claims, each in its one spelling
    std::size_t order = 0;           // place in [plugins] order, or past its end
  };
  std::vector<Entry> entries_;  // by order, then priority, then search order
  std::size_t ordered_ = 0;     // how many places [plugins] order has
};

}  // namespace sluice::plugin
