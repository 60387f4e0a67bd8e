// SPDX-License-Identifier: Apache-2.0
#include "msg/item_writer.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/images.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/url.hpp>
#include <span>

#include "html/source.hpp"
#include "mail/attachments.hpp"
#include "mail/body/html_page.hpp"
#include "mail/body/plain_text.hpp"
#include "mail/head.hpp"
#include "mail/message_writer.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/message.hpp"
#include "mail/pictures.hpp"
#include "mail/text_size.hpp"
#include "msg/item_head.hpp"
#include "msg/rtf_body.hpp"

namespace sluice::msg {
namespace {

std::span<const std::uint8_t> octets_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string bytes_of(const Attached& attached) {
  std::string bytes;
  if (attached.write) attached.write([&bytes](std::string_view piece) { bytes += piece; });
  return bytes;
}

std::string name_of(const Attached& attached) {
  std::string name = attached.properties.line(Id::kAttachLongName);
  if (name.empty()) name = attached.properties.line(Id::kAttachFileName);
  if (name.empty()) name = attached.properties.line(Id::kDisplayName);
  return name;
}

class ItemWriter {
 public:
  ItemWriter(const Item& item, mail::Preference preference, Job& job)
      : item_(item), preference_(preference), job_(job), out_(job), attachments_(job) {}

  void write() {
    const mail::Head head = head_of(item_);
    mail::set_metadata(head, job_);
    mail::write_head(head, out_);
    write_details(item_, out_);
    if (write_secured()) return;
    read_body();
    fail_if_encrypted();
    write_body();
    attach_all();
    attachments_.write_list(out_);
    out_.finish();
    conclude();
  }

 private:
  // A signed or encrypted message is a MIME message in its only attachment ([MS-OXOSMIME], 2.1.3).
  bool write_secured() {
    const std::string message_class = ascii_lower(item_.properties.line(Id::kMessageClass));
    if (!message_class.starts_with("ipm.note.smime") || item_.attachments.size() != 1) return false;
    const Attached& only = item_.attachments.front();
    std::string source = bytes_of(only);
    if (!ascii_lower(only.properties.line(Id::kAttachMimeTag)).starts_with("multipart/signed")) {
      source = "Content-Type: application/pkcs7-mime\n\n" + source;
    }
    const mail::Message message(source);
    mail::MessageWriter writer(job_, out_, preference_);
    writer.write(message);
    writer.finish();
    return true;
  }

  // With OpenPGP, the text is in an attachment (RFC 3156, section 4).
  void fail_if_encrypted() const {
    const bool has_text =
        mail::size_of_text(plain_) > 0 || (page_ && page_->text_size() > 0) || !rtf_.rtf.empty();
    const bool is_encrypted = std::any_of(
        item_.attachments.begin(), item_.attachments.end(), [](const Attached& attached) {
          return equal_ignoring_ascii_case(attached.properties.line(Id::kAttachMimeTag),
                                           "application/pgp-encrypted") ||
                 ends_with_ignoring_ascii_case(name_of(attached), ".pgp-encrypted");
        });
    if (!is_encrypted || has_text) return;
    throw Failure(
        Outcome::kEncrypted,
        "the message is encrypted with OpenPGP; decrypt it in a mail program, and save it "
        "again");
  }

  // The HTML stands in a property of its own, or within the RTF ([MS-OXRTFEX]).
  void read_body() {
    plain_ = item_.properties.text(Id::kBody);
    std::string html = item_.properties.bytes(Id::kHtml);
    if (!html.empty()) {
      std::string charset = html::declared_charset(octets_of(html));
      if (charset.empty()) {
        charset = charset_of_code_page(item_.properties.number(Id::kInternetCodePage));
      }
      html = decode_text(octets_of(html), charset, SingleNul::kDropped).utf8;
    }
    rtf_ = read_rtf(item_.properties);
    if (rtf_.is_damaged) job_.warn("damaged-encoding", "the RTF of its text is damaged");
    if (html.empty()) html = std::move(rtf_.html);
    if (plain_.empty()) plain_ = std::move(rtf_.plain);
    if (!html.empty()) page_.emplace(std::move(html));
  }

