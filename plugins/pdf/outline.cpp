// SPDX-License-Identifier: Apache-2.0
#include "outline.hpp"

#include "render.hpp"

namespace sluice::pdf {
namespace {

// Titles are UTF-8 without control characters (see text_string).
void append_quoted(std::string& out, const std::string& text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void append_entry(std::string& out, bool& first, int level, const std::string& title, int page) {
  if (!first) out += ",\n";
  first = false;
  out += "{\"level\":" + std::to_string(level) + ",\"title\":";
  append_quoted(out, title);
  if (page > 0) out += ",\"page\":" + std::to_string(page);
  out += '}';
}

}  // namespace

std::string outline_json(const std::vector<OutlineEntry>& bookmarks, const Story& story,
                         const std::vector<Block>& blocks, int pages) {
  std::string out = "{\"v\":1,\"from\":";
  out += bookmarks.empty() ? "\"headings\"" : "\"bookmarks\"";
  out += ",\"pages\":" + std::to_string(pages) + ",\"headings\":[\n";
  bool first = true;
  for (const OutlineEntry& entry : bookmarks)
    append_entry(out, first, entry.level, entry.title, entry.page);
  if (bookmarks.empty()) {
    for (const Block& block : blocks) {
      if (block.kind != BlockKind::kHeading) continue;
      append_entry(out, first, block.level, plain_text(story, block),
                   story.pages[block.page].number);
    }
  }
  return out + "\n]}\n";
}

}  // namespace sluice::pdf
