// SPDX-License-Identifier: Apache-2.0
//
// The shapes of a slide ([MS-ODRAW] 2.2.14) as those of PresentationML.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "office_xml/package.hpp"
#include "ppt/text.hpp"

namespace sluice::ppt {

// The pictures of a presentation, as parts of the package.
class Pictures {
 public:
  // `store`: the body of a container of kArtPictureStore. All must outlive it.
  Pictures(std::string_view store, std::string_view delayed, office_xml::Package& package);
  // The part of picture `number`, from 1 on; empty if it cannot be shown.
  std::string part(std::uint32_t number);
  std::size_t lost() const { return lost_; }

 private:
  std::vector<std::string_view> entries_;
  std::string_view delayed_;
  office_xml::Package& package_;
  std::map<std::uint32_t, std::string> known_;
  std::size_t lost_ = 0;
};

// The links of one part: relationships are made of those that it uses.
class Links {
 public:
  // All must outlive it.
  Links(const std::map<std::uint32_t, std::string>& addresses, office_xml::Package& package,
        std::string part)
      : addresses_(addresses), package_(package), part_(std::move(part)) {}
  // The relationship of a link, by its number; empty if it leads nowhere outside.
  const std::string& id(std::uint32_t number);

 private:
  const std::map<std::uint32_t, std::string>& addresses_;
  office_xml::Package& package_;
  std::string part_;
  std::map<std::uint32_t, std::string> ids_;
};

// What a slide's shapes need. All must outlive the writer.
struct SlideContext {
  office_xml::Package& package;
  Pictures& pictures;
  std::string part;                  // of the slide
  const std::vector<Text>& outline;  // its texts that stand in the document
  Links& links;
  const std::map<std::uint32_t, std::string>& objects;  // their parts by number
  std::set<std::size_t> used = {};                      // texts of the outline that a shape showed
};

// The shapes within `<p:spTree>`. `drawing`: the body of a container Drawing.
std::string shapes_xml(std::string_view drawing, SlideContext& context);

}  // namespace sluice::ppt
