// SPDX-License-Identifier: Apache-2.0
//
// The pictures of a document: those in the text ([MS-DOC] 2.9.192), and those that float over it
// ([MS-ODRAW], 2.9.171).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <sluice/office_art.hpp>
#include <string>

#include "doc/fib.hpp"
#include "office_xml/package.hpp"

namespace sluice::doc {

// Of the package that the document becomes.
inline constexpr const char* kMainPart = "word/document.xml";

class Pictures {
 public:
  // Both must outlive it. Pictures become parts of `package`.
  Pictures(const Streams& streams, office_xml::Package& package);

  // The XML of the picture in the text whose facts stand at `place` in the data stream; empty if
  // there is none that can be shown.
  std::string inline_xml(std::uint32_t place);
  // That of a shape in the text, by its number; empty if it is no picture.
  std::string shape_xml(std::uint32_t shape);
  // Pictures that could not be taken.
  std::size_t lost() const { return lost_; }

 private:
  struct Shape {
    std::uint32_t picture = 0;
    std::string description;
  };
  void read_drawings(std::string_view bytes);
  void read_shapes(std::string_view drawing);
  std::string picture_xml(const std::optional<ArtPicture>& picture, std::uint64_t key,
                          const std::string& description);
  std::optional<ArtPicture> stored(std::uint32_t number) const;

  const Streams& streams_;
  office_xml::Package& package_;
  std::vector<std::string_view> store_;  // entries of the store, by number
  std::map<std::uint32_t, Shape> shapes_;
  std::map<std::uint64_t, std::string> ids_;  // relationships of pictures, by where they stand
  std::size_t lost_ = 0;
};

}  // namespace sluice::doc
