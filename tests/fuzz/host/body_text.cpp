// The body that a worker wrote becomes the text of a Markdown file: clean, and the same however the
// bytes are cut into pieces. The first byte says how they are.
#include "prepare/body_text.h"

#include "frame/require.h"
#include "model/utf8.h"

namespace {

using namespace sluice;
using fuzz::require;

// Keeps what is written to the one file there is.
class OneFile : public platform::Files {
 public:
  platform::File create(const platform::Dir& /*at*/, const std::string& /*name*/,
                        platform::Access /*access*/) override {
    return {};
  }
  void write(const platform::File& /*file*/, std::uint64_t offset,
             std::span<const std::byte> bytes) override {
    require(offset == text.size(), "what is written follows what was");
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  using platform::Files::info;
  platform::FileInfo info(const platform::File& /*file*/) override { return {}; }
  void start_writeback(const platform::File& /*file*/, std::uint64_t /*offset*/,
                       std::uint64_t /*size*/) override {}

  std::string text;
};

std::string text_of(std::string_view body, std::size_t piece) {
  OneFile files;
  platform::Sha256 hash;
  const platform::Dir nowhere;
  StagedWriter out(files, nowhere, "body", hash);
  prepare::BodyText text(out);
  for (std::size_t at = 0; at < body.size(); at += piece) text.put(body.substr(at, piece));
  text.end();
  out.finish();
  return files.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = text_of(body, body.size() + 1);
  require(is_utf8(whole), "the text is UTF-8");
  require(whole.find_first_of(std::string_view("\r\0", 2)) == std::string::npos, "it is clean");
  require(whole.empty() || (whole.back() == '\n' && whole.front() != '\n'), "its ends are");
  require(text_of(body, 1 + data[0] % 64) == whole, "pieces make the same text");
  return 0;
}
