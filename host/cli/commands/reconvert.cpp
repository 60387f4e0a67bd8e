#include "cli/commands/reconvert.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "cli/conversion_setup.h"
#include "cli/find_document.h"
#include "cli/ingest.h"
#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/source_of_key.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::Document;
using owner::FailureRow;
using owner::KnowledgeBase;

// Rows that a feed reads at a time: a run may go over every document there is.
constexpr int kPage = 256;

// Rows of a walk over the registry, a page at a time: no transaction stays open between them.
template <typename Row>
class Pages {
 public:
  // Reads the rows behind `last`, or the first ones if that is null.
  using Read = std::function<std::vector<Row>(const Row* last)>;
  explicit Pages(Read read) : read_(std::move(read)) {}

  // Valid until the next call; nullptr at the end.
  const Row* next() {
    if (next_ == page_.size()) {
      page_ = read_(page_.empty() ? nullptr : &page_.back());
      next_ = 0;
    }
    return page_.empty() ? nullptr : &page_[next_++];
  }

 private:
  Read read_;
  std::vector<Row> page_;
  std::size_t next_ = 0;
};

bool is_file(platform::Files& files, const Source& source) {
  if (source.is_web) return false;  // what came last time is in raw/
  try {
    const auto info = files.resolve_info(source.root->dir, source.relative);
    return info && info->kind == platform::FileKind::kRegular;
  } catch (const SystemError&) {
    return false;
  }
}

// The source of a document, or its copy where that is gone.
Source source_to_convert(platform::Files& files, const KnowledgeBase& kb,
                         const Document& document) {
  auto source = owner::source_of_key(kb, document.path_key, nullptr);
  if (!source || !is_file(files, *source)) source = owner::copy_in_raw(kb, document);
  source->always = true;
  return std::move(*source);
}

// Which documents are to be converted again.
class DocumentChoice {
 public:
  virtual ~DocumentChoice() = default;
  virtual bool takes(const Document& document) const = 0;
};

class EveryDocument : public DocumentChoice {
 public:
  bool takes(const Document&) const override { return true; }
};

class OutdatedDocuments : public DocumentChoice {
 public:
  explicit OutdatedDocuments(const Workspace& workspace)
      : keys_(workspace.config, workspace.catalog) {}
  bool takes(const Document& document) const override { return keys_.is_outdated(document); }

 private:
  ConversionKeys keys_;
};

class NamedDocuments : public DocumentChoice {
 public:
  explicit NamedDocuments(const std::vector<Document>& documents) {
    for (const Document& document : documents) ids_.insert(document.id);
  }
  bool takes(const Document& document) const override { return ids_.contains(document.id); }

 private:
  std::set<std::int64_t> ids_;
};

// The chosen documents' sources, in the order in which the documents were first added. Reads the
// registry through a connection of its own, since lanes ask for the next while the owner commits.
class DocumentFeed : public SourceFeed {
 public:
  DocumentFeed(platform::Files& files, const KnowledgeBase& kb, const DocumentChoice& choice)
      : files_(files),
        kb_(kb),
        choice_(choice),
        registry_(kb.registry_path(), owner::Database::Mode::kReadOnly),
        documents_([this](const Document* last) {
          return registry_.documents_after(last == nullptr ? 0 : last->id, kPage);
        }) {}

  std::optional<Source> next() override {
    while (const Document* document = documents_.next()) {
      if (!choice_.takes(*document)) continue;
      const auto outer = outermost(*document);
      if (outer) return source_to_convert(files_, kb_, *outer);
    }
    return std::nullopt;
  }

 private:
  // The document of the source that holds it, or itself. Nothing if that has a turn of its own.
  std::optional<Document> outermost(const Document& document) {
    const auto child = registry_.child(document.path_key);
    if (!child) return document;
    const auto source = registry_.source(child->root);
    auto root = source ? registry_.document(source->document) : std::nullopt;
    if (!root || choice_.takes(*root) || !roots_.insert(child->root).second) return std::nullopt;
    return root;
  }

  platform::Files& files_;
  const KnowledgeBase& kb_;
  const DocumentChoice& choice_;
  owner::Registry registry_;
  Pages<Document> documents_;
  std::set<std::string> roots_;  // handed out for the sake of a document within them
};

// The sources on record as failed, by path key. Those that are gone are kept for the end of the
// run.
class FailureFeed : public SourceFeed {
 public:
  FailureFeed(const KnowledgeBase& kb, std::vector<std::string>& gone)
      : kb_(kb),
        gone_(gone),
        registry_(kb.registry_path(), owner::Database::Mode::kReadOnly),
        failures_([this](const FailureRow* last) {
          return registry_.failures_after(last == nullptr ? std::string() : last->path_key, kPage);
        }) {}

