// SPDX-License-Identifier: Apache-2.0
//
// Objects of other programs within an Office document (OLE: a workbook within a text, a file in a
// letter). A converter shows what the document shows of them, which is a picture. What they hold
// becomes a document of its own, with a link where the object stands; what only another program can
// read stays behind, and one warning says so.
//
//   sluice::EmbeddedObjects objects(job, sluice::Embedded::kTaken);
//   objects.write_parts(package, package.relationships(slide), out);   // behind the slide
//   objects.tell("pptx");
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sluice/children.hpp>
#include <sluice/compound_file.hpp>
#include <sluice/embedded_file.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Whether documents within a document are taken out, or only named.
enum class Embedded : std::uint8_t { kTaken, kNamed };

// What became of an object's file: a document of its own, a picture to show, or, if the host takes
// no more, only its name.
struct TakenObject {
  std::string name;
  std::optional<sluice_child> child;
  std::optional<sluice_asset> picture;
};

// Shows the picture, or writes the name as a link to the document; blanks part it from its
// neighbours.
void write_taken(const TakenObject& object, MarkdownWriter& out);

class EmbeddedObjects {
 public:
  // `job` must outlive it.
  EmbeddedObjects(Job& job, Embedded embedded)
      : job_(job), children_(job), is_taking_(embedded == Embedded::kTaken), embedded_(embedded) {
    is_taking_ = is_taking_ && children_.are_taken();
  }

  // Counts so many that are not taken, of a kind as the file names it ("Excel.Sheet.8"); empty if
  // it does not.
  void leave(std::string_view kind, std::size_t count = 1);
  // Whether files are asked for: if not, every object is only named.
  bool is_taking() const { return is_taking_; }
  // Hands over the file of one object, which a program calls `kind`. Nothing: there is no file, or
  // none is asked for; it is counted. Throws Failure (cancelled, io).
  std::optional<TakenObject> take(std::string_view kind, std::optional<EmbeddedFile> file);
  // The same of one that is a storage of a compound file.
  std::optional<TakenObject> take(CompoundFile& file, const CompoundFile::Entry& storage);

  // The same of one that `read` gives, which is called `name` ("Book.xlsx", "oleObject1.bin") where
  // nothing in it says better. What cannot be read is counted.
  std::optional<TakenObject> take_stream(std::string_view name,
                                         const std::function<std::string()>& read);

  // Writes the link to what a part of a package holds, which the relationship `id` of the present
  // part leads to. Does nothing if it is not there, is linked, or only named. A part that several
  // places show is handed over once.
  void write_part(const OpcPackage& package, const OpcRelationships& relationships,
                  std::string_view id, MarkdownWriter& out);
  // Links, each a paragraph, to the objects that a part of a package relates to (ECMA-376, part 1,
  // 15.2.10, 15.2.11) and that nothing was written of yet. `begin` is called before the first one.
  // What is linked is in another file, and no loss.
  void write_parts(
      const OpcPackage& package, const OpcRelationships& relationships, MarkdownWriter& out,
      const std::function<void()>& begin = [] {});

  // Warns of those that were left, if there are any: `embedded-document`. `plugin`: as for LeftOut.
  void tell(std::string_view plugin) const;

 private:
  const std::optional<TakenObject>& part(const OpcPackage& package, const std::string& name);
  std::optional<TakenObject> hand_over(std::string name, const std::string& bytes);
  // ": Excel.Sheet.8, Package", or nothing.
  std::string kinds() const;

  Job& job_;
  Children children_;
  bool is_taking_;
  Embedded embedded_;
  std::map<std::string, std::optional<TakenObject>> parts_;
  std::size_t left_ = 0;
  std::set<std::string> kinds_;  // the first few of those left
};

}  // namespace sluice
