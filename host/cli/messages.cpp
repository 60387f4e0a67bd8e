#include "cli/messages.h"

#include "cli/json.h"

namespace sluice::cli {

void print_error(Io& io, const Error& error, Format format, const Paint& paint) {
  if (format == Format::kJson) io.out << error_json(error) << std::flush;
  io.err << paint.red("sluice:") << ' ' << visible(error.what()) << '\n';
  if (!error.next().empty()) io.err << "  try: " << visible(error.next()) << '\n';
  io.err << std::flush;
}

}  // namespace sluice::cli
