#include <algorithm>
#include <array>

#include "plugin/media_type.h"
#include "plugin/router.h"
#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view media_type;
  std::string_view called;
};

// Formats that their first bytes tell for sure; those that a document set may hold.
constexpr auto kSignatures = std::to_array<Signature>({
    {0, "%PDF-"sv, "application/pdf", "%PDF"},
    {0, "{\\rtf"sv, "application/rtf", "{\\rtf"},
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png", "PNG"},
    {0, "\xff\xd8\xff"sv, "image/jpeg", "JPEG"},
    {0, "GIF87a"sv, "image/gif", "GIF87a"},
    {0, "GIF89a"sv, "image/gif", "GIF89a"},
    {0, "II*\0"sv, "image/tiff", "TIFF"},
    {0, "MM\0*"sv, "image/tiff", "TIFF"},
    {8, "WEBP"sv, "image/webp", "WEBP"},
    {4, "ftypavif"sv, "image/avif", "AVIF"},
    {4, "ftypheic"sv, "image/heic", "HEIC"},
    {4, "ftyp"sv, "video/mp4", "ftyp"},
    {0, "\0\0\1\0"sv, "image/vnd.microsoft.icon", "ICO"},
    {0, "8BPS"sv, "image/vnd.adobe.photoshop", "8BPS"},
    {0, "AT&TFORM"sv, "image/vnd.djvu", "AT&TFORM"},
    {0, "%!PS"sv, "application/postscript", "%!PS"},
    {0, "\x1f\x8b\x08"sv, "application/gzip", "gzip"},
    {0, "BZh"sv, "application/x-bzip2", "BZh"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "application/x-xz", "xz"},
    {0, "\x28\xb5\x2f\xfd"sv, "application/zstd", "zstd"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed", "7z"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar", "Rar!"},
    {257, "ustar"sv, "application/x-tar", "ustar"},
    // Workbooks from before OLE2: Excel 2, 3, 4 and 5.
    {0, "\x09\0\4\0"sv, "application/vnd.ms-excel", "BOF"},
    {0, "\x09\2\6\0"sv, "application/vnd.ms-excel", "BOF"},
    {0, "\x09\4\6\0"sv, "application/vnd.ms-excel", "BOF"},
    {0, "\x09\x08\x08\0\0\5"sv, "application/vnd.ms-excel", "BOF"},
    {0, "\x78\x9f\x3e\x22"sv, "application/ms-tnef", "TNEF"},
    // Of programs that are gone.
    {0, "\xffWPC"sv, "application/vnd.wordperfect", "WPC"},
    {0, "\x31\xbe\0\0"sv, "application/x-mswrite", "31 BE"},
    {0, "\x32\xbe\0\0"sv, "application/x-mswrite", "32 BE"},
    {0, "\0\0\2\0\4\4"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\2\0\6\4"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\x1a\0\0\x10"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\x1a\0\2\x10"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\x1a\0\3\x10"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\x1a\0\5\x10"sv, "application/vnd.lotus-1-2-3", "BOF"},
    {0, "\0\0\2\0\x20\x51"sv, "application/x-quattro-pro", "BOF"},
    {0, "\0\0\2\0\x21\x51"sv, "application/x-quattro-pro", "BOF"},
    {0, "\0\0\2\0\1\x10"sv, "application/x-quattro-pro", "BOF"},
    {0, "\0\0\2\0\2\x10"sv, "application/x-quattro-pro", "BOF"},
    {0, "\xff\0\2\0\4\4\5\x54"sv, "application/vnd.ms-works", "BOF"},
    {4, "BOBO"sv, "application/x-appleworks", "BOBO"},
    {0, "\xfe\x32\0\0"sv, "application/x-macword", "FE 32"},
    {0, "\xfe\x34\0\0"sv, "application/x-macword", "FE 34"},
    {0, "\xfe\x37\0\x1c"sv, "application/x-macword", "FE 37"},
    {0, "\xfe\x37\0\x23"sv, "application/x-macword", "FE 37"},
    {0, "SQLite format 3\0"sv, "application/vnd.sqlite3", "SQLite"},
    {0,
     "\x7f"
     "ELF"sv,
     "application/x-elf", "ELF"},
    {0, "OggS"sv, "application/ogg", "OggS"},
    {0, "fLaC"sv, "audio/flac", "fLaC"},
    {0, "ID3"sv, "audio/mpeg", "ID3"},
    {8, "WAVE"sv, "audio/x-wav", "WAVE"},
});

bool has_at(std::string_view prefix, std::size_t offset, std::string_view bytes) {
  return prefix.size() >= offset && prefix.substr(offset).starts_with(bytes);
}

// Text may begin with these few letters, too: the rest must be binary.
bool needs_binary(const Signature& signature) {
  return signature.bytes == "BZh" || signature.bytes == "ID3" || signature.bytes == "8BPS" ||
         signature.offset > 0 || signature.bytes == "OggS" || signature.bytes == "fLaC";
}

std::optional<SourceType> by_signature(std::string_view prefix, const TextGuess& text) {
  for (const Signature& signature : kSignatures) {
    if (!has_at(prefix, signature.offset, signature.bytes)) continue;
    if (needs_binary(signature) && text.textness == Textness::kText) continue;
    return SourceType{
        std::string(signature.media_type),
        "magic " + std::string(signature.called) + " at " + std::to_string(signature.offset)};
  }
  // Its four bytes after the size are reserved, and zero.
  if (has_at(prefix, 0, "BM") && has_at(prefix, 6, "\0\0\0\0"sv)) {
    return SourceType{"image/bmp", "magic BM at 0"};
  }
  return std::nullopt;
}

// Readers accept the header anywhere in the first kilobyte (ISO 32000-1, annex H, 3.4.1). Text that
// talks about PDF has it there too, but not under the name of a PDF: such a file came with the
// headers of a server or a page of its around it.
std::optional<SourceType> by_late_pdf_header(std::string_view prefix, const TextGuess& text,
                                             const std::string& extension) {
  const std::size_t at = prefix.substr(0, 1024).find("%PDF-");
  if (at == std::string_view::npos || at + 6 > prefix.size()) return std::nullopt;
  if (prefix[at + 5] < '0' || prefix[at + 5] > '9') return std::nullopt;
  const bool only_blanks =
      prefix.substr(0, at).find_first_not_of("\xef\xbb\xbf\0 \t\r\n\f"sv) == std::string_view::npos;
  const bool may_be_text = text.textness == Textness::kText && extension != "pdf";
  if (!only_blanks && may_be_text) return std::nullopt;
  return SourceType{"application/pdf", "magic %PDF at " + std::to_string(at)};
}

// Apple's property lists; of those that are web archives, this key is among the first objects.
std::optional<SourceType> by_property_list(std::string_view prefix, const std::string& extension) {
  if (!prefix.starts_with("bplist0")) return std::nullopt;
  if (prefix.find("WebMainResource") != std::string_view::npos || extension == "webarchive") {
    return SourceType{"application/x-webarchive", "magic bplist at 0, a web archive"};
  }
  return SourceType{"application/x-bplist", "magic bplist at 0"};
}

constexpr std::string_view kOleMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

bool is_zip(std::string_view prefix) {
  return prefix.starts_with("PK\x03\x04") || prefix.starts_with("PK\x05\x06");
}

SourceType text_type(std::string_view text, const TextGuess& guess, const std::string& extension) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string_view named = type_of_extension(extension);
  const bool name_says_text = is_text_type(named);
  for (const auto look : {sniff_markup, sniff_mail, sniff_tagged, sniff_subtitles, sniff_json}) {
    const auto hint = look(text);
    if (!hint) continue;
    if (hint->certain) {
      // A name can say more than that it is XML, or JSON.
      const bool refines = parent_type(named) == hint->media_type;
      if (!refines) return {hint->media_type, hint->why};
      return {std::string(named), hint->why + ", extension ." + extension};
    }
    if (!name_says_text) return {hint->media_type, hint->why};
  }
  if (named.empty() || named == kPlainText) {
    if (const auto hint = sniff_source_text(text)) return {hint->media_type, hint->why};
  }
  if (name_says_text) return {std::string(named), "text, extension ." + extension};
  return {std::string(kPlainText), "text: " + guess.why};
}

}  // namespace

