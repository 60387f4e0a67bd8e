// Jupyter notebooks to Markdown, in C++: cells of Markdown go in as they are, code becomes fenced
// blocks, outputs their text or their picture. Format: nbformat 4
// (https://nbformat.readthedocs.io/en/latest/format_description.html).
#include <sluice/base64.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

#include <nlohmann/json.hpp>
#include <string>

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 64;  // of the JSON; a notebook needs 8

// Source and output texts are a string, or a list of strings.
std::string joined(const Json& text) {
  if (text.is_string()) return text.get<std::string>();
  std::string all;
  if (text.is_array()) {
    for (const Json& part : text) {
      if (part.is_string()) all += part.get_ref<const std::string&>();
    }
  }
  return all;
}

// The member of an object, or null.
const Json& member(const Json& object, const char* key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

std::string text_of(const Json& object, const char* key) {
  const Json& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

// A document from a stranger: its nesting is bounded before it becomes a tree.
Json parse(std::string_view text) {
  const auto bounded = [](int depth, Json::parse_event_t, Json&) {
    if (static_cast<std::size_t>(depth) > kMaxDepth) {
      throw sluice::Failure(sluice::Outcome::kLimit, "the notebook is nested too deeply");
    }
    return true;
  };
  try {
    return Json::parse(text, bounded);
  } catch (const Json::parse_error& error) {
    throw sluice::Failure(sluice::Outcome::kMalformed,
                          "not JSON: byte " + std::to_string(error.byte) + " is unexpected");
  }
}

class NotebookWriter {
 public:
  NotebookWriter(sluice::Job& job, bool with_outputs)
      : job_(job), out_(job), with_outputs_(with_outputs) {}

  void write(const Json& notebook) {
    const Json& cells = member(notebook, "cells");
    if (!cells.is_array()) {
      throw sluice::Failure(sluice::Outcome::kUnsupported, "no list of cells: nbformat 4 is needed");
    }
    const Json& metadata = member(notebook, "metadata");
    language_ = text_of(member(metadata, "language_info"), "name");
    std::uint64_t done = 0;
    for (const Json& cell : cells) {
      job_.check_cancelled();
      job_.progress(done++, cells.size());
      write_cell(cell);
    }
    out_.finish();
    if (!out_.has_content()) job_.finish_as(sluice::Outcome::kEmpty, "the notebook has no cell with text");
  }

 private:
  void write_cell(const Json& cell) {
    const std::string type = text_of(cell, "cell_type");
    const std::string source = joined(member(cell, "source"));
    if (type == "markdown") {
      out_.raw(source);
    } else if (!source.empty()) {
      out_.code_block(source, type == "code" ? language_ : "");
    }
    const Json& outputs = member(cell, "outputs");
    if (!with_outputs_ || !outputs.is_array()) return;
    for (const Json& output : outputs) write_output(output);
  }

  void write_output(const Json& output) {
    const std::string type = text_of(output, "output_type");
    if (type == "stream") return write_text(joined(member(output, "text")));
    if (type == "error") return write_text(text_of(output, "ename") + ": " + text_of(output, "evalue"));
    const Json& data = member(output, "data");
    for (const char* picture : {"image/png", "image/jpeg"}) {
      if (write_picture(joined(member(data, picture)), picture)) return;
    }
    const std::string markdown = joined(member(data, "text/markdown"));
    if (!markdown.empty()) return out_.raw(markdown);
    write_text(joined(member(data, "text/plain")));
  }

  void write_text(const std::string& text) {
    if (!text.empty()) out_.code_block(text, "text");
  }

  // False if there is none, or it cannot be read.
  bool write_picture(const std::string& base64, std::string_view type) {
    if (base64.empty()) return false;
    const auto bytes = sluice::decode_base64(base64);
    if (!bytes) {
      job_.warn("broken-picture", "a picture in an output could not be read");
      return false;
    }
    const std::string name = "output-" + std::to_string(++pictures_) + "." + std::string(type.substr(6));
    out_.image(job_.add_asset(name, type, *bytes), "output " + std::to_string(pictures_));
    out_.end_paragraph();
    return true;
  }

  sluice::Job& job_;
  sluice::MarkdownWriter out_;
  bool with_outputs_;
  std::string language_;
  unsigned pictures_ = 0;
};

class Notebook : public sluice::Converter {
 public:
  void convert(sluice::Job& job) override {
    const bool with_outputs = sluice::Options(job.options()).get_bool("outputs");
    NotebookWriter(job, with_outputs).write(parse(job.source_text()));
  }
  sluice::Canary canary() const override {
    return {R"({"cells": [{"cell_type": "markdown", "source": ["# caf\u00e9"]}], "nbformat": 4})",
            "canary.ipynb", "application/x-ipynb+json", "# caf\xC3\xA9\n"};
  }
};

}  // namespace

SLUICE_PLUGIN("notebook", "1.0.0", {"notebook", sluice::make_converter<Notebook>})
