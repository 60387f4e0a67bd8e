// The part of a check that goes from the registry to the files: is each document's row in order,
// and is each of its files there with the bytes on record?
#pragma once

#include <set>
#include <string>
#include <vector>

#include "owner/check.h"
#include "owner/published_paths.h"

namespace sluice::owner {

class DocumentCheck {
 public:
  // `pending`: published paths that the journal of a dead run is still to bring about. `published`:
  // where run() puts what the registry has.
  DocumentCheck(KnowledgeBase& kb, const CheckSettings& settings,
                const std::set<std::string>& pending, const ReportFinding& report,
                PublishedPaths& published)
      : kb_(kb), settings_(settings), pending_(pending), report_(report), published_(published) {}

  CheckCounts run();

 private:
  enum class Role { kRaw, kMarkdown, kAsset, kSidecar };
  enum class State { kRight, kMissing, kChanged, kUnreadable, kNotOurs };
  struct FileCheck {
    Role role = Role::kRaw;
    std::string path;
    platform::Sha256Digest sha256{};
    std::uint64_t size = 0;
    State state = State::kRight;
    std::string reason;  // for kChanged and kUnreadable
  };
  struct DocumentFiles {
    Document document;
    DocumentKeys keys;
    std::vector<FileCheck> files;
    std::int64_t assets = 0;  // that are on record
  };

  void add(const Document& document, const DocumentKeys& keys);
  void flush();
  void look_at_files();
  void look(FileCheck& file);
  State compare(const FileCheck& file, std::string& reason);
  static State compare(const FileCheck& file, const platform::FileInfo& info, std::string& reason);
  void judge(const DocumentFiles& one);
  void judge_row(const DocumentFiles& one);
  void judge_images(const DocumentFiles& one);
  Finding finding_of(const Document& document, const FileCheck& file) const;
  bool is_interrupted() const { return settings_.interrupted && settings_.interrupted(); }

  KnowledgeBase& kb_;
  const CheckSettings& settings_;
  const std::set<std::string>& pending_;
  const ReportFinding& report_;
  PublishedPaths& published_;
  std::vector<DocumentFiles> batch_;
  CheckCounts counts_;
};

}  // namespace sluice::owner
