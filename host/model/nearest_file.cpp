#include "model/nearest_file.h"

#include <algorithm>
#include <tuple>

#include "model/names.h"

namespace sluice {
namespace {

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

std::ptrdiff_t folders_of(std::string_view folder) {
  return std::count(folder.begin(), folder.end(), '/');
}

// Folders at the beginning that both have.
std::ptrdiff_t shared_folders(std::string_view one, std::string_view other) {
  const auto differ = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  return folders_of(one.substr(0, static_cast<std::size_t>(differ.first - one.begin())));
}

}  // namespace

std::vector<std::size_t> nearest_files(std::string_view from, std::string_view path,
                                       const std::vector<std::string_view>& files) {
  const std::string end =
      path.find('/') == std::string_view::npos ? std::string() : '/' + name_key(folder_of(path));
  using Rank = std::tuple<std::ptrdiff_t, std::ptrdiff_t, std::string_view, std::size_t>;
  std::vector<Rank> ranks;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view folder = folder_of(files[i]);
    if (!end.empty() && !('/' + name_key(folder)).ends_with(end)) continue;
    ranks.emplace_back(-shared_folders(folder_of(from), folder), folders_of(folder), files[i], i);
  }
  std::sort(ranks.begin(), ranks.end());
  std::vector<std::size_t> places;
  for (const Rank& rank : ranks) places.push_back(std::get<3>(rank));
  return places;
}

}  // namespace sluice
