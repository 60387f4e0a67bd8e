// SPDX-License-Identifier: Apache-2.0
//
// Writes the cells of a notebook as Markdown.
#pragma once

#include <optional>
#include <sluice/images.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

#include "html/hidden_text.hpp"
#include "notebook/cell.hpp"
#include "notebook/places.hpp"

namespace sluice::notebook {

enum class Outputs : unsigned char { kShown, kLeftOut };

class CellWriter {
 public:
  CellWriter(Job& job, Outputs outputs, std::string language, Places places)
      : job_(job),
        out_(job),
        images_(job),
        outputs_(outputs),
        language_(std::move(language)),
        places_(std::move(places)) {}

  void write(const Cell& cell);
  void finish();
  bool has_content() const { return has_markdown_ || out_.has_content(); }
  // The first heading of level 1.
  const std::string& title() const { return title_; }
  // Outputs of kinds that cannot be shown.
  std::size_t left_out() const { return left_out_; }

 private:
  void write_markdown(const std::string& text, JsonValue attachments);
  void write_raw(const Cell& cell);
  void write_output(const Output& output);
  void write_data(const Output& output);
  void write_text(std::string_view text);
  bool write_picture(const std::string& content, std::string_view type);
  bool write_latex(std::string_view tex);
  std::optional<sluice_asset> attachment(JsonValue attachments, std::string_view destination);
  std::optional<sluice_asset> picture_of(const std::string& base64, std::string_view name);

  Job& job_;
  MarkdownWriter out_;
  ImageCollector images_;
  Outputs outputs_;
  std::string language_;
  Places places_;
  std::string title_;
  bool has_markdown_ = false;
  unsigned pictures_ = 0;
  std::size_t left_out_ = 0;
  LeftOut hidden_ = html::hidden_elements();  // within outputs
};

}  // namespace sluice::notebook
