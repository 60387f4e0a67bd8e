// SPDX-License-Identifier: Apache-2.0
//
// What a message holds besides its text: each file becomes a document within it, each picture an
// asset that is shown. Gathers them while the text is written, and lists them behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <sluice/children.hpp>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/transfer.hpp"

namespace sluice::mail {

struct Attachment {
  std::string name;        // without folders; may be empty
  std::string media_type;  // as it is declared; may be empty
  // Writes its bytes, in pieces; returns the number of places that are damaged. Its data must live
  // until the list is written.
  std::function<std::uint64_t(const ByteSink&)> write;
};

class Attachments {
 public:
  explicit Attachments(Job& job) : job_(job), children_(job) {}

  void add(Attachment attachment) { waiting_.push_back(std::move(attachment)); }
  bool empty() const { return waiting_.empty(); }

  // Hands all over, and lists them under a heading. The message's own pictures are shown.
  void write_list(MarkdownWriter& out);
  // Places in them that could not be decoded.
  std::uint64_t damaged() const { return damaged_; }

 private:
  void write_item(const Attachment& attachment, const std::string& name, MarkdownWriter& out);
  bool show_picture(const Attachment& attachment, const std::string& name, MarkdownWriter& out);
  std::uint64_t hand_over(const Attachment& attachment, const std::string& name,
                          MarkdownWriter& out);
  std::uint64_t keep_as_asset(const Attachment& attachment, const std::string& name,
                              MarkdownWriter& out);
  std::string name_of(const Attachment& attachment);

  Job& job_;
  Children children_;
  std::vector<Attachment> waiting_;
  unsigned unnamed_ = 0;
  std::uint64_t damaged_ = 0;
};

}  // namespace sluice::mail
