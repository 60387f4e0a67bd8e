// What the host reads of a fetch: the messages of the process that fetches, which counts as
// compromised; and what a server says, which that process hands on: redirects, fields of the
// answer, robots.txt. The first byte says which of them the rest is.
#include <algorithm>

#include "fetch/content_headers.h"
#include "fetch/messages.h"
#include "fetch/robots.h"
#include "frame/require.h"
#include "model/layout.h"
#include "model/url.h"
#include "model/utf8.h"

namespace {

using namespace sluice;
using sluice::fuzz::require;

// What was read is written the same way, however often.
template <class Decode>
void check_message(std::string_view bytes, Decode decode) {
  const auto message = decode(bytes);
  if (!message) return;
  const std::string written = fetch::encode(*message);
  const auto again = decode(written);
  require(again.has_value(), "what was written can be read");
  require(fetch::encode(*again) == written, "reading and writing again changes nothing");
}

void check_head(std::string_view bytes) {
  check_message(bytes, fetch::decode_head);
  const auto head = fetch::decode_head(bytes);
  if (!head) return;
  for (const std::string* field : {&head->content_type, &head->etag, &head->last_modified,
                                   &head->location, &head->retry_after, &head->disposition}) {
    require(field->size() <= fetch::kMaxField, "a field is bounded");
    require(field->find_first_of("\r\n") == std::string::npos, "a field is on one line");
  }
}

void check_answer(std::string_view bytes) {
  const auto piece = fetch::decode_piece(bytes);
  require(!piece || piece->size() <= fetch::kMaxPiece, "a piece is bounded");
  require(!piece || fetch::encode_piece(*piece) == bytes, "a piece can be written again");
  check_message(bytes, fetch::decode_end);
  check_message(bytes, fetch::decode_addresses);
  const auto addresses = fetch::decode_addresses(bytes);
  if (!addresses) return;
  require(addresses->list.size() <= fetch::kMaxAddresses, "the addresses are bounded");
  for (const fetch::Address& address : addresses->list) {
    const auto again = fetch::parse_address(fetch::to_text(address));
    require(again && *again == address, "an address can be read back");
    (void)fetch::what_is_special(address);
  }
}

// What an answer leads to is a URL that means the same when it is written and read again.
void check_url(std::string_view text) {
  std::string why_not;
  const auto base = parse_url("https://example.org:8443/a/b?c", why_not);
  for (const auto& url : {resolve_url(*base, text, why_not), parse_url(text, why_not)}) {
    if (!url) continue;
    const std::string written = url->text();
    require(is_url(written) && is_utf8(written), "a URL is written as one");
    const auto again = parse_url(written, why_not);
    require(again && *again == *url, "a URL can be read back");
    require(written.find("!/") == std::string::npos, "no URL is that of a document within another");
    require(written.find_first_of("\r\n \t") == std::string::npos, "a URL has no blanks");
    require(url->path.starts_with('/') && url->port != 0, "a URL has a path and a port");
    require(is_utf8(url->last_part()), "a name is UTF-8");
  }
}

void check_fields(std::string_view text) {
  const fetch::ContentType type = fetch::content_type(text);
  require(std::none_of(type.media_type.begin(), type.media_type.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || c <= ' '; }),
          "a media type is in lower case and has no blanks");
  const std::string name = fetch::proposed_file_name(text);
  require(name.find('/') == std::string::npos && name.find('\\') == std::string::npos,
          "the name of a file has no folder");
}

// The path first, up to a line end.
void check_robots(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string path = "/" + std::string(text.substr(0, end));
  const fetch::Robots robots(text.substr(end), "Sluice");
  (void)robots.allows(path);
  require(fetch::Robots().allows(path), "where there is no robots.txt, everything is allowed");
}

void check_places(std::string_view text) {
  if (const auto address = fetch::parse_address(text)) {
    require(fetch::parse_address(fetch::to_text(*address)) == address, "an address is read back");
  }
  std::string wrong;
  (void)fetch::AllowedPlaces::parse({std::string(text)}, wrong);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 7) {
    case 0:
      check_head(bytes);
      break;
    case 1:
      check_answer(bytes);
      break;
    case 2:
      check_url(bytes);
      break;
    case 3:
      check_fields(bytes);
      break;
    case 4:
      check_robots(bytes);
      break;
    case 5:
      check_places(bytes);
      break;
    default:
      check_message(bytes, fetch::decode_page_task);
      check_message(bytes, fetch::decode_start);
  }
  return 0;
}
