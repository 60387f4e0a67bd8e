#include "prepare/web_intake.h"

#include <algorithm>
#include <utility>

#include "model/layout.h"
#include "model/names.h"
#include "model/url.h"
#include "platform/error.h"
#include "plugin/media_type.h"
#include "prepare/child_intake.h"
#include "staging/staged_file.h"
#include "worker/wire.h"

namespace sluice::prepare {
namespace {

// All of a small body, else its beginning.
class Beginning {
 public:
  explicit Beginning(Document& document) : document_(document) {
    document_.content.clear();
    document_.is_whole = true;
  }
  void add(std::string_view piece) {
    if (!document_.is_whole) return;
    document_.content += piece;
    if (document_.content.size() <= wire::kInlineSource) return;
    document_.content.resize(plugin::kSniffBytes);
    document_.is_whole = false;
  }

 private:
  Document& document_;
};

}  // namespace

std::string web_file_name(const Url& url, const fetch::Page& page, std::string_view content,
                          std::string_view directory) {
  std::string name = page.file_name.empty() ? url.last_part() : page.file_name;
  if (name.empty()) name = url.host;
  // What the bytes certainly are counts more than what the server says, and that more than the
  // URL.
  std::string type = plugin::sniff(content, directory, "").media_type;
  if (plugin::is_generic_type(type) && !page.media_type.empty()) {
    type = plugin::canonical_media_type(page.media_type);
  }
  const std::string own = extension_of(name);
  const std::string_view own_type = plugin::type_of_extension(own);
  if (own_type == type || (plugin::is_generic_type(type) && !own_type.empty())) return name;
  const std::string_view usual = plugin::extension_of_type(type);
  return usual.empty() ? name : name + "." + std::string(usual);
}

bool WebIntake::read(Document& document) {
  try {
    return fetch(document);
  } catch (const fetch::FetchFailure& failure) {
    document.fail(failure.outcome, failure.reason, failure.hint);
  } catch (const SystemError& error) {
    document.fail(error);
  }
  return false;
}

bool WebIntake::fetch(Document& document) {
  Bundle& bundle = document.bundle;
  if (!context_.fetcher) {
    throw fetch::FetchFailure{Outcome::kUnsupported, "URLs are not fetched here",
                              "save it in a browser and add the file"};
  }
  std::string why_not;
  const auto url = parse_url(bundle.source.relative, why_not);
  if (!url) throw fetch::FetchFailure{Outcome::kRefused, why_not};
  const FetchFacts before = facts_on_record(document);
  Beginning beginning(document);
  StagedWriter raw(context_.files, context_.staging.dir(),
                   layout::staged_raw(document.sequence(), document.attempt), hash_);
  Activity::Turn turn =
      Activity::begin(context_.activity, Activity::Stage::kReading, bundle.source.given);
  const auto take = [&](std::string_view piece) {
    beginning.add(piece);
    raw.write(piece);
    turn.advance(raw.size(), 0);
  };
  const fetch::Page page = context_.fetcher->fetch(*url, before, {take, &stop_});
  if (page.is_unchanged) {
    bundle.kind = Bundle::Kind::kUnchanged;
    bundle.outcome = Outcome::kOk;
    bundle.identity = known_->identity;
    bundle.sha256 = known_->sha256;
    return false;
  }
  bundle.raw = raw.finish();
  document.has_raw = true;
  accept(document, page);
  if (is_known(document)) {
    clear_staged(context_.files, context_.staging.dir(), document);
    bundle.kind = Bundle::Kind::kKnown;
    bundle.outcome = Outcome::kOk;
    return false;
  }
  return !repeats_failure(document, registry_, context_.settings.setup);
}

// Nothing where the body is wanted whatever the server says: there is no document of it, or that
// one has to be made again.
FetchFacts WebIntake::facts_on_record(const Document& document) {
  if (registry_ == nullptr) return {};
  const Source& source = document.bundle.source;
  const std::string key = source.path_key();
  known_ = registry_->source(key);
  const bool is_enough = known_ && known_->identity_settled && document.attempt == 0 &&
                         !source.is_wanted_anew() &&
                         !registry_->has_unsettled_children(key, context_.settings.setup);
  auto facts = is_enough ? registry_->fetch_facts(key) : std::nullopt;
  registry_->end_reading();
  return std::move(facts).value_or(FetchFacts());
}

void WebIntake::accept(Document& document, const fetch::Page& page) const {
  Bundle& bundle = document.bundle;
  if (known_) document.recorded_name = known_->document_name;
  bundle.sha256 = bundle.raw.sha256;
  bundle.identity.size = bundle.raw.size();  // nothing else of it lasts
  bundle.identity_settled = true;
  bundle.fetched = page.facts;
  document.declared_charset = page.charset;
  std::string why_not;
  const auto url = parse_url(bundle.source.relative, why_not);
  const std::string_view directory =
      document.is_whole ? plugin::directory_of(document.content) : std::string_view();
  bundle.source.called = web_file_name(*url, page, document.content, directory);
}

bool WebIntake::is_known(const Document& document) {
  const Source& source = document.bundle.source;
  return registry_ != nullptr && document.attempt == 0 && !source.is_wanted_anew() &&
         registry_->has_content(document.bundle.sha256) &&
         !registry_->has_unsettled_children(source.path_key(), context_.settings.setup);
}

}  // namespace sluice::prepare
