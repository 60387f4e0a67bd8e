// SPDX-License-Identifier: Apache-2.0
//
// Objects of other programs within an Office document (OLE: a workbook within a text). A converter
// shows what the document shows of them, which is a picture; what they hold stays behind, and one
// warning says so.
//
//   sluice::EmbeddedObjects objects;
//   objects.add_parts(package, package.relationships(slide));
//   objects.tell(job);
#pragma once

#include <cstddef>
#include <set>
#include <sluice/compound_file.hpp>
#include <sluice/opc.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice {

class EmbeddedObjects {
 public:
  // So many of a kind, as the file names it ("Excel.Sheet.8"); empty if it does not.
  void add(std::string_view kind, std::size_t count = 1);
  // Those that a part of a package relates to (ECMA-376, part 1, 15.2.10, 15.2.11), each once.
  // What is linked is in another file, and no loss.
  void add_parts(const OpcPackage& package, const OpcRelationships& relationships);
  // One that is a storage of a compound file.
  void add_storage(CompoundFile& file, const CompoundFile::Entry& storage);

  std::size_t count() const { return count_; }
  // Warns of them, if there are any: `embedded-document`.
  void tell(Job& job) const;

 private:
  // ": Excel.Sheet.8, Package", or nothing.
  std::string kinds() const;

  std::size_t count_ = 0;
  std::set<std::string> parts_;
  std::set<std::string> kinds_;  // the first few
};

// What the program of an object calls it ([MS-OLEDS] 2.3.8: "Microsoft Excel Worksheet"); empty if
// the storage does not say.
std::string kind_of_object(CompoundFile& file, const CompoundFile::Entry& storage);

}  // namespace sluice
