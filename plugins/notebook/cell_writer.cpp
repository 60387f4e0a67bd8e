// SPDX-License-Identifier: Apache-2.0
#include "notebook/cell_writer.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/base64.hpp>
#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>
#include <sluice/url.hpp>
#include <span>

#include "html/fragment.hpp"
#include "markdown/body.hpp"
#include "markdown/destinations.hpp"
#include "notebook/terminal.hpp"

namespace sluice::notebook {
namespace {

// Markdown cells stand alone: what one leaves open must not take the next ones in. Returns what
// closes it: a fence of code (CommonMark 4.5), or a comment (4.6, kind 2).
std::string closing_of(std::string_view text) {
  char fence = 0;
  std::size_t length = 0;
  bool in_comment = false;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (in_comment) {
      in_comment = line.find("-->") == std::string_view::npos;
      continue;
    }
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view rest = line.substr(indent);
    if (fence == 0 && rest.starts_with("<!--")) {
      in_comment = rest.find("-->") == std::string_view::npos;
      continue;
    }
    if (indent > 3 || rest.size() < 3 || (rest[0] != '`' && rest[0] != '~')) continue;
    const std::size_t run = std::min(rest.find_first_not_of(rest[0]), rest.size());
    if (run < 3) continue;
    const std::string_view behind = rest.substr(run);
    if (fence == 0) {
      if (rest[0] == '`' && behind.find('`') != std::string_view::npos) continue;
      fence = rest[0];
      length = run;
    } else if (rest[0] == fence && run >= length && is_blank(behind)) {
      fence = 0;
    }
  }
  if (in_comment) return "-->\n";
  return fence == 0 ? std::string() : std::string(length, fence) + "\n";
}

struct PictureType {
  const char* media_type;
  const char* version_3;  // its key there
};
constexpr PictureType kPictures[] = {
    {"image/png", "png"},   {"image/jpeg", "jpeg"}, {"image/svg+xml", "svg"}, {"image/gif", "gif"},
    {"image/webp", "webp"}, {"image/bmp", "bmp"},   {"image/tiff", "tiff"}};

const char* key_of(const Output& output, const char* media_type, const char* version_3) {
  return output.is_version_3 ? version_3 : media_type;
}

// Data in JSON, under its own name or that of an application. A widget is no data: it names a part
// of a running program.
JsonValue json_of(const Output& output) {
  for (const auto& [type, content] : output.data.members()) {
    const bool is_json = type == "application/json" || type.ends_with("+json") ||
                         (output.is_version_3 && type == "json");
    if (is_json && !type.starts_with("application/vnd.jupyter.widget")) return content;
  }
  return {};
}

}  // namespace

void CellWriter::write(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kMarkdown:
      return write_markdown(cell.source, cell.attachments);
    case Cell::Kind::kHeading:
      return write_markdown(
          std::string(static_cast<std::size_t>(cell.level), '#') + " " + one_line(cell.source), {});
    case Cell::Kind::kRaw:
      return write_raw(cell);
    case Cell::Kind::kCode:
      break;
  }
  if (!is_blank(cell.source)) {
    out_.code_block(cell.source, cell.language.empty() ? language_ : cell.language);
  }
  if (outputs_ == Outputs::kLeftOut) return;
  for (const Output& output : read_outputs(cell)) write_output(output);
}

void CellWriter::finish() {
  out_.finish();
  hidden_.tell(job_, {});
}

// The writer hands over what it has, and the text goes in behind it.
void CellWriter::write_markdown(const std::string& source, JsonValue attachments) {
  std::string text = source;
  markdown_plugin::normalize_line_ends(text);
  if (is_blank(text)) return;
  if (!text.ends_with('\n')) text += '\n';
  text += closing_of(text);
  const markdown_plugin::Findings found =
      markdown_plugin::find_destinations(text, markdown_plugin::Links::kAll);
  if (title_.empty()) title_ = found.title;
  const bool follows = has_content();
  out_.flush();
  if (follows) job_.write("\n");
  markdown_plugin::write_body(
      job_, text, found,
      [&](std::string_view destination) {
        const auto attached = attachment(attachments, destination);
        return attached ? attached : images_.collect(destination);
      },
      [this](std::string_view place) { return places_.find(place); });
  has_markdown_ = true;
}

