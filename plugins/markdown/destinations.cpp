// SPDX-License-Identifier: Apache-2.0
//
// md4c tells what a destination means. Where that is what stands in the text, it also tells where:
// its pointer leads into the text. Where escapes or character references are in it, the text is
// parsed a second time with those masked by bytes that mean nothing, which moves nothing; the
// places found that way are believed only if what stands there means what the first parse said.
#include "markdown/destinations.hpp"

#include <md4c.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <limits>
#include <sluice/ascii.hpp>
#include <sluice/plugin.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "markdown/entities.hpp"
#include "markdown/html_images.hpp"

namespace sluice::markdown_plugin {
namespace {

constexpr std::size_t kLongestTitle = 500;

// An image or a link as one parse sees it.
struct Target {
  std::optional<std::size_t> offset;  // if its destination stands in the text as it is meant
  std::size_t size = 0;
  std::string meaning;  // only if not
  bool is_image = false;
};

// Raw HTML of one block, put together from pieces of the text.
class RawHtml {
 public:
  void append(std::string_view piece, std::optional<std::size_t> offset) {
    if (offset) pieces_.push_back({html_.size(), *offset, piece.size()});
    html_.append(piece);
  }

  // Where in the text its values stand; those that stand in several pieces are counted. Clears
  // itself.
  void take_values(HtmlValues& out, std::size_t& unplaced_scripts) {
    if (html_.empty()) return;
    const HtmlValues found = find_values(html_);
    for (const Range& source : found.image_sources) {
      if (const auto place = place_of(source)) out.image_sources.push_back(*place);
    }
    for (const Range& link : found.links) {
      if (const auto place = place_of(link)) out.links.push_back(*place);
    }
    for (const Range& script : found.scripts) {
      if (const auto place = place_of(script)) {
        out.scripts.push_back(*place);
      } else {
        ++unplaced_scripts;
      }
    }
    html_.clear();
    pieces_.clear();
  }

 private:
  std::optional<Range> place_of(const Range& value) const {
    auto piece = std::upper_bound(
        pieces_.begin(), pieces_.end(), value.offset,
        [](std::size_t offset, const Piece& candidate) { return offset < candidate.in_html; });
    if (piece == pieces_.begin()) return std::nullopt;
    --piece;
    const std::size_t within = value.offset - piece->in_html;
    if (within + value.size > piece->size) return std::nullopt;
    return Range{piece->in_text + within, value.size};
  }

  struct Piece {
    std::size_t in_html;
    std::size_t in_text;
    std::size_t size;
  };
  std::string html_;
  std::vector<Piece> pieces_;
};

enum class Want { kAll, kTitle, kHeadings };

class Parse {
 public:
  // kTitle: ends with the title, the first level-1 heading that has a text. kHeadings: keeps all
  // headings.
  explicit Parse(std::string_view text, Want want = Want::kAll) : text_(text), want_(want) {}

  void run();

  std::vector<Target> targets;  // images and links
  HtmlValues html_values;
  std::size_t unplaced_scripts = 0;  // in raw HTML
  std::vector<Range> verbatim;       // code and raw HTML, by offset
  std::string title;
  std::vector<std::string> headings;

 private:
  static Parse& of(void* self) { return *static_cast<Parse*>(self); }

  // Runs one callback; an exception must not pass through md4c.
  template <class F>
  int guarded(F&& callback) {
    try {
      callback();
      return 0;
    } catch (...) {
      error_ = std::current_exception();
      return 1;
    }
  }

  // The place of a piece that md4c hands out, if it is one of the text.
  std::optional<std::size_t> offset_of(const char* piece) const {
    const std::less<const char*> before;
    if (before(piece, text_.data()) || !before(piece, text_.data() + text_.size())) {
      return std::nullopt;
    }
    return static_cast<std::size_t>(piece - text_.data());
  }

  void target(const MD_ATTRIBUTE& destination, bool is_image);
  void text(MD_TEXTTYPE type, std::string_view piece);
  static void append_to_heading(MD_TEXTTYPE type, std::string_view piece, std::string& heading);
  void end_of_block();