  std::optional<Source> next() override {
    while (const FailureRow* failure = failures_.next()) {
      std::string path_key = failure->path_key;
      if (const auto child = registry_.child(path_key)) {
        path_key = child->root;
        // Its own failure, if it has one, comes in its place.
        if (registry_.has_failure(path_key) || !roots_.insert(path_key).second) continue;
      }
      auto source = owner::source_of_key(kb_, path_key, nullptr);
      if (!source || owner::is_gone(kb_, path_key)) {
        gone_.push_back(path_key);
        continue;
      }
      source->always = true;
      return source;
    }
    return std::nullopt;
  }

 private:
  const KnowledgeBase& kb_;
  std::vector<std::string>& gone_;
  owner::Registry registry_;
  Pages<FailureRow> failures_;
  std::set<std::string> roots_;  // handed out for the sake of a document within them
};

std::vector<Document> named_documents(const KnowledgeBase& kb, const Io& io,
                                      const std::vector<std::string>& names) {
  std::vector<Document> documents;
  for (const std::string& name : names) {
    const auto found = find_documents(kb, io.working_directory, name);
    if (found.empty()) {
      throw Error("reconvert", name, "there is no document with this name or path",
                  nearest_documents(kb.registry(), name), ExitCode::kUsage);
    }
    if (found.size() > 1) {
      throw Error("reconvert", name, "it can be any of " + names_with_paths(found),
                  "give the name of the document", ExitCode::kUsage);
    }
    documents.push_back(found.front());
  }
  return documents;
}

std::unique_ptr<DocumentChoice> choose_documents(const KnowledgeBase& kb,
                                                 const Workspace& workspace,
                                                 const ReconvertArgs& reconvert, const Io& io) {
  if (reconvert.all) return std::make_unique<EveryDocument>();
  if (reconvert.names.empty()) return std::make_unique<OutdatedDocuments>(workspace);
  return std::make_unique<NamedDocuments>(named_documents(kb, io, reconvert.names));
}

void each_chosen(const KnowledgeBase& kb, const DocumentChoice& choice,
                 const std::function<void(const Document&)>& visit) {
  kb.registry().each_document([&](const Document& document) {
    if (choice.takes(document)) visit(document);
  });
}

void print_document(const Document& document, const ConversionKeys& keys, const GlobalArgs& global,
                    Io& io) {
  const std::string why = keys.difference(document);
  if (global.json) {
    io.out << plan_json(document.path_key, document.path_key, "reconvert", document.name, why);
  } else {
    io.out << visible(document.name) << "  (" << visible(document.path_key) << ")"
           << (why.empty() ? "" : ": " + why) << "\n";
  }
}

}  // namespace

int run_retry(platform::Files& files, const Args& args, const RetryArgs& retry, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  auto kb = KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadWrite);
  std::vector<std::string> gone;
  std::vector<std::string> ignored;  // of the count for the progress bar
  IngestJob job;
  job.command = "retry";
  job.strict = retry.strict;
  job.make_feed = [&](const OnSkipped& on_skipped) -> std::unique_ptr<SourceFeed> {
    return std::make_unique<FailureFeed>(kb, on_skipped ? gone : ignored);
  };
  job.afterwards = [&](owner::Owner& owner) { owner.forget_failures(gone); };
  return run_ingest(files, args, io, workspace, kb, job);
}

int run_outdated(platform::Files& files, const Args& args, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  const auto kb = KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadOnly);
  const ConversionKeys keys(workspace.config, workspace.catalog);
  std::uint64_t documents = 0;
  each_chosen(kb, OutdatedDocuments(workspace), [&](const Document& document) {
    ++documents;
    print_document(document, keys, args.global, io);
  });
  if (!args.global.json && !args.global.quiet) {
    io.out << (documents == 0 ? "no document is outdated\n"
                              : "outdated " + std::to_string(documents) +
                                    "; 'sluice reconvert' converts them again\n");
  }
  return static_cast<int>(ExitCode::kOk);
}

int run_reconvert(platform::Files& files, const Args& args, const ReconvertArgs& reconvert,
                  Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  auto kb = KnowledgeBase::open(
      files, *workspace.kb,
      reconvert.dry_run ? owner::Database::Mode::kReadOnly : owner::Database::Mode::kReadWrite);
  const std::unique_ptr<DocumentChoice> choice = choose_documents(kb, workspace, reconvert, io);
  if (reconvert.dry_run) {
    const ConversionKeys keys(workspace.config, workspace.catalog);
    each_chosen(kb, *choice,
                [&](const Document& document) { print_document(document, keys, args.global, io); });
    return static_cast<int>(ExitCode::kOk);
  }
  IngestJob job;
  job.command = "reconvert";
  job.make_feed = [&](const OnSkipped&) -> std::unique_ptr<SourceFeed> {
    return std::make_unique<DocumentFeed>(files, kb, *choice);
  };
  return run_ingest(files, args, io, workspace, kb, job);
}

}  // namespace sluice::cli
