// SPDX-License-Identifier: Apache-2.0
#include "docx/embedded.hpp"

#include <algorithm>
#include <cstdint>
#include <html/fragment.hpp>
#include <html/source.hpp>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <string>
#include <string_view>

#include "docx/document.hpp"
#include "docx/mht.hpp"
#include "docx/notes_writer.hpp"
#include "docx/objects.hpp"
#include "docx/story.hpp"

namespace sluice::docx {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void write_html(StoryContext& context, std::string_view bytes, std::string_view charset) {
  const auto raw = bytes_of(bytes);
  const std::string declared(charset.empty() ? html::declared_charset(raw) : std::string(charset));
  html::write_fragment(decode_text(raw, declared, SingleNul::kDropped).utf8, context.document.job,
                       context.out, context.document.hidden_html);
}

void write_text(StoryContext& context, std::string_view bytes) {
  const std::string text = decode_text(bytes_of(bytes)).utf8;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    if (!line.empty()) {
      context.out.text(line);
      context.out.end_paragraph();
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

// Its notes follow it, numbered on from those of the document around it.
void write_document(StoryContext& context, std::string_view bytes) {
  Document& around = context.document;
  const OpcPackage package(bytes, around.package.zip().limits_within());
  Document inner(around.job, package, around.settings);
  inner.notes.number_on_from(around.notes);
  Story(inner, inner.relationships, context.out).write(inner.body());
  write_objects(inner, context.out);
  write_notes(inner, context.out);
  inner.tell_what_is_left_out();
  around.notes.number_on_from(inner.notes);
  around.missing_images += inner.missing_images;
  around.left_something_out = around.left_something_out || inner.left_something_out;
}

// False if it is of no kind that is read.
bool write_part(StoryContext& context, const std::string& part, std::string_view bytes) {
  const std::string type = context.document.package.content_type(part);
  const auto ends = [&part](std::string_view extension) {
    return ends_with_ignoring_ascii_case(part, extension);
  };
  if (bytes.starts_with("PK")) {
    write_document(context, bytes);
  } else if (type == "message/rfc822" || ends(".mht") || ends(".mhtml")) {
    const MhtPage page = read_mht(bytes);
    if (page.html.empty()) return false;
    write_html(context, page.html, page.charset);
  } else if (type.find("html") != std::string::npos || ends(".htm") || ends(".html") ||
             ends(".xhtml")) {
    write_html(context, bytes, {});
  } else if (type == "text/plain" || ends(".txt")) {
    write_text(context, bytes);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void write_embedded(StoryContext& context, XmlNode chunk) {
  Document& document = context.document;
  const OpcRelationship* link = context.relationships.find(chunk.attribute("r:id").value());
  std::string why = "is of a kind that is not read";
  if (link == nullptr || link->mode == OpcTarget::kExternal ||
      !document.package.has(link->target)) {
    why = "is not in the file";
  } else {
    try {
      const std::string bytes = document.package.read(link->target);
      if (write_part(context, link->target, bytes)) return;
    } catch (const Failure& failure) {
      if (failure.outcome() == Outcome::kCancelled || failure.outcome() == Outcome::kIo) throw;
      why = std::string("cannot be read: ") + failure.what();
    }
  }
  document.left_something_out = true;
  document.job.warn("embedded-document",
                    "a document that is embedded in it was left out: it " + why);
}

}  // namespace sluice::docx
