// SPDX-License-Identifier: Apache-2.0
#include "fb2/converter.hpp"

#include <sluice/options.hpp>

#include "fb2/book.hpp"

namespace sluice::fb2 {
namespace {

constexpr XmlNamespace kNames[] = {{"", "http://www.gribuser.ru/xml/fictionbook/2.0"},
                                   {"", "http://www.gribuser.ru/xml/fictionbook/2.1"},
                                   {"l", "http://www.w3.org/1999/xlink"}};

}  // namespace

void Fb2Converter::convert(Job& job) {
  const XmlPart part =
      parse_xml(std::string(job.source_text()), "the book", kNames, {.blanks = XmlBlanks::kAll});
  if (!named(part.root(), "FictionBook"))
    throw Failure(Outcome::kUnsupported, "the file is no FictionBook");
  Book book(job, part.root());
  book.set_metadata();
  book.write(Options(job.options()).get_bool("cover"));
  if (!part.defect().empty()) {
    job.warn("damaged-book", part.defect());
    job.finish_as(book.has_content() ? Outcome::kPartial : Outcome::kMalformed, part.defect());
  } else if (!book.has_content()) {
    job.finish_as(Outcome::kEmpty, "the book shows no text and no pictures");
  }
}

Canary Fb2Converter::canary() const {
  return {
      "<?xml version=\"1.0\" encoding=\"windows-1251\"?>"
      "<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\"><body><section>"
      "<title><p>Canary</p></title><p>\xCA\xE0\xED <strong>b</strong></p></section></body>"
      "</FictionBook>",
      "canary.fb2", "application/x-fictionbook+xml", "# Canary\n\n\u041A\u0430\u043D **b**\n"};
}

}  // namespace sluice::fb2
