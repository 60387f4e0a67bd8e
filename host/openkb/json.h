// The JSON files in an OpenKB folder as plain values: the list of documents, `.openkb/hashes.json`,
// the text of a long document, which is an array with an object for each page, and the record of
// what Sluice has put there. Any field may be missing or of another type.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
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
  std::string path;          // of the file when it was added; relative if it was in the folder
  std::string raw_path;      // relative, as is what follows
  std::string source_path;   // its Markdown, or its pages
  bool is_exported = false;  // Sluice put it there

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

// A document that Sluice has put into the folder.
struct Exported {
  std::string name;       // that it has there
  std::string name_here;  // that it has in the knowledge base
  std::string title;
  std::string sha256;              // of its source, hex: the key of its row
  std::string version;             // of all that its files depend on
  std::vector<std::string> files;  // relative; a picture's folder is one
};
using ExportedById = std::map<std::int64_t, Exported>;

// Empty if the text is no such record.
ExportedById parse_exported(std::string_view json);
std::string format_exported(const ExportedById& exported);

// A row of the list as Sluice writes it.
struct ExportedRow {
  Entry entry;
  std::string type;  // "pdf", "long_pdf"
  std::uint64_t pages = 0;
};

// The list without the rows of these keys, and with those of `put`. What else stands in a row, and
// all other rows, stay. `json` may be empty.
std::string changed_list(std::string_view json, const std::set<std::string>& removed,
                         const std::vector<ExportedRow>& put);

}  // namespace sluice::openkb
