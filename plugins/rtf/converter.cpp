// SPDX-License-Identifier: Apache-2.0
#include "rtf/converter.hpp"

#include <algorithm>
#include <map>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string>
#include <string_view>

#include "docx/settings.hpp"
#include "html/fragment.hpp"
#include "html/hidden_text.hpp"
#include "rtf/block_writer.hpp"
#include "rtf/encapsulated.hpp"
#include "rtf/reader.hpp"
#include "rtf/survey.hpp"

namespace sluice::rtf {
namespace {

bool contains(std::string_view source, std::string_view text) {
  return source.find(text) != std::string_view::npos;
}

// Whether the text must be read before it is written: for links to bookmarks, and for fonts that
// may mean code, which only their names tell.
bool needs_survey(std::string_view source) {
  if (contains(source, "\\bkmkstart") && contains(source, "\\fldinst")) return true;
  Lexer lexer(source);
  ByteDecoder decoder;
  HeaderReader header(lexer, decoder);
  for (Token token = lexer.next(); token.kind != Token::Kind::kEnd; token = lexer.next()) {
    if (token.kind == Token::Kind::kWord && token.text == "fonttbl") header.read_fonts();
    if (token.kind == Token::Kind::kWord && token.text == "pard") break;
  }
  return std::any_of(header.fonts.begin(), header.fonts.end(),
                     [](const auto& font) { return font.second.monospaced; });
}

void report(Job& job, Reader& reader) {
  reader.pictures().report();
  const Losses& losses = reader.losses();
  reader.objects().tell("rtf");
  if (losses.deep_groups > 0) {
    job.warn(
        "deep-groups",
        counted(losses.deep_groups,
                "group stands more than 1,000 deep, and the look of the text in it is lost",
                "groups stand more than 1,000 deep, and the look of the text in them is lost"));
  }
  reader.left_out().tell(job, "rtf");
  if (reader.replaced() > 0) {
    job.warn("undecodable", counted(reader.replaced(), "character is", "characters are") +
                                " not in the code page of the text, and replaced");
  }
}

void conclude(Job& job, Reader& reader, const MarkdownWriter& out) {
  constexpr const char* kCutOff = "the document is cut off: its last groups have no end";
  if (!out.has_content()) {
    if (reader.losses().is_cut_off) throw Failure(Outcome::kMalformed, kCutOff);
    job.finish_as(Outcome::kEmpty,
                  reader.left_out().why_empty("there is no text in the document", "rtf"));
  } else if (reader.losses().is_cut_off) {
    job.finish_as(Outcome::kPartial, kCutOff);
  } else if (const std::size_t lost = reader.pictures().lost(); lost > 0) {
    job.finish_as(Outcome::kPartial, counted(lost, "picture") + " could not be read");
  }
}

void convert_text(Job& job, std::string_view source) {
  const docx::Settings settings = docx::read_settings(Options(job.options()));
  Survey survey;
  if (needs_survey(source)) {
    Reader reader(source, settings, Keep::kText, job, survey);
    survey.begin(reader.header());
    reader.read();
  }
  MarkdownWriter out(job);
  BlockWriter writer(job, out, settings, survey);
  Reader reader(source, settings, Keep::kAll, job, writer);
  writer.begin(reader.header());
  reader.read();
  writer.write(reader.footers());
  writer.close();
  writer.write_notes(reader.notes());
  out.finish();
  std::map<std::string, std::string>& metadata = reader.header().properties.metadata;
  if (!writer.title().empty()) metadata.emplace("title", writer.title());
  for (const auto& [key, value] : metadata) job.set_metadata(key, value);
  report(job, reader);
  conclude(job, reader, out);
}

// Pictures of a mail are beside its text in the mail, and not here.
void convert_html(Job& job, std::string_view source) {
  MarkdownWriter out(job);
  LeftOut hidden = html::hidden_elements();
  html::write_fragment(de_encapsulated(source), job, out, hidden);
  out.finish();
  hidden.tell(job, {});
  if (!out.has_content()) job.finish_as(Outcome::kEmpty, "there is no text in the document");
}

}  // namespace

bool RtfConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && head.substr(begin).starts_with("{\\rtf");
}

void RtfConverter::convert(Job& job) {
  const std::string_view source = job.source_text();
  if (encapsulated_in(source) == Encapsulated::kHtml) {
    convert_html(job, source);
  } else {
    convert_text(job, source);
  }
}

Canary RtfConverter::canary() const {
  return {
      "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset128 MS Mincho;}}\\b canary\\b0  "
      "\\f0\\'83\\'4a\\'83\\'69\\par}",
      "canary.rtf", "application/rtf", "**canary** \u30AB\u30CA\n"};
}

}  // namespace sluice::rtf
