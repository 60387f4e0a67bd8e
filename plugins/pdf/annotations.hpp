// SPDX-License-Identifier: Apache-2.0
//
// What a document holds beside the content of its pages: the comments of its readers (ISO 32000-2,
// 12.5.6), and files that are attached to it (7.11.4) or to a place on a page (12.5.6.15). What
// Markdown cannot show is named: sounds and films (clause 13), and layers that are hidden (8.11).
#pragma once

#include <memory>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

class Annot;
class FileSpec;
class Page;
class Stream;

namespace sluice::pdf {

class Document;

class Annotations {
 public:
  // Both must outlive it. Comments are counted, and told as left out, unless `keeps_comments`.
  Annotations(Job& job, Document& document, bool keeps_comments);
  ~Annotations();
  Annotations(const Annotations&) = delete;
  Annotations& operator=(const Annotations&) = delete;

  // Behind the text: the comments, and the attached files, each as a document of its own. Returns
  // whether there were any.
  bool write(MarkdownWriter& out);

 private:
  struct Comment {
    int page = 0;
    std::string author;
    std::string text;
  };
  void read_page(Page& page, int number);
  void read_media(Annot& annot);
  void read_layers();
  void write_comments(MarkdownWriter& out);
  void write_attachments(MarkdownWriter& out);
  void write_attachment(FileSpec& file, MarkdownWriter& out);
  bool show_picture(Stream& stream, const std::string& name, MarkdownWriter& out);

  Job& job_;
  Document& document_;
  bool keeps_comments_;
  std::vector<Comment> comments_;
  LeftOut left_out_ = {"comment is", "comments are", "comments"};
  LeftOut media_ = media_left_out();
  LeftOut layers_ = {"hidden layer is", "hidden layers are", ""};
  std::vector<std::unique_ptr<FileSpec>> files_;
  std::size_t unreadable_ = 0;
};

}  // namespace sluice::pdf
