// SPDX-License-Identifier: Apache-2.0
#include "docx/settings.hpp"

#include <string>

namespace sluice::docx {

Settings read_settings(const Options& options) {
  Settings settings;
  const std::string changes = options.get_string("tracked_changes");
  settings.changes = changes == "all"      ? Changes::kAll
                     : changes == "reject" ? Changes::kReject
                                           : Changes::kAccept;
  settings.comments = options.get_bool("comments");
  settings.hidden_text = options.get_bool("hidden_text");
  settings.headers_footers = options.get_bool("headers_footers");
  settings.merged_cells =
      options.get_string("merged_cells") == "repeat" ? SpanFill::kRepeat : SpanFill::kEmpty;
  if (!options.get_bool("embedded_documents")) settings.embedded = Embedded::kNamed;
  return settings;
}

}  // namespace sluice::docx
