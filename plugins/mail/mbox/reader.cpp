// SPDX-License-Identifier: Apache-2.0
#include "mail/mbox/reader.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "mail/mime/date.hpp"
#include "mail/mime/fields.hpp"

namespace sluice::mail {
namespace {

// Longer lines are handed on in pieces; none that divides is as long.
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 10;

// Whether a header begins with this line.
bool begins_header(std::string_view line) {
  const std::size_t name = field_name_size(line);
  if (name == 0) return line.starts_with(">From ");
  return is_mail_field(line.substr(0, name)) || starts_with_ignoring_ascii_case(line, "x-");
}

// `>From `, `>>From `: a line of text that begins with the word, with a mark of the format before
// it.
bool is_marked_from(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('>'), line.size());
  return marks > 0 && line.substr(marks).starts_with("From ");
}

}  // namespace

// A date with a time tells it from text: "From here on, it works".
bool is_envelope(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > 1000) return false;
  const std::string date = iso_date_of_mail(line.substr(std::min(line.find(' ', 5), line.size())));
  return date.find('T') != std::string::npos;
}

void MboxReader::feed(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    if (end == std::string_view::npos) {
      rest_ += piece;
      if (rest_.size() > kMaxLineBytes) {
        line(rest_);
        rest_.clear();
        in_line_ = true;
      }
      return;
    }
    if (rest_.empty()) {
      line(piece.substr(0, end + 1));
    } else {
      rest_ += piece.substr(0, end + 1);
      line(rest_);
      rest_.clear();
    }
    in_line_ = false;
    piece.remove_prefix(end + 1);
  }
}

void MboxReader::finish() {
  if (!rest_.empty()) line(rest_);
  settle_candidate({});
  if (in_message_) sink_.end_message();
}

void MboxReader::line(std::string_view line) {
  if (in_line_) return content(line);
  settle_candidate(without_line_end(line));
  if (line.starts_with("From ") && line.size() < kMaxLineBytes) {
    candidate_ = line;
    return;
  }
  content(line);
}

// Decides on a line that begins with "From ", from the lines around it.
void MboxReader::settle_candidate(std::string_view next) {
  if (candidate_.empty()) return;
  const std::string line = std::move(candidate_);
  candidate_.clear();
  const bool is_first = !in_message_;
  const bool looks_right = is_envelope(without_line_end(line));
  const bool header_follows = begins_header(next);
  const bool divides =
      after_blank_ ? looks_right || header_follows || is_first : looks_right && header_follows;
  if (!divides) return content(line);
  if (in_message_) sink_.end_message();
  blank_.clear();
  in_message_ = true;
  after_blank_ = false;
  sink_.begin_message();
}

// What stands before the first message is none.
void MboxReader::content(std::string_view line) {
  const bool is_blank = !in_line_ && without_line_end(line).empty();
  after_blank_ = is_blank;
  if (!in_message_) return;
  if (!blank_.empty()) {
    sink_.add(blank_);
    blank_.clear();
  }
  if (is_blank) {
    blank_ = line;
    return;
  }
  if (!in_line_ && is_marked_from(line)) line.remove_prefix(1);
  sink_.add(line);
}

}  // namespace sluice::mail
