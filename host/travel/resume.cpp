#include "travel/resume.h"

#include <algorithm>

#include "platform/error.h"
#include "travel/bundle_files.h"
#include "travel/unpack.h"

namespace sluice::travel {
namespace {

class BundleView : public RegistryView {
 public:
  BundleView(platform::Files& files, const BundleFolder& folder, const std::string& setup,
             bool has_front_matter)
      : files_(files), folder_(folder), setup_(setup), has_front_matter_(has_front_matter) {}

  std::optional<KnownSource> source(std::string_view path_key) override {
    const Facts* facts = find(path_key);
    if (facts == nullptr || facts->bundle.kind != Bundle::Kind::kPrepared) return std::nullopt;
    const Bundle& bundle = facts->bundle;
    return KnownSource{bundle.identity, bundle.identity_settled, bundle.sha256, ""};
  }

  std::optional<KnownFailure> failure(std::string_view path_key) override {
    const Facts* facts = find(path_key);
    if (facts == nullptr || facts->bundle.kind != Bundle::Kind::kFailed) return std::nullopt;
    const Bundle& bundle = facts->bundle;
    return KnownFailure{bundle.identity, bundle.identity_settled, bundle.sha256,
                        bundle.setup,    bundle.outcome,          bundle.reason,
                        bundle.hint,     bundle.converter,        bundle.converter_version};
  }

  // Bytes that another bundle has are no reason to leave out this one.
  bool has_content(const platform::Sha256Digest& /*sha256*/) override { return false; }

  bool has_unsettled_children(std::string_view path_key, std::string_view /*setup*/) override {
    const Facts* facts = find(path_key);
    return facts != nullptr &&
           std::any_of(facts->bundle.children.begin(), facts->bundle.children.end(),
                       [this](const Bundle& child) { return child.setup != setup_; });
  }

 private:
  // Asked for the same path several times in a row.
  const Facts* find(std::string_view path_key) {
    if (path_key != last_key_) {
      last_key_ = path_key;
      last_ = read(last_key_);
    }
    return last_ ? &*last_ : nullptr;
  }

  // Nothing that is not whole, of other files or of other converters counts.
  std::optional<Facts> read(const std::string& path_key) {
    const std::string name = folder_.name_before(path_key);
    if (name.empty()) return std::nullopt;
    try {
      const auto from = files_in_folder(files_, folder_.dir(), name);
      Facts facts = read_facts(files_, *from);
      const bool is_current =
          !facts.skipped && facts.path_key() == path_key && facts.bundle.setup == setup_ &&
          facts.has_front_matter == has_front_matter_ && is_intact(files_, *from, facts);
      if (is_current) return facts;
    } catch (const Refused&) {
      // It is made again.
    } catch (const SystemError&) {
      // The same.
    }
    return std::nullopt;
  }

  platform::Files& files_;
  const BundleFolder& folder_;
  const std::string& setup_;
  const bool has_front_matter_;
  std::string last_key_;
  std::optional<Facts> last_;
};

}  // namespace

std::unique_ptr<RegistryView> BundleViews::open() {
  return std::make_unique<BundleView>(files_, folder_, setup_, has_front_matter_);
}

}  // namespace sluice::travel
