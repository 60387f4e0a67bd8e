// SPDX-License-Identifier: Apache-2.0
#include "profile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "../shared_measures.hpp"

namespace sluice::pdf {
namespace {

constexpr std::uint32_t kLinesOfTitle = 5;
constexpr std::uint64_t kLeastShare = 5;  // a fifth of all letters
constexpr float kSameSizeOfText = 0.3F;   // points; sizes are counted in quarters
// Distances of baselines, in sizes: lines nearer than that overlap, and farther ones are no text.
constexpr float kLeastLeadingOfText = 0.8F;
constexpr std::size_t kWidestLeadingOfText = 3;
constexpr std::size_t kStepsOfLeading = 20;  // that are counted, in one size

// A histogram's middle of its highest bar.
template <std::size_t N>
std::size_t highest(const std::array<std::uint64_t, N>& counts) {
  return static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

std::size_t bin_of(const Line& line) {
  return static_cast<std::size_t>(std::clamp(std::lround(line.size * 4), 0L, 399L));
}

// On a title page most letters may be those of the title: a few lines, each in the middle of the
// paper, and farther apart than lines of text are.
bool is_of_title(const Story& story, std::size_t bin) {
  std::uint32_t lines = 0;
  const Line* before = nullptr;
  for (const Line& line : story.lines) {
    if (line.turned || bin_of(line) != bin) continue;
    const float middle = (line.box.x0 + line.box.x1) / 2;
    if (std::abs(middle - story.pages[line.page].width / 2) > line.size) return false;
    if (before != nullptr && before->page == line.page &&
        line.baseline - before->baseline < kNextLineOfText * line.size) {
      return false;
    }
    if (++lines > kLinesOfTitle) return false;
    before = &line;
  }
  return lines > 0;
}

// The face that most text of this size has.
std::uint16_t face_of(const Story& story, float size) {
  std::unordered_map<std::uint16_t, std::uint64_t> chars;
  for (const Line& line : story.lines) {
    if (!line.turned && std::abs(line.size - size) < kSameSizeOfText)
      chars[line.face] += line.chars;
  }
  std::uint16_t face = 0;
  std::uint64_t most = 0;
  for (const auto& [each, count] : chars) {
    if (count < most || (count == most && each > face)) continue;
    face = each;
    most = count;
  }
  return face;
}

}  // namespace

Profile profile_of(const Story& story) {
  std::array<std::uint64_t, 400> sizes{};
  std::uint64_t all = 0, bold = 0, mono = 0, italic = 0;
  for (const Line& line : story.lines) {
    if (line.turned) continue;
    sizes[bin_of(line)] += line.chars;
    all += line.chars;
    bold += line.bold ? line.chars : 0;
    mono += line.mono ? line.chars : 0;
    italic += line.italic ? line.chars : 0;
  }
  Profile profile;
  if (all == 0) return profile;
  std::size_t body = highest(sizes);
  if (is_of_title(story, body)) {
    std::array<std::uint64_t, 400> smaller{};
    std::copy_n(sizes.begin(), body, smaller.begin());
    const std::size_t next = highest(smaller);
    if (smaller[next] * kLeastShare >= all) body = next;
  }
  profile.body_size = static_cast<float>(body) / 4;
  profile.body_face = face_of(story, profile.body_size);
  profile.mostly_bold = bold * 10 > all * 6;
  profile.mostly_mono = mono * 10 > all * 5;
  profile.mostly_italic = italic * 10 > all * 6;
  std::array<std::uint64_t, kWidestLeadingOfText * kStepsOfLeading> leadings{};
  for (std::size_t i = 1; i < story.lines.size(); ++i) {
    const Line& line = story.lines[i];
    const Line& before = story.lines[i - 1];
    if (line.column != before.column || std::abs(line.size - profile.body_size) > kSameSizeOfText)
      continue;
    if (std::abs(before.size - line.size) > kSameSizeOfText) continue;
    const float step = (line.baseline - before.baseline) / line.size;
    if (step > kLeastLeadingOfText && step < kWidestLeadingOfText) {
      ++leadings[static_cast<std::size_t>(step * kStepsOfLeading)];
    }
  }
  const std::size_t most = highest(leadings);
  if (leadings[most] > 0) profile.leading = (static_cast<float>(most) + 0.5F) / kStepsOfLeading;
  return profile;
}

}  // namespace sluice::pdf
