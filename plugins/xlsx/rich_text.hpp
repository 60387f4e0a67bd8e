// SPDX-License-Identifier: Apache-2.0
//
// Which characters of a string item (ECMA-376, part 1, 18.4.8: `si`, `is`, a comment's `text`) are
// its text: those of `t`, plain or in runs, but not the phonetic ones. Digits and signs that are
// raised or lowered have characters of their own: m² is no m2.
#pragma once

#include <cstdint>
#include <sluice/xml_stream.hpp>
#include <string>
#include <string_view>

namespace sluice::xlsx {

class RichText {
 public:
  void reset() { *this = RichText(); }
  void start(std::string_view name, const XmlAttributes& attributes) {
    if (name == "x:rPh") ++phonetic_;
    if (name == "x:t") in_text_ = phonetic_ == 0;
    if (name == "x:r") place_ = Place::kLine;
    if (name == "x:vertAlign") place_ = place_of(attributes["val"]);
  }
  void end(std::string_view name) {
    if (name == "x:rPh" && phonetic_ > 0) --phonetic_;
    if (name == "x:t") in_text_ = false;
    if (name == "x:r") place_ = Place::kLine;
  }
  bool in_text() const { return in_text_; }
  // REQUIRES: in_text().
  void append(std::string& out, std::string_view piece) const;

 private:
  enum class Place : std::uint8_t { kLine, kRaised, kLowered };
  static Place place_of(std::string_view align);

  unsigned phonetic_ = 0;
  bool in_text_ = false;
  Place place_ = Place::kLine;
};

}  // namespace sluice::xlsx
