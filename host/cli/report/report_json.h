// The report as fields of a JSON object: for --json, and for the page, which reads the same.
#pragma once

#include "cli/json.h"
#include "cli/report/report.h"

namespace sluice::cli {

JsonObject& add_report(JsonObject& object, const Report& report);

}  // namespace sluice::cli
