// SPDX-License-Identifier: Apache-2.0
#include "poppler_setup.hpp"

#include <Error.h>
#include <GlobalParams.h>
#include <dlfcn.h>
#include <poppler-config.h>

#include <memory>
#include <sluice/plugin.hpp>
#include <string>

#include "carried_data.hpp"

namespace sluice::pdf {
namespace {

// More say nothing new of a document, and poppler writes the text of each: a content stream of 100
// MiB with an error every second byte took it minutes.
constexpr std::uint64_t kMaxErrors = 10'000;
std::uint64_t error_count = 0;
std::uint64_t told = 0;  // of any category

void count_error(ErrorCategory category, Goffset, const char*);

void listen() {
  told = 0;
  setErrorCallback(&count_error);
  if (globalParams != nullptr) globalParams->setErrQuiet(false);  // else there are no messages
}

void count_error(ErrorCategory category, Goffset, const char*) {
  if (category == errSyntaxError || category == errIO || category == errInternal) ++error_count;
  if (++told < kMaxErrors) return;
  setErrorCallback(nullptr);
  globalParams->setErrQuiet(true);
}

// The file name of the poppler that is loaded: "libpoppler.so.126". Its number is raised with every
// version.
std::string loaded_library() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&setErrorCallback), &info) == 0 ||
      info.dli_fname == nullptr) {
    return {};
  }
  const std::string path = info.dli_fname;
  return path.substr(path.rfind('/') + 1);
}

void check_version() {
  const std::string loaded = loaded_library();
  // Linked statically there is nothing to compare.
  if (loaded.rfind("libpoppler", 0) != 0 || loaded.rfind(SLUICE_POPPLER_SONAME, 0) == 0) return;
  throw Failure(Outcome::kMissingDependency,
                "this plugin is built for poppler " POPPLER_VERSION " (" SLUICE_POPPLER_SONAME
                "), but " +
                    loaded + " is loaded; install that version, or build the plugin again");
}

}  // namespace

void set_up_poppler() {
  if (globalParams != nullptr) return;
  check_version();
  const std::string data = carried_data("poppler");
  globalParams = std::make_unique<GlobalParams>(data.empty() ? nullptr : data.c_str());
  listen();
}

void reset_reported_errors() {
  error_count = 0;
  listen();
}
std::uint64_t reported_errors() {
  return error_count;
}

}  // namespace sluice::pdf
