#include "openkb/picture_links.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "model/code_fence.h"
#include "platform/percent_encoding.h"

namespace sluice::openkb {
namespace {

// No file system has longer names; percent-encoded, a byte has three.
constexpr std::size_t kMaxNameBytes = 3 * 255;
// What stands before a destination in Markdown and HTML, and may end it.
constexpr auto kOpeners = std::to_array<std::string_view>({"](<", "](", "=\"", "='"});
constexpr std::string_view kClosers = ")>\"' ";

// Which bytes of a line are in a code span (CommonMark, section 6.1), as far as it is on one line.
class CodeSpans {
 public:
  explicit CodeSpans(std::string_view line) {
    // Where the last run of each length begins: no span is looked for that nothing ends. Otherwise
    // each run of a line with many lengths would be looked for up to the line's end.
    std::map<std::size_t, std::size_t> last;
    for (std::size_t at = line.find('`'); at != line.npos;) {
      const std::size_t run = run_at(line, at);
      last[run] = at;
      at = line.find('`', at + run);
    }
    for (std::size_t at = line.find('`'); at != line.npos; at = line.find('`', at)) {
      const std::size_t run = run_at(line, at);
      const std::size_t end = last[run] > at ? closing(line, at + run, run) : at + run;
      if (last[run] > at) spans_.emplace_back(at, end);
      at = end;
    }
  }

  bool has(std::size_t at) const {
    const auto next =
        std::upper_bound(spans_.begin(), spans_.end(), at,
                         [](std::size_t place, const auto& span) { return place < span.first; });
    return next != spans_.begin() && at < std::prev(next)->second;
  }

 private:
  static std::size_t run_at(std::string_view line, std::size_t at) {
    return std::min(line.find_first_not_of('`', at), line.size()) - at;
  }
  // Behind the run of that length that ends the span. REQUIRES: there is one.
  static std::size_t closing(std::string_view line, std::size_t at, std::size_t run) {
    while (true) {
      at = line.find('`', at);
      const std::size_t other = run_at(line, at);
      at += other;
      if (other == run) return at;
    }
  }

  std::vector<std::pair<std::size_t, std::size_t>> spans_;  // in order
};

class LineSearch {
 public:
  LineSearch(std::string_view doc_name, const FindPicture& find)
      : folder_("images/" + std::string(doc_name) + "/"), find_(find) {}

  // Adds the links of the line that begins at `offset`.
  void search(std::string_view line, std::size_t offset, std::vector<PictureLink>& links) const {
    std::optional<CodeSpans> code;
    std::size_t from = 0;
    for (std::size_t at = line.find(folder_); at != line.npos; at = line.find(folder_, at + 1)) {
      const auto begin = destination_begin(line, at);
      if (!begin || *begin < from) continue;
      if (!code) code.emplace(line);
      if (code->has(at)) continue;
      const auto found = picture_at(line, at + folder_.size());
      if (!found) continue;
      from = found->end;
      links.push_back({offset + *begin, offset + found->end, found->picture});
    }
  }

 private:
  std::optional<std::size_t> destination_begin(std::string_view line, std::size_t at) const {
    std::string_view before = line.substr(0, at);
    for (const std::string_view step : {"sources/", "./"}) {
      if (before.ends_with(step)) before.remove_suffix(step.size());
    }
    const bool opens = std::any_of(kOpeners.begin(), kOpeners.end(), [&](std::string_view opener) {
      return before.ends_with(opener);
    });
    return opens ? std::optional(before.size()) : std::nullopt;
  }

  // The first end of the destination that makes its last part the name of a picture.
  std::optional<PictureLink> picture_at(std::string_view line, std::size_t begin) const {
    const std::string_view rest = line.substr(begin, kMaxNameBytes + 1);
    for (std::size_t end = rest.find_first_of(kClosers); end != rest.npos;
         end = rest.find_first_of(kClosers, end + 1)) {
      const std::string name(rest.substr(0, end));
      auto picture = find_(name);
      if (!picture) picture = find_(platform::percent_decoded(name));
      if (picture) return PictureLink{begin, begin + end, *picture};
    }
    return std::nullopt;
  }

  const std::string folder_;
  const FindPicture& find_;
};

}  // namespace

std::vector<PictureLink> find_picture_links(std::string_view markdown, std::string_view doc_name,
                                            const FindPicture& find) {
  std::vector<PictureLink> links;
  const LineSearch search(doc_name, find);
  CodeFence fence;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    if (!fence.is_in_code(line)) search.search(line, at, links);
    at = end + 1;
  }
  return links;
}

}  // namespace sluice::openkb
