// SPDX-License-Identifier: Apache-2.0
#include "profile.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::pdf {
namespace {

// A histogram's middle of its highest bar.
template <std::size_t N>
std::size_t highest(const std::array<std::uint64_t, N>& counts) {
  return static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

}  // namespace

Profile profile_of(const Story& story) {
  std::array<std::uint64_t, 400> sizes{};
  std::uint64_t all = 0, bold = 0, mono = 0, italic = 0;
  for (const Line& line : story.lines) {
    if (line.turned) continue;
    const auto bin = static_cast<std::size_t>(std::clamp(std::lround(line.size * 4), 0L, 399L));
    sizes[bin] += line.chars;
    all += line.chars;
    bold += line.bold ? line.chars : 0;
    mono += line.mono ? line.chars : 0;
    italic += line.italic ? line.chars : 0;
  }
  Profile profile;
  if (all == 0) return profile;
  profile.body_size = static_cast<float>(highest(sizes)) / 4;
  profile.mostly_bold = bold * 10 > all * 6;
  profile.mostly_mono = mono * 10 > all * 5;
  profile.mostly_italic = italic * 10 > all * 6;
  std::array<std::uint64_t, 60> leadings{};
  for (std::size_t i = 1; i < story.lines.size(); ++i) {
    const Line& line = story.lines[i];
    const Line& before = story.lines[i - 1];
    if (line.column != before.column || std::abs(line.size - profile.body_size) > 0.3F) continue;
    if (std::abs(before.size - line.size) > 0.3F) continue;
    const float step = (line.baseline - before.baseline) / line.size;
    if (step > 0.8F && step < 3) ++leadings[static_cast<std::size_t>(step * 20)];
  }
  const std::size_t most = highest(leadings);
  if (leadings[most] > 0) profile.leading = (static_cast<float>(most) + 0.5F) / 20;
  return profile;
}

}  // namespace sluice::pdf
