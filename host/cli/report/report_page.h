// The report as one HTML page that needs nothing besides itself: data, style and script are in it.
//
// The data stands in a block that no browser runs, as JSON without any "<", and the script puts it
// into the page as text only. So no name of a document becomes markup. The policy in the page
// (Content-Security-Policy) lets this one script and this one style in, by their hashes, and no
// address at all.
#pragma once

#include <ostream>

#include "cli/report/report.h"
#include "owner/knowledge_base.h"

namespace sluice::cli {

void write_report_page(std::ostream& out, const Report& report, const owner::KnowledgeBase& kb);

}  // namespace sluice::cli
