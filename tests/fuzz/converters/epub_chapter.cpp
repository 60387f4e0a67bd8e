// The input is a chapter, in a sound book; another chapter, with a note and a picture, is there to
// be referred to.
#include "epub/converter.hpp"
#include "fuzz_converter.h"
#include "kit/zip_builder.h"

namespace {

using sluice::test::ZipBuilder;

std::string book_of(std::string_view chapter) {
  ZipBuilder::Options stored;
  stored.stored = true;
  ZipBuilder zip;
  zip.add("META-INF/container.xml",
          "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>", stored);
  zip.add("b.opf",
          "<package xmlns='http://www.idpf.org/2007/opf'><manifest>"
          "<item id='a' href='a.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
          "<item id='n' href='n.xhtml' media-type='application/xhtml+xml'/>"
          "</manifest><spine><itemref idref='a'/><itemref idref='n'/></spine></package>",
          stored);
  zip.add("a.xhtml", chapter, stored);
  zip.add("n.xhtml",
          "<html><body><h1 id='h'>Notes</h1><p id='p'><a href='a.xhtml#c'>1</a> note</p>"
          "<aside id='f' epub:type='footnote'>foot</aside><img src='i.png'/></body></html>",
          stored);
  zip.add("i.png", "\x89PNG\r\n\x1a\n", stored);
  return zip.build();
}

const sluice::fuzz::ConverterCase kCase{
    "book.epub",
    "application/epub+zip",
    {R"({"contents_page":true})", R"({"contents_page":false})"}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string book = book_of({reinterpret_cast<const char*>(data), size});
  return sluice::fuzz::fuzz_converter<sluice::epub::EpubConverter>(
      reinterpret_cast<const std::uint8_t*>(book.data()), book.size(), kCase);
}
