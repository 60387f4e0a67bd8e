// Metadata that a worker sent becomes a YAML block that stays one line a key, whatever is in it;
// and our own reader of front matter finds in it what went in. The input: a line a field, "key
// value".
#include "prepare/front_matter.h"

#include <algorithm>
#include <sluice/abi_rules.hpp>

#include "frame/require.h"
#include "markdown/front_matter.hpp"
#include "model/utf8.h"

namespace {

using namespace sluice;
using fuzz::require;

// The fields as decode_frames lets them through: clean UTF-8, known keys, each once. A value may
// hold line breaks, which the input writes as 0x01.
std::vector<wire::Field> fields_of(std::string_view input) {
  std::vector<wire::Field> fields;
  while (!input.empty() && fields.size() < 16) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string key(line.substr(0, blank));
    std::string value = mended_utf8(line.substr(std::min(blank + 1, line.size())));
    std::erase(value, '\0');
    std::replace(value.begin(), value.end(), '\x01', '\n');
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&key](const auto& field) { return field.key == key; });
    if (sluice::abi_rules::is_metadata_key(key) && !known) fields.push_back({key, value});
  }
  return fields;
}

void check_block(std::string_view block, std::size_t fields) {
  require(block.starts_with("---\n") && block.ends_with("\n---\n\n"), "the block has its ends");
  require(
      is_utf8(block) && block.find_first_of(std::string_view("\r\0", 2)) == std::string_view::npos,
      "the block is clean UTF-8");
  std::string_view lines = block.substr(4, block.size() - 9);
  std::size_t count = 0;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    require(line.find(": ") != std::string_view::npos, "every line is a key and a value");
    ++count;
  }
  require(count >= 4 && count <= fields + 4, "there is no line more than fields");
}

// The reader of Markdown documents, given the block that the writer made: nothing in it hides or
// breaks the host's own.
void check_read_back(std::string_view block) {
  const auto read = markdown_plugin::read_front_matter(block);
  require(read.size == block.size() || read.size + 1 == block.size(), "the block is read whole");
  require(read.complete, "the block is YAML");
  require(abi_rules::has_entry(read.entries, "converter"), "the host's fields are in it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto fields = fields_of(input);
  const prepare::HostFacts facts{"a/b.md", "00ff", "text/markdown", "markdown 1.0.0"};
  const std::string block = prepare::front_matter("", fields, facts);
  check_block(block, fields.size());
  check_read_back(block);
  // A document's own front matter, straight from the bytes; ours goes beside it.
  const std::string text = "---\n" + mended_utf8(input);
  const auto read = markdown_plugin::read_front_matter(text);
  require(read.size <= text.size() && read.written.size() <= read.size,
          "it takes no more than there is");
  require(read.entries.empty() || abi_rules::front_matter_fault(read.entries).empty(),
          "what it hands over keeps the rules");
  const std::string both = prepare::front_matter(read.entries, fields, facts);
  if (both.size() <= abi_rules::kMaxFrontMatterBytes) check_read_back(both);
  return 0;
}
