// What a folder of bundles has already, shown to lanes as a registry is: so an interrupted run goes
// on where it was, by the rules by which `add` leaves out what has not changed.
#pragma once

#include <memory>
#include <string>

#include "model/registry_view.h"
#include "travel/bundle_folder.h"

namespace sluice::travel {

class BundleViews : public RegistryViews {
 public:
  // `folder` outlives it. Bundles of another `setup` (PrepareSettings::setup) are out of date, and
  // those whose Markdown begins otherwise.
  BundleViews(platform::Files& files, const BundleFolder& folder, std::string setup,
              bool has_front_matter)
      : files_(files),
        folder_(folder),
        setup_(std::move(setup)),
        has_front_matter_(has_front_matter) {}
  std::unique_ptr<RegistryView> open() override;

 private:
  platform::Files& files_;
  const BundleFolder& folder_;
  const std::string setup_;
  const bool has_front_matter_;
};

}  // namespace sluice::travel
