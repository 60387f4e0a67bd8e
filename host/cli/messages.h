// How errors reach the user: two lines on standard error, and an object on standard output for
// --json.
#pragma once

#include "cli/io.h"
#include "cli/text.h"
#include "platform/error.h"

namespace sluice::cli {

enum class Format { kText, kJson };

// "sluice: cannot ...: ..." and, below it, what to try.
void print_error(Io& io, const Error& error, Format format, const Paint& paint);

}  // namespace sluice::cli
