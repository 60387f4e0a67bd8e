#include "cli/travelled_bundles.h"

#include <algorithm>
#include <array>
#include <sluice/counted.hpp>

#include "model/layout.h"
#include "platform/error.h"
#include "travel/bundle_names.h"
#include "travel/facts_check.h"
#include "travel/unpack.h"

namespace sluice::cli {

using travel::Refused;

scan::SkipReason checked_skip_reason(const travel::Facts& facts,
                                     const prepare::PrepareSettings& settings) {
  travel::check_facts(facts, settings);
  const auto why = scan::skip_reason_from_word(facts.skipped->why);
  if (!why) throw Refused{"it was skipped for no reason that there is"};
  return *why;
}

void check_travelled_key(const std::string& kb_path, const std::string& path_key) {
  if (path_key.starts_with(kb_path + "/")) {
    throw Refused{"its source is in the knowledge base: prepare it with -C " + kb_path};
  }
  for (const char* own : {layout::kState, layout::kWiki, layout::kRaw}) {
    if (path_key.starts_with(std::string(own) + "/")) {
      throw Refused{"its source is a file of the knowledge base itself"};
    }
  }
}

TravelledBundles::TravelledBundles(platform::Files& files, const travel::Shelf& shelf,
                                   const Workspace& workspace, std::string kb_path,
                                   LazyStaging& staging, Reporter& reporter)
    : files_(files),
      shelf_(shelf),
      settings_(workspace.context(files, staging, nullptr).settings),
      keys_(workspace.config, workspace.catalog),
      kb_path_(std::move(kb_path)),
      staging_(staging),
      reporter_(reporter) {
  for (const std::string& path : shelf_.strangers()) {
    reporter_.warn(path + " is no bundle, and is left alone");
  }
}

std::vector<Bundle> TravelledBundles::take(std::size_t max_documents, std::uint64_t max_bytes) {
  std::vector<Bundle> taken;
  std::uint64_t bytes = 0;
  while (taken.size() < max_documents && bytes < max_bytes &&
         !stop_.load(std::memory_order_relaxed)) {
    if (next_ == shelf_.entries().size()) {
      end();
      break;
    }
    if (auto bundle = read_next()) {
      bytes += bundle->staged_bytes;
      taken.push_back(std::move(*bundle));
    }
  }
  return taken;
}

// The bundles of the next name; nothing if it is a skipped file, or none of them is any good.
std::optional<Bundle> TravelledBundles::read_next() {
  Entries same = {shelf_.entries()[next_++]};
  while (next_ < shelf_.entries().size() && shelf_.entries()[next_].name == same.front().name) {
    same.push_back(shelf_.entries()[next_++]);
  }
  const std::string& name = same.front().name;
  note_place(travel::parse_bundle_name(name)->place, name);
  if (same.size() > 1) {
    twice_ += same.size() - 1;
    order_by_currency(same);
  }
  return read_first_good(same);
}

// Where a shard was run twice, the bundles of converters that are in force come first.
void TravelledBundles::order_by_currency(Entries& entries) const {
  std::stable_partition(entries.begin(), entries.end(), [this](const travel::Shelf::Entry& entry) {
    try {
      const auto from = shelf_.open(entry);
      const travel::Facts facts = shelf_.facts(entry, *from);
      const Bundle& bundle = facts.bundle;
      return !keys_.is_outdated(owner::Conversion{.converter = bundle.converter,
                                                  .version = bundle.converter_version,
                                                  .options_hash = bundle.options_hash,
                                                  .documents = 1});
    } catch (const Refused&) {
      return false;
    }
  });
}

std::optional<Bundle> TravelledBundles::read_first_good(const Entries& entries) {
  for (const travel::Shelf::Entry& entry : entries) {
    try {
      const auto from = shelf_.open(entry);
      return take_facts(*from, shelf_.facts(entry, *from));
    } catch (const Refused& refused) {
      reporter_.refused(shelf_.shown(entry), refused.reason);
    } catch (const SystemError& error) {
      // A full disk is everybody's.
      if (error.is_storage_full()) throw;
      reporter_.refused(shelf_.shown(entry), error.what());
    }
  }
  return std::nullopt;
}

std::optional<Bundle> TravelledBundles::take_facts(travel::BundleFiles& from, travel::Facts facts) {
  const std::string key = facts.path_key();
  check_travelled_key(kb_path_, key);
  if (facts.skipped) {
    const scan::SkipReason why = checked_skip_reason(facts, settings_);
    reporter_.skipped(
        {facts.skipped->source, key, facts.skipped->kind, why, facts.skipped->rule, sequence_});
    return std::nullopt;
  }
  if (facts.has_front_matter != settings_.output.front_matter) ++other_front_matter_;
  return travel::unpack(files_, from, std::move(facts), settings_, {staging_, sequence_++, 0});
}

void TravelledBundles::note_place(std::uint64_t place, const std::string& name) {
  if (last_place_ == place) ++other_lists_;
  if (last_place_ && place > *last_place_ + 1) {
    if (missing_ == 0) first_missing_ = std::to_string(*last_place_ + 1) + " (before " + name + ")";
    missing_ += place - *last_place_ - 1;
  }
  last_place_ = place;
}

// What only the whole list tells.
void TravelledBundles::end() {
  if (std::exchange(has_ended_, true)) return;
  if (missing_ > 0) {
    reporter_.warn(counted(missing_, "place of the list has", "places of the list have") +
                   " no bundle; the first is " + first_missing_ +
                   ": a shard is missing, or has not ended");
  }
  if (twice_ > 0) {
    reporter_.warn(counted(twice_, "bundle is", "bundles are") +
                   " there twice; one of each is taken");
  }
  if (other_lists_ > 0) {
    reporter_.warn(counted(other_lists_, "bundle has", "bundles have") +
                   " the place of another: they are of different lists");
  }
  if (other_front_matter_ > 0) {
    reporter_.warn(counted(other_front_matter_, "bundle was", "bundles were") + " prepared " +
                   (settings_.output.front_matter ? "without" : "with") +
                   " front matter, other than [output] front_matter says here");
  }
}

Bundle TravelledBundles::prepare_again(const Source& source, unsigned attempt) {
  Bundle failed;
  failed.source = source;
  failed.outcome = Outcome::kIo;
  failed.reason = "there is no bundle of it";
  const auto entry = shelf_.find(source.path_key());
  if (!entry) return failed;
  try {
    const auto from = shelf_.open(*entry);
    travel::Facts facts = shelf_.facts(*entry, *from);
    if (facts.skipped || facts.path_key() != source.path_key()) return failed;
    return travel::unpack(files_, *from, std::move(facts), settings_,
                          {staging_, source.sequence, attempt});
  } catch (const Refused& refused) {
    failed.reason = refused.reason;
  } catch (const SystemError& error) {
    failed.reason = error.cause();
    failed.storage_full = error.is_storage_full();
  }
  return failed;
}

}  // namespace sluice::cli
