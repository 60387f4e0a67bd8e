// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/code_page.hpp>
#include <sluice/embedded_file.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>
#include <sluice/storage_copy.hpp>
#include <utility>

namespace sluice {
namespace {

constexpr std::size_t kMaxFileName = 240;
constexpr std::size_t kMaxClassName = 60;
// Stored like workbooks and texts, but nothing in them is more than the picture that the document
// shows: charts of Microsoft Graph 5 and 97, pictures of Word 6 and 97. Of their class ids, the
// first four bytes.
constexpr std::array<std::uint32_t, 4> kPictureClasses = {0x20801, 0x20803, 0x20901, 0x20907};

// Of the computer's code page, which no object names; programs of the West write ASCII.
std::string western(std::string_view bytes) {
  return CodePage(1252).utf8(bytes.substr(0, bytes.find('\0')));
}

std::string file_name_of(std::string_view path) {
  return one_line(path.substr(path.find_last_of("/\\") + 1), kMaxFileName);
}

std::string_view extension_of_zip(std::string_view bytes) {
  struct Known {
    std::string_view mark;
    std::string_view extension;
  };
  // The first member of OpenDocument is its type, as it is; OPC packages name their main part.
  static constexpr auto kTypes = std::to_array<Known>({{"opendocument.text", "odt"},
                                                       {"opendocument.spreadsheet", "ods"},
                                                       {"opendocument.presentation", "odp"},
                                                       {"opendocument.graphics", "odg"}});
  static constexpr auto kParts = std::to_array<Known>({{"word/document.xml", "docx"},
                                                       {"xl/workbook.xml", "xlsx"},
                                                       {"xl/workbook.bin", "xlsb"},
                                                       {"ppt/presentation.xml", "pptx"}});
  constexpr std::size_t kTypeEnd = 100;
  for (const Known& known : kTypes) {
    if (bytes.substr(0, kTypeEnd).find(known.mark) != std::string_view::npos)
      return known.extension;
  }
  for (const Known& known : kParts) {
    if (bytes.find(known.mark) != std::string_view::npos) return known.extension;
  }
  return "zip";
}

bool is_picture(const CompoundFile::Entry& storage) {
  const std::string id(storage.class_id.begin(), storage.class_id.end());
  return std::find(kPictureClasses.begin(), kPictureClasses.end(), little_u32(id, 0)) !=
         kPictureClasses.end();
}

std::string_view extension_of_storage(const CompoundFile& file,
                                      const CompoundFile::Entry& storage) {
  struct Known {
    std::string_view stream;
    std::string_view extension;
  };
  static constexpr auto kStreams = std::to_array<Known>({{"WordDocument", "doc"},
                                                         {"Workbook", "xls"},
                                                         {"Book", "xls"},
                                                         {"PowerPoint Document", "ppt"},
                                                         {"__properties_version1.0", "msg"}});
  if (is_picture(storage)) return {};
  for (const Known& known : kStreams) {
    if (file.find(storage, known.stream) != nullptr) return known.extension;
  }
  return {};
}

// A file and its name as the packager of Windows keeps them, behind a size: label, path, a path for
// the copy, the bytes; newer ones write the three texts again, as UTF-16.
std::optional<EmbeddedFile> file_of_packager(std::string_view bytes) {
  constexpr std::uint16_t kMark = 2;
  constexpr std::uint16_t kIsFile = 3;
  FieldReader fields(bytes);
  if (fields.u16() != kMark) return std::nullopt;
  const auto text = [&]() -> std::string_view {
    const std::string_view rest = bytes.substr(bytes.size() - fields.left());
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return fields.bytes(rest.size() + 1);  // none: fields fail
    return fields.bytes(end + 1).substr(0, end);
  };
  const std::string_view label = text();
  const std::string_view path = text();
  fields.skip(2);
  if (fields.u16() != kIsFile) return std::nullopt;
  fields.skip(fields.u32());
  EmbeddedFile file;
  file.bytes = fields.bytes(fields.u32());
  if (!fields.ok()) return std::nullopt;
  const auto wide = [&] {
    const std::size_t units = fields.u32();
    return utf8_of_utf16le(fields.bytes(std::min(units, fields.left() + 1) * 2));
  };
  wide();
  std::string name = wide();
  if (!fields.ok() || is_blank(name)) name = western(is_blank(label) ? path : label);
  file.name = file_name_of(name);
  return file;
}

std::optional<EmbeddedFile> file_in_bytes(std::string bytes, unsigned depth);

// Bytes that a program keeps as it likes: the packager's, or a document.
std::optional<EmbeddedFile> file_in_native_data(std::string_view bytes, unsigned depth) {
  if (auto file = file_of_packager(bytes)) return file;
  return file_in_bytes(std::string(bytes), depth);
}

// `depth`: of compound files around it.
std::optional<EmbeddedFile> file_in_stream(CompoundFile& file, const CompoundFile::Entry& storage,
                                           unsigned depth) {
  if (const auto* const native = file.find(storage, "\1Ole10Native")) {
    const CompoundFile::Content content = file.read(*native);
    constexpr std::size_t kSize = 4;
    if (!content.is_whole || content.bytes.size() < kSize) return std::nullopt;
    return file_in_native_data(std::string_view(content.bytes).substr(kSize), depth);
  }
  // Of OOXML, LibreOffice, Acrobat and WordPad.
  for (const char* name : {"Package", "EmbeddedOdf", "package_stream", "CONTENTS"}) {
    const auto* const stream = file.find(storage, name);
    if (stream == nullptr) continue;
    CompoundFile::Content content = file.read(*stream);
    if (!content.is_whole) continue;
    if (auto found = file_in_bytes(std::move(content.bytes), depth)) return found;
  }
  return std::nullopt;
}

std::optional<EmbeddedFile> file_in_bytes(std::string bytes, unsigned depth) {
  constexpr unsigned kMaxDepth = 4;
  if (depth > kMaxDepth) return std::nullopt;
  if (!std::string_view(bytes).starts_with(kCompoundFileMark)) {
    if (document_extension(bytes).empty()) return std::nullopt;
    return EmbeddedFile{{}, std::move(bytes)};
  }
  try {
    CompoundFile file(bytes);
    if (auto found = file_in_stream(file, file.root(), depth + 1)) return found;
    if (extension_of_storage(file, file.root()).empty()) return std::nullopt;
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return std::nullopt;
  }
  return EmbeddedFile{{}, std::move(bytes)};
}

}  // namespace

std::string kind_of_object(CompoundFile& file, const CompoundFile::Entry& storage) {
  const CompoundFile::Entry* const entry = file.find(storage, "\1CompObj");
  if (entry == nullptr) return {};
  constexpr std::size_t kHead = 28;
  constexpr std::size_t kMaxBytes = 4096;
  const std::string bytes = file.read(*entry, kMaxBytes).bytes;
  if (bytes.size() < kHead + 4) return {};
  const std::string_view text = std::string_view(bytes).substr(kHead + 4, little_u32(bytes, kHead));
  return one_line(western(text), kMaxClassName);
}

std::optional<EmbeddedFile> file_in_object(CompoundFile& file, const CompoundFile::Entry& storage) {
  if (auto found = file_in_stream(file, storage, 0)) return found;
  if (extension_of_storage(file, storage).empty()) return std::nullopt;
  EmbeddedFile copy;
  const std::uint64_t cut = copy_storage(file, storage, StorageCopy::kPlain,
                                         [&](std::string_view piece) { copy.bytes += piece; });
  return cut == 0 ? std::optional(std::move(copy)) : std::nullopt;
}

std::optional<EmbeddedFile> file_in_object(std::string bytes) {
  return file_in_bytes(std::move(bytes), 0);
}

std::optional<EmbeddedFile> file_in_ole1_object(std::string_view bytes, std::string& kind) {
  constexpr std::uint32_t kIsEmbedded = 2;
  FieldReader fields(bytes);
  fields.skip(4);
  const bool is_embedded = fields.u32() == kIsEmbedded;
  const std::string_view name = fields.bytes(fields.u32());
  if (fields.ok() && !name.empty()) kind = one_line(western(name), kMaxClassName);
  fields.skip(fields.u32());  // what it is about, and which part of that
  fields.skip(fields.u32());
  const std::string_view native = fields.bytes(fields.u32());
  if (!fields.ok() || !is_embedded) return std::nullopt;
  return file_in_native_data(native, 0);
}

std::string_view document_extension(std::string_view bytes) {
  constexpr std::size_t kPdfHead = 1024;  // some programs write lines before it
  if (bytes.starts_with("PK\x03\x04")) return extension_of_zip(bytes);
  if (bytes.substr(0, kPdfHead).find("%PDF-") != std::string_view::npos) return "pdf";
  if (bytes.starts_with("{\\rtf")) return "rtf";
  if (!bytes.starts_with(kCompoundFileMark)) return {};
  try {
    CompoundFile file(bytes);
    return extension_of_storage(file, file.root());
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return {};
  }
}

}  // namespace sluice
