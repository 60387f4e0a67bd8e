// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/fields.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::mail {
namespace {

// Real mail has up to some 200 (Received, ARC). More are not kept, so that a header of millions of
// lines costs no memory.
constexpr std::size_t kMaxFields = 5000;
constexpr std::size_t kMaxFieldName = 256;
// How far a field of mail may stand behind a line that is none.
constexpr int kLookAheadLines = 8;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Whether a field of mail comes before the header's end.
bool goes_on(std::string_view source, std::size_t at) {
  for (int i = 0; i < kLookAheadLines && at < source.size(); ++i) {
    const std::size_t end = end_of_line(source, at);
    const std::string_view line = without_line_end(source.substr(at, end - at));
    if (line.empty()) return false;
    const std::size_t name = field_name_size(line);
    if (name > 0 && is_mail_field(line.substr(0, name))) return true;
    at = end;
  }
  return false;
}

}  // namespace

std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of("\r\n", at);
  if (end == std::string_view::npos) return text.size();
  return text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? end + 2 : end + 1;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t field_name_size(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && end < kMaxFieldName && line[end] > ' ' && line[end] < 0x7f &&
         line[end] != ':') {
    ++end;
  }
  std::size_t colon = end;
  while (colon < line.size() && is_blank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? end : 0;
}

bool is_mail_field(std::string_view name) {
  static constexpr auto kKnown = std::to_array<std::string_view>(
      {"bcc", "cc", "content-type", "content-disposition", "content-transfer-encoding", "date",
       "delivered-to", "dkim-signature", "from", "message-id", "mime-version", "received",
       "reply-to", "return-path", "sender", "subject", "to", "x-mailer"});
  return std::any_of(kKnown.begin(), kKnown.end(), [name](std::string_view known) {
    return equal_ignoring_ascii_case(name, known);
  });
}

bool Fields::add_line(std::string_view source, std::size_t& at) {
  const std::size_t end = end_of_line(source, at);
  const std::string_view line = without_line_end(source.substr(at, end - at));
  if (line.empty()) {
    at = end;
    return false;
  }
  if (is_blank(line.front()) && !fields_.empty()) {
    // A line of blanks alone ends the header in what most programs read.
    if (trimmed(line).empty() && !goes_on(source, end)) {
      at = end;
      return false;
    }
    Field& last = fields_.back();
    if (fields_.size() < kMaxFields) {
      last.value = {last.value.data(),
                    static_cast<std::size_t>(line.data() + line.size() - last.value.data())};
    }
    at = end;
    return true;
  }
  const std::size_t name = field_name_size(line);
  if (name == 0) {
    // Programs that store mail put such a line first.
    const bool is_envelope =
        fields_.empty() && (line.starts_with("From ") || line.starts_with(">From "));
    if (!is_envelope && !goes_on(source, end)) return false;
    at = end;
    return true;
  }
  at = end;
  if (fields_.size() >= kMaxFields) return true;
  const std::size_t colon = line.find(':', name);
  fields_.push_back({line.substr(0, name), line.substr(colon + 1)});
  return true;
}

std::string_view Fields::raw(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [name](const Field& field) {
    return equal_ignoring_ascii_case(field.name, name);
  });
  return found == fields_.end() ? std::string_view() : found->value;
}

bool Fields::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [name](const Field& field) {
    return equal_ignoring_ascii_case(field.name, name);
  });
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (equal_ignoring_ascii_case(field.name, name)) values.push_back(field.value);
  }
  return values;
}

std::string unfolded(std::string_view value) {
  std::string line;
  line.reserve(value.size());
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = end_of_line(value, at);
    line += without_line_end(value.substr(at, end - at));
    at = end;
  }
  return std::string(trimmed(line));
}

}  // namespace sluice::mail