DirectoryRange directory_range(std::string_view prefix, std::uint64_t source_size) {
  std::uint64_t offset = 0;
  if (is_zip(prefix)) {
    offset = source_size - std::min<std::uint64_t>(source_size, kSniffBytes);
  } else if (prefix.starts_with(kOleMark)) {
    offset = ole_directory_offset(prefix);
    if (offset == 0 || offset >= source_size) return {};
  } else {
    return {};
  }
  return {offset,
          static_cast<std::size_t>(std::min<std::uint64_t>(source_size - offset, kSniffBytes))};
}

std::string_view directory_of(std::string_view source) {
  const DirectoryRange range = directory_range(source, source.size());
  return source.substr(static_cast<std::size_t>(range.offset), range.size);
}

SourceType sniff(std::string_view prefix, std::string_view directory, std::string_view file_name) {
  prefix = prefix.substr(0, kSniffBytes);
  const std::string extension = lower_extension(file_name);
  if (is_zip(prefix)) return sniff_zip(prefix, directory, extension);
  if (prefix.starts_with(kOleMark)) return sniff_ole(prefix, directory, extension);
  const TextGuess guess = guess_text(prefix);
  if (auto type = by_signature(prefix, guess)) return std::move(*type);
  if (auto type = by_late_pdf_header(prefix, guess, extension)) return std::move(*type);
  if (auto type = by_property_list(prefix, extension)) return std::move(*type);
  const std::string_view named = type_of_extension(extension);
  const bool doubtful_text = guess.textness == Textness::kDoubtful && is_text_type(named);
  if (guess.textness == Textness::kText || doubtful_text) {
    return text_type(guess.ascii.empty() ? prefix : std::string_view(guess.ascii), guess,
                     extension);
  }
  return {std::string(kUnknownType), guess.why + " of no known kind"};
}

}  // namespace sluice::plugin
