// SPDX-License-Identifier: Apache-2.0
#include "mail/message_writer.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <utility>

#include "mail/body/enriched.hpp"
#include "mail/body/openpgp.hpp"
#include "mail/body/plain_text.hpp"
#include "mail/mime/uuencode.hpp"
#include "mail/mime/words.hpp"
#include "mail/part_text.hpp"
#include "mail/smime.hpp"
#include "mail/text_size.hpp"

namespace sluice::mail {
namespace {

// A message that was signed is signed again by a gateway; more is a bomb.
constexpr int kMaxSignatures = 4;

bool is_one_of(const Part& part, std::initializer_list<std::string_view> types) {
  return std::any_of(types.begin(), types.end(),
                     [&part](std::string_view type) { return part.is(type); });
}

bool is_signature(const Part& part) {
  return is_one_of(part, {"application/pgp-signature", "application/pkcs7-signature",
                          "application/x-pkcs7-signature"});
}

bool is_pkcs7(const Part& part) {
  return is_one_of(part, {"application/pkcs7-mime", "application/x-pkcs7-mime"});
}

// Reports of mail programs: fields and values.
bool is_report(const Part& part) {
  return is_one_of(part, {"message/delivery-status", "message/disposition-notification",
                          "message/feedback-report", "message/global-delivery-status",
                          "message/external-body", "text/rfc822-headers"});
}

// The name for a message within the message: its subject.
std::string name_of_message(const Part& part) {
  const Fields fields = Fields::read(part.body);
  const std::string subject = one_line(decode_words(fields.raw("subject")), 150);
  return (subject.empty() ? std::string("message") : subject) + ".eml";
}

}  // namespace

void MessageWriter::write(const Message& message) {
  Pictures pictures(job_, message);
  const auto before = std::pair(message_, pictures_);
  std::set<PartId> used = std::exchange(used_, {});
  message_ = &message;
  pictures_ = &pictures;
  parsed_.reset();
  write_part(0);
  if (!message.defect().empty()) lose(message.defect());
  missing_pictures_ += pictures.missing();
  std::tie(message_, pictures_) = before;
  used_ = std::move(used);
}

// What a part is; the first rule that fits counts:
//   - several parts: in order, but for alternatives (the better form), related parts (the first is
//     the text, the others belong to it), and signed ones (without the signature)
//   - an encrypted or signed content: what can be read of it
//   - a part whose disposition is "attachment": an attachment
//   - text without a file name, or the first text of the message: shown
//   - a report of a mail program: shown as it is
//   - a picture that is no attachment: shown in its place
//   - all else: an attachment
void MessageWriter::write_part(PartId id) {
  job_.check_cancelled();
  const Part& part = (*message_)[id];
  if (!part.is_kind("multipart/")) return write_leaf(id);
  if (part.is("multipart/alternative")) return write_alternatives(part);
  if (part.is("multipart/related")) return write_related(part);
  if (part.is("multipart/signed")) return write_signed(part);
  if (part.is("multipart/encrypted")) {
    encrypted_ = "with OpenPGP";
    return;
  }
  if (part.is("multipart/appledouble") && part.children.size() == 2) {
    used_.insert(part.children[0]);  // what the old Mac's file system kept beside the file
  }
  write_children(part);
}

void MessageWriter::write_children(const Part& part) {
  // The message may be another one after a part that holds one.
  for (const PartId child : part.children) write_part(child);
}

void MessageWriter::write_alternatives(const Part& part) {
  std::optional<PartId> plain;
  std::optional<PartId> html;
  std::optional<PartId> plain_child;
  std::optional<PartId> html_child;
  for (const PartId child : part.children) {
    if (const auto found = find_form(*message_, child, is_html_form)) {
      html = found;
      html_child = child;
    } else if (const auto text = find_form(*message_, child, is_plain_form); text && !plain) {
      plain = text;
      plain_child = child;
    }
  }
  if (!html && !plain) return write_children(part);
  bool shows_html = html.has_value();
  if (html && plain) {
    PartText text = text_of((*message_)[*html]);
    parsed_ = {*html, HtmlPage(std::move(text.utf8)), text.damaged};
    const std::size_t size = size_of_text(text_of((*message_)[*plain]).utf8);
    shows_html = prefers_html(preference_, size, parsed_->page);
  }
  used_.insert(part.children.begin(), part.children.end());
  const PartId chosen = shows_html ? *html_child : *plain_child;
  used_.erase(chosen);
  write_part(chosen);
  // The other forms are not shown; what they hold besides text is.
  for (const PartId child : part.children) {
    if (child != chosen) attach_unused(child);
  }
}

void MessageWriter::write_related(const Part& part) {
  if (part.children.empty()) return;
  PartId root = part.children.front();
  const std::string start = part.type.parameter("start");
  for (const PartId child : part.children) {
    const std::string id = (*message_)[child].content_id();
    if (!id.empty() && (start == id || start == "<" + id + ">")) root = child;
  }
  // A picture that stands first, as some programs have it, is not the text.
  if (!find_form(*message_, root, is_html_form)) {
    for (const PartId child : part.children) {
      if (find_form(*message_, child, is_html_form)) {
        root = child;
        break;
      }
    }
  }
  write_part(root);
  for (const PartId child : part.children) {
    if (child != root) attach_unused(child);
  }
}

void MessageWriter::write_signed(const Part& part) {
  for (std::size_t i = 0; i < part.children.size(); ++i) {
    const Part& child = (*message_)[part.children[i]];
    if (i > 0 && is_signature(child)) {
      note_signature(child.is("application/pgp-signature") ? "OpenPGP" : "S/MIME");
    } else {
      write_part(part.children[i]);
    }
  }
}

// Attaches the parts at or below one that are neither text nor shown.
void MessageWriter::attach_unused(PartId id) {
  std::vector<PartId> waiting = {id};
  while (!waiting.empty()) {
    const PartId next = waiting.back();
    waiting.pop_back();
    const Part& part = (*message_)[next];
    waiting.insert(waiting.end(), part.children.rbegin(), part.children.rend());
    const bool is_text = (is_plain_form(part) || is_html_form(part) || part.is("text/x-amp-html") ||
                          part.is("text/watch-html")) &&
                         !is_attachment(part);
    if (!part.is_kind("multipart/") && !is_text && !pictures_->is_taken(next)) attach(next);
  }
}

void MessageWriter::write_leaf(PartId id) {
  const Part& part = (*message_)[id];
  if (used_.contains(id) || pictures_->is_taken(id)) return;
  if (is_pkcs7(part)) return write_pkcs7(id);
  if (!is_attachment(part)) {
    if (write_if_text(id)) return;
    if (is_report(part)) return write_verbatim(part);
    if (part.is_kind("image/")) {
      if (const auto asset = pictures_->take(id)) {
        out_.end_paragraph();
        out_.image(*asset, part.file_name());
        out_.end_paragraph();
        has_text_ = true;
        return;
      }
    }
  }
  attach(id);
}

bool MessageWriter::write_if_text(PartId id) {
  const Part& part = (*message_)[id];
  const bool is_html = is_html_form(part);
  const bool is_partial = part.is("message/partial");
  if (!is_html && !is_plain_form(part) && !is_partial) return false;
  if (has_text_ && !part.file_name().empty()) return false;
  if (is_partial) lose("it is one piece of a message that was sent in several");
  if (is_html) {
    if (!parsed_ || parsed_->part != id) {
      PartText text = text_of(part);
      parsed_ = {id, HtmlPage(std::move(text.utf8)), text.damaged};
    }
    damaged_ += parsed_->damaged;
    write_html(id, parsed_->page);
    parsed_.reset();
  } else {
    write_plain(part);
  }
  return true;
}

void MessageWriter::write_html(PartId id, const HtmlPage& page) {
  page.write([this, id](std::string_view address) { return pictures_->take(address, id); }, job_,
             out_);
  out_.end_paragraph();
  has_text_ = has_text_ || page.text_size() > 0;
  if (page.is_truncated()) lose("its HTML has too many elements; its end is missing");
}

void MessageWriter::write_plain(const Part& part) {
  PartText text = text_of(part);
  damaged_ += text.damaged;
  if (!part.is("text/plain") && !part.is("message/partial")) {
    text.utf8 = plain_of_enriched(text.utf8);
  }
  OpenedText opened = open_armour(text.utf8);
  if (opened.is_signed) note_signature("OpenPGP");
  if (opened.is_encrypted) encrypted_ = "with OpenPGP";
  attach_uuencoded(opened.text);
  write_plain_text(opened.text, flow_of(part), out_);
  has_text_ = has_text_ || size_of_text(opened.text) > 0;
}

void MessageWriter::attach_uuencoded(std::string& text) {
  std::string rest;
  std::size_t at = 0;
  while (const auto file = next_uuencoded(text, at)) {
    rest += text.substr(at, file->begin - at);
    at = file->end;
    const std::string_view lines = opened_.emplace_back(file->lines);
    attachments_.add({std::string(file->name), "", [lines](const ByteSink& sink) {
                        decode_uuencoded(lines, sink);
                        return std::uint64_t{0};
                      }});
  }
  if (at == 0) return;
  text = rest + text.substr(at);
}

void MessageWriter::write_verbatim(const Part& part) {
  const PartText text = text_of(part);
  damaged_ += text.damaged;
  const std::string_view lines = trimmed(text.utf8, "\r\n");
  if (trimmed(lines).empty()) return;
  out_.code_block(lines, "text");
  has_text_ = true;
}

// A signed content is a part of a message; an encrypted one cannot be read.
void MessageWriter::write_pkcs7(PartId id) {
  Cms cms = read_cms(decoded_body((*message_)[id]).bytes);
  if (cms.kind == CmsKind::kEncrypted) {
    encrypted_ = "with S/MIME";
    return;
  }
  // Certificates alone are no message.
  if (cms.kind != CmsKind::kSigned || cms.content.empty() || depth_ >= kMaxSignatures) {
    return attach(id);
  }
  note_signature("S/MIME");
  const std::string& content = opened_.emplace_back(std::move(cms.content));
  ++depth_;
  write(Message(content));
  --depth_;
}

void MessageWriter::attach(PartId id) {
  const Part& part = (*message_)[id];
  if (used_.contains(id) && (is_plain_form(part) || is_html_form(part))) return;
  Attachment attachment;
  attachment.name = part.file_name();
  attachment.media_type = part.type.value;
  if (attachment.name.empty() && (part.is("message/rfc822") || part.is("message/global"))) {
    attachment.name = name_of_message(part);
  }
  const Transfer transfer = part.transfer();
  if (transfer == Transfer::kUnknown) lose("a part has an encoding that nobody knows");
  attachment.write = [transfer, body = part.body](const ByteSink& sink) {
    return decode(transfer, body, sink);
  };
  attachments_.add(std::move(attachment));
}

void MessageWriter::note_signature(std::string_view kind) {
  job_.warn("signature",
            "the message is signed with " + std::string(kind) + "; Sluice verifies no signatures",
            Severity::kNote);
}

void MessageWriter::lose(const std::string& what) {
  job_.warn("left-out", what);
  if (lost_.empty()) lost_ = what;
}

void MessageWriter::write_saved_page(const Message& message) {
  Pictures pictures(job_, message);
  const auto id = find_form(message, 0, is_html_form);
  if (!id) return;
  PartText text = text_of(message[*id]);
  damaged_ += text.damaged;
  HtmlPage page(std::move(text.utf8));
  page.set_metadata(job_);
  page.drop_furniture(job_);
  pictures_ = &pictures;
  write_html(*id, page);
  pictures_ = nullptr;
  missing_pictures_ += pictures.missing();
  if (!message.defect().empty()) lose(message.defect());
}

void MessageWriter::finish() {
  if (!encrypted_.empty() && !has_text_ && attachments_.empty()) {
    throw Failure(Outcome::kEncrypted, "the message is encrypted " + encrypted_ +
                                           "; decrypt it in a mail program, and save it again");
  }
  if (!encrypted_.empty()) lose("a part of the message is encrypted " + encrypted_);
  attachments_.write_list(out_);
  out_.finish();
  damaged_ += attachments_.damaged();
  if (damaged_ > 0) {
    job_.warn("damaged-encoding",
              counted(damaged_, "place", "places") + " in it could not be decoded");
  }
  if (missing_pictures_ > 0) {
    job_.warn("missing-image", counted(missing_pictures_, "picture is", "pictures are") +
                                   " not in the message though its text shows them");
  }
  if (!lost_.empty()) job_.finish_as(Outcome::kPartial, lost_);
  if (!out_.has_content()) job_.finish_as(Outcome::kEmpty, "the message says nothing");
}

}  // namespace sluice::mail
