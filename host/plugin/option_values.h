// The values of a converter's options, apart by who may see them: what is recorded and shown, what
// only the converter gets, and the files that only the host opens.
#pragma once

#include <map>
#include <string>

#include "plugin/manifest.h"

namespace sluice::plugin {

// Options of type "path": their names, and the absolute path of each that is set.
using OptionFiles = std::map<std::string, std::string, std::less<>>;

struct OptionValues {
  std::string json;     // an object of all options but secrets
  std::string secrets;  // an object of the secrets
  OptionFiles files;

  std::string key;  // of `json`, what stands for them in a document's conversion key

  // The part of a document's conversion key that stands for them, in hex. Without secrets: a
  // password could be guessed from its hash. Without what comes from the user's locale: a run by
  // cron has none, and would convert everything again.
  std::string hash() const;
};

// `json`: an object with every option of the converter.
OptionValues option_values(const ConverterManifest& converter, const std::string& json);

}  // namespace sluice::plugin
