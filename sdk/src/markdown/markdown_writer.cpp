// SPDX-License-Identifier: Apache-2.0
//
// The public face of the writer; the work is done in markdown_body.cpp.
#include <memory>
#include <sluice/markdown_writer.hpp>
#include <sluice/url.hpp>
#include <string>

#include "markdown/markdown_body.hpp"

namespace sluice {
namespace {

template <class Body>
Body& live(const std::unique_ptr<Body>& body) {
  if (body) return *body;
  throw Failure(Outcome::kInternal, "the Markdown writer was used after finish()");
}

}  // namespace

MarkdownWriter::MarkdownWriter(Job& job) : body_(std::make_unique<Body>(job)) {}
MarkdownWriter::MarkdownWriter() : body_(std::make_unique<Body>()) {}
MarkdownWriter::~MarkdownWriter() = default;

void MarkdownWriter::begin_heading(int level) {
  live(body_).begin_heading(level);
}
void MarkdownWriter::end_heading() {
  live(body_).end_heading();
}
const std::string& MarkdownWriter::heading_text() const {
  return live(body_).heading_text();
}
void MarkdownWriter::end_paragraph() {
  live(body_).end_paragraph();
}
void MarkdownWriter::begin_quote() {
  live(body_).begin_quote();
}
void MarkdownWriter::end_quote() {
  live(body_).end_quote();
}
void MarkdownWriter::begin_list(const ListOptions& options) {
  live(body_).begin_list(options);
}
void MarkdownWriter::end_list() {
  live(body_).end_list();
}
void MarkdownWriter::begin_item(const ItemOptions& options) {
  live(body_).begin_item(options);
}
void MarkdownWriter::end_item() {
  live(body_).end_item();
}
void MarkdownWriter::code_block(std::string_view code, std::string_view language) {
  live(body_).code_block(code, language);
}
void MarkdownWriter::thematic_break() {
  live(body_).thematic_break();
}
void MarkdownWriter::comment(std::string_view remark) {
  live(body_).comment(remark);
}
void MarkdownWriter::raw(std::string_view markdown) {
  live(body_).raw(markdown);
}
void MarkdownWriter::flush() {
  live(body_).flush();
}
void MarkdownWriter::begin_footnote(std::string_view label) {
  live(body_).begin_footnote(label);
}
void MarkdownWriter::end_footnote() {
  live(body_).end_footnote();
}
void MarkdownWriter::begin_table(const TableOptions& options) {
  live(body_).begin_table(options);
}
void MarkdownWriter::end_table() {
  live(body_).end_table();
}
void MarkdownWriter::begin_row() {
  live(body_).begin_row();
}
void MarkdownWriter::end_row() {
  live(body_).end_row();
}
void MarkdownWriter::begin_cell(const CellOptions& options) {
  live(body_).begin_cell(options);
}
void MarkdownWriter::end_cell() {
  live(body_).end_cell();
}
void MarkdownWriter::row(std::span<const std::string_view> cells) {
  live(body_).row(cells);
}
void MarkdownWriter::text(std::string_view prose) {
  live(body_).leaf.text(prose);
}
void MarkdownWriter::lines(std::string_view text) {
  live(body_).leaf.lines(text);
}
void MarkdownWriter::code(std::string_view code) {
  live(body_).leaf.code(code);
}
void MarkdownWriter::begin_style(Style style) {
  live(body_).leaf.begin_style(style);
}
void MarkdownWriter::end_style(Style style) {
  live(body_).leaf.end_style(style);
}
// A link that would run a script is one to nowhere: its text stays.
void MarkdownWriter::begin_link(std::string_view url, std::string_view title) {
  if (runs_script(url)) url = {};
  live(body_).leaf.begin_link({std::string(url), 0, std::string(title)});
}
void MarkdownWriter::begin_link(sluice_asset asset, std::string_view title) {
  live(body_).leaf.begin_link({{}, asset, std::string(title)});
}
void MarkdownWriter::begin_child_link(sluice_child child) {
  live(body_).leaf.begin_link({{}, 0, {}, child});
}
void MarkdownWriter::end_link() {
  live(body_).leaf.end_link();
}
void MarkdownWriter::image(std::string_view url, std::string_view alt, std::string_view title) {
  if (runs_script(url)) {
    // What it shows is not to be had; what it says is.
    text(alt);
    return;
  }
  live(body_).leaf.image({std::string(url), 0, std::string(title)}, alt);
}
void MarkdownWriter::image(sluice_asset asset, std::string_view alt, std::string_view title) {
  live(body_).leaf.image({{}, asset, std::string(title)}, alt);
}
void MarkdownWriter::line_break() {
  live(body_).leaf.line_break();
}
void MarkdownWriter::math(std::string_view tex, MathLayout layout) {
  live(body_).leaf.math(tex, layout);
}
void MarkdownWriter::footnote_reference(std::string_view label) {
  live(body_).leaf.footnote_reference(markdown::label_of(label));
}
void MarkdownWriter::finish() {
  if (!body_) return;
  body_->finish();
  had_content_ = body_->has_content();
  body_.reset();
}
bool MarkdownWriter::has_content() const {
  return body_ ? body_->has_content() : had_content_;
}

}  // namespace sluice
