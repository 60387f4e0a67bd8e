// What RecordingJob makes of a document for the scripted converter. Apart from the tests of the
// host, since both sides have an Outcome of their own.
#pragma once

#include <string>

namespace sluice::prepare {

struct Recorded {
  int outcome = 0;
  std::string reason;
  std::string markdown;
  std::string warnings;  // "code: message", a line each
};

// As the converter "scripted-alone"; the document's name is `name`.
Recorded record(const std::string& script, const std::string& name);

}  // namespace sluice::prepare
