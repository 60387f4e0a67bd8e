// SPDX-License-Identifier: Apache-2.0
#include "legacy/converter.hpp"

#include <sluice/options.hpp>

#include "legacy/formats.hpp"
#include "odf/convert.hpp"

namespace sluice::legacy {
namespace {

// Their streams count in 32 bits; no program of that time made a file of a tenth of it.
constexpr std::uint64_t kMaxBytes = std::uint64_t{512} << 20;

// As the converters of OpenDocument are by default, but without marks of pages.
constexpr std::string_view kText =
    R"({"tracked_changes":"accept","comments":false,"hidden_text":false,"headers_footers":false,)"
    R"("page_markers":false,"merged_cells":"empty","embedded_documents":true})";
constexpr std::string_view kSheets =
    R"({"hidden_sheets":false,"hidden_cells":false,"formulas":"values","dates":"shown",)"
    R"("merged":"first","header":"first-row","comments":false,"drawings":true,)"
    R"("embedded_documents":true})";
constexpr std::string_view kSlides =
    R"({"notes":true,"footers":false,"hidden_slides":false,"comments":false,)"
    R"("embedded_documents":true})";

Lowered lowered_of(Job& job) {
  const auto bytes = job.source();
  if (bytes.empty()) throw Failure(Outcome::kEmpty, "the file has no content");
  if (bytes.size() > kMaxBytes) {
    throw Failure(Outcome::kLimit, "the file is larger than 512 MiB");
  }
  librevenge::RVNGStringStream input(bytes.data(), static_cast<unsigned>(bytes.size()));
  const Format format = format_of(input);
  if (format.library == Library::kNone) {
    throw Failure(Outcome::kUnsupported, "no program is known that wrote such a document");
  }
  const std::string password(job.secret("password"));
  if (format.is_encrypted && (!format.can_be_opened || password.empty())) {
    throw Failure(Outcome::kEncrypted,
                  format.can_be_opened ? "the document is protected by a password"
                                       : "the document is encrypted in a way that is not known");
  }
  return lower(input, format, password);
}

}  // namespace

// The libraries look again, at all of the file: they know some thirty formats, many without a mark.
bool LegacyConverter::probe(const Probe& input) {
  return input.head.empty() || input.head.size() > 16;
}

void LegacyConverter::convert(Job& job) {
  Lowered lowered = lowered_of(job);
  job.check_cancelled();
  odf::Document document(job, std::move(lowered.xml), lowered.defect);
  switch (lowered.kind) {
    case Kind::kText:
      return odf::convert_text(job, document, Options(kText), {});
    case Kind::kSheets:
      return odf::convert_sheets(job, document, Options(kSheets), {});
    default:
      return odf::convert_slides(job, document, Options(kSlides), {});
  }
}

// A text of WordPerfect 5: a header, and characters of two of its sets.
Canary LegacyConverter::canary() const {
  static constexpr char kDocument[] =
      "\xFFWPC\x1A\0\0\0\x01\x0A\0\x01\0\0\0\0"
      "\xFB\xFF\x05\0\x32\0\0\0\0\0"
      "caf\xC0\x29\x01\xC0 Canary\n";
  return {std::string_view(kDocument, sizeof kDocument - 1), "canary.wpd",
          "application/vnd.wordperfect", "caf\xC3\xA9 Canary\n"};
}

}  // namespace sluice::legacy
