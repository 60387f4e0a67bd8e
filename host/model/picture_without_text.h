// Pictures that a scan found and that turned out to be no documents.
#pragma once

#include "model/outcome.h"
#include "model/source.h"

namespace sluice {

// A picture in a folder in which its converter found no words. It counts as skipped, in every
// report: a photo is no document that failed. One that the user named itself did fail.
bool is_picture_without_text(const Source& source, Outcome outcome);

}  // namespace sluice