  void write_body() {
    if (page_ && mail::prefers_html(preference_, mail::size_of_text(plain_), *page_)) {
      page_->write([this](std::string_view address) { return picture_for(address); }, job_, out_);
      out_.end_paragraph();
      if (page_->is_truncated()) lost_ = "its HTML has too many elements; its end is missing";
    } else if (!rtf_.rtf.empty() && preference_ != mail::Preference::kPlain) {
      write_rtf(rtf_.rtf, job_, out_);
    } else {
      mail::write_plain_text(plain_, {}, out_);
    }
  }

  std::optional<sluice_asset> picture_for(std::string_view address) {
    if (is_data_uri(address)) return data_uris().collect(address);
    address = trimmed(address);
    const bool by_id = starts_with_ignoring_ascii_case(address, "cid:");
    const std::string wanted = percent_decode(by_id ? address.substr(4) : address);
    for (std::size_t i = 0; i < item_.attachments.size(); ++i) {
      const Properties& properties = item_.attachments[i].properties;
      const bool fits =
          by_id ? equal_ignoring_ascii_case(properties.line(Id::kAttachContentId), wanted)
                : properties.line(Id::kAttachLocation) == wanted ||
                      name_of(item_.attachments[i]) == wanted;
      if (!fits) continue;
      const auto [known, is_new] = pictures_.try_emplace(i);
      if (is_new) {
        known->second =
            mail::add_picture(job_, bytes_of(item_.attachments[i]), name_of(item_.attachments[i]));
      }
      if (known->second) return known->second;
    }
    if (by_id) missing_.emplace(wanted);
    return std::nullopt;
  }

  ImageCollector& data_uris() {
    if (!data_uris_) data_uris_.emplace(job_);
    return *data_uris_;
  }

  void attach_all() {
    for (std::size_t i = 0; i < item_.attachments.size(); ++i) {
      const auto shown = pictures_.find(i);
      if (shown != pictures_.end() && shown->second) continue;
      attach(item_.attachments[i]);
    }
  }

  void attach(const Attached& attached) {
    mail::Attachment attachment;
    attachment.name = name_of(attached);
    attachment.media_type = ascii_lower(attached.properties.line(Id::kAttachMimeTag));
    attachment.write = attached.write;
    if (!attached.write) {
      // Outlook may keep a path instead of the bytes.
      const std::string path = attached.properties.line(Id::kAttachLongPath);
      lost_ = "an attachment is not in the file" + (path.empty() ? "" : ", but at " + path);
      attachment.write = [](const mail::ByteSink&) { return std::uint64_t{0}; };
    }
    if (attached.is_message) {
      attachment.media_type = item_.is_tnef ? "application/ms-tnef" : "application/vnd.ms-outlook";
      attachment.name = (attachment.name.empty() ? "message" : attachment.name) +
                        (item_.is_tnef ? ".tnef" : ".msg");
    }
    attachments_.add(std::move(attachment));
  }

  void conclude() {
    if (!missing_.empty()) {
      job_.warn("missing-image", counted(missing_.size(), "picture is", "pictures are") +
                                     " not in the message though its text shows them");
    }
    if (attachments_.damaged() > 0) {
      lost_ = counted(attachments_.damaged(), "place") + " in attachments could not be read";
    }
    if (!item_.defect.empty()) lost_ = item_.defect;
    if (!lost_.empty()) {
      job_.warn("left-out", lost_);
      job_.finish_as(Outcome::kPartial, lost_);
    } else if (!out_.has_content()) {
      job_.finish_as(Outcome::kEmpty, "the message says nothing");
    }
  }

  const Item& item_;
  mail::Preference preference_;
  Job& job_;
  MarkdownWriter out_;
  mail::Attachments attachments_;
  std::string plain_;
  std::optional<mail::HtmlPage> page_;
  RtfBody rtf_;
  std::map<std::size_t, std::optional<sluice_asset>> pictures_;  // by attachment
  std::set<std::string> missing_;
  std::optional<ImageCollector> data_uris_;
  std::string lost_;
};

}  // namespace

void write_item(const Item& item, mail::Preference preference, Job& job) {
  ItemWriter(item, preference, job).write();
}

}  // namespace sluice::msg
