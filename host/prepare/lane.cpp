#include "prepare/lane.h"

#include <algorithm>
#include <utility>

#include "model/names.h"
#include "platform/error.h"
#include "prepare/line_rules.h"
#include "prepare/option_hint.h"
#include "staging/staged_file.h"

namespace sluice::prepare {

using Clock = std::chrono::steady_clock;

namespace {

// Bytes of sources that one run takes together.
constexpr std::uint64_t kBatchBytes = 1 << 20;

// Adds the time of its own life to a document.
class Stopwatch {
 public:
  explicit Stopwatch(Clock::duration& total) : total_(total) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { total_ += Clock::now() - begin_; }

 private:
  Clock::duration& total_;
  Clock::time_point begin_ = Clock::now();
};

std::string no_converter_reason(const std::string& media_type, const std::string& file_name) {
  const std::string extension = extension_of(file_name);
  return "no converter takes " + media_type +
         (extension.empty() ? " without an extension" : " with extension ." + extension);
}

}  // namespace

Lane::Lane(const PrepareContext& context, const std::atomic<bool>& stop, Deliver deliver,
           const Quarantine* quarantine)
    : context_(context),
      stop_(stop),
      deliver_(std::move(deliver)),
      quarantine_(quarantine),
      registry_(context.registry != nullptr ? context.registry->open() : nullptr),
      intake_(context, registry_.get(), hash_, stop),
      web_intake_(context, registry_.get(), hash_, stop),
      child_intake_(context, registry_.get()),
      converters_(context, stop),
      completion_(context, hash_) {}

bool Lane::take(std::span<Source> sources, unsigned attempt, const GiveBack& give_back) {
  std::size_t next = 0;
  std::unique_ptr<Document> document;
  while (!document && next < sources.size()) {
    document = look(std::move(sources[next++]), attempt);
  }
  // The owner goes on with those that are done, and other lanes with the rest.
  if (!closed_.empty()) deliver_(std::exchange(closed_, {}));
  if (!document) return false;
  if (next < sources.size()) give_back(sources.subspan(next));
  read(std::move(document));
  return true;
}

// The document, if it has to be read. Else its bundle is closed.
std::unique_ptr<Document> Lane::look(Source source, unsigned attempt) {
  auto document = std::make_unique<Document>();
  document->bundle.source = std::move(source);
  document->attempt = attempt;
  document->bundle.failed_flushes = context_.staging.failed_flushes();
  bool has_to_be_read = false;
  {
    const Stopwatch watch(document->spent);
    has_to_be_read = intake_.look(*document);
  }
  if (has_to_be_read) return document;
  closed_.push_back(close(*document));
  return nullptr;
}

void Lane::read(std::unique_ptr<Document> document) {
  bool convertible = false;
  {
    const Stopwatch watch(document->spent);
    const bool is_read =
        document->bundle.source.is_web ? web_intake_.read(*document) : intake_.read(*document);
    convertible = is_read && route(*document);
  }
  if (!convertible) {
    closed_.push_back(close(*document));
    deliver_(std::exchange(closed_, {}));
    return;
  }
  if (!fits_batch(*document)) flush();
  batch_bytes_ += document->bundle.raw.size();
  batch_.push_back(std::move(document));
  const unsigned most =
      context_.settings.limits_of(batch_.front()->converter().converter->id).documents_per_process;
  if (batch_.size() >= std::min<std::size_t>(most, wire::kMaxRunDocuments) ||
      batch_bytes_ >= kBatchBytes) {
    flush();
  }
}

void Lane::flush() {
  if (batch_.empty()) return;
  Documents documents = std::move(batch_);
  batch_.clear();
  batch_bytes_ = 0;
  convert(documents);
}

bool Lane::fits_batch(const Document& document) const {
  return batch_.empty() ||
         (batch_.front()->converter().converter == document.converter().converter &&
          batch_bytes_ + document.bundle.raw.size() <= kBatchBytes);
}

// Finds the converters in line. False: there is none, and the bundle says so.
bool Lane::route(Document& document) {
  Bundle& bundle = document.bundle;
  const std::string file_name = bundle.source.file_name();
  std::string rest;
  std::string_view directory;
  try {
    const plugin::DirectoryRange range =
        plugin::directory_range(document.content, bundle.raw.size());
    if (document.is_whole) {
      directory = plugin::directory_of(document.content);
    } else if (range.size > 0) {
      const auto raw = context_.files.open_read(context_.staging.dir(), bundle.raw.name);
      rest.resize(range.size);
      const auto room = std::as_writable_bytes(std::span(rest));
      rest.resize(raw ? context_.files.read(*raw, range.offset, room) : 0);
      directory = rest;
    }
  } catch (const SystemError& error) {
    document.fail(error);
    return false;
  }
  const plugin::SourceType type =
      context_.settings.media_type.empty()
          ? plugin::sniff(document.content, directory, file_name)
          : plugin::SourceType{context_.settings.media_type, "given by --media-type"};
  bundle.media_type = type.media_type;
  document.candidates =
      context_.router.route(type, document.content, file_name, context_.settings.converter_id);
  if (document.candidates.empty()) {
    document.fail(Outcome::kUnsupported, no_converter_reason(type.media_type, file_name));
    return false;
  }
  if (next_turn(document, 0)) return true;
  report_failure(document);
  return false;
}

// Chooses the first converter from that place in line on that may have a turn; those before it have
// lost theirs. False: nobody may, and the document's attempts say why.
bool Lane::next_turn(Document& document, std::size_t from) {
  for (std::size_t i = from; i < document.candidates.size(); ++i) {
    std::optional<Attempt> lost = lost_turn(document.candidates[i], document.sequence());
    if (!lost) {
      choose(document, i);
      return true;
    }
    if (wants_debug(context_.log)) {
      context_.log->write(Log::Level::kDebug, document.bundle.source.given + ": converter " +
                                                  lost->converter +
                                                  " loses its turn: " + lost->reason);
    }
    document.bundle.attempts.push_back(std::move(*lost));
    const Attempt& last = document.bundle.attempts.back();
    if (!next_tries(last.cause, last.outcome)) return false;
  }
  return false;
}

// The turn that a converter does not get: its plugin is refused, or it is in quarantine.
std::optional<Attempt> Lane::lost_turn(const plugin::Candidate& candidate,
                                       std::uint64_t sequence) const {
  std::optional<Attempt> lost;
  if (candidate.refusal) {
    Verdict verdict = verdict_of_refusal(*candidate.refusal);
    lost.emplace();
    lost->cause = verdict.cause;
    lost->outcome = verdict.outcome;
    lost->reason = std::move(verdict.reason);
    lost->hint = std::move(verdict.hint);
  } else if (quarantine_ != nullptr) {
    lost = quarantine_->lost_turn(candidate.converter->id, sequence);
    if (lost) lost->hint = Quarantine::hint(candidate.converter->id);
  }
  if (lost) {
    lost->converter = candidate.converter->id;
    lost->converter_version = candidate.plugin->version;
  }
  return lost;
}

void Lane::choose(Document& document, std::size_t candidate) {
  document.candidate = candidate;
  const plugin::Candidate& chosen = document.converter();
  document.bundle.converter = chosen.converter->id;
  document.bundle.converter_version = chosen.plugin->version;
  document.bundle.options_hash = converters_.options(chosen).hash;
}

void Lane::convert(Documents& documents) {
  std::vector<Document*> together;
  for (const auto& document : documents) {
    allow_children(*document, context_.settings.limits.tree);
    together.push_back(document.get());
  }
  Clock::duration spent{};
  std::vector<Verdict> verdicts;
  const std::string& first = documents.front()->bundle.source.given;
  Activity::Turn turn = Activity::begin(
      context_.activity, Activity::Stage::kConverting,
      documents.size() == 1 ? first
                            : first + " and " + std::to_string(documents.size() - 1) + " more");
  turn.pass_to(documents.front()->bundle.converter);
  {
    const Stopwatch watch(spent);
    verdicts = converters_.convert(together);
  }
  for (std::size_t i = 0; i < together.size(); ++i) {
    together[i]->spent += spent / together.size();
    finish(*together[i], std::move(verdicts[i]), turn);
  }
  deliver_(std::exchange(closed_, {}));
}

void Lane::finish(Document& document, Verdict&& verdict, Activity::Turn& turn) {
  settle(document, std::move(verdict), turn);
  if (document.bundle.kind == Bundle::Kind::kPrepared && !document.children.empty()) {
    finish_tree(document);
  }
  closed_.push_back(close(document));
}

void Lane::settle(Document& document, Verdict&& verdict, Activity::Turn& turn) {
  const Stopwatch watch(document.spent);
  note_turn(document, verdict);
  Verdict last = std::move(verdict);
  while (next_tries(last.cause, last.outcome) && next_turn(document, document.candidate + 1)) {
    turn.pass_to(document.bundle.converter);
    Document* const alone[] = {&document};
    last = std::move(converters_.convert(alone)[0]);
    note_turn(document, last);
  }
  if (is_committable(last.outcome) && last.result) {
    complete(document, last);
  } else {
    report_failure(document);
  }
}

// One after another, on this lane: a tree is committed as one, and what its budget is used for must
// not depend on the number of lanes.
void Lane::finish_tree(Document& document) {
  Bundle& root = document.bundle;
  document.tree->root_name = root.placeholder_name;
  prepare_children(document, root);
  for (const Bundle& child : root.children) root.staged_bytes += child.staged_bytes;
  if (stop_.load(std::memory_order_relaxed)) document.fail(Outcome::kCancelled, "stopped");
  const auto full = std::find_if(root.children.begin(), root.children.end(),
                                 [](const Bundle& child) { return child.storage_full; });
  if (full != root.children.end()) {
    document.fail(Outcome::kIo, full->reason);
    root.storage_full = true;
  }
  if (root.kind == Bundle::Kind::kFailed) root.children.clear();
}

void Lane::prepare_children(const Document& container, Bundle& root) {
  for (const HandedOver& handed : container.children) {
    if (handed.name.empty()) continue;
    if (stop_.load(std::memory_order_relaxed)) return;
    const std::unique_ptr<Document> child = child_intake_.make(container, handed);
    const std::size_t place = root.children.size();
    root.children.emplace_back();
    prepare_child(*child, handed);
    if (child->bundle.kind == Bundle::Kind::kPrepared) prepare_children(*child, root);
    root.children[place] = close(*child);
  }
}

void Lane::prepare_child(Document& child, const HandedOver& handed) {
  const std::string key = child.bundle.source.path_key();
  if (registry_) {
    if (const auto known = registry_->source(key)) child.recorded_name = known->document_name;
    // It may be converted next, which can take long.
    registry_->end_reading();
  }
  if (!child_intake_.take(child, handed) || !route(child)) return;
  allow_children(child, context_.settings.limits.tree);
  Activity::Turn turn =
      Activity::begin(context_.activity, Activity::Stage::kConverting, child.bundle.source.given);
  turn.pass_to(child.bundle.converter);
  Document* const alone[] = {&child};
  Clock::duration spent{};
  std::vector<Verdict> verdicts;
  {
    const Stopwatch watch(spent);
    verdicts = converters_.convert(alone);
  }
  child.spent += spent;
  settle(child, std::move(verdicts[0]), turn);
}

void Lane::note_turn(Document& document, const Verdict& verdict) const {
  if (wants_debug(context_.log)) {
    const Bundle& bundle = document.bundle;
    context_.log->write(Log::Level::kDebug,
                        bundle.source.given + ": converter " + bundle.converter + ": " +
                            std::string(word(verdict.outcome)) +
                            (verdict.reason.empty() ? "" : ": " + verdict.reason));
  }
  document.bundle.attempts.push_back(
      {.converter = document.bundle.converter,
       .converter_version = document.bundle.converter_version,
       .cause = verdict.cause,
       .outcome = verdict.outcome,
       .reason = verdict.reason,
       .hint = verdict.hint.empty()
                   ? option_hint(document.converter(), verdict.outcome, verdict.reason)
                   : verdict.hint,
       .is_crash = verdict.is_crash,
       .is_reported = false});
}

// Of failures, the first that says more than "not mine" is the one to report.
void Lane::report_failure(Document& document) {
  Bundle& bundle = document.bundle;
  auto reported =
      std::find_if(bundle.attempts.begin(), bundle.attempts.end(),
                   [](const Attempt& attempt) { return attempt.outcome != Outcome::kUnsupported; });
  if (reported == bundle.attempts.end()) reported = bundle.attempts.begin();
  reported->is_reported = true;
  bundle.converter = reported->converter;
  bundle.converter_version = reported->converter_version;
  document.fail(reported->outcome, reported->reason, reported->hint);
}

void Lane::complete(Document& document, const Verdict& verdict) {
  Bundle& bundle = document.bundle;
  try {
    completion_.complete(document, verdict);
  } catch (const SystemError& error) {
    document.fail(error);
  }
  Attempt& last = bundle.attempts.back();
  last.outcome = bundle.outcome;
  last.reason = bundle.reason;
  last.is_reported = true;
  for (const Attempt& attempt : bundle.attempts) {
    if (attempt.is_reported) continue;
    bundle.warnings.push_back({kTakeover, takeover_message(attempt, bundle.converter)});
  }
}

Bundle Lane::close(Document& document) {
  Bundle& bundle = document.bundle;
  if (bundle.kind == Bundle::Kind::kFailed) {
    if (document.has_raw) clear_staged(context_.files, context_.staging.dir(), document);
    bundle.assets.clear();
    bundle.assets_dir.clear();
    bundle.sidecars.clear();
    bundle.name_positions.clear();
    bundle.links.clear();
    bundle.source_links.clear();
    bundle.anchors.clear();
    bundle.parts.clear();
    if (bundle.reason.empty()) bundle.reason = std::string(hint(bundle.outcome));
  }
  bundle.milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(document.spent).count();
  return std::move(bundle);
}

}  // namespace sluice::prepare
