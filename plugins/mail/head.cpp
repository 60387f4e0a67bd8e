// SPDX-License-Identifier: Apache-2.0
#include "mail/head.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>

#include "mail/mime/addresses.hpp"
#include "mail/mime/date.hpp"
#include "mail/mime/fields.hpp"
#include "mail/mime/words.hpp"

namespace sluice::mail {
namespace {

// A reader wants to see to whom it went, not a mailing list's members; front matter has more.
constexpr std::size_t kMaxShown = 20;
constexpr std::size_t kMaxInFrontMatter = 200;

std::vector<std::string> addresses_of(const Fields& fields, std::string_view name) {
  std::vector<std::string> all;
  for (const std::string_view value : fields.all(name)) {
    for (std::string& address : read_addresses(value)) all.push_back(std::move(address));
  }
  return all;
}

std::string first_id(std::string_view value) {
  const std::string line = unfolded(value);
  const std::size_t begin = line.find('<');
  const std::size_t end = line.find('>', begin == line.npos ? 0 : begin);
  if (begin == line.npos || end == line.npos) return one_line(decode_words(line));
  return one_line(decode_words(line.substr(begin + 1, end - begin - 1)));
}

void set(Job& job, std::string_view key, const std::string& value) {
  if (!value.empty()) job.set_metadata(key, one_line(value));
}

}  // namespace

Head read_head(const Fields& fields) {
  Head head;
  head.subject = decode_words(fields.raw("subject"));
  std::vector<std::string> from = addresses_of(fields, "from");
  if (from.empty()) from = addresses_of(fields, "sender");
  head.from = joined_addresses(from, kMaxShown);
  head.to = addresses_of(fields, "to");
  head.cc = addresses_of(fields, "cc");
  head.bcc = addresses_of(fields, "bcc");
  head.reply_to = joined_addresses(addresses_of(fields, "reply-to"), kMaxShown);
  head.date = iso_date_of_mail(fields.raw("date"));
  if (head.date.empty()) head.date_text = one_line(decode_words(fields.raw("date")), 100);
  head.message_id = first_id(fields.raw("message-id"));
  head.in_reply_to = first_id(fields.raw("in-reply-to"));
  head.mailing_list = first_id(fields.raw("list-id"));
  return head;
}

void set_metadata(const Head& head, Job& job) {
  set(job, "title", head.subject);
  set(job, "author", name_of_address(head.from));
  set(job, "created", head.date);
  set(job, "from", head.from);
  set(job, "to", joined_addresses(head.to, kMaxInFrontMatter));
  set(job, "cc", joined_addresses(head.cc, kMaxInFrontMatter));
  set(job, "bcc", joined_addresses(head.bcc, kMaxInFrontMatter));
  if (head.reply_to != head.from) set(job, "reply_to", head.reply_to);
  set(job, "date", head.date.empty() ? head.date_text : head.date);
  set(job, "message_id", head.message_id);
  set(job, "in_reply_to", head.in_reply_to);
  set(job, "list", head.mailing_list);
}

void LabelLines::begin(std::string_view label) {
  if (!is_first_) out_.line_break();
  is_first_ = false;
  out_.begin_style(Style::kStrong);
  out_.text(label);
  out_.end_style(Style::kStrong);
}

void LabelLines::add(std::string_view label, const std::string& value) {
  if (value.empty()) return;
  begin(label);
  out_.text(" " + value);
}

void LabelLines::end() {
  out_.end_paragraph();
  is_first_ = true;
}

void write_head(const Head& head, MarkdownWriter& out) {
  if (!head.subject.empty()) {
    out.begin_heading(1);
    out.text(head.subject);
    out.end_heading();
  }
  std::string date = head.date.empty() ? head.date_text : head.date;
  if (!head.date.empty()) std::replace(date.begin(), date.end(), 'T', ' ');
  LabelLines lines(out);
  lines.add("From:", head.from);
  lines.add("To:", joined_addresses(head.to, kMaxShown));
  lines.add("Cc:", joined_addresses(head.cc, kMaxShown));
  lines.add("Bcc:", joined_addresses(head.bcc, kMaxShown));
  lines.add("Date:", date);
  lines.end();
}

}  // namespace sluice::mail
