// SPDX-License-Identifier: Apache-2.0
#include "legacy/formats.hpp"

#include <librevenge-generators/librevenge-generators.h>
#include <libwpd/libwpd.h>
#include <libwpg/libwpg.h>
#include <libwps/libwps.h>

#include <libmwaw/libmwaw.hxx>
#include <libodfgen/libodfgen.hxx>
#include <new>
#include <sluice/plugin.hpp>

#include "legacy/flat_document.hpp"

namespace sluice::legacy {
namespace {

// What the parsers of all three libraries say in their own words.
enum class Result : std::uint8_t { kGood, kDamaged, kWrongPassword };

std::optional<Format> word_perfect(librevenge::RVNGInputStream& input) {
  switch (libwpd::WPDocument::isFileFormatSupported(&input)) {
    case libwpd::WPD_CONFIDENCE_EXCELLENT:
      return Format{Library::kWordPerfect, Kind::kText};
    case libwpd::WPD_CONFIDENCE_SUPPORTED_ENCRYPTION:
      return Format{Library::kWordPerfect, Kind::kText, true};
    case libwpd::WPD_CONFIDENCE_UNSUPPORTED_ENCRYPTION:
      return Format{Library::kWordPerfect, Kind::kText, true, false};
    default:
      return std::nullopt;
  }
}

std::optional<Format> works(librevenge::RVNGInputStream& input) {
  libwps::WPSKind kind = libwps::WPS_TEXT;
  libwps::WPSCreator creator = libwps::WPS_MSWORKS;
  bool needs_encoding = false;
  const auto confidence =
      libwps::WPSDocument::isFileFormatSupported(&input, kind, creator, needs_encoding);
  if (confidence == libwps::WPS_CONFIDENCE_NONE) return std::nullopt;
  Format format{Library::kWorks};
  if (kind == libwps::WPS_SPREADSHEET || kind == libwps::WPS_DATABASE) format.kind = Kind::kSheets;
  format.is_encrypted = confidence == libwps::WPS_CONFIDENCE_SUPPORTED_ENCRYPTION;
  return format;
}

std::optional<Format> mac(librevenge::RVNGInputStream& input) {
  MWAWDocument::Type type = MWAWDocument::MWAW_T_UNKNOWN;
  MWAWDocument::Kind kind = MWAWDocument::MWAW_K_UNKNOWN;
  const auto confidence = MWAWDocument::isFileFormatSupported(&input, type, kind);
  if (confidence == MWAWDocument::MWAW_C_NONE) return std::nullopt;
  Format format{Library::kMac};
  format.is_encrypted = confidence != MWAWDocument::MWAW_C_EXCELLENT;
  format.can_be_opened = confidence != MWAWDocument::MWAW_C_UNSUPPORTED_ENCRYPTION;
  switch (kind) {
    case MWAWDocument::MWAW_K_TEXT:
      return format;
    case MWAWDocument::MWAW_K_SPREADSHEET:
    case MWAWDocument::MWAW_K_DATABASE:
      format.kind = Kind::kSheets;
      return format;
    case MWAWDocument::MWAW_K_PRESENTATION:
      format.kind = Kind::kSlides;
      return format;
    case MWAWDocument::MWAW_K_DRAW:
    case MWAWDocument::MWAW_K_PAINT:
      format.kind = Kind::kDrawing;
      return format;
    default:
      return std::nullopt;
  }
}

// Graphics of WordPerfect within a text, as SVG.
bool show_graphic(const librevenge::RVNGBinaryData& graphic, librevenge::RVNGBinaryData& out) {
  librevenge::RVNGStringVector pages;
  librevenge::RVNGSVGDrawingGenerator generator(pages, "");
  librevenge::RVNGInputStream* const input = graphic.getDataStream();
  if (input == nullptr || !libwpg::WPGraphics::parse(input, &generator)) return false;
  if (pages.empty()) return false;
  out.clear();
  out.append(reinterpret_cast<const unsigned char*>(pages[0].cstr()), pages[0].size());
  return true;
}

Result result_of(libwpd::WPDResult result) {
  if (result == libwpd::WPD_PASSWORD_MISSMATCH_ERROR ||
      result == libwpd::WPD_UNSUPPORTED_ENCRYPTION_ERROR) {
    return Result::kWrongPassword;
  }
  return result == libwpd::WPD_OK ? Result::kGood : Result::kDamaged;
}
Result result_of(libwps::WPSResult result) {
  if (result == libwps::WPS_ENCRYPTION_ERROR) return Result::kWrongPassword;
  return result == libwps::WPS_OK ? Result::kGood : Result::kDamaged;
}
Result result_of(MWAWDocument::Result result) {
  if (result == MWAWDocument::MWAW_R_PASSWORD_MISSMATCH_ERROR) return Result::kWrongPassword;
  return result == MWAWDocument::MWAW_R_OK ? Result::kGood : Result::kDamaged;
}

// Texts and sheets that both of these libraries read.
template <typename Generator>
Result parse_by_works_or_mac(librevenge::RVNGInputStream& input, Library library,
                             const char* password, Generator& generator) {
  if (library == Library::kWorks) {
    return result_of(
        libwps::WPSDocument::parse(&input, &generator, password == nullptr ? "" : password));
  }
  return result_of(MWAWDocument::parse(&input, &generator, password));
}

Result parse_text(librevenge::RVNGInputStream& input, Library library, const char* password,
                  FlatDocument& out) {
  OdtGenerator generator;
  generator.addDocumentHandler(&out, ODF_FLAT_XML);
  generator.registerEmbeddedImageHandler("image/x-wpg", &show_graphic);
  if (library == Library::kWordPerfect) {
    return result_of(libwpd::WPDocument::parse(&input, &generator, password));
  }
  return parse_by_works_or_mac(input, library, password, generator);
}

Result parse_sheets(librevenge::RVNGInputStream& input, Library library, const char* password,
                    FlatDocument& out) {
  OdsGenerator generator;
  generator.addDocumentHandler(&out, ODF_FLAT_XML);
  return parse_by_works_or_mac(input, library, password, generator);
}

Result parse_pages(librevenge::RVNGInputStream& input, Kind kind, const char* password,
                   FlatDocument& out) {
  if (kind == Kind::kSlides) {
    OdpGenerator generator;
    generator.addDocumentHandler(&out, ODF_FLAT_XML);
    return result_of(MWAWDocument::parse(&input, &generator, password));
  }
  OdgGenerator generator;
  generator.addDocumentHandler(&out, ODF_FLAT_XML);
  return result_of(MWAWDocument::parse(&input, &generator, password));
}

Result parse(librevenge::RVNGInputStream& input, const Format& format, const std::string& password,
             FlatDocument& out) {
  const char* const given = format.is_encrypted && !password.empty() ? password.c_str() : nullptr;
  switch (format.kind) {
    case Kind::kText:
      return parse_text(input, format.library, given, out);
    case Kind::kSheets:
      return parse_sheets(input, format.library, given, out);
    default:
      return parse_pages(input, format.kind, given, out);
  }
}

}  // namespace

Format format_of(librevenge::RVNGInputStream& input) {
  try {
    for (const auto look : {word_perfect, works, mac}) {
      input.seek(0, librevenge::RVNG_SEEK_SET);
      if (const auto format = look(input)) return *format;
    }
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    // Their exceptions have no common type; a damaged file is one that they do not know.
  }
  return {};
}

Lowered lower(librevenge::RVNGInputStream& input, const Format& format,
              const std::string& password) {
  FlatDocument document;
  Result result = Result::kDamaged;
  input.seek(0, librevenge::RVNG_SEEK_SET);
  try {
    result = parse(input, format, password, document);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    // As above.
  }
  Lowered lowered;
  lowered.kind = format.kind;
  if (result == Result::kWrongPassword) {
    throw Failure(Outcome::kEncrypted, password.empty()
                                           ? "the document is protected by a password"
                                           : "the password does not open the document");
  }
  if (result == Result::kDamaged)
    lowered.defect = "the document is damaged; its end may be missing";
  if (document.is_full()) lowered.defect = "the document is too large; its end is missing";
  lowered.xml = document.take();
  if (lowered.xml.empty() && result == Result::kGood) {
    throw Failure(Outcome::kEmpty, "the document has no text and no pictures");
  }
  if (lowered.xml.empty()) {
    throw Failure(Outcome::kMalformed, "the document is damaged; nothing of it can be read");
  }
  return lowered;
}

}  // namespace sluice::legacy
