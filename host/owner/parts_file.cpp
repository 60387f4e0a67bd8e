#include "owner/parts_file.h"

#include <algorithm>
#include <charconv>

#include "staging/staged_file.h"

namespace sluice::owner {
namespace {

constexpr const char* kPartsKind = "parts";
// 100,000 parts with long labels have some 15 MB.
constexpr std::uint64_t kMaxBytes = 64 << 20;

}  // namespace

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

void put_sidecar(Bundle& bundle, std::string_view kind, StagedFile file) {
  const auto known =
      std::find_if(bundle.sidecars.begin(), bundle.sidecars.end(),
                   [kind](const StagedSidecar& sidecar) { return sidecar.kind == kind; });
  if (known != bundle.sidecars.end()) {
    known->file = std::move(file);
  } else {
    bundle.sidecars.push_back({std::string(kind), std::move(file)});
  }
}

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
  put_sidecar(bundle, kPartsKind, write_staged(files, staging, name, text, platform::sha256(text)));
}

std::optional<std::string> moved_parts(platform::Files& files, const platform::Dir& at,
                                       const std::string& name,
                                       const platform::Sha256Digest& sha256,
                                       const std::vector<Edit>& edits) {
  const auto file = files.open_read(at, name);
  if (!file) return std::nullopt;
  const std::uint64_t size = std::min(files.info(*file).identity.size, kMaxBytes);
  std::string text(static_cast<std::size_t>(size), '\0');
  text.resize(files.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
  if (platform::sha256(text) != sha256) return std::nullopt;
  constexpr std::string_view kOffset = "\"offset\":";
  Moved moved(edits);
  std::string out;
  std::string_view rest = text;
  // A label is cut off from it by a quotation mark, which it has none of without a backslash.
  for (std::size_t at_key; (at_key = rest.find(kOffset)) != std::string_view::npos;) {
    const std::size_t begin = at_key + kOffset.size();
    const std::size_t end = std::min(rest.find('}', begin), rest.size());
    std::uint64_t position = 0;
    const auto read = std::from_chars(rest.data() + begin, rest.data() + end, position);
    if (read.ec != std::errc() || read.ptr != rest.data() + end) return std::nullopt;
    out += rest.substr(0, begin);
    out += std::to_string(moved(position));
    rest.remove_prefix(end);
  }
  return out.append(rest);
}

}  // namespace sluice::owner
