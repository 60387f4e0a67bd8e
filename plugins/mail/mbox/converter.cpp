// SPDX-License-Identifier: Apache-2.0
//
// The converter `mbox`: a list of the messages, each handed over as a document of its own. A file
// with one message is that message: programs save one with the line of a mailbox in front.
#include "mail/converter.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <sluice/blanks.hpp>
#include <sluice/children.hpp>
#include <sluice/counted.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/utf8.hpp>
#include <string>
#include <vector>

#include "mail/head.hpp"
#include "mail/mbox/reader.hpp"
#include "mail/message_note.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/fields.hpp"

namespace sluice::mail {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;
// Of a message, to read its subject from. Headers of real mail have up to some 60 KiB.
constexpr std::size_t kMaxHeaderBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxSubjectBytes = 150;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Larger messages are listed even if they stand alone: a note is made in memory.
constexpr std::size_t kMaxOnlyMessageBytes = std::size_t{32} << 20;

// Keeps the first message, until it is clear that it has company.
class FirstMessage : public MboxSink {
 public:
  void begin_message() override { is_alone_ = ++messages_ == 1; }
  void add(std::string_view bytes) override {
    if (!is_alone_) return;
    is_alone_ = bytes.size() <= kMaxOnlyMessageBytes - bytes_.size();
    if (is_alone_) bytes_ += bytes;
  }
  void end_message() override {}

  bool is_alone() const { return is_alone_; }
  bool has_company() const { return messages_ > 0 && !is_alone_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::uint64_t messages_ = 0;
  bool is_alone_ = false;
};

// Hands each message over when its header is complete, and writes a line for it.
class MessageList : public MboxSink {
 public:
  MessageList(Job& job, MarkdownWriter& out) : job_(job), out_(out), children_(job) {}

  void begin_message() override {
    job_.check_cancelled();
    ++messages_;
    in_header_ = true;
    header_.clear();
  }

  void add(std::string_view bytes) override {
    if (!in_header_) return write(bytes);
    header_ += bytes;
    if (without_line_end(bytes).empty() || header_.size() > kMaxHeaderBytes) begin_child();
  }

  void end_message() override {
    if (in_header_) begin_child();
    if (child_) child_->finish();
    if (asset_) asset_->finish();
    write_line();
    child_.reset();
    asset_.reset();
  }

  std::uint64_t messages() const { return messages_; }

 private:
  void begin_child() {
    in_header_ = false;
    head_ = read_head(Fields::read(header_));
    std::string name = one_line(head_.subject, kMaxSubjectBytes);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '-');
    name = (name.empty() ? std::string("message") : name) + ".eml";
    if (!children_.are_taken()) {
      asset_.emplace(job_.open_asset(name, "message/rfc822"));
    } else if (const auto child = children_.open(name, "message/rfc822")) {
      child_.emplace(*child);
    }
    write(header_);
    header_.clear();
  }

  void write(std::string_view bytes) {
    if (child_) child_->write(bytes);
    if (asset_) asset_->write(bytes);
  }

  void write_line() {
    if (messages_ == 1) out_.begin_list();
    out_.begin_item();
    if (child_) out_.begin_child_link(child_->id());
    if (asset_) out_.begin_link(asset_->id());
    out_.text(head_.subject.empty() ? "(no subject)" : head_.subject);
    if (child_ || asset_) out_.end_link();
    const std::string who = name_of_address(head_.from);
    if (!who.empty()) out_.text(", " + who);
    const std::string date = head_.date.substr(0, 10);
    if (!date.empty()) out_.text(", " + date);
    out_.end_item();
  }

  Job& job_;
  MarkdownWriter& out_;
  Children children_;
  std::optional<Child> child_;
  std::optional<Asset> asset_;
  std::string header_;
  Head head_;
  bool in_header_ = false;
  std::uint64_t messages_ = 0;
};

// Feeds the file to `sink`, until `is_enough`.
void read_messages(Job& job, MboxSink& sink, const std::function<bool()>& is_enough) {
  MboxReader reader(sink);
  std::vector<std::uint8_t> buffer(kBufferBytes);
  for (std::uint64_t at = 0; at < job.source_size() && !is_enough();) {
    const std::size_t got = job.read(at, buffer);
    if (got == 0) break;
    std::string_view piece(reinterpret_cast<const char*>(buffer.data()), got);
    if (at == 0 && piece.starts_with(kByteOrderMark)) piece.remove_prefix(kByteOrderMark.size());
    reader.feed(piece);
    at += got;
    job.progress(at, job.source_size());
  }
  reader.finish();
}

}  // namespace

// A line that divides messages, behind blank lines at most.
bool MboxConverter::probe(const Probe& input) {
  std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  // Blank lines may hold blanks.
  const std::size_t first = std::min(head.find_first_not_of(kAsciiBlanks), head.size());
  head.remove_prefix(head.find_last_of("\r\n", first) == head.npos ? 0 : first);
  if (!head.starts_with("From ")) return false;
  const std::size_t end = end_of_line(head, 0);
  if (is_envelope(without_line_end(head.substr(0, end)))) return true;
  const std::string_view next = head.substr(end);
  return field_name_size(without_line_end(next.substr(0, end_of_line(next, 0)))) > 0;
}

void MboxConverter::convert(Job& job) {
  FirstMessage first;
  read_messages(job, first, [&first] { return first.has_company(); });
  if (first.is_alone() && !Fields::read(first.bytes()).empty()) {
    return convert_message(first.bytes(), job);
  }
  MarkdownWriter out(job);
  MessageList list(job, out);
  read_messages(job, list, [] { return false; });
  if (list.messages() > 0) out.end_list();
  out.finish();
  job.set_metadata("messages", std::to_string(list.messages()));
  if (list.messages() == 0) job.finish_as(Outcome::kEmpty, "there is no message in the file");
}

}  // namespace sluice::mail