  std::string_view text_;
  Want want_;
  RawHtml html_;
  bool in_title_ = false;
  bool in_heading_ = false;
  std::exception_ptr error_;
};

void Parse::run() {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    Parse& parse = of(self);
    return parse.guarded([&] {
      parse.end_of_block();
      parse.in_title_ = type == MD_BLOCK_H && parse.title.empty() &&
                        static_cast<MD_BLOCK_H_DETAIL*>(detail)->level == 1;
      parse.in_heading_ = type == MD_BLOCK_H && parse.want_ == Want::kHeadings;
      if (parse.in_heading_) parse.headings.emplace_back();
    });
  };
  parser.leave_block = [](MD_BLOCKTYPE, void*, void* self) {
    Parse& parse = of(self);
    const bool is_over = parse.want_ == Want::kTitle && !parse.title.empty();
    const int failed = parse.guarded([&] {
      parse.end_of_block();
      parse.in_title_ = false;
      parse.in_heading_ = false;
    });
    return failed != 0 || is_over ? 1 : 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
    Parse& parse = of(self);
    if (type == MD_SPAN_IMG) {
      return parse.guarded(
          [&] { parse.target(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src, true); });
    }
    if (type == MD_SPAN_A) {
      return parse.guarded(
          [&] { parse.target(static_cast<MD_SPAN_A_DETAIL*>(detail)->href, false); });
    }
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE size, void* self) {
    Parse& parse = of(self);
    return parse.guarded([&] { parse.text(type, {piece, size}); });
  };
  const int result = md_parse(text_.data(), static_cast<MD_SIZE>(text_.size()), &parser, this);
  if (error_) std::rethrow_exception(error_);
  const bool is_over = want_ == Want::kTitle && !title.empty();
  if (result != 0 && !is_over)
    throw Failure(Outcome::kLimit, "out of memory while parsing the Markdown");
}

void Parse::target(const MD_ATTRIBUTE& source, bool is_image) {
  Target found;
  found.is_image = is_image;
  found.size = source.size;
  if (source.size > 0) found.offset = offset_of(source.text);
  if (!found.offset) {
    for (unsigned i = 0; source.substr_offsets[i] < source.size; ++i) {
      const auto begin = source.substr_offsets[i];
      const std::string_view piece(source.text + begin, source.substr_offsets[i + 1] - begin);
      found.meaning +=
          source.substr_types[i] == MD_TEXT_ENTITY ? decode_entities(piece) : std::string(piece);
    }
  }
  targets.push_back(std::move(found));
}

void Parse::text(MD_TEXTTYPE type, std::string_view piece) {
  if (in_title_) append_to_heading(type, piece, title);
  if (in_heading_) append_to_heading(type, piece, headings.back());
  if (type != MD_TEXT_CODE && type != MD_TEXT_HTML) return;
  const auto offset = offset_of(piece.data());
  if (offset) verbatim.push_back({*offset, piece.size()});
  if (type == MD_TEXT_HTML) html_.append(piece, offset);
}

void Parse::append_to_heading(MD_TEXTTYPE type, std::string_view piece, std::string& heading) {
  if (heading.size() > kLongestTitle || type == MD_TEXT_HTML) return;
  if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
    heading.push_back(' ');
  } else if (type == MD_TEXT_ENTITY) {
    heading += decode_entities(piece);
  } else if (type != MD_TEXT_NULLCHAR) {
    heading += piece;
  }
}

void Parse::end_of_block() {
  html_.take_values(html_values, unplaced_scripts);
}

// `text` of the same length and structure, without a backslash or ampersand outside code and HTML.
// '%' is punctuation as they are, and means nothing in Markdown.
std::string mask(std::string_view text, std::vector<Range> verbatim) {
  constexpr char kNothing = '%';
  std::sort(verbatim.begin(), verbatim.end(),
            [](const Range& a, const Range& b) { return a.offset < b.offset; });
  std::string masked(text);
  auto range = verbatim.begin();
  for (std::size_t at = 0; at < masked.size(); ++at) {
    while (range != verbatim.end() && range->offset + range->size <= at) ++range;
    if (range != verbatim.end() && range->offset <= at) continue;
    if (masked[at] == '&') masked[at] = kNothing;
    if (masked[at] != '\\') continue;
    masked[at] = kNothing;
    if (at + 1 < masked.size() && is_ascii_punctuation(masked[at + 1])) masked[++at] = kNothing;
  }
  return masked;
}

bool is_wanted_place(std::string_view destination, Links links) {
  return links == Links::kAll && destination.starts_with('#');
}

// An image may be one that a data: URL holds, so it is the converter that judges it.
void add_target(const Target& target, Destination destination, std::string_view text, Links links,
                Findings& out) {
  if (target.is_image) {
    out.images.push_back(std::move(destination));
  } else if (runs_script(destination.value(text))) {
    out.scripts.push_back(std::move(destination));
  } else if (file_link(destination.value(text))) {
    out.links.push_back(std::move(destination));
  } else if (is_wanted_place(destination.value(text), links)) {
    out.places.push_back(std::move(destination));
  }
}

// Places what the first parse could not place.
void place_masked(std::string_view text, const Parse& first, Links links, Findings& out) {
  const std::string masked = mask(text, first.verbatim);
  Parse second(masked);
  second.run();
  const bool comparable = second.targets.size() == first.targets.size();
  for (std::size_t i = 0; i < first.targets.size(); ++i) {
    const Target& target = first.targets[i];
    if (target.offset || target.meaning.empty()) continue;
    const auto place = comparable ? second.targets[i].offset : std::nullopt;
    if (place && unescape(text.substr(*place, second.targets[i].size)) == target.meaning) {
      add_target(target, {*place, second.targets[i].size, target.meaning}, text, links, out);
    } else if (runs_script(target.meaning)) {
      ++out.unplaced_scripts;
    } else if (target.is_image) {
      ++out.unplaced;
    }
  }
}

