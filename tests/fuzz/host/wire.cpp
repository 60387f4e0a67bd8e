// The worker protocol, as the host reads it from a worker and a worker from the host. The first
// byte says which message the rest is.
#include "worker/wire.h"

#include <algorithm>
#include <sluice/abi_rules.hpp>

#include "frame/require.h"
#include "model/utf8.h"
#include "worker/wire_bytes.h"

namespace {

using namespace sluice;
using sluice::fuzz::require;

constexpr std::uint32_t kMaxAssets = 8;

// What was read is written the same way, however often.
template <class Decode>
void check_message(std::string_view bytes, Decode decode) {
  const auto message = decode(bytes);
  if (!message) return;
  const std::string written = wire::encode(*message);
  const auto again = decode(written);
  require(again.has_value(), "what was written can be read");
  require(wire::encode(*again) == written, "reading and writing again changes nothing");
}

void check_text(std::string_view text, std::size_t most) {
  require(is_utf8(text) && text.find('\0') == std::string_view::npos, "a text is clean UTF-8");
  require(text.size() <= most * wire::kMaxReason, "a text is bounded");
}

void check_result(const wire::Result& result) {
  require(result.outcome >= 0 && result.outcome <= 10, "the outcome exists");
  check_text(result.reason, 3);
  for (const auto& field : result.metadata) {
    require(sluice::abi_rules::is_metadata_key(field.key), "a metadata key is allowed");
    check_text(field.value, 3 * wire::kMaxFieldBytes / wire::kMaxReason);
  }
  for (const auto& warning : result.warnings) {
    check_text(warning.code, 3);
    check_text(warning.message, 3);
  }
  for (const auto& asset : result.assets) {
    check_text(asset.suggested_name, 1);
    check_text(asset.media_type, 1);
  }
  for (const auto& link : result.document_links) {
    require(sluice::abi_rules::is_link_path(link.path), "a link to a document has a relative path");
    for (const auto* text :
         {&link.path, &link.fragment, &link.written, &link.before, &link.after}) {
      check_text(*text, 3);
      require(text->find('\n') == std::string::npos, "a link to a document is on one line");
    }
  }
  for (const auto& kind : result.sidecars)
    require(sluice::abi_rules::is_sidecar_kind(kind), "a kind is allowed");
  require(result.assets.size() <= kMaxAssets, "the assets are bounded");
  require(result.body.size() <= wire::kInlineBody, "the body is bounded");
  require(result.body_bytes <= wire::kMemoryBody, "the body in memory is bounded");
  std::uint64_t last = 0;
  for (const auto& link : result.links) {
    const std::size_t targets = link.to == wire::Link::To::kAsset   ? result.assets.size()
                                : link.to == wire::Link::To::kChild ? result.children.size()
                                                                    : result.document_links.size();
    require(link.offset >= last && link.asset >= 1 && link.asset <= targets,
            "a link leads to something");
    require(result.body_place == wire::BodyPlace::kFile ||
                link.offset <= std::max<std::uint64_t>(result.body.size(), result.body_bytes),
            "a link is in the body");
    last = link.offset;
  }
}

void check_frames(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t documents = 1 + static_cast<std::uint8_t>(bytes[0]) % wire::kMaxRunDocuments;
  const auto results = wire::decode_frames(bytes.substr(1), documents, {kMaxAssets, kMaxAssets});
  require(results.size() == documents, "every document has a place");
  for (const auto& result : results) {
    if (result) check_result(*result);
  }
}

void check_input(std::string_view bytes) {
  const auto input = wire::decode_run_input(bytes);
  if (!input) return;
  for (const auto& job : input->jobs) {
    require(!job.is_inline || job.source.size() == job.source_bytes, "an inline source is whole");
  }
  const std::string written = wire::encode(*input);
  const auto again = wire::decode_run_input(written);
  require(again && wire::encode(*again) == written, "an input can be read back");
}

// A request and a reply to it; a request has no kind of its own until it is read.
void check_talk(std::string_view bytes) {
  check_message(bytes, wire::decode_request);
  const auto status = wire::decode_reply(bytes);
  require(!status || wire::encode_reply(*status) == bytes, "a reply can be read back");
  require(wire::decode_notice(bytes).size() <= wire::kMaxReason, "a notice is bounded");
  wire::kind_of(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      check_frames(bytes);
      break;
    case 1:
      check_input(bytes);
      break;
    case 2:
      check_talk(bytes);
      break;
    case 3:
      check_message(bytes, wire::decode_load);
      break;
    case 4:
      check_message(bytes, wire::decode_run);
      break;
    default:
      check_message(bytes, wire::decode_ended);
  }
  return 0;
}
