// What a person reads of one document or bundle that did not go well: the same words in every
// command.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "cli/text.h"
#include "owner/document_result.h"

namespace sluice::cli {

// "failed  a.pdf: encrypted (pdf): it needs a password; give --option pdf.password=...".
std::string failure_line(const owner::DocumentResult& result, const Paint& paint);
// "refused  out/000000000042-1f0c9ab2d4e6f801: 0.raw has other bytes than it should".
std::string refused_line(const std::string& bundle, const std::string& reason, const Paint& paint);

// Lines of warnings. A takeover is shown once for each message: a plugin that cannot be used fails
// with every document. Notes are about documents that are whole: they are only counted, unless
// the user asks for more (-v).
class WarningLines {
 public:
  // `verbose`: as in GlobalArgs.
  std::string lines_of(const owner::DocumentResult& result, unsigned verbose, const Paint& paint);
  // "notes 13: left-out 12, link-member 1 (-v shows them)", of those that were not shown. Empty if
  // there are none.
  std::string notes_line() const;

 private:
  std::set<std::string> takeovers_;             // messages that were shown
  std::map<std::string, std::uint64_t> notes_;  // counts by code
};

}  // namespace sluice::cli
