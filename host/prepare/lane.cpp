#include "prepare/lane.h"

#include <utility>

#include "model/names.h"
#include "platform/error.h"
#include "staging/staged_file.h"

namespace sluice::prepare {

using Clock = std::chrono::steady_clock;

namespace {

// Bytes of sources that one run takes together.
constexpr std::uint64_t kBatchBytes = 1 << 20;
// How much of a source's end the sniffer gets: a ZIP's directory ends there.
constexpr std::uint64_t kTailBytes = 64 << 10;

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

// Outcomes after which another converter may do better.
bool lets_another_try(Outcome outcome) {
  return outcome == Outcome::kUnsupported || outcome == Outcome::kCrashed ||
         outcome == Outcome::kMissingDependency || outcome == Outcome::kSandboxViolation ||
         outcome == Outcome::kInternal;
}

std::string no_converter_reason(const std::string& media_type, const std::string& file_name) {
  const std::string extension = extension_of(file_name);
  return "no converter takes " + media_type +
         (extension.empty() ? " without an extension" : " with extension ." + extension);
}

}  // namespace

Lane::Lane(const PrepareContext& context, const std::atomic<bool>& stop, Deliver deliver,
           const Quarantine* quarantine)
    : context_(context),
      deliver_(std::move(deliver)),
      quarantine_(quarantine),
      registry_(context.registry != nullptr ? context.registry->open() : nullptr),
      intake_(context, registry_.get(), hash_, stop),
      converters_(context, stop),
      completion_(context, hash_) {}

void Lane::take(Source source, unsigned attempt) {
  auto document = std::make_unique<Document>();
  document->bundle.source = std::move(source);
  document->attempt = attempt;
  document->bundle.failed_flushes = context_.staging.failed_flushes();
  bool convertible = false;
  {
    const Stopwatch watch(document->spent);
    convertible = intake_.take(*document) && route(*document);
  }
  if (!convertible) {
    close(*document);
    deliver_(std::exchange(closed_, {}));
    return;
  }
  if (!fits_batch(*document)) flush();
  batch_bytes_ += document->bundle.raw.size();
  batch_.push_back(std::move(document));
  const unsigned most = batch_.front()->converter().converter->documents_per_fork;
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
  std::string tail;
  try {
    if (!document.is_whole && document.content.starts_with("PK")) {
      const auto raw = context_.files.open_read(context_.staging.dir(), bundle.raw.name);
      tail.resize(static_cast<std::size_t>(std::min(kTailBytes, bundle.raw.size())));
      if (raw) {
        tail.resize(context_.files.read(*raw, bundle.raw.size() - tail.size(),
                                        std::as_writable_bytes(std::span(tail))));
      }
    }
  } catch (const SystemError& error) {
    document.fail(error);
    return false;
  }
  const plugin::SourceType type =
      context_.settings.media_type.empty()
          ? plugin::sniff(document.content, document.is_whole ? document.content : tail, file_name)
          : plugin::SourceType{context_.settings.media_type, "given by --media-type"};
  bundle.media_type = type.media_type;
  document.candidates =
      context_.router.route(type, document.content, file_name, context_.settings.converter_id);
  if (document.candidates.empty()) {
    document.fail(Outcome::kUnsupported, no_converter_reason(type.media_type, file_name));
    return false;
  }
  if (!leave_out_quarantined(document)) return false;
  choose(document, 0);
  return true;
}

// False: no converter is left, and the bundle says so.
bool Lane::leave_out_quarantined(Document& document) const {
  if (quarantine_ == nullptr) return true;
  const plugin::Candidate first = document.candidates.front();
  std::erase_if(document.candidates, [&](const plugin::Candidate& candidate) {
    return quarantine_->reason(candidate.converter->id, document.sequence()).has_value();
  });
  if (!document.candidates.empty()) return true;
  const std::string& converter = first.converter->id;
  document.bundle.converter = converter;
  document.bundle.converter_version = first.plugin->version;
  document.fail(Outcome::kCrashed,
                quarantine_->reason(converter, document.sequence()).value_or(std::string()),
                Quarantine::hint(converter));
  return false;
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
  for (const auto& document : documents) together.push_back(document.get());
  Clock::duration spent{};
  std::vector<Verdict> verdicts;
  {
    const Stopwatch watch(spent);
    verdicts = converters_.convert(together);
  }
  for (std::size_t i = 0; i < together.size(); ++i) {
    together[i]->spent += spent / together.size();
    finish(*together[i], std::move(verdicts[i]));
  }
  deliver_(std::exchange(closed_, {}));
}

void Lane::finish(Document& document, Verdict&& verdict) {
  {
    const Stopwatch watch(document.spent);
    const auto note = [&document](const Verdict& one) {
      document.bundle.attempts.push_back({document.converter().converter->id, one.is_crash,
                                          one.is_crash ? one.reason : std::string()});
    };
    note(verdict);
    Verdict best = std::move(verdict);
    std::size_t best_candidate = document.candidate;
    while (lets_another_try(best.outcome) && document.candidate + 1 < document.candidates.size()) {
      choose(document, document.candidate + 1);
      Document* const alone[] = {&document};
      std::vector<Verdict> next = converters_.convert(alone);
      note(next[0]);
      // Of failures, the first that says more than "not mine" is the one to report.
      if (is_committable(next[0].outcome) || best.outcome == Outcome::kUnsupported) {
        best = std::move(next[0]);
        best_candidate = document.candidate;
      }
    }
    choose(document, best_candidate);
    complete(document, best);
  }
  close(document);
}

void Lane::complete(Document& document, const Verdict& verdict) {
  if (!is_committable(verdict.outcome) || !verdict.result) {
    document.fail(verdict.outcome, verdict.reason, verdict.hint);
    return;
  }
  try {
    completion_.complete(document, verdict);
  } catch (const SystemError& error) {
    document.fail(error);
  }
}

void Lane::close(Document& document) {
  Bundle& bundle = document.bundle;
  if (bundle.kind == Bundle::Kind::kFailed) {
    if (document.has_raw) clear_staged(context_.files, context_.staging.dir(), document);
    bundle.assets.clear();
    bundle.assets_dir.clear();
    bundle.sidecars.clear();
    bundle.name_positions.clear();
    if (bundle.reason.empty()) bundle.reason = std::string(hint(bundle.outcome));
  }
  bundle.milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(document.spent).count();
  closed_.push_back(std::move(bundle));
}

}  // namespace sluice::prepare
