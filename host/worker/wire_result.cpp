// The frames in which a run's process leaves its results, and the reader that trusts none of them.
#include <algorithm>
#include <sluice/abi_rules.hpp>

#include "model/utf8.h"
#include "worker/wire.h"
#include "worker/wire_bytes.h"

namespace sluice::wire {
namespace {

constexpr std::int32_t kLastOutcome = 10;  // SLUICE_OUTCOME_INTERNAL

// A text of at most `most` bytes, as valid UTF-8 without NUL.
std::string clean_text(ByteReader& in, std::size_t most) {
  const std::string_view raw = in.text();
  if (raw.size() > most) in.fail();
  if (!in.ok()) return {};
  std::string text = mended_utf8(raw);
  std::erase(text, '\0');
  return text;
}

void read_front_matter(ByteReader& in, Result& result) {
  result.front_matter = clean_text(in, abi_rules::kMaxFrontMatterBytes);
  const bool is_sound =
      result.front_matter.empty() || abi_rules::front_matter_fault(result.front_matter).empty();
  if (!is_sound) in.fail();
}

void read_metadata(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(16);
  if (count > kMaxFields) in.fail();
  std::size_t bytes = 0;
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Field field{std::string(in.text()), clean_text(in, kMaxFieldBytes)};
    bytes += field.value.size();
    const bool repeated =
        std::any_of(result.metadata.begin(), result.metadata.end(),
                    [&field](const Field& other) { return other.key == field.key; });
    if (!abi_rules::is_metadata_key(field.key) || repeated || bytes > 4 * kMaxMetadataBytes)
      in.fail();
    result.metadata.push_back(std::move(field));
  }
}

void read_warnings(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(33);
  if (count > kMaxWarnings) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Remark remark;
    remark.code = clean_text(in, kMaxReason);
    remark.message = clean_text(in, kMaxReason);
    remark.is_note = in.u8() != 0;
    remark.place_unit = clean_text(in, abi_rules::kMaxKeyBytes);
    remark.place = in.u64();
    result.warnings.push_back(std::move(remark));
  }
}

void read_assets(ByteReader& in, Result& result, std::uint32_t max_assets) {
  const std::uint32_t count = in.count(17);
  if (count > max_assets) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Asset asset;
    asset.suggested_name = clean_text(in, kMaxAssetName);
    asset.media_type = clean_text(in, kMaxAssetName);
    asset.finished = in.u8() != 0;
    result.assets.push_back(std::move(asset));
  }
}

void read_children(ByteReader& in, Result& result, std::uint32_t max_children) {
  const std::uint32_t count = in.count(17);
  if (count > max_children) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Child child;
    child.name = clean_text(in, kMaxChildName);
    child.media_type = clean_text(in, kMaxAssetName);
    const std::uint8_t state = in.u8();
    if (state > static_cast<std::uint8_t>(Child::State::kCut)) in.fail();
    if (in.ok()) child.state = static_cast<Child::State>(state);
    result.children.push_back(std::move(child));
  }
  result.refused_children = in.u32();
}

void read_links(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(13);
  if (count > kMaxLinks) in.fail();
  std::uint64_t last = 0;
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Link link;
    link.offset = in.u64();
    link.asset = in.u32();
    const std::uint8_t to = in.u8();
    if (to > static_cast<std::uint8_t>(Link::To::kDocument)) in.fail();
    if (in.ok()) link.to = static_cast<Link::To>(to);
    const std::size_t targets = link.to == Link::To::kAsset   ? result.assets.size()
                                : link.to == Link::To::kChild ? result.children.size()
                                                              : result.document_links.size();
    if (link.offset < last || link.asset == 0 || link.asset > targets) in.fail();
    last = link.offset;
    result.links.push_back(link);
  }
}

// One that stands in the Markdown, and so must not break its lines.
std::string clean_line(ByteReader& in) {
  std::string text = clean_text(in, kMaxPath);
  if (text.find_first_of("\r\n") != std::string::npos) in.fail();
  return text;
}

void read_document_links(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(41);
  if (count > kMaxLinks) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    DocumentLink link;
    link.by_name = in.u8() != 0;
    for (std::string* text :
         {&link.path, &link.fragment, &link.written, &link.before, &link.after}) {
      *text = clean_line(in);
    }
    if (!abi_rules::is_link_path(link.path)) in.fail();
    result.document_links.push_back(std::move(link));
  }
}

void read_anchors(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(16);
  if (count > kMaxAnchors) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Anchor anchor{clean_line(in), clean_line(in)};
    if (anchor.name.empty() || anchor.anchor.empty()) in.fail();
    result.anchors.push_back(std::move(anchor));
  }
}

void read_parts(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(32);
  if (count > kMaxParts) in.fail();
  std::uint64_t last = 0;
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    Part part;
    part.offset = in.u64();
    part.number = in.u64();
    part.unit = in.text();
    part.label = clean_text(in, kMaxPartLabel);
    if (part.offset < last || !abi_rules::is_part(part.unit, part.number)) in.fail();
    last = part.offset;
    result.parts.push_back(std::move(part));
  }
}

void read_sidecars(ByteReader& in, Result& result) {
  const std::uint32_t count = in.count(8);
  if (count > kMaxSidecars) in.fail();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    std::string kind(in.text());
    const bool repeated =
        std::find(result.sidecars.begin(), result.sidecars.end(), kind) != result.sidecars.end();
    if (!abi_rules::is_sidecar_kind(kind) || repeated) in.fail();
    result.sidecars.push_back(std::move(kind));
  }
}

