#include "scan/scanner.h"

#include "scan/walk.h"

namespace sluice::scan {

Scanner::Scanner(platform::Files& files, const std::vector<std::string>& paths, ScanOptions options)
    : walk_(std::make_unique<Walk>(files, paths, std::move(options))) {}

Scanner::~Scanner() = default;

std::optional<Source> Scanner::next() {
  return walk_->next();
}

std::vector<std::string> Scanner::roots() const {
  return walk_->roots();
}

}  // namespace sluice::scan