// Nothing that would run a script can do without one of these, whatever it is disguised as.
bool may_hold_scripts(std::string_view text) {
  if (text.find('&') != std::string_view::npos) return true;
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    std::string before;  // backwards, without what readers skip
    for (std::size_t back = at; back > 0 && before.size() < 6 && at - back < 64;) {
      const char c = text[--back];
      if (static_cast<unsigned char>(c) >= 0x20 && c != '\\') before += ascii_lower(c);
    }
    if (before == "tpircs" || before.starts_with("atad")) return true;
  }
  return false;
}

// No image can do without one of these.
bool may_hold_images(std::string_view text) {
  if (text.find("![") != std::string_view::npos) return true;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (equal_ignoring_ascii_case(text.substr(at + 1, 3), "img")) return true;
  }
  return false;
}

// No link to another file can do without one of these.
bool may_hold_links(std::string_view text) {
  for (const std::string_view sign : {"](", "]:", "[[", "<a", "<A"}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

// The title alone. It stands near the beginning of almost every text that has one, and what follows
// a blank line changes no heading before it, except by defining what a bracketed text refers to.
std::string find_title(std::string_view text) {
  constexpr std::size_t kBeginning = std::size_t{16} << 10;
  const std::size_t blank_line =
      text.size() <= kBeginning ? std::string_view::npos : text.find("\n\n", kBeginning);
  if (blank_line != std::string_view::npos) {
    Parse beginning(text.substr(0, blank_line + 1), Want::kTitle);
    beginning.run();
    const std::string& title = beginning.title;
    if (!title.empty() && title.find_first_of("[]") == std::string::npos) return title;
  }
  Parse whole(text, Want::kTitle);
  whole.run();
  return whole.title;
}

std::string cut_title(const std::string& title) {
  return std::string(utf8_prefix(title, kLongestTitle));
}

}  // namespace

Findings find_destinations(std::string_view text, Links links) {
  if (text.size() > std::numeric_limits<MD_SIZE>::max() / 4) {
    throw Failure(Outcome::kLimit, "a Markdown text over 1 GiB");
  }
  Findings out;
  if (!may_hold_images(text) && !may_hold_scripts(text) && !may_hold_links(text)) {
    out.title = cut_title(find_title(text));
    return out;
  }
  Parse first(text);
  first.run();
  out.title = cut_title(first.title);
  bool masked = false;
  for (const Target& target : first.targets) {
    if (target.offset)
      add_target(target, {*target.offset, target.size, std::nullopt}, text, links, out);
    const bool matters = target.is_image || runs_script(target.meaning) ||
                         file_link(target.meaning) || is_wanted_place(target.meaning, links);
    masked = masked || (!target.offset && !target.meaning.empty() && matters);
  }
  if (masked) place_masked(text, first, links, out);
  out.unplaced_scripts += first.unplaced_scripts;
  for (const Range& script : first.html_values.scripts) {
    out.scripts.push_back({script.offset, script.size, std::nullopt});
  }
  for (const Range& source : first.html_values.image_sources) {
    const std::string_view raw = text.substr(source.offset, source.size);
    const bool plain = raw.find('&') == std::string_view::npos;
    out.images.push_back(
        {source.offset, source.size, plain ? std::nullopt : std::optional(decode_entities(raw))});
  }
  for (const Range& link : first.html_values.links) {
    const std::string_view raw = text.substr(link.offset, link.size);
    Destination destination{link.offset, link.size, decode_entities(raw)};
    if (file_link(*destination.meaning)) {
      out.links.push_back(std::move(destination));
    } else if (is_wanted_place(*destination.meaning, links)) {
      out.places.push_back(std::move(destination));
    }
  }
  out.wiki_links = find_wiki_links(text, first.verbatim);
  const auto before = [](const Destination& a, const Destination& b) {
    return a.offset < b.offset;
  };
  const auto same = [](const Destination& a, const Destination& b) { return a.offset == b.offset; };
  for (auto* some : {&out.images, &out.scripts, &out.links, &out.places}) {
    std::sort(some->begin(), some->end(), before);
    some->erase(std::unique(some->begin(), some->end(), same), some->end());
  }
  return out;
}

std::vector<std::string> find_headings(std::string_view text) {
  if (text.size() > std::numeric_limits<MD_SIZE>::max() / 4) {
    throw Failure(Outcome::kLimit, "a Markdown text over 1 GiB");
  }
  Parse parse(text, Want::kHeadings);
  parse.run();
  return std::move(parse.headings);
}

}  // namespace sluice::markdown_plugin