std::optional<Result> decode_result(std::string_view bytes, const FrameBounds& bounds) {
  ByteReader in(bytes);
  Result result;
  result.outcome = static_cast<std::int32_t>(in.u32());
  if (result.outcome < 0 || result.outcome > kLastOutcome) in.fail();
  result.memory_short = in.u8() != 0;
  const std::uint8_t place = in.u8();
  if (place > static_cast<std::uint8_t>(BodyPlace::kFile)) in.fail();
  result.body_place = in.ok() ? static_cast<BodyPlace>(place) : BodyPlace::kFrame;
  result.body_bytes = in.u64();
  const std::uint8_t limit = in.u8();
  if (limit > static_cast<std::uint8_t>(LimitKind::kDetails)) in.fail();
  result.limit = in.ok() ? static_cast<LimitKind>(limit) : LimitKind::kNone;
  result.reason = clean_text(in, kMaxReason);
  read_front_matter(in, result);
  read_metadata(in, result);
  read_warnings(in, result);
  read_assets(in, result, bounds.assets);
  read_children(in, result, bounds.children);
  read_document_links(in, result);
  read_links(in, result);
  read_anchors(in, result);
  read_parts(in, result);
  read_sidecars(in, result);
  const std::string_view body = in.text();
  const bool in_frame = result.body_place == BodyPlace::kFrame;
  const bool in_memory = result.body_place == BodyPlace::kMemory;
  if (body.size() > kInlineBody || (!in_frame && !body.empty())) in.fail();
  if (result.body_bytes > (in_memory ? kMemoryBody : 0)) in.fail();
  const std::uint64_t size = in_memory ? result.body_bytes : body.size();
  if (result.body_place != BodyPlace::kFile && !result.links.empty() &&
      result.links.back().offset > size) {
    in.fail();
  }
  if (result.body_place != BodyPlace::kFile && !result.parts.empty() &&
      result.parts.back().offset > size) {
    in.fail();
  }
  if (!in.complete()) return std::nullopt;
  result.body = body;
  return result;
}

}  // namespace

std::string encode_frame(std::uint32_t document, const Result& result) {
  std::string payload;
  payload.reserve(result.body.size() + 512 + result.links.size() * 12);
  ByteWriter write(payload);
  write.u32(static_cast<std::uint32_t>(result.outcome));
  write.u8(result.memory_short ? 1 : 0);
  write.u8(static_cast<std::uint8_t>(result.body_place));
  write.u64(result.body_bytes);
  write.u8(static_cast<std::uint8_t>(result.limit));
  write.text(result.reason);
  write.text(result.front_matter);
  write.u32(static_cast<std::uint32_t>(result.metadata.size()));
  for (const Field& field : result.metadata) {
    write.text(field.key);
    write.text(field.value);
  }
  write.u32(static_cast<std::uint32_t>(result.warnings.size()));
  for (const Remark& remark : result.warnings) {
    write.text(remark.code);
    write.text(remark.message);
    write.u8(remark.is_note ? 1 : 0);
    write.text(remark.place_unit);
    write.u64(remark.place);
  }
  write.u32(static_cast<std::uint32_t>(result.assets.size()));
  for (const Asset& asset : result.assets) {
    write.text(asset.suggested_name);
    write.text(asset.media_type);
    write.u8(asset.finished ? 1 : 0);
  }
  write.u32(static_cast<std::uint32_t>(result.children.size()));
  for (const Child& child : result.children) {
    write.text(child.name);
    write.text(child.media_type);
    write.u8(static_cast<std::uint8_t>(child.state));
  }
  write.u32(result.refused_children);
  write.u32(static_cast<std::uint32_t>(result.document_links.size()));
  for (const DocumentLink& link : result.document_links) {
    write.u8(link.by_name ? 1 : 0);
    for (const std::string* text :
         {&link.path, &link.fragment, &link.written, &link.before, &link.after}) {
      write.text(*text);
    }
  }
  write.u32(static_cast<std::uint32_t>(result.links.size()));
  for (const Link& link : result.links) {
    write.u64(link.offset);
    write.u32(link.asset);
    write.u8(static_cast<std::uint8_t>(link.to));
  }
  write.u32(static_cast<std::uint32_t>(result.anchors.size()));
  for (const Anchor& anchor : result.anchors) {
    write.text(anchor.name);
    write.text(anchor.anchor);
  }
  write.u32(static_cast<std::uint32_t>(result.parts.size()));
  for (const Part& part : result.parts) {
    write.u64(part.offset);
    write.u64(part.number);
    write.text(part.unit);
    write.text(part.label);
  }
  write.u32(static_cast<std::uint32_t>(result.sidecars.size()));
  for (const std::string& kind : result.sidecars) write.text(kind);
  write.text(result.body);

  std::string frame;
  frame.reserve(payload.size() + 12);
  ByteWriter head(frame);
  head.u32(document);
  head.text(payload);
  return frame;
}

std::vector<std::optional<Result>> decode_frames(std::string_view frames, std::size_t documents,
                                                 const FrameBounds& bounds) {
  std::vector<std::optional<Result>> results(documents);
  ByteReader in(frames);
  // Frames come in the order of the documents, so each may stand only once.
  std::size_t next = 0;
  while (in.ok() && !in.complete()) {
    const std::uint32_t document = in.u32();
    const std::string_view payload = in.text();
    if (!in.ok() || document < next || document >= documents) break;
    std::optional<Result> result = decode_result(payload, bounds);
    if (!result) break;
    results[document] = std::move(result);
    next = document + std::size_t{1};
  }
  return results;
}

}  // namespace sluice::wire
