// What RecordingJob makes of a document. Apart from the tests of the host, since both sides have an
// Outcome of their own.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

struct sluice_converter;

namespace sluice::prepare {

struct RecordedInput {
  std::string source;
  std::string file_name;
  std::string media_type;
  std::string options = "{}";
  unsigned scratch = 0;
  bool siblings = false;
  std::map<std::string, std::string> files = {};  // beside the source
};

struct Recorded {
  int outcome = 0;
  std::string reason;
  std::string markdown;             // where an asset is linked, "asset:" and the hash of its bytes
  std::vector<std::string> assets;  // hashes of those that are kept, sorted, each once
  std::vector<std::pair<std::string, std::string>> metadata;
  std::map<std::string, std::string> sidecars;
  std::string front_matter;  // of the author
  std::string warnings;      // "code: message", a line each
};

Recorded record(const sluice_converter& converter, const RecordedInput& input);

// "asset:" and the beginning of a hash.
std::string asset_word(const std::string& bytes);

// The converter of a plugin's library, which is loaded for good.
const sluice_converter& converter_of(const std::string& library, const std::string& id);

}  // namespace sluice::prepare
