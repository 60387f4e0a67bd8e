#include "owner/merge.h"

#include <algorithm>
#include <vector>

#include "owner/line_diff.h"
#include "staging/line_prints.h"

namespace sluice::owner {
namespace {

constexpr std::size_t kMarkerSize = 7;
// Two conflicts with no more lines than this between them are one.
constexpr std::size_t kMaxLinesBetween = 3;

// A new version, line by line.
struct Version {
  std::vector<std::string_view> lines;
  std::vector<std::uint64_t> prints;

  explicit Version(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      lines.push_back(text.substr(0, end));
      prints.push_back(line_print(lines.back()));
      text.remove_prefix(end);
    }
  }
};

// A part of the result. In between are lines that neither has changed, or both in the same way.
struct Part {
  enum class Of { kConflict, kOurs, kTheirs, kBoth } of = Of::kConflict;
  std::size_t ours_at = 0, ours_lines = 0;
  std::size_t theirs_at = 0, theirs_lines = 0;

  std::size_t ours_end() const { return ours_at + ours_lines; }
  std::size_t theirs_end() const { return theirs_at + theirs_lines; }
};

class Merge {
 public:
  Merge(std::span<const std::uint64_t> base, std::string_view ours, std::string_view theirs)
      : base_(base), ours_(ours), theirs_(theirs) {}

  Merged run(const MergeLabels& labels);

 private:
  void find_parts();
  void add(const Part& part);
  bool is_same_change(const LineChange& ours, const LineChange& theirs) const;
  void refine();
  std::vector<Part> refined(const Part& conflict) const;
  void join_near_conflicts();
  bool has_words(std::size_t begin, std::size_t end) const;

