#include "travel/unpack.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "model/layout.h"
#include "platform/error.h"
#include "prepare/front_matter.h"
#include "staging/staged_file.h"
#include "travel/bundle_names.h"
#include "travel/facts_check.h"
#include "travel/markdown_check.h"

namespace sluice::travel {
namespace {

using platform::Dir;

constexpr std::size_t kChunk = 512 << 10;

// Calls `take` with all bytes, piece by piece. False if there are fewer than there were.
template <class Take>
bool read_through(platform::Files& files, const FileBytes& bytes, Take take) {
  std::string chunk(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size, kChunk)), '\0');
  for (std::uint64_t at = 0; at < bytes.size;) {
    const auto want = std::min<std::uint64_t>(bytes.size - at, chunk.size());
    const std::size_t got =
        files.read(*bytes.file, bytes.offset + at,
                   std::as_writable_bytes(std::span(chunk.data(), static_cast<std::size_t>(want))));
    if (got == 0) return false;
    take(std::string_view(chunk.data(), got));
    at += got;
  }
  return true;
}

// Every file that the facts name, as it is called in the bundle.
std::set<std::string> names_of(const Facts& facts) {
  std::set<std::string> names = {kFactsName};
  const auto add = [&](const Bundle& bundle) {
    if (bundle.kind != Bundle::Kind::kPrepared) return;
    names.insert(bundle.raw.name);
    names.insert(bundle.markdown.name);
    for (const StagedFile& asset : bundle.assets) {
      names.insert(bundle.assets_dir + "/" + asset.name);
    }
    for (const StagedSidecar& sidecar : bundle.sidecars) names.insert(sidecar.file.name);
  };
  add(facts.bundle);
  for (const Bundle& child : facts.bundle.children) add(child);
  return names;
}

void check_names(BundleFiles& from, const Facts& facts) {
  const std::set<std::string> expected = names_of(facts);
  for (const std::string& name : from.names()) {
    if (!expected.contains(name)) throw Refused{name + " is not a file of it"};
  }
}

// Larger Markdown is not merged.
constexpr std::uint64_t kMaxPrintedBytes = 64ULL << 20;

class Unpacking {
 public:
  Unpacking(platform::Files& files, BundleFiles& from, const StagingPlace& place)
      : files_(files), from_(from), place_(place), staging_(place.staging.dir()) {}

  void take(Bundle& bundle, std::uint32_t part, bool has_front_matter) {
    bundle.failed_flushes = place_.staging.failed_flushes();
    believe_less(bundle);
    if (bundle.kind != Bundle::Kind::kPrepared) return;
    copy(bundle.raw, staging_, layout::staged_raw(place_.sequence, place_.attempt, part),
         bundle.raw.name);
    copy(bundle.markdown, staging_, layout::staged_markdown(place_.sequence, place_.attempt, part),
         bundle.markdown.name);
    const auto markdown = files_.open_read(staging_, bundle.markdown.name);
    if (!markdown)
      throw SystemError("open", bundle.markdown.name, std::make_error_code(std::errc::io_error));
    check_markdown(files_, *markdown, bundle, has_front_matter);
    prepare::note_title(bundle, bundle.metadata);
    print_lines(bundle.markdown);
    take_assets(bundle, part);
    for (StagedSidecar& sidecar : bundle.sidecars) take_sidecar(sidecar, part);
    bundle.staged_bytes = bundle.raw.size() + bundle.markdown.size();
    for (const StagedFile& asset : bundle.assets) bundle.staged_bytes += asset.size();
    for (const StagedSidecar& sidecar : bundle.sidecars) {
      bundle.staged_bytes += sidecar.file.size();
    }
  }

 private:
  // For merges with edits by hand.
  void print_lines(StagedFile& markdown) {
    const auto text = read_whole_text(files_, staging_, markdown.name, kMaxPrintedBytes);
    if (!text) return;
    LinePrints prints;
    prints.update(*text);
    markdown.line_prints = prints.finish().value_or("");
  }

  // The next `add` of the source reads it, wherever it is, and tries a failure again.
  static void believe_less(Bundle& bundle) {
    const std::uint64_t size = bundle.identity.size;
    bundle.identity = {};
    bundle.identity.size = size;
    bundle.identity_settled = false;
    bundle.setup.clear();
    if (bundle.kind == Bundle::Kind::kFailed && bundle.reason.empty()) {
      bundle.reason = std::string(hint(bundle.outcome));
    }
  }

