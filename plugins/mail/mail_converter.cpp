// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/markdown_writer.hpp>

#include "mail/alternatives.hpp"
#include "mail/converter.hpp"
#include "mail/head.hpp"
#include "mail/message_note.hpp"
#include "mail/message_writer.hpp"
#include "mail/mime/message.hpp"

namespace sluice::mail {
namespace {

std::string_view text_of_bytes(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A file that a program for text stored in UTF-16: with its mark in front, or a letter of ASCII.
bool is_wide(std::string_view source) {
  return source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF") ||
         (source.size() > 3 && (source[0] == '\0') != (source[1] == '\0'));
}

// How Apple Mail stores a message (`.emlx`): its size in bytes in a line of its own, the message,
// and a property list with what the program knows of it.
struct ApplePrefix {
  std::size_t line = 0;     // bytes of the first line, with its end; 0 if there is none
  std::size_t message = 0;  // bytes
};

ApplePrefix apple_prefix(std::string_view source) {
  const std::size_t end = std::min(source.find('\n'), std::size_t{32});
  std::size_t size = 0;
  const auto [rest, error] =
      std::from_chars(source.data(), source.data() + std::min(end, source.size()), size);
  if (end >= source.size() || error != std::errc()) return {};
  const std::string_view behind = source.substr(rest - source.data(), source.data() + end - rest);
  if (behind.find_first_not_of(kAsciiBlanks) != behind.npos) return {};
  return {end + 1, size};
}

void convert_wide(Job& job) {
  const std::string utf8 = decode_text(job.source()).utf8;
  convert_message(utf8, job);
}

bool has_mail_fields(const Fields& fields) {
  for (const std::string_view name :
       {"from", "to", "cc", "bcc", "sender", "subject", "date", "received", "message-id",
        "mime-version", "content-type", "return-path", "delivered-to"}) {
    if (fields.has(name)) return true;
  }
  return false;
}

// What programs save web pages as has no reader, and says where its page comes from (RFC 2557).
bool is_saved_page(const Message& message) {
  const Fields& fields = message.root().fields;
  if (fields.has("to") || fields.has("cc") || fields.has("bcc") || fields.has("received")) {
    return false;
  }
  const auto page = find_form(message, 0, is_html_form);
  return page &&
         (fields.has("snapshot-content-location") || !message[*page].content_location().empty());
}

}  // namespace

void convert_message(std::string_view source, Job& job) {
  const Message message(source);
  if (message.root().fields.empty()) {
    throw Failure(Outcome::kMalformed, "it does not begin with the header of a message");
  }
  MarkdownWriter out(job);
  MessageWriter writer(job, out, preference_of(job));
  const Head head = read_head(message.root().fields);
  set_metadata(head, job);
  if (is_saved_page(message)) {
    writer.write_saved_page(message);
  } else {
    write_head(head, out);
    writer.write(message);
  }
  writer.finish();
}

// A header with a field that every message has. Anything else with colons is not one.
bool MailConverter::probe(const Probe& input) {
  std::string_view head = text_of_bytes(input.head);
  // Refused by the content, with a reason that helps.
  if (head.empty()) return true;
  std::string narrow;
  if (is_wide(head)) {
    narrow = decode_text(input.head).utf8;
    head = narrow;
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  return has_mail_fields(Fields::read(head.substr(apple_prefix(head).line)));
}

void MailConverter::convert(Job& job) {
  std::string_view source = job.source_text();
  if (source.empty()) throw Failure(Outcome::kEmpty, "the file has no content");
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
  const ApplePrefix apple = apple_prefix(source);
  source.remove_prefix(apple.line);
  const bool is_cut_off = apple.message > source.size();
  if (apple.line > 0) source = source.substr(0, apple.message);
  if (is_wide(source)) return convert_wide(job);
  convert_message(source, job);
  if (is_cut_off) job.finish_as(Outcome::kPartial, "the file ends before its message does");
}

// In a charset that needs ICU's tables, in the header and in the text.
Canary MailConverter::canary() const {
  return {
      "From: a@b.example\nSubject: =?iso-2022-jp?B?GyRCJSslSiVqJSIbKEI=?=\nContent-Type: "
      "text/plain; charset=shift_jis\nContent-Transfer-Encoding: "
      "quoted-printable\n\n=83J=83i=83=8A=83A\n",
      "canary.eml", "message/rfc822", "# カナリア\n\n**From:** a@b.example\n\nカナリア\n"};
}

}  // namespace sluice::mail