  std::span<const std::uint64_t> base_;
  Version ours_;
  Version theirs_;
  std::vector<Part> parts_;
};

// --- what becomes of the lines of the base ---

// One that touches the one before becomes part of it.
void Merge::add(const Part& part) {
  if (!parts_.empty()) {
    Part& last = parts_.back();
    if (part.ours_at <= last.ours_end() || part.theirs_at <= last.theirs_end()) {
      if (part.of != last.of) last.of = Part::Of::kConflict;
      last.ours_lines = part.ours_end() - last.ours_at;
      last.theirs_lines = part.theirs_end() - last.theirs_at;
      return;
    }
  }
  parts_.push_back(part);
}

bool Merge::is_same_change(const LineChange& ours, const LineChange& theirs) const {
  if (ours.old_at != theirs.old_at || ours.old_lines != theirs.old_lines ||
      ours.new_lines != theirs.new_lines) {
    return false;
  }
  const auto begin = ours_.lines.begin() + static_cast<std::ptrdiff_t>(ours.new_at);
  return std::equal(begin, begin + static_cast<std::ptrdiff_t>(ours.new_lines),
                    theirs_.lines.begin() + static_cast<std::ptrdiff_t>(theirs.new_at));
}

// The conflict of two changes covers what either of them replaces, in both versions.
Part conflict_of(const LineChange& ours, const LineChange& theirs) {
  const std::size_t begin = std::min(ours.old_at, theirs.old_at);
  const std::size_t end = std::max(ours.old_end(), theirs.old_end());
  Part part;
  part.ours_at = ours.new_at - (ours.old_at - begin);
  part.theirs_at = theirs.new_at - (theirs.old_at - begin);
  part.ours_lines = ours.new_end() + (end - ours.old_end()) - part.ours_at;
  part.theirs_lines = theirs.new_end() + (end - theirs.old_end()) - part.theirs_at;
  return part;
}

void Merge::find_parts() {
  const std::vector<LineChange> ours = line_changes(base_, ours_.prints);
  const std::vector<LineChange> theirs = line_changes(base_, theirs_.prints);
  // Where a line of the base that one leaves alone is in it: behind the changes so far.
  const auto place_in = [this](std::size_t at, const std::vector<LineChange>& changes,
                               std::size_t next, std::size_t lines) {
    if (next < changes.size()) return changes[next].new_at - (changes[next].old_at - at);
    return at + lines - base_.size();
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < ours.size() || j < theirs.size()) {
    const bool is_ours_alone =
        j == theirs.size() || (i < ours.size() && ours[i].old_end() < theirs[j].old_at);
    if (is_ours_alone) {
      const std::size_t at = place_in(ours[i].old_at, theirs, j, theirs_.lines.size());
      add({Part::Of::kOurs, ours[i].new_at, ours[i].new_lines, at, ours[i].old_lines});
      ++i;
      continue;
    }
    const bool is_theirs_alone = i == ours.size() || theirs[j].old_end() < ours[i].old_at;
    if (is_theirs_alone) {
      const std::size_t at = place_in(theirs[j].old_at, ours, i, ours_.lines.size());
      add({Part::Of::kTheirs, at, theirs[j].old_lines, theirs[j].new_at, theirs[j].new_lines});
      ++j;
      continue;
    }
    if (!is_same_change(ours[i], theirs[j])) add(conflict_of(ours[i], theirs[j]));
    const std::size_t our_end = ours[i].old_end();
    const std::size_t their_end = theirs[j].old_end();
    if (our_end >= their_end) ++j;
    if (their_end >= our_end) ++i;
  }
}

// --- conflicts as small as they can be read ---

// The lines that differ within it.
std::vector<Part> Merge::refined(const Part& conflict) const {
  const auto lines = [](const Version& version, std::size_t at, std::size_t count) {
    return std::span(version.prints).subspan(at, count);
  };
  const std::vector<LineChange> changes =
      line_changes(lines(ours_, conflict.ours_at, conflict.ours_lines),
                   lines(theirs_, conflict.theirs_at, conflict.theirs_lines));
  if (changes.empty()) {
    Part same = conflict;
    same.of = Part::Of::kBoth;
    return {same};
  }
  std::vector<Part> parts;
  for (const LineChange& change : changes) {
    parts.push_back({Part::Of::kConflict, conflict.ours_at + change.old_at, change.old_lines,
                     conflict.theirs_at + change.new_at, change.new_lines});
  }
  return parts;
}

void Merge::refine() {
  std::vector<Part> parts;
  for (const Part& part : parts_) {
    const bool can_be_smaller =
        part.of == Part::Of::kConflict && part.ours_lines > 0 && part.theirs_lines > 0;
    if (!can_be_smaller) {
      parts.push_back(part);
      continue;
    }
    for (const Part& smaller : refined(part)) parts.push_back(smaller);
  }
  parts_ = std::move(parts);
}

bool Merge::has_words(std::size_t begin, std::size_t end) const {
  const auto is_word = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  for (std::size_t i = begin; i < end; ++i) {
    if (std::any_of(ours_.lines[i].begin(), ours_.lines[i].end(), is_word)) return true;
  }
  return false;
}

// Few lines, or lines without a word, between two conflicts are harder to read than a larger one.
void Merge::join_near_conflicts() {
  std::vector<Part> parts;
  for (const Part& part : parts_) {
    if (!parts.empty()) {
      Part& last = parts.back();
      const bool both = last.of == Part::Of::kConflict && part.of == Part::Of::kConflict;
      if (both && (part.ours_at - last.ours_end() <= kMaxLinesBetween ||
                   !has_words(last.ours_end(), part.ours_at))) {
        last.ours_lines = part.ours_end() - last.ours_at;
        last.theirs_lines = part.theirs_end() - last.theirs_at;
        continue;
      }
    }
    parts.push_back(part);
  }
  parts_ = std::move(parts);
}

// --- the result ---

void put_lines(std::string& out, const Version& version, std::size_t at, std::size_t count) {
  for (std::size_t i = at; i < at + count; ++i) out += version.lines[i];
}

// With a line end behind the last of them: LF, as in the base, whatever the versions have.
void put_whole_lines(std::string& out, const Version& version, std::size_t at, std::size_t count) {
  put_lines(out, version, at, count);
  if (count > 0 && !version.lines[at + count - 1].ends_with('\n')) out += '\n';
}

void put_marker(std::string& out, char sign, std::string_view label) {
  out.append(kMarkerSize, sign);
  if (!label.empty()) {
    out += ' ';
    out += label;
  }
  out += '\n';
}

Merged Merge::run(const MergeLabels& labels) {
  find_parts();
  refine();
  join_near_conflicts();
  Merged merged;
  std::size_t done = 0;  // lines of ours
  for (const Part& part : parts_) {
    if (part.of == Part::Of::kBoth) continue;
    put_lines(merged.text, ours_, done, part.ours_at - done);
    if (part.of == Part::Of::kOurs) {
      put_lines(merged.text, ours_, part.ours_at, part.ours_lines);
    } else if (part.of == Part::Of::kTheirs) {
      put_lines(merged.text, theirs_, part.theirs_at, part.theirs_lines);
    } else {
      put_marker(merged.text, '<', labels.ours);
      put_whole_lines(merged.text, ours_, part.ours_at, part.ours_lines);
      put_marker(merged.text, '=', {});
      put_whole_lines(merged.text, theirs_, part.theirs_at, part.theirs_lines);
      put_marker(merged.text, '>', labels.theirs);
      ++merged.conflicts;
    }
    done = part.ours_end();
  }
  put_lines(merged.text, ours_, done, ours_.lines.size() - done);
  return merged;
}

}  // namespace

Merged merge_texts(std::span<const std::uint64_t> base, std::string_view ours,
                   std::string_view theirs, const MergeLabels& labels) {
  return Merge(base, ours, theirs).run(labels);
}

std::size_t marked_conflicts(std::string_view text, std::string_view ours_label) {
  std::string marker;
  put_marker(marker, '<', ours_label);
  marker.pop_back();
  std::size_t count = 0;
  for (std::size_t at = text.find(marker); at != std::string_view::npos;
       at = text.find(marker, at + 1)) {
    const std::size_t end = at + marker.size();
    const bool is_line = (at == 0 || text[at - 1] == '\n') &&
                         (end == text.size() || text[end] == '\n' || text[end] == '\r');
    count += is_line ? 1 : 0;
  }
  return count;
}

}  // namespace sluice::owner
