// SPDX-License-Identifier: Apache-2.0
//
// The converter `feed`: what a site has published, as a document: RSS 0.9 to 2.0 and Atom 1.0
// (RFC 4287).
#pragma once

#include <sluice/plugin.hpp>

namespace sluice::html {

class FeedConverter : public Converter {
 public:
  // Not every RDF document is a feed.
  bool probe(const Probe& input) override;
  void convert(Job& job) override;
  Canary canary() const override;
};

}  // namespace sluice::html
