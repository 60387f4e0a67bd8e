// SPDX-License-Identifier: Apache-2.0
//
// The public face of the writer; the work is done in markdown_body.cpp.
#include <sluice/markdown_writer.hpp>
#include <sluice/url.hpp>
#include <string>

#include "markdown/markdown_body.hpp"

namespace sluice {

MarkdownWriter::MarkdownWriter(Job& job) : body_(std::make_unique<Body>(job)) {}
MarkdownWriter::~MarkdownWriter() = default;

void MarkdownWriter::begin_heading(int level) {
  body_->begin_heading(level);
}
void MarkdownWriter::end_heading() {
  body_->end_heading();
}
void MarkdownWriter::end_paragraph() {
  body_->end_paragraph();
}
void MarkdownWriter::begin_quote() {
  body_->begin_quote();
}
void MarkdownWriter::end_quote() {
  body_->end_quote();
}
void MarkdownWriter::begin_list(const ListOptions& options) {
  body_->begin_list(options);
}
void MarkdownWriter::end_list() {
  body_->end_list();
}
void MarkdownWriter::begin_item(const ItemOptions& options) {
  body_->begin_item(options);
}
void MarkdownWriter::end_item() {
  body_->end_item();
}
void MarkdownWriter::code_block(std::string_view code, std::string_view language) {
  body_->code_block(code, language);
}
void MarkdownWriter::thematic_break() {
  body_->thematic_break();
}
void MarkdownWriter::comment(std::string_view remark) {
  body_->comment(remark);
}
void MarkdownWriter::begin_footnote(std::string_view label) {
  body_->begin_footnote(label);
}
void MarkdownWriter::end_footnote() {
  body_->end_footnote();
}
void MarkdownWriter::begin_table(const TableOptions& options) {
  body_->begin_table(options);
}
void MarkdownWriter::end_table() {
  body_->end_table();
}
void MarkdownWriter::begin_row() {
  body_->begin_row();
}
void MarkdownWriter::end_row() {
  body_->end_row();
}
void MarkdownWriter::begin_cell(const CellOptions& options) {
  body_->begin_cell(options);
}
void MarkdownWriter::end_cell() {
  body_->end_cell();
}
void MarkdownWriter::text(std::string_view prose) {
  body_->leaf.text(prose);
}
void MarkdownWriter::code(std::string_view code) {
  body_->leaf.code(code);
}
void MarkdownWriter::begin_style(Style style) {
  body_->leaf.begin_style(style);
}
void MarkdownWriter::end_style(Style style) {
  body_->leaf.end_style(style);
}
// A link that would run a script is one to nowhere: its text stays.
void MarkdownWriter::begin_link(std::string_view url, std::string_view title) {
  if (runs_script(url)) url = {};
  body_->leaf.begin_link({std::string(url), 0, std::string(title)});
}
void MarkdownWriter::begin_link(sluice_asset asset, std::string_view title) {
  body_->leaf.begin_link({{}, asset, std::string(title)});
}
void MarkdownWriter::end_link() {
  body_->leaf.end_link();
}
void MarkdownWriter::image(std::string_view url, std::string_view alt, std::string_view title) {
  if (runs_script(url)) {
    // What it shows is not to be had; what it says is.
    text(alt);
    return;
  }
  body_->leaf.image({std::string(url), 0, std::string(title)}, alt);
}
void MarkdownWriter::image(sluice_asset asset, std::string_view alt, std::string_view title) {
  body_->leaf.image({{}, asset, std::string(title)}, alt);
}
void MarkdownWriter::line_break() {
  body_->leaf.line_break();
}
void MarkdownWriter::math(std::string_view tex, MathLayout layout) {
  body_->leaf.math(tex, layout);
}
void MarkdownWriter::footnote_reference(std::string_view label) {
  body_->leaf.footnote_reference(markdown::label_of(label));
}
void MarkdownWriter::finish() {
  body_->finish();
}
bool MarkdownWriter::has_content() const {
  return body_->has_content();
}

}  // namespace sluice
