#include "fetch/messages.h"

#include <algorithm>

#include "worker/wire_bytes.h"

namespace sluice::fetch {
namespace {

using wire::ByteReader;
using wire::ByteWriter;

enum class Kind : std::uint8_t { kStart, kPage, kHead, kPiece, kEnd, kName, kAddresses };

void begin(ByteWriter& out, Kind kind) {
  out.u8(static_cast<std::uint8_t>(kind));
}

bool is_kind(ByteReader& in, Kind kind) {
  return in.u8() == static_cast<std::uint8_t>(kind) && in.ok();
}

void write_address(ByteWriter& out, const Address& address) {
  out.u8(address.is_ipv6 ? 1 : 0);
  for (const std::uint8_t byte : address.bytes) out.u8(byte);
}

Address read_address(ByteReader& in) {
  Address address;
  address.is_ipv6 = in.u8() != 0;
  for (std::uint8_t& byte : address.bytes) byte = in.u8();
  // An IPv4 address is the first four.
  if (!address.is_ipv6) std::fill(address.bytes.begin() + 4, address.bytes.end(), std::uint8_t{0});
  return address;
}

constexpr std::size_t kAddressBytes = 17;

// RFC 9110, section 5.5. A line end in an ETag would be one in the next request, which sends it
// back.
bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F'; });
}

}  // namespace

std::string encode(const Start& start) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kStart);
  write.u8(static_cast<std::uint8_t>(start.role));
  write.u64(start.host_process);
  write.u8(static_cast<std::uint8_t>(start.sandbox));
  write.text(start.syscall_filter);
  write.text(start.certificates);
  write.u64(start.memory_bytes);
  write.u64(start.cpu_seconds);
  return out;
}

std::optional<Start> decode_start(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kStart)) return std::nullopt;
  Start start;
  start.role = static_cast<SandboxRole>(in.u8());
  start.host_process = in.u64();
  start.sandbox = static_cast<SandboxLevel>(in.u8());
  start.syscall_filter = in.text();
  start.certificates = in.text();
  start.memory_bytes = in.u64();
  start.cpu_seconds = in.u64();
  return in.complete() ? std::optional(std::move(start)) : std::nullopt;
}

std::string encode(const PageTask& task) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kPage);
  write.text(task.url);
  write.text(task.host);
  write.u32(task.port);
  write_address(write, task.address);
  for (const std::string* text : {&task.agent, &task.etag, &task.last_modified, &task.accept}) {
    write.text(*text);
  }
  write.u64(task.max_bytes);
  write.u64(task.milliseconds);
  write.u64(task.low_speed_seconds);
  return out;
}

std::optional<PageTask> decode_page_task(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kPage)) return std::nullopt;
  PageTask task;
  task.url = in.text();
  task.host = in.text();
  task.port = static_cast<std::uint16_t>(in.u32());
  task.address = read_address(in);
  for (std::string* text : {&task.agent, &task.etag, &task.last_modified, &task.accept}) {
    *text = in.text();
  }
  task.max_bytes = in.u64();
  task.milliseconds = in.u64();
  task.low_speed_seconds = in.u64();
  return in.complete() ? std::optional(std::move(task)) : std::nullopt;
}

std::string encode(const AnswerHead& head) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kHead);
  write.u32(head.status);
  for (const std::string* field : {&head.content_type, &head.etag, &head.last_modified,
                                   &head.location, &head.retry_after, &head.disposition}) {
    write.text(std::string_view(*field).substr(0, kMaxField));
  }
  return out;
}

std::optional<AnswerHead> decode_head(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kHead)) return std::nullopt;
  AnswerHead head;
  head.status = in.u32();
  for (std::string* field : {&head.content_type, &head.etag, &head.last_modified, &head.location,
                             &head.retry_after, &head.disposition}) {
    *field = in.text();
    if (field->size() > kMaxField) in.fail();
    if (!is_field_value(*field)) field->clear();
  }
  return in.complete() ? std::optional(std::move(head)) : std::nullopt;
}

std::string encode_piece(std::string_view bytes) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kPiece);
  out += bytes;
  return out;
}

std::optional<std::string_view> decode_piece(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kPiece) || message.size() - 1 > kMaxPiece) return std::nullopt;
  return message.substr(1);
}

std::string encode(const End& end) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kEnd);
  write.u8(static_cast<std::uint8_t>(end.kind));
  write.text(std::string_view(end.text).substr(0, kMaxField));
  return out;
}

std::optional<End> decode_end(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kEnd)) return std::nullopt;
  End end;
  const std::uint8_t kind = in.u8();
  if (kind > static_cast<std::uint8_t>(EndKind::kBroken)) in.fail();
  end.kind = static_cast<EndKind>(kind);
  end.text = in.text();
  return in.complete() ? std::optional(std::move(end)) : std::nullopt;
}

std::string encode_name(std::string_view host) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kName);
  write.text(host);
  return out;
}

std::optional<std::string> decode_name(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kName)) return std::nullopt;
  std::string host(in.text());
  return in.complete() ? std::optional(std::move(host)) : std::nullopt;
}

std::string encode(const Addresses& addresses) {
  std::string out;
  ByteWriter write(out);
  begin(write, Kind::kAddresses);
  write.text(std::string_view(addresses.error).substr(0, kMaxField));
  write.u32(static_cast<std::uint32_t>(addresses.list.size()));
  for (const Address& address : addresses.list) write_address(write, address);
  return out;
}

std::optional<Addresses> decode_addresses(std::string_view message) {
  ByteReader in(message);
  if (!is_kind(in, Kind::kAddresses)) return std::nullopt;
  Addresses addresses;
  addresses.error = in.text();
  const std::uint32_t count = in.count(kAddressBytes);
  if (count > kMaxAddresses) in.fail();
  for (std::uint32_t i = 0; in.ok() && i < count; ++i) {
    addresses.list.push_back(read_address(in));
  }
  return in.complete() ? std::optional(std::move(addresses)) : std::nullopt;
}

}  // namespace sluice::fetch
