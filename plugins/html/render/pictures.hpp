// SPDX-License-Identifier: Apache-2.0
//
// Images; and players and frames, which become links to what they show.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "part.hpp"

namespace sluice::html {

class Pictures : private Part {
 public:
  explicit Pictures(Written& written) : Part(written) {}

  void write_image(NodeId img);
  // Of `<noscript>`, the images that a script would have loaded.
  void write_unloaded(NodeId noscript);
  // `target` is where the player's address leads. Its content is its fallback, if it is an object.
  Step write_media(NodeId i, std::string target);
  std::string_view media_address(NodeId i) const;

 private:
  void write(std::string_view address, std::string_view alt, std::string_view title);

  std::set<std::string> images_;
};

}  // namespace sluice::html
