#include "cli/prepare_list.h"

#include <map>
#include <nlohmann/json.hpp>

#include "cli/config.h"
#include "cli/path_list.h"
#include "model/path_text.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "scan/sibling_rules.h"
#include "travel/bundle_names.h"

namespace sluice::cli {
namespace {

// The same on every machine, for any number of shards.
std::uint64_t number_of(const std::string& path_key) {
  const platform::Sha256Digest digest = platform::sha256(path_key);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
  return number;
}

}  // namespace

void refuse_web_page(Source& source) {
  if (!source.is_web) return;
  source.problem = std::make_shared<SourceProblem>(
      SourceProblem{Outcome::kUnsupported,
                    "no bundles are made of web pages, because what a server said cannot be "
                    "checked where they are committed",
                    "run 'sluice add' with it where the knowledge base is", false});
}

// The lines of --list.
class PrepareList::Listed {
 public:
  Listed(platform::Files& files, const std::string& list, const scan::ScanOptions& options, Io& io)
      : files_(files),
        io_(io),
        name_(list),
        lines_(list, '\n', io),
        sibling_rules_(std::make_shared<scan::ScanSiblingRules>(
            files, options, scan::KbPlace(files, options.kb_path))) {}

  // Sets `place` if the line has one.
  std::optional<Source> next(std::uint64_t& place) {
    std::string line;
    if (!lines_.next(line)) return std::nullopt;
    const auto entry = nlohmann::json::parse(line, nullptr, false);
    if (!entry.is_object()) refuse("is no JSON object");
    const std::string path = text(entry, "path");
    const std::string file = absolute_path(io_, text(entry, "file"));
    const std::string root = entry.contains("root") ? text(entry, "root") : "";
    if (path.empty() || file.ends_with('/')) refuse("needs \"path\" and \"file\"");
    const std::string source = entry.contains("source") ? text(entry, "source") : path;
    if (entry.contains("place")) {
      if (!entry["place"].is_number_unsigned()) refuse("has a \"place\" that is no number");
      place = entry["place"].get<std::uint64_t>();
      // The bundle would have a name that no bundle has, and nobody would find it.
      if (place > travel::kMaxPlace) refuse("has a \"place\" of more than 12 digits");
    }
    return root.empty() ? source_of(path, file, source) : source_below(root, path, file, source);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error("read the list", name_, "line " + std::to_string(lines_.number()) + " " + what,
                "each line is an object: {\"path\": ..., \"file\": ...}", ExitCode::kUsage);
  }

  std::string text(const nlohmann::json& entry, const char* key) const {
    const auto found = entry.find(key);
    if (found == entry.end() || !found->is_string())
      refuse("has no text \"" + std::string(key) + '"');
    auto text = path_from_text(found->get<std::string>());
    if (text.find('\0') != std::string::npos) refuse("has a NUL");
    return text;
  }

  // A file below a folder that was submitted: what stands beside it may be read for it, as in a
  // scan of that folder.
  Source source_below(const std::string& root, const std::string& path, const std::string& file,
                      const std::string& given) {
    const std::string below = root + (root.ends_with('/') ? "" : "/");
    if (!file.starts_with(below)) refuse("has a \"file\" that is not below its \"root\"");
    Source source;
    source.relative = file.substr(below.size());
    source.given = given;
    if (!path.ends_with(source.relative)) refuse("has a \"path\" that does not end as \"file\"");
    const std::string prefix = path.substr(0, path.size() - source.relative.size());
    std::shared_ptr<const SourceRoot>& known = roots_[{root, prefix}];
    if (!known) known = open_root(root, prefix);
    source.root = known;
    if (!source.root->dir) {
      source.problem = std::make_shared<SourceProblem>(
          SourceProblem{Outcome::kIo, "there is no folder " + root, {}, true});
    }
    return source;
  }

  std::shared_ptr<const SourceRoot> open_root(const std::string& root, const std::string& prefix) {
    auto made = std::make_shared<SourceRoot>();
    made->path = root;
    made->given = root;
    made->key_prefix = prefix;
    made->sibling_rules = sibling_rules_;
    try {
      if (auto dir = files_.open_dir(root)) made->dir = std::move(*dir);
    } catch (const SystemError&) {
      // Each of its files says so.
    }
    return made;
  }

  Source source_of(const std::string& path, const std::string& file, const std::string& given) {
    const std::size_t slash = file.rfind('/');
    const std::string folder = file.substr(0, slash + 1);
    Source source;
    source.relative = file.substr(slash + 1);
    source.given = given;
    auto root = std::make_shared<SourceRoot>();
    root->path = folder;
    root->given = folder;
    root->copy_name = source.relative;
    root->copy_of = path;
    try {
      if (auto dir = files_.open_dir(folder)) {
        root->dir = std::move(*dir);
      } else {
        source.problem = std::make_shared<SourceProblem>(
            SourceProblem{Outcome::kIo, "there is no folder " + folder, {}, true});
      }
    } catch (const SystemError& error) {
      source.problem =
          std::make_shared<SourceProblem>(SourceProblem{Outcome::kIo, error.cause(), {}, true});
    }
    source.root = std::move(root);
    return source;
  }

  platform::Files& files_;
  Io& io_;
  const std::string name_;
  ListFile lines_;
  const std::shared_ptr<const SiblingRules> sibling_rules_;
  // By path and by the prefix of path keys: files of one folder share what was looked up there.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const SourceRoot>> roots_;
};

PrepareList::PrepareList(platform::Files& files, const std::vector<std::string>& paths,
                         scan::ScanOptions options, Shard shard, OnSkippedAt on_skipped)
    : shard_(shard), on_skipped_(std::move(on_skipped)) {
  options.on_skipped = [this](scan::Skipped&& skipped) { skip(std::move(skipped)); };
  scanner_ = std::make_unique<scan::Scanner>(files, paths, std::move(options));
}

PrepareList::PrepareList(platform::Files& files, const std::string& list,
                         const scan::ScanOptions& options, Shard shard, Io& io)
    : shard_(shard), listed_(std::make_unique<Listed>(files, list, options, io)) {}

PrepareList::~PrepareList() = default;

bool PrepareList::is_in_shard(const std::string& path_key) const {
  return shard_.of == 1 || number_of(path_key) % shard_.of == shard_.number - 1;
}

void PrepareList::skip(scan::Skipped&& skipped) {
  const std::uint64_t place = next_place_++;
  if (!is_in_shard(skipped.path)) return;
  // The report counts the sources of this shard.
  skipped.before = handed_out_;
  if (on_skipped_) on_skipped_(std::move(skipped), place);
}

std::optional<Source> PrepareList::next() {
  while (true) {
    std::uint64_t place = next_place_;
    auto source = listed_ ? listed_->next(place) : scanner_->next();
    if (!source) return std::nullopt;
    refuse_web_page(*source);
    // The scan may have met what it leaves out on the way.
    if (!listed_) place = next_place_;
    // An argument that leads nowhere is no entry: it fails again each time it is given.
    const bool is_entry = !source->problem || source->problem->on_record;
    if (is_entry) next_place_ = place + 1;
    if (!is_in_shard(source->path_key())) continue;
    ++handed_out_;
    const std::lock_guard guard(mutex_);
    places_.push_back(place);
    return source;
  }
}

std::uint64_t PrepareList::take_place() {
  const std::lock_guard guard(mutex_);
  const std::uint64_t place = places_.front();
  places_.pop_front();
  return place;
}

}  // namespace sluice::cli
