// SPDX-License-Identifier: Apache-2.0
#include "paths.hpp"

#include <algorithm>
#include <sluice/url.hpp>
#include <vector>

namespace sluice::html {
namespace {

// RFC 3986 section 5.2.4; what leads above the root stays at it.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string out;
  for (const std::string_view segment : kept) {
    if (!out.empty()) out += '/';
    out += segment;
  }
  return out;
}

}  // namespace

Place locate(std::string_view base, std::string_view reference) {
  constexpr std::string_view kBlank = " \t\r\n\f";
  const std::size_t begin = reference.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  reference = reference.substr(begin, reference.find_last_not_of(kBlank) - begin + 1);
  if (!url_scheme(reference).empty() || reference.starts_with("//")) return {};
  Place place;
  const std::size_t hash = reference.find('#');
  if (hash != std::string_view::npos) place.fragment = percent_decode(reference.substr(hash + 1));
  std::string path = percent_decode(url_path(reference));
  std::replace(path.begin(), path.end(), '\\', '/');
  if (path.empty()) {
    place.path = base;
  } else if (path.front() == '/') {
    place.path = without_dots(path);
  } else {
    const std::size_t folder = base.rfind('/');
    const std::string_view beside =
        folder == std::string_view::npos ? std::string_view() : base.substr(0, folder + 1);
    place.path = without_dots(std::string(beside) + path);
  }
  return place;
}

}  // namespace sluice::html
