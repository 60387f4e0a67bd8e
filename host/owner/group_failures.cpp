// How a group takes failures, and which of them are the failures of last time.
#include <algorithm>

#include "model/picture_without_text.h"
#include "owner/group.h"
#include "owner/group_rows.h"
#include "platform/clock.h"

namespace sluice::owner {

std::vector<AttemptRow> attempt_rows(const Bundle& bundle) {
  std::vector<AttemptRow> rows;
  for (const Attempt& attempt : bundle.attempts) {
    if (attempt.is_reported) continue;
    rows.push_back({attempt.converter, attempt.converter_version, attempt.outcome, attempt.reason});
  }
  return rows;
}

bool fails_as_before(const KnowledgeBase& kb, const Bundle& bundle) {
  const auto row = kb.registry().failure(bundle.source.path_key());
  return row && row->identity_settled && row->identity == bundle.identity && !row->setup.empty() &&
         row->setup == bundle.setup && !source_has_changed(kb.files(), bundle);
}

DocumentResult failed_before_result(const Bundle& bundle) {
  DocumentResult result;
  result.result = Result::kFailed;
  result.source = bundle.source;
  result.outcome = bundle.outcome;
  result.reason = bundle.reason;
  result.hint = bundle.hint;
  result.known = true;
  result.sha256 = bundle.sha256;
  result.converter = bundle.converter;
  result.converter_version = bundle.converter_version;
  result.bytes = bundle.identity.size;
  result.milliseconds = bundle.milliseconds;
  return result;
}

bool Group::any_failure() {
  if (!any_failure_) any_failure_ = kb_.registry().has_failures();
  return *any_failure_;
}

void Group::clear_failure(const Bundle& bundle) {
  if (!any_failure()) return;
  const std::string path_key = bundle.source.path_key();
  if (!kb_.registry().has_failure(path_key)) return;
  writer_.clear_failure(path_key);
  writes_ = true;
}

namespace {

// The row of a failure. `setup` stays empty where another try may end differently, be it that only
// one of the converters in line depends on the day.
FailureRow failure_row(const Bundle& bundle, Outcome outcome, const std::string& reason) {
  FailureRow row;
  row.path_key = bundle.source.path_key();
  row.outcome = outcome;
  row.reason = reason;
  row.converter = bundle.converter;
  row.at = platform::record_time_s();
  row.hint = bundle.hint;
  row.converter_version = bundle.converter_version;
  row.identity = bundle.identity;
  row.identity_settled = bundle.identity_settled;
  row.sha256 = bundle.sha256;
  row.attempts = attempt_rows(bundle);
  row.is_skipped = is_picture_without_text(bundle.source, outcome);
  if (fails_for_good(outcome, bundle.attempts)) row.setup = bundle.setup;
  return row;
}

// Whether it is the failure of last time: the same outcome for the same bytes, or, where nothing
// was read, for the same reason.
bool is_same_failure(const FailureRow& before, const FailureRow& now) {
  if (before.outcome != now.outcome || before.sha256 != now.sha256) return false;
  return now.sha256 != Sha256Digest{} || before.reason == now.reason;
}

}  // namespace

void Group::take_failure(const Bundle& bundle, Outcome outcome, const std::string& reason) {
  DocumentResult& result = add_result(Result::kFailed, bundle);
  result.outcome = outcome;
  result.reason = reason;
  const bool on_record = !bundle.source.problem || bundle.source.problem->on_record;
  if (outcome == Outcome::kCancelled || !on_record) return;
  FailureRow row = failure_row(bundle, outcome, reason);
  const auto before = kb_.registry().failure(row.path_key);
  result.known = before && is_same_failure(*before, row);
  if (result.known) row.at = before->at;
  // The same failure again is nothing new: a run over unchanged sources writes nothing.
  if (before && *before == row) return;
  writer_.put_failure(row);
  any_failure_ = true;
  writes_ = true;
}

}  // namespace sluice::owner
