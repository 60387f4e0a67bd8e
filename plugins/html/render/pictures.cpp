// SPDX-License-Identifier: Apache-2.0
#include "pictures.hpp"

#include <sluice/url.hpp>

#include "../links.hpp"

namespace sluice::html {

void Pictures::write_image(NodeId i) {
  write(image_address(dom_, i), attribute(i, Attr::kAlt), attribute(i, Attr::kTitle));
}

void Pictures::write(std::string_view address, std::string_view alt, std::string_view title) {
  if (address.empty()) return;
  if (title == alt) title = {};
  reset_breaks();
  images_.insert(std::string(address));
  const bool beside = rendering_.base.empty() || url_scheme(address) == "data";
  const auto asset = beside ? rendering_.take_image(address) : std::nullopt;
  if (asset) {
    out_.image(*asset, alt, title);
    return;
  }
  if (url_scheme(address) == "data") return;
  const std::string target =
      rendering_.link_target ? rendering_.link_target(address) : resolve(rendering_.base, address);
  if (target.empty()) {
    out_.text(alt);
  } else {
    out_.image(target, alt, title);
  }
}

void Pictures::write_unloaded(NodeId i) {
  for (NodeId k = i + 1; k < dom_[i].end; ++k) {
    if (dom_[k].tag != Tag::kImg) continue;
    const std::string_view address = image_address(dom_, k);
    if (images_.count(std::string(address)) == 0) {
      write(address, attribute(k, Attr::kAlt), attribute(k, Attr::kTitle));
    }
  }
}

std::string_view Pictures::media_address(NodeId i) const {
  std::string_view address = attribute(i, Attr::kSrc);
  if (dom_[i].tag == Tag::kObject) address = attribute(i, Attr::kData);
  for (NodeId k = i + 1; k < ahead_of(i) && address.empty(); ++k) {
    if (dom_[k].tag == Tag::kSource) address = attribute(k, Attr::kSrc);
  }
  return address;
}

Step Pictures::write_media(NodeId i, std::string target) {
  if (target.starts_with("//")) target.insert(0, "https:");
  if (target.empty() || target.starts_with("about:")) {
    return dom_[i].tag == Tag::kObject ? kInto : kPast;
  }
  const std::string_view title = attribute(i, Attr::kTitle);
  out_.end_paragraph();
  out_.begin_link(target);
  out_.text(title.empty() ? std::string_view(target) : title);
  out_.end_link();
  out_.end_paragraph();
  return kPast;
}

}  // namespace sluice::html
