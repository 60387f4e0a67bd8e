// SPDX-License-Identifier: Apache-2.0
#include "notebook/cell.hpp"

#include <algorithm>
#include <sluice/plugin.hpp>

namespace sluice::notebook {
namespace {

enum class Version : unsigned char { k2, k3, k4 };

// Version 2 stores lines without their ends.
std::string lines_of(JsonValue value) {
  if (!value.is_array()) return value.text();
  std::string text;
  for (const JsonValue line : value.items()) {
    const std::string words = line.text();
    text += words;
    if (!words.ends_with('\n')) text += '\n';
  }
  return text;
}

Cell read_cell(JsonValue json, Version version) {
  Cell cell;
  cell.is_version_3 = version != Version::k4;
  cell.has_bare_lines = version == Version::k2;
  const std::string type = json.text_of("cell_type");
  const JsonValue source = json.member(cell.is_version_3 && type == "code" ? "input" : "source");
  cell.source = cell.has_bare_lines ? lines_of(source) : source.text();
  cell.language = json.text_of("language");
  cell.attachments = json.member("attachments");
  cell.outputs = json.member("outputs");
  if (type == "markdown" || type == "html") {
    cell.kind = Cell::Kind::kMarkdown;  // HTML is Markdown, too
  } else if (type == "heading") {
    cell.kind = Cell::Kind::kHeading;
    cell.level = static_cast<int>(
        std::clamp<std::int64_t>(json.member("level").integer().value_or(1), 1, 6));
  } else if (type != "code") {
    cell.kind = Cell::Kind::kRaw;
    const JsonValue metadata = json.member("metadata");
    cell.format = metadata.text_of("raw_mimetype");
    if (cell.format.empty()) cell.format = metadata.text_of("format");
  }
  return cell;
}

Output read_error(JsonValue json) {
  Output output;
  output.kind = Output::Kind::kError;
  for (const JsonValue line : json.member("traceback").items()) output.text += line.text() + "\n";
  if (output.text.empty()) output.text = json.text_of("ename") + ": " + json.text_of("evalue");
  return output;
}

}  // namespace

std::vector<Cell> read_cells(JsonValue notebook) {
  std::vector<Cell> cells;
  const JsonValue format = notebook.member("nbformat");
  const JsonValue list = notebook.member("cells");
  const JsonValue worksheets = notebook.member("worksheets");
  if (!list.is_array() && !worksheets.is_array() && !format.is_number()) {
    throw Failure(Outcome::kUnsupported, "it has no list of cells: it is no notebook");
  }
  const auto add = [&cells](JsonValue from, Version version) {
    for (const JsonValue cell : from.items()) {
      if (cell.is_object()) cells.push_back(read_cell(cell, version));
    }
  };
  add(list, Version::k4);
  const Version old = format.integer().value_or(3) < 3 ? Version::k2 : Version::k3;
  for (const JsonValue worksheet : worksheets.items()) add(worksheet.member("cells"), old);
  return cells;
}

std::vector<Output> read_outputs(const Cell& cell) {
  std::vector<Output> outputs;
  for (const JsonValue json : cell.outputs.items()) {
    const std::string type = json.text_of("output_type");
    Output output;
    if (type == "stream") {
      output.kind = Output::Kind::kStream;
      output.text = cell.has_bare_lines ? lines_of(json.member("text")) : json.text_of("text");
      output.stream = json.text_of(cell.is_version_3 ? "stream" : "name");
      const bool goes_on = !outputs.empty() && outputs.back().kind == Output::Kind::kStream &&
                           outputs.back().stream == output.stream;
      if (goes_on) {
        outputs.back().text += output.text;
        continue;
      }
    } else if (type == "error" || type == "pyerr") {
      output = read_error(json);
    } else {
      output.data = cell.is_version_3 ? json : json.member("data");
    }
    output.is_version_3 = cell.is_version_3;
    outputs.push_back(std::move(output));
  }
  return outputs;
}

std::string language_of(JsonValue notebook) {
  const JsonValue metadata = notebook.member("metadata");
  std::string name = metadata.member("language_info").text_of("name");
  if (name.empty()) name = metadata.member("kernelspec").text_of("language");
  // IPython's own name says which Python it runs on.
  return name == "ipython" || name == "ipython3" ? "python" : name;
}

}  // namespace sluice::notebook
