#include "owner/parts_file.h"

#include <algorithm>

#include "staging/staged_file.h"

namespace sluice::owner {
namespace {

constexpr const char* kPartsKind = "parts";

// RFC 8259, section 7; the text is UTF-8.
std::string json_string(std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string parts_json(const std::vector<StagedPart>& parts) {
  std::string out = "{\"v\":1,\"parts\":[";
  for (const StagedPart& part : parts) {
    if (&part != parts.data()) out += ',';
    out += "\n{\"unit\":" + json_string(part.unit) + ",\"number\":" + std::to_string(part.number);
    if (!part.label.empty()) out += ",\"label\":" + json_string(part.label);
    out += ",\"offset\":" + std::to_string(part.position) + "}";
  }
  return out + "\n]}\n";
}

void stage_parts(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
                 const std::string& name) {
  const std::string text = parts_json(bundle.parts);
  StagedFile file = write_staged(files, staging, name, text, platform::sha256(text));
  const auto known =
      std::find_if(bundle.sidecars.begin(), bundle.sidecars.end(),
                   [](const StagedSidecar& sidecar) { return sidecar.kind == kPartsKind; });
  if (known != bundle.sidecars.end()) {
    known->file = std::move(file);
  } else {
    bundle.sidecars.push_back({kPartsKind, std::move(file)});
  }
}

}  // namespace sluice::owner
