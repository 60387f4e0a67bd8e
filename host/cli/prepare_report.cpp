#include "cli/prepare_report.h"

#include <algorithm>
#include <cstdio>

#include "cli/json.h"
#include "cli/text.h"
#include "model/picture_without_text.h"

namespace sluice::cli {
namespace {

constexpr std::size_t kWrittenTogether = 64 << 10;

owner::DocumentResult result_of(const Bundle& bundle) {
  owner::DocumentResult result;
  const bool is_failed =
      bundle.kind == Bundle::Kind::kFailed || bundle.kind == Bundle::Kind::kFailedBefore;
  result.result = is_failed ? owner::Result::kFailed : owner::Result::kAdded;
  result.source = bundle.source;
  result.outcome = bundle.outcome;
  result.reason = bundle.reason;
  result.hint = bundle.hint;
  result.warnings = bundle.warnings;
  std::copy_if(bundle.attempts.begin(), bundle.attempts.end(), std::back_inserter(result.attempts),
               [](const Attempt& attempt) { return !attempt.is_reported; });
  result.converter = bundle.converter;
  return result;
}

bool is_skipped(const Bundle& bundle) {
  return (bundle.kind == Bundle::Kind::kFailed || bundle.kind == Bundle::Kind::kFailedBefore) &&
         is_picture_without_text(bundle.source, bundle.outcome);
}

const char* word_of(const Bundle& bundle) {
  if (is_skipped(bundle)) return "skipped";
  switch (bundle.kind) {
    case Bundle::Kind::kPrepared:
      return "prepared";
    case Bundle::Kind::kUnchanged:
    case Bundle::Kind::kKnown:
      return "unchanged";
    case Bundle::Kind::kFailed:
    case Bundle::Kind::kFailedBefore:
      break;
  }
  return "failed";
}

std::int64_t failed_within(const Bundle& bundle) {
  return std::count_if(bundle.children.begin(), bundle.children.end(),
                       [](const Bundle& child) { return child.kind == Bundle::Kind::kFailed; });
}

std::string bundle_line(const Bundle& bundle, const std::string& name, bool known) {
  return JsonObject("bundle")
      .path("source", bundle.source.given)
      .path("path", bundle.source.path_key())
      .text_or_null("bundle", name)
      .text("result", word_of(bundle))
      .text("outcome", word(bundle.outcome))
      .text_or_null("reason", bundle.reason)
      .text_or_null("converter", bundle.converter)
      .text_or_null("converter_version", bundle.converter_version)
      .number("bytes", static_cast<std::int64_t>(bundle.identity.size))
      .number("documents_within", static_cast<std::int64_t>(bundle.children.size()))
      .number("failed_within", failed_within(bundle))
      .flag("known", known)
      .number("ms", bundle.milliseconds)
      .line();
}

}  // namespace

PrepareReport::PrepareReport(Io& io, const GlobalArgs& global, Progress& progress)
    : io_(io),
      global_(global),
      progress_(progress),
      skips_(global, [this](const std::string& lines) { progress_.print(io_.out, lines); }) {}

void PrepareReport::start(unsigned jobs, const SandboxLayers& sandbox) {
  if (global_.json) progress_.print(io_.out, run_start_json("prepare", "", jobs, sandbox));
}

void PrepareReport::bundle(const Bundle& bundle, const std::string& name, bool known) {
  const bool is_failed = std::string_view(word_of(bundle)) == "failed";
  const auto within = static_cast<std::uint64_t>(failed_within(bundle));
  failed_ += within + (is_failed ? 1 : 0);
  failed_new_ += within + (is_failed && !known ? 1 : 0);
  if (!is_failed && !is_skipped(bundle)) ++(known ? unchanged_ : prepared_);
  progress_.add_done();
  if (is_failed) progress_.add_failed();
  if (is_skipped(bundle)) skips_.add_picture(bundle.source);
  const std::string skipped = skips_.lines_before(bundle.source.sequence);
  if (global_.json) {
    lines_ += skipped + bundle_line(bundle, name, known);
    if (lines_.size() >= kWrittenTogether) flush();
    return;
  }
  if (!skipped.empty()) progress_.print(io_.out, skipped);
  if (is_skipped(bundle)) return;
  print_lines(bundle, known);
  for (const Bundle& child : bundle.children) print_lines(child, false);
  if (global_.verbose > 0 && !is_failed) {
    progress_.print(io_.out, std::string(word_of(bundle)) + "  " + visible(bundle.source.given) +
                                 " -> " + name + "\n");
  }
}

void PrepareReport::print_lines(const Bundle& bundle, bool known) {
  const owner::DocumentResult result = result_of(bundle);
  const Paint paint(global_.color, io_.err_is_terminal, io_);
  if (result.result == owner::Result::kFailed && (!known || global_.verbose > 0)) {
    progress_.print(io_.err, failure_line(result, paint));
  }
  const std::string lines = global_.quiet ? "" : warnings_.lines_of(result, global_.verbose, paint);
  if (!lines.empty()) progress_.print(io_.err, lines);
}

void PrepareReport::flush() {
  if (lines_.empty()) return;
  progress_.print(io_.out, lines_);
  lines_.clear();
}

void PrepareReport::summary() {
  const std::string rest = skips_.all_lines();
  if (global_.json) {
    lines_ += rest;
  } else if (!rest.empty()) {
    progress_.print(io_.out, rest);
  }
  flush();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (global_.json) {
    io_.out << JsonObject("prepare_summary")
                   .number("prepared", static_cast<std::int64_t>(prepared_))
                   .number("unchanged", static_cast<std::int64_t>(unchanged_))
                   .number("failed", static_cast<std::int64_t>(failed_))
                   .number("failed_new", static_cast<std::int64_t>(failed_new_))
                   .number("skipped", static_cast<std::int64_t>(skips_.count()))
                   .objects("skipped_by", skips_.counts_json())
                   .decimal("seconds", seconds)
                   .line();
  } else if (!global_.quiet) {
    char time[32];
    std::snprintf(time, sizeof time, "%.1f s", seconds);
    io_.out << skips_.summary_line() << warnings_.notes_line() << "prepared " << prepared_
            << ", unchanged " << unchanged_ << ", failed " << failed_;
    if (failed_ > failed_new_) io_.out << " (" << failed_new_ << " new)";
    io_.out << ", skipped " << skips_.count() << ", " << time << "\n";
  }
  io_.out.flush();
}

}  // namespace sluice::cli