std::optional<sluice_asset> CellWriter::attachment(JsonValue attachments,
                                                   std::string_view destination) {
  constexpr std::string_view kScheme = "attachment:";
  if (!destination.starts_with(kScheme)) return std::nullopt;
  const std::string name(destination.substr(kScheme.size()));
  JsonValue found = attachments.member(name);
  if (found.is_null()) found = attachments.member(percent_decode(name));
  const auto forms = found.members();
  if (forms.empty()) {
    job_.warn("missing-image", "the attachment " + name + " is not in its cell");
    return std::nullopt;
  }
  const auto& [type, content] = forms.front();
  const std::string text = content.text();
  if (type != "image/svg+xml") return picture_of(text, name);
  return job_.add_asset(name, type,
                        std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void CellWriter::write_raw(const Cell& cell) {
  if (cell.format == "text/markdown") return write_markdown(cell.source, {});
  if (cell.format == "text/html" && html::write_fragment(cell.source, job_, out_, hidden_)) return;
  if (is_blank(cell.source)) return;
  const bool is_tex = cell.format == "text/latex";
  out_.code_block(cell.source,
                  is_tex                                                                  ? "latex"
                  : cell.format == "text/x-rst" || cell.format == "text/restructuredtext" ? "rst"
                                                                                          : "");
}

void CellWriter::write_output(const Output& output) {
  switch (output.kind) {
    case Output::Kind::kStream:
    case Output::Kind::kError:
      return write_text(output.text);
    case Output::Kind::kData:
      return write_data(output);
  }
}

// An output comes in several forms. The first that Markdown can show well is written: text for
// people, then pictures, then the program's plain text.
void CellWriter::write_data(const Output& output) {
  const auto content = [&](const char* media_type, const char* version_3) {
    return output.data.text_of(key_of(output, media_type, version_3));
  };
  if (const std::string text = content("text/markdown", "markdown"); !is_blank(text)) {
    return write_markdown(text, {});
  }
  if (std::string page = content("text/html", "html"); !page.empty()) {
    if (html::write_fragment(std::move(page), job_, out_, hidden_)) {
      out_.end_paragraph();
      return;
    }
  }
  if (write_latex(content("text/latex", "latex"))) return;
  for (const PictureType& type : kPictures) {
    if (write_picture(content(type.media_type, type.version_3), type.media_type)) return;
  }
  if (const std::string text = content("text/plain", "text"); !text.empty())
    return write_text(text);
  if (const JsonValue json = json_of(output); !json.is_null()) {
    out_.code_block(json.written(), "json");
  } else if (!output.data.members().empty()) {
    ++left_out_;
  }
}

void CellWriter::write_text(std::string_view text) {
  const std::string shown = shown_on_terminal(text);
  if (!is_blank(shown)) out_.code_block(shown, "text");
}

// A formula alone; anything else in LaTeX is left to the other forms.
bool CellWriter::write_latex(std::string_view tex) {
  tex = trimmed(tex);
  const auto within = [&](std::string_view mark_begin,
                          std::string_view mark_end) -> std::string_view {
    if (tex.size() <= mark_begin.size() + mark_end.size() || !tex.starts_with(mark_begin) ||
        !tex.ends_with(mark_end))
      return {};
    return tex.substr(mark_begin.size(), tex.size() - mark_begin.size() - mark_end.size());
  };
  std::string_view formula;
  for (const auto& [begin, end] :
       {std::pair<std::string_view, std::string_view>{"$$", "$$"}, {"$", "$"}, {"\\[", "\\]"}}) {
    formula = within(begin, end);
    if (!formula.empty()) break;
  }
  if (formula.empty() && tex.starts_with("\\begin{") && !tex.starts_with("\\begin{tabular"))
    formula = tex;
  constexpr std::string_view kStyle = "\\displaystyle";
  if (formula.starts_with(kStyle)) formula.remove_prefix(kStyle.size());
  formula = trimmed(formula);
  if (formula.empty() || formula.find("$") != std::string_view::npos) return false;
  out_.math(formula, MathLayout::kDisplay);
  out_.end_paragraph();
  return true;
}

bool CellWriter::write_picture(const std::string& content, std::string_view type) {
  if (content.empty()) return false;
  const std::string name =
      "output" + std::to_string(pictures_ + 1) + "." + std::string(extension_for(type));
  std::optional<sluice_asset> asset;
  if (type == "image/svg+xml") {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
    if (sniff_image(bytes) == type) asset = job_.add_asset(name, type, bytes);
  } else {
    asset = picture_of(content, name);
  }
  if (!asset) return false;
  ++pictures_;
  out_.image(*asset, {});
  out_.end_paragraph();
  return true;
}

std::optional<sluice_asset> CellWriter::picture_of(const std::string& base64,
                                                   std::string_view name) {
  const auto bytes = decode_base64(base64);
  const std::string_view type = bytes ? sniff_image(*bytes) : std::string_view();
  if (type.empty()) {
    job_.warn("not-an-image", std::string(name) + " is no picture that can be read");
    return std::nullopt;
  }
  return job_.add_asset(name, type, *bytes);
}

}  // namespace sluice::notebook
