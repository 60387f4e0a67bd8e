// What documents are converted with, as far as their results depend on it: which converters there
// are, in which versions, with which options and limits.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "cli/config.h"
#include "owner/registry.h"
#include "plugin/catalog.h"

namespace sluice::cli {

// Identifies all of it: a source that failed, has not changed and is tried with the same again can
// only fail again. `converter_id`: --converter, or empty.
std::string conversion_setup(const Config& config, const plugin::Catalog& catalog,
                             const std::string& converter_id);

// What each converter would make a document with now: its version and its options. A converter that
// is not installed has no key, and its documents are not outdated: nothing could redo them.
class ConversionKeys {
 public:
  ConversionKeys(const Config& config, const plugin::Catalog& catalog);

  bool is_outdated(const owner::Document& document) const;
  bool is_outdated(const owner::Conversion& made) const;
  // "version 1.2, now 1.3; other options"; empty if nothing differs.
  std::string difference(const owner::Document& document) const;

 private:
  struct Key {
    std::string version;
    std::string options_hash;
  };
  std::map<std::string, Key> by_converter_;
};

// How many documents were made with another version or with other options than their converter has
// now. Those whose converter is not installed any more are not among them.
std::int64_t outdated_documents(const owner::Registry& registry, const Config& config,
                                const plugin::Catalog& catalog);

}  // namespace sluice::cli
