// SPDX-License-Identifier: Apache-2.0
//
// Who wrote a message to whom and when: as front matter, and as a few lines above its text.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::mail {

class Fields;

struct Head {
  std::string subject;
  std::string from;
  std::vector<std::string> to;
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
  std::string reply_to;
  std::string date;       // ISO 8601; empty if there is none
  std::string date_text;  // as it was written, if it is no date
  std::string message_id;
  std::string in_reply_to;
  std::string mailing_list;
};

Head read_head(const Fields& fields);

// Lines of the form "**Label:** value", one below the other.
class LabelLines {
 public:
  explicit LabelLines(MarkdownWriter& out) : out_(out) {}
  // Nothing for an empty value. `label`: with its colon.
  void add(std::string_view label, const std::string& value);
  // The label alone; a blank and the value are the caller's.
  void begin(std::string_view label);
  void end();

 private:
  MarkdownWriter& out_;
  bool is_first_ = true;
};

void set_metadata(const Head& head, Job& job);
// The subject as a heading, and a line for each field that readers look for.
void write_head(const Head& head, MarkdownWriter& out);

}  // namespace sluice::mail
