// The rules of a scan, asked about one file: what a scan would have left out below a root, by
// ignore files and globs that exclude. Globs that choose documents say nothing about pictures.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/source.h"
#include "platform/files.h"
#include "scan/given_paths.h"
#include "scan/ignore.h"
#include "scan/scanner.h"

namespace sluice::scan {

class ScanSiblingRules : public SiblingRules {
 public:
  // Throws Error (kUsage) for a malformed glob.
  ScanSiblingRules(platform::Files& files, const ScanOptions& options, KbPlace kb);

  bool leaves_out(const SourceRoot& root, const std::string& relative) const override;
  // Walks through the root once, when it is first asked.
  std::vector<std::string> assets_named(const SourceRoot& root,
                                        const std::string& key) const override;

 private:
  using AssetNames = std::unordered_map<std::string, std::vector<std::string>>;  // by name's key
  AssetNames walk_assets(const SourceRoot& root) const;
  void add_assets(const platform::Dir& dir, const std::string& prefix, unsigned depth,
                  std::size_t& left, AssetNames& names) const;
  bool is_excluded(const std::string& relative) const;
  bool is_ignored(const std::string& top, const std::string& path, std::size_t judged_from) const;
  std::shared_ptr<const IgnoreLevel> rules_in(const std::string& top, const std::string& path,
                                              std::shared_ptr<const IgnoreLevel> above) const;

  platform::Files& files_;
  const Selection selection_;
  const bool ignore_files_;
  const std::shared_ptr<const IgnoreLevel> defaults_;
  const KbPlace kb_;
  // By top and folder. Documents of a folder come together.
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, std::string>, std::shared_ptr<const IgnoreLevel>> known_;
  mutable std::mutex assets_mutex_;
  mutable std::map<std::string, AssetNames> assets_;  // by the root's path
};

}  // namespace sluice::scan
