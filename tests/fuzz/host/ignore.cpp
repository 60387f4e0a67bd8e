// .sluiceignore files, patterns and the globs of -g: the first part of the input, up to a NUL, is
// the rules; each further line a path.
#include "scan/ignore.h"

#include "frame/require.h"
#include "platform/error.h"
#include "scan/glob.h"

namespace {

using namespace sluice;
using namespace sluice::scan;
using fuzz::require;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < 16) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void check_globs(const std::vector<std::string>& globs, const std::vector<std::string>& paths) {
  try {
    const Selection selection(globs);
    for (const std::string& path : paths) {
      const std::size_t match = selection.last_match(path, PathKind::kFile, Selection::kNone);
      require(match <= globs.size(), "a match is one of the globs");
      selection.takes_file(match);
      selection.enters_directory(match);
    }
  } catch (const Error& error) {
    require(error.exit_code() == ExitCode::kUsage, "a malformed glob is a usage error");
  }
  for (const std::string& glob : globs) {
    const auto alternatives = expand_braces(glob);
    require(!alternatives || alternatives->size() <= kMaxAlternatives, "alternatives are bounded");
  }
}

// A path in which nothing is special matches itself and not a longer path.
void check_literal(const std::string& path) {
  if (path.empty() || path.find_first_of("*?[\\") != std::string::npos) return;
  if (path.front() == '/' || path.back() == '/' || path.find("//") != std::string::npos) return;
  const auto glob = Glob::parse(path);
  require(glob && glob->matches(path), "a literal matches itself");
  require(!glob->matches(path + "/x") && !glob->matches(path + "x"), "a literal matches no more");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\0'), input.size());
  const std::string_view rules = input.substr(0, end);
  const auto paths = lines_of(input.substr(std::min(end + 1, input.size())));
  const IgnoreRules ignore(rules);
  for (const std::string& path : paths) {
    const auto file = ignore.verdict(path, PathKind::kFile);
    // Some rules are for directories alone, so that what holds for a file holds for one of them
    // only if no such rule is behind it; both must come back.
    ignore.verdict(path, PathKind::kDirectory);
    require(file == ignore.verdict(path, PathKind::kFile), "a verdict does not change");
    check_literal(path);
  }
  check_globs(lines_of(rules), paths);
  return 0;
}
