// A plugin's library, loaded into this process for good. Only ever in the process of one test.
#pragma once

#include <sluice/abi.h>

#include <memory>
#include <string>
#include <vector>

#include "conformance/host_object.h"
#include "conformance/subject.h"

namespace sluice::conformance {

// The names that a library exports, without loading it. Throws std::runtime_error if it is none.
std::vector<std::string> exports_of(const std::string& library);

class Library {
 public:
  // Loads `path` and calls its entry with a host of that kind. Throws std::runtime_error with what
  // a user would see.
  Library(const std::string& path, const HostKind& kind);

  const sluice_plugin& plugin() const { return plugin_; }
  const std::vector<sluice_converter>& converters() const { return converters_; }
  // Throws std::runtime_error if the library has none of that id.
  const sluice_converter& converter(const std::string& id) const;
  Children& children() const { return host_->children(); }

 private:
  std::unique_ptr<HostObject> host_;
  sluice_plugin plugin_{};
  std::vector<sluice_converter> converters_;
};

// The samples of the subject, and the canaries of converters whose samples are made up.
std::vector<Sample> samples_of(const Subject& subject, const Library& library);

}  // namespace sluice::conformance
