// SPDX-License-Identifier: Apache-2.0
//
// XML of any size, piece by piece, in memory that does not grow with it: for the parts of a package
// that no tree could hold, such as a worksheet of a gigabyte. Small parts are easier to read as a
// tree; see sluice/xml.hpp.
//
//   struct Rows : sluice::XmlHandler {
//     void start_element(std::string_view name, const sluice::XmlAttributes& attributes) override {
//       if (name == "row") number = attributes["r"];
//     }
//   };
//   constexpr sluice::XmlNamespace kNames[] = {{"", "http://.../spreadsheetml/2006/main"}};
//   sluice::ZipStream bytes = zip.stream(*entry);
//   sluice::stream_xml(bytes, "xl/worksheets/sheet1.xml", kNames, rows);
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <sluice/xml.hpp>
#include <sluice/zip.hpp>
#include <span>
#include <string_view>

namespace sluice {

// The attributes of one element, valid while start_element runs. Names are those that the
// namespaces asked for give: "r", "r:id". Values are UTF-8, references resolved.
class XmlAttributes {
 public:
  class Source;
  explicit XmlAttributes(Source& source) : source_(source) {}

  // Nothing if there is no such attribute.
  std::optional<std::string_view> find(std::string_view name) const;
  // Empty if there is no such attribute.
  std::string_view operator[](std::string_view name) const {
    return find(name).value_or(std::string_view());
  }

 private:
  Source& source_;
};

// What happens in a document, in its order. Views are valid during the call. What a call throws
// ends the parsing and comes out of it.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start_element(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end_element(std::string_view /*name*/) {}
  // Characters of the innermost open element; one text may come in several pieces, none of which
  // divides a character.
  virtual void text(std::string_view /*piece*/) {}
};

struct XmlStreamLimits {
  unsigned depth = 1'000;                          // of nested elements
  std::size_t token_bytes = std::size_t{8} << 20;  // of one tag, comment or the like
};

// A parser that is fed. `name` is the part's, for messages; `namespaces` as in sluice/xml.hpp.
//
// Encodings: UTF-8, UTF-16, Latin-1, and what else of one byte a character the XML declaration
// names. A byte order mark and blanks before the declaration are skipped. Comments and processing
// instructions are not reported. XML 1.0; Namespaces in XML 1.0.
class XmlStream {
 public:
  // `handler` and `namespaces` must outlive it.
  XmlStream(std::string_view name, std::span<const XmlNamespace> namespaces, XmlHandler& handler,
            const XmlStreamLimits& limits = {});
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // The next bytes, of any size. Throws Failure: kMalformed (not well-formed, with line and column;
  // a document type that declares entities), kLimit; what the handler throws.
  void feed(std::string_view bytes);
  // The end of the document. Throws as feed does, also if something is still open.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Feeds an entry of an archive, to its end. Throws what reading it and XmlStream throw; what came
// before has been reported then.
void stream_xml(ZipStream& bytes, std::string_view name, std::span<const XmlNamespace> namespaces,
                XmlHandler& handler, const XmlStreamLimits& limits = {});

}  // namespace sluice
