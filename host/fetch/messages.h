// What the host and the program `sluice-fetch` say to each other, over one channel. Host to
// program: Start, then one Task. Program to host: wire::Confined once it has given up its rights,
// then, of a page, an AnswerHead, pieces of the body and an End; of a name, Addresses. The program
// counts as compromised from the first byte that it receives: the host reads all of this as
// hostile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/address.h"
#include "model/promises.h"
#include "model/sandbox.h"

namespace sluice::fetch {

inline constexpr std::size_t kMaxPiece = 64 << 10;  // of a body in one message
inline constexpr std::size_t kMaxField = 4096;      // of a header's value that the host keeps
inline constexpr std::size_t kMaxAddresses = 32;

struct Start {
  SandboxRole role = SandboxRole::kFetching;
  std::uint64_t host_process = 0;
  SandboxLevel sandbox = SandboxLevel::kRequired;
  std::string syscall_filter;
  std::string certificates;  // the file with those to trust, read before the rights are given up
  std::uint64_t memory_bytes = 0;
  std::uint64_t cpu_seconds = 0;
};
std::string encode(const Start& start);
std::optional<Start> decode_start(std::string_view message);

// With the connected socket as the message's handle.
struct PageTask {
  std::string url;
  std::string host;  // as the URL has it, without brackets
  std::uint16_t port = 0;
  Address address;  // where the socket leads
  std::string agent;
  std::string etag;           // of what is on record; empty: the page is wanted in any case
  std::string last_modified;  // the same
  std::string accept;
  std::uint64_t max_bytes = 0;
  std::uint64_t milliseconds = 0;  // for all of it
  std::uint64_t low_speed_seconds = 0;
};
std::string encode(const PageTask& task);
std::optional<PageTask> decode_page_task(std::string_view message);

// An answer's status and the few fields that matter. Empty where it has none.
struct AnswerHead {
  std::uint32_t status = 0;
  std::string content_type;
  std::string etag;
  std::string last_modified;
  std::string location;
  std::string retry_after;
  std::string disposition;
};
std::string encode(const AnswerHead& head);
std::optional<AnswerHead> decode_head(std::string_view message);

std::string encode_piece(std::string_view bytes);
// A view into the message; nothing if it is no piece.
std::optional<std::string_view> decode_piece(std::string_view message);

enum class EndKind : std::uint8_t {
  kDone,
  kTooLarge,
  kTooSlow,
  kNotTrusted,  // the certificate
  kBroken,      // the connection, the encryption or the encoding
};
struct End {
  EndKind kind = EndKind::kBroken;
  std::string text;  // in the library's words
};
std::string encode(const End& end);
std::optional<End> decode_end(std::string_view message);

std::string encode_name(std::string_view host);
std::optional<std::string> decode_name(std::string_view message);

struct Addresses {
  std::vector<Address> list;
  std::string error;  // why there are none
};
std::string encode(const Addresses& addresses);
std::optional<Addresses> decode_addresses(std::string_view message);

}  // namespace sluice::fetch