  // `source`: its name in the bundle. Nothing but these bytes gets into staging.
  void copy(StagedFile& file, const Dir& to, std::string name, const std::string& source) {
    const FileBytes bytes = from_.open(source);
    if (bytes.size != file.size()) throw Refused{source + " has another size than it should"};
    const platform::Sha256Digest expected = file.sha256;
    StagedWriter writer(files_, to, std::move(name), hash_);
    const bool is_whole =
        read_through(files_, bytes, [&](std::string_view chunk) { writer.write(chunk); });
    if (!is_whole) throw Refused{source + " was cut off while it was read"};
    file = writer.finish();
    if (file.sha256 != expected) throw Refused{source + " has other bytes than it should"};
  }

  void take_assets(Bundle& bundle, std::uint32_t part) {
    if (bundle.assets.empty()) return;
    const std::string folder = bundle.assets_dir;
    bundle.assets_dir = layout::staged_assets(place_.sequence, place_.attempt, part);
    files_.make_dir(staging_, bundle.assets_dir, platform::Access::kUmask);
    const auto dir = files_.open_dir(staging_, bundle.assets_dir);
    if (!dir) throw Error("stage", bundle.assets_dir, "the new folder is gone", "run it again");
    for (StagedFile& asset : bundle.assets) {
      copy(asset, *dir, asset.name, folder + "/" + asset.name);
    }
  }

  void take_sidecar(StagedSidecar& sidecar, std::uint32_t part) {
    copy(sidecar.file, staging_,
         layout::staged_sidecar(place_.sequence, place_.attempt, sidecar.kind, part),
         sidecar.file.name);
    const auto file = files_.open_read(staging_, sidecar.file.name);
    std::string text(static_cast<std::size_t>(sidecar.file.size()), '\0');
    if (file) {
      text.resize(
          files_.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
    }
    if (!nlohmann::json::accept(text))
      throw Refused{"its sidecar " + sidecar.kind + " is not JSON"};
  }

  platform::Files& files_;
  BundleFiles& from_;
  const StagingPlace& place_;
  const Dir& staging_;
  platform::Sha256 hash_;
};

}  // namespace

Bundle unpack(platform::Files& files, BundleFiles& from, Facts facts,
              const prepare::PrepareSettings& settings, const StagingPlace& place) {
  check_facts(facts, settings);
  check_names(from, facts);
  Bundle root = std::move(facts.bundle);
  root.source.sequence = place.sequence;
  Unpacking unpacking(files, from, place);
  unpacking.take(root, 0, facts.has_front_matter);
  std::uint32_t part = 0;
  for (Bundle& child : root.children) {
    child.source.sequence = place.sequence;
    child.keeps_raw = settings.output.raw_children;
    unpacking.take(child, ++part, facts.has_front_matter);
    root.staged_bytes += child.staged_bytes;
  }
  return root;
}

bool is_intact(platform::Files& files, BundleFiles& from, const Facts& facts) {
  platform::Sha256 hash;
  const auto has_bytes = [&](const std::string& name, const StagedFile& file) {
    const FileBytes bytes = from.open(name);
    if (bytes.size != file.size()) return false;
    return read_through(files, bytes, [&](std::string_view chunk) { hash.update(chunk); }) &&
           hash.finish() == file.sha256;
  };
  const auto is_whole = [&](const Bundle& bundle) {
    if (bundle.kind != Bundle::Kind::kPrepared) return true;
    return has_bytes(bundle.raw.name, bundle.raw) &&
           has_bytes(bundle.markdown.name, bundle.markdown) &&
           std::all_of(bundle.assets.begin(), bundle.assets.end(),
                       [&](const StagedFile& asset) {
                         return has_bytes(bundle.assets_dir + "/" + asset.name, asset);
                       }) &&
           std::all_of(bundle.sidecars.begin(), bundle.sidecars.end(),
                       [&](const StagedSidecar& sidecar) {
                         return has_bytes(sidecar.file.name, sidecar.file);
                       });
  };
  try {
    return is_whole(facts.bundle) &&
           std::all_of(facts.bundle.children.begin(), facts.bundle.children.end(), is_whole);
  } catch (const Refused&) {
    return false;
  }
}

}  // namespace sluice::travel
