// SPDX-License-Identifier: Apache-2.0
//
// A message as Markdown: the parts that are its text are shown in order, the better one of two
// forms of the same; all others are attachments. What a part is: see write_part.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "mail/alternatives.hpp"
#include "mail/attachments.hpp"
#include "mail/body/html_page.hpp"
#include "mail/mime/message.hpp"
#include "mail/pictures.hpp"

namespace sluice::mail {

class MessageWriter {
 public:
  MessageWriter(Job& job, MarkdownWriter& out, Preference preference)
      : job_(job), out_(out), preference_(preference), attachments_(job) {}

  // Writes the text of `message`, whose source must outlive this object.
  void write(const Message& message);
  // Writes a web page that was saved as a message (RFC 2557): its page, without attachments.
  void write_saved_page(const Message& message);
  // Lists what else was in it, finishes the body and concludes the job. Throws Failure(encrypted)
  // if nothing of it could be read.
  void finish();

 private:
  void write_part(PartId id);
  void write_children(const Part& part);
  void write_alternatives(const Part& part);
  void write_related(const Part& part);
  void write_signed(const Part& part);
  void write_leaf(PartId id);
  bool write_if_text(PartId id);
  void write_plain(const Part& part);
  void write_html(PartId id, const HtmlPage& page);
  void write_verbatim(const Part& part);
  void write_pkcs7(PartId id);
  void attach(PartId id);
  void attach_unused(PartId id);
  void attach_uuencoded(std::string& text);
  void note_signature(std::string_view kind);
  void lose(const std::string& what);

  Job& job_;
  MarkdownWriter& out_;
  Preference preference_;
  Attachments attachments_;
  const Message* message_ = nullptr;  // the one being written
  Pictures* pictures_ = nullptr;      // of it
  std::set<PartId> used_;             // parts of it that are shown, or another form of what is
  // A page that was read to be compared.
  struct ParsedPage {
    PartId part;
    HtmlPage page;
    std::uint64_t damaged;
  };
  std::optional<ParsedPage> parsed_;
  std::deque<std::string> opened_;  // what was within others, and must outlive its parts
  int depth_ = 0;                   // of messages within signatures
  bool has_text_ = false;           // whether some text was shown
  std::string encrypted_;           // how a part is that cannot be read
  std::string lost_;                // the first thing that is missing
  std::uint64_t damaged_ = 0;       // places in encodings
  std::size_t missing_pictures_ = 0;
};

}  // namespace sluice::mail
