// SPDX-License-Identifier: Apache-2.0
#include "notebook/converter.hpp"

#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "notebook/cell.hpp"
#include "notebook/cell_writer.hpp"
#include "notebook/json.hpp"

namespace sluice::notebook {
namespace {

void set_metadata(JsonValue notebook, const std::string& heading, Job& job) {
  const JsonValue metadata = notebook.member("metadata");
  std::string title = one_line(metadata.text_of("title"));
  if (title.empty()) title = one_line(metadata.text_of("name"));  // version 3
  if (title.empty() || title == "Untitled") title = heading;
  if (!is_blank(title)) job.set_metadata("title", title);
  std::string authors;
  for (const JsonValue author : metadata.member("authors").items()) {
    const std::string name = one_line(author.is_object() ? author.text_of("name") : author.text());
    if (!name.empty()) authors += (authors.empty() ? "" : ", ") + name;
  }
  if (!authors.empty()) job.set_metadata("author", authors);
}

}  // namespace

bool NotebookConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  // In another encoding than UTF-8, the bytes of a brace stand apart.
  const std::size_t begin =
      head.find_first_not_of(std::string_view(" \t\r\n\0\xef\xbb\xbf\xff\xfe", 10));
  return begin != std::string_view::npos && head[begin] == '{';
}

void NotebookConverter::convert(Job& job) {
  const Outputs outputs =
      Options(job.options()).get_bool("outputs") ? Outputs::kShown : Outputs::kLeftOut;
  DecodedText decoded = decode_text(job.source(), "utf-8");
  warn_of_undecodable(job, decoded.replaced, "UTF-8");
  const JsonDocument document(decoded.utf8);
  const JsonValue notebook = document.root();
  job.check_cancelled();
  const std::vector<Cell> cells = read_cells(notebook);
  CellWriter writer(job, outputs, language_of(notebook), Places(cells));
  std::uint64_t done = 0;
  for (const Cell& cell : cells) {
    job.check_cancelled();
    job.progress(done++, cells.size());
    writer.write(cell);
  }
  writer.finish();
  set_metadata(notebook, writer.title(), job);
  if (writer.left_out() > 0) {
    job.warn("left-out", counted(writer.left_out(), "output is", "outputs are") +
                             " in a form that only a notebook can show, and left out");
  }
  if (!writer.has_content())
    job.finish_as(Outcome::kEmpty, "no cell of the notebook shows anything");
}

Canary NotebookConverter::canary() const {
  return {
      R"({"cells": [{"cell_type": "markdown", "source": ["# caf\u00e9"]}, {"cell_type": "code", "source": "1", )"
      R"("outputs": [{"output_type": "display_data", "data": {"text/html": "<b>b</b>"}}]}], "nbformat": 4})",
      "canary.ipynb", "application/x-ipynb+json", "# caf\u00E9\n\n```\n1\n```\n\n**b**\n"};
}

}  // namespace sluice::notebook
