// SPDX-License-Identifier: Apache-2.0
//
// The file within an object of another program that an Office document holds (OLE 1 and 2,
// [MS-OLEDS]): a workbook within a text, a PDF on a slide, any file that was dropped into a letter.
// All bytes are claims of an unknown author: nothing is read beyond them, and what makes no sense
// is no file.
#pragma once

#include <optional>
#include <sluice/compound_file.hpp>
#include <string>
#include <string_view>

namespace sluice {

struct EmbeddedFile {
  std::string name;  // as the object has it, without folders, one line of UTF-8; may be empty
  std::string bytes;
};

// What the program of an object calls it ([MS-OLEDS] 2.3.8: "Microsoft Excel Worksheet"); empty if
// the storage does not say.
std::string kind_of_object(CompoundFile& file, const CompoundFile::Entry& storage);

// The file that an object's storage holds: what a packager kept (2.3.6), a document that another
// program kept in a stream (OOXML, OpenDocument, PDF, RTF), or the storage itself, if it is a
// document of Word, Excel, PowerPoint or Outlook. Nothing: something that only its program can
// read, or that is cut off.
std::optional<EmbeddedFile> file_in_object(CompoundFile& file, const CompoundFile::Entry& storage);

// The same of an object in a stream or part of its own: bytes that are a document themselves, or a
// compound file around one.
std::optional<EmbeddedFile> file_in_object(std::string bytes);

// That of an OLE 1 object ([MS-OLEDS] 2.2.5), which RTF has: `kind` becomes the name of its class.
std::optional<EmbeddedFile> file_in_ole1_object(std::string_view bytes, std::string& kind);

// The extension of a document by its first bytes and what it lists ("xlsx", without the dot); empty
// if it is none of those that are embedded in others.
std::string_view document_extension(std::string_view bytes);

}  // namespace sluice
