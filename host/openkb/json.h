// OpenKB's JSON as plain values: the list of documents, `.openkb/hashes.json`, and the text of a
// long document, which is an array with an object for each page. Any field may be missing or of
// another type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sha256.h"

namespace sluice::openkb {

// A row of hashes.json. Older versions of OpenKB wrote fewer fields; what is not there is empty.
struct Entry {
  std::optional<platform::Sha256Digest> sha256;  // nothing: its key is none
  std::string name;                              // of the file: "report.pdf"
  std::string doc_name;                          // of the document: "report"
  std::string path;         // of the file when it was added; relative if it was in the folder
  std::string raw_path;     // relative, as is what follows
  std::string source_path;  // its Markdown, or its pages

  // What the document is called, whichever version wrote the row. Names a file of one folder.
  std::string document() const;
};

// In the order of the list; nothing if it is no JSON object.
std::optional<std::vector<Entry>> parse_entries(std::string_view json);

struct Page {
  std::uint64_t number = 0;
  std::string content;
  std::vector<std::string> pictures;  // paths from the folder wiki/
};

// Nothing if it is no such array.
std::optional<std::vector<Page>> parse_pages(std::string_view json);
std::string format_pages(const std::vector<Page>& pages);

}  // namespace sluice::openkb
