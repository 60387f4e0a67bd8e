// SPDX-License-Identifier: Apache-2.0
#include "markup/tex/labels.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/utf8.hpp>

#include "markup/tex/commands.hpp"

namespace sluice::markup::tex {
namespace {

// Labels and names are words; what is longer is text that lost its brace.
constexpr std::size_t kMaxName = 300;
// Of a heading: sections within the titles of sections would be read again and again.
constexpr std::size_t kMaxTitle = 1'000;
// Of what is left out of a title, as \thanks with an address.
constexpr std::size_t kMaxLeftOut = 4'000;

std::string identity(const Place& place) {
  return std::string(place.kind) + " " + place.number;
}

class LabelWalk {
 public:
  LabelWalk(const GroupedText& source, const Say& say)
      : source_(source), say_(say), text_(source.text()) {}

  Labels walk() {
    found_.has_chapters = text_.find("\\chapter") != kNowhere;
    for (at_ = text_.find('\\'); at_ != kNowhere; at_ = text_.find('\\', at_)) {
      const std::string_view name = control_name(text_, at_);
      const std::size_t begin = at_;
      at_ += 1 + name.size();
      control(name, begin);
    }
    for (const auto& [label, place] : found_.places) {
      if (found_.referred.contains(label)) found_.referred_places.insert(identity(place));
    }
    return std::move(found_);
  }

 private:
  std::string_view argument() {
    const std::size_t open = skip_line_blanks(text_, at_);
    if (open >= text_.size() || text_[open] != '{') return {};
    const std::size_t close = source_.group_end(open);
    if (close == kNowhere) return {};
    at_ = open + 1;  // what is within is walked, too
    return text_.substr(open + 1, close - open - 1);
  }
  std::string_view option() {
    if (at_ >= text_.size() || text_[at_] != '[') return {};
    const std::size_t close = find_option_end(text_, at_);
    if (close == kNowhere) return {};
    const std::string_view value = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return value;
  }

  void control(std::string_view name, std::size_t begin) {
    if (const auto depth = heading_depth(name)) return heading(*depth);
    if (name == "frame" || name == "frametitle") found_.has_slides = true;
    if (name == "appendix") is_appendix_ = true, counts_.fill(0);
    if (name == "label") return label();
    if (name == "caption") return caption(begin);
    if (name == "hypertarget") return target();
    if (name == "begin") return environment(environment_name(text_, begin), begin);
    if (name == "newtheorem") return theorem();
    if (name.ends_with("ref") || name == "Cref") refer();
  }

  void heading(int depth) {
    const bool has_star = at_ < text_.size() && text_[at_] == '*';
    if (has_star) ++at_;
    option();
    const std::string_view title = argument();
    if (title.data() == nullptr) return;
    found_.has_parts = found_.has_parts || depth == -1;
    found_.has_sections = found_.has_sections || depth == 1;
    found_.has_subsections = found_.has_subsections || depth == 2;
    const std::string words = said(utf8_prefix(title, kMaxTitle));
    latest_ = {"", "#" + anchors_.add(words), "Section", words};
    heading_ = latest_.anchor;
    for (const std::string& name : waiting_) found_.places[name].anchor = heading_;
    waiting_.clear();
    if (depth == -1) return;
    if (!has_star && depth <= 3) {
      ++counts_[static_cast<std::size_t>(depth)];
      std::fill(counts_.begin() + depth + 1, counts_.end(), 0);
      latest_.number = number(depth);
      if (depth == 0) float_counts_.clear();
    }
    if (depth == 0) latest_.kind = "Chapter";
    if (is_appendix_) latest_.kind = "Appendix";
  }

  std::string said(std::string_view title) {
    // Titles within titles, which only hostile sources have, would be read again and again.
    if (title.size() > unread_) return one_line(plain_text(title));
    unread_ -= title.size();
    const auto begin = static_cast<std::size_t>(title.data() - text_.data());
    return say_(begin, begin + title.size());
  }

  std::string number(int depth) const {
    std::string out;
    const int top = found_.has_chapters ? 0 : 1;
    for (int i = top; i <= depth; ++i) {
      const int count = counts_[static_cast<std::size_t>(i)];
      if (!out.empty()) out += '.';
      out += is_appendix_ && i == top && count > 0 && count < 27
                 ? std::string(1, static_cast<char>('A' + count - 1))
                 : std::to_string(count);
    }
    return out;
  }

  // Floats and formulas are numbered within their chapters.
  std::string next_number(const std::string& counter) {
    const std::string own = std::to_string(++float_counts_[counter]);
    return found_.has_chapters ? number(0) + "." + own : own;
  }

  void label() {
    const std::string_view name = argument();
    if (!name.empty() && name.size() <= kMaxName) found_.places.emplace(trimmed(name), latest_);
  }

  // \hypertarget{name}{text}: Markdown has no places but headings, so that it is the heading
  // within, or the one above.
  void target() {
    const std::string_view written = trimmed(argument());
    if (written.empty() || written.size() > kMaxName) return;
    const std::string name(written);
    std::size_t next = text_.find('}', at_);
    next = next == kNowhere ? text_.size() : skip_blanks(text_, next + 1);
    const bool holds_heading =
        next < text_.size() && text_[next] == '{' &&
        heading_depth(control_name_at(skip_blanks(text_, next + 1))).has_value();
    found_.places.emplace(name, Place{"", heading_, "", ""});
    if (holds_heading) waiting_.push_back(name);
  }
  std::string_view control_name_at(std::size_t at) const {
    return at < text_.size() && text_[at] == '\\' ? control_name(text_, at) : std::string_view();
  }

  void caption(std::size_t begin) {
    if (float_.empty()) return;
    latest_ = {next_number(std::string(float_)), "", float_, ""};
    found_.counted.emplace(begin, latest_);
  }

  void environment(std::string_view name, std::size_t begin) {
    const EnvironmentInfo info = environment_info(name);
    const auto own = found_.theorems.find(name);
    if (own != found_.theorems.end()) {
      if (own->second.counter.empty()) return;
      latest_ = {next_number(own->second.counter), "", own->second.title, ""};
      found_.counted.emplace(begin, latest_);
    } else if (info.kind == EnvironmentKind::kFloat) {
      float_ = info.title;
    } else if (info.kind == EnvironmentKind::kDisplay && !name.ends_with('*') && name != "math" &&
               name != "displaymath" && name != "split") {
      latest_ = {next_number("equation"), "", "Equation", ""};
      found_.counted.emplace(begin, latest_);
    } else if (info.kind == EnvironmentKind::kFrame) {
      found_.has_slides = true;
    }
  }

  void theorem() {
    const bool has_star = at_ < text_.size() && text_[at_] == '*';
    if (has_star) ++at_;
    const std::string name(argument());
    at_ += name.empty() ? 0 : name.size() + 1;
    const std::string shared(option());
    const std::string title = plain_text(utf8_prefix(argument(), kMaxTitle));
    if (name.empty() || title.empty() || name.size() > kMaxName || title.size() > kMaxName) return;
    found_.theorems.insert_or_assign(name, Theorem{title, has_star         ? ""
                                                          : shared.empty() ? name
                                                                           : shared});
  }

  void refer() {
    if (at_ < text_.size() && text_[at_] == '*') ++at_;
    std::string_view names = argument();
    if (names.size() > kMaxName * 8) return;
    while (!names.empty()) {
      const std::size_t comma = std::min(names.find(','), names.size());
      found_.referred.emplace(trimmed(names.substr(0, comma)));
      names.remove_prefix(std::min(comma + 1, names.size()));
    }
  }

  const GroupedText& source_;
  const Say& say_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t unread_ = text_.size();  // bytes: titles beside each other have no more
  Labels found_;
  Place latest_;
  HeadingAnchors anchors_;
  std::array<int, 4> counts_{};  // of chapters, sections, ...
  std::map<std::string, int> float_counts_;
  std::string_view float_;
  std::string heading_;               // where the latest one is
  std::vector<std::string> waiting_;  // targets around the next one
  bool is_appendix_ = false;
};

}  // namespace

int Labels::level_of(int depth) const {
  // \part or \chapter is at the top where there is one.
  const int top = has_parts ? -1 : has_chapters ? 0 : 1;
  const int below = !has_chapters && has_parts && depth >= 1 ? 1 : 0;
  return std::clamp(depth - top + 1 - below, 1, 6);
}

const Place* Labels::referred_at(std::size_t place) const {
  const auto found = counted.find(place);
  if (found == counted.end() || !referred_places.contains(identity(found->second))) return nullptr;
  return &found->second;
}

Labels find_labels(const GroupedText& source, const Say& say) {
  return LabelWalk(source, say).walk();
}

std::string plain_text(std::string_view tex, bool keeps_signs) {
  std::string out;
  for (std::size_t at = 0; at < tex.size();) {
    const char c = tex[at];
    if (c == '\\') {
      const std::string_view name = control_name(tex, at);
      at += 1 + name.size();
      if (is_control_word(name)) at = skip_line_blanks(tex, at);
      if (is_accent(name) && at < tex.size()) {
        std::size_t begin = skip_blanks(tex, at);
        if (begin < tex.size() && tex[begin] == '{') ++begin;
        const std::size_t size = begin < tex.size() ? token_size(tex, begin) : 0;
        std::string base(tex.substr(begin, size));
        if (base.starts_with('\\')) base = symbol_of(base.substr(1)).value_or("");
        out += accented(name, base);
        at = std::min(begin + size, tex.size());
      } else if (const auto symbol = symbol_of(name)) {
        out += *symbol;
      } else if (name == "\\" || name == "newline") {
        out += ' ';
      } else if (name == "label" || name == "footnote" || name == "thanks" || name == "vspace" ||
                 name == "hspace" || name == "href" || name == "index") {
        const std::size_t end =
            at < tex.size() && tex[at] == '{' ? find_group_end(tex, at, kMaxLeftOut) : kNowhere;
        if (end != kNowhere) at = end + 1;
      } else if (name == "and") {
        while (out.ends_with(' ') || out.ends_with('\n')) out.pop_back();
        out += ", ";
      }
    } else if (c == '{' || c == '}' || (c == '$' && !keeps_signs)) {
      ++at;
    } else if (c == '~') {
      out += "\u00A0";
      ++at;
    } else if (!keeps_signs && tex.substr(at).starts_with("---")) {
      out += "—";
      at += 3;
    } else if (!keeps_signs && tex.substr(at).starts_with("--")) {
      out += "–";
      at += 2;
    } else if (!keeps_signs &&
               (tex.substr(at).starts_with("``") || tex.substr(at).starts_with("''"))) {
      out += c == '`' ? "“" : "”";
      at += 2;
    } else if (!keeps_signs && (c == '\'' || c == '`')) {
      out += c == '`' ? "‘" : "’";
      ++at;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

}  // namespace sluice::markup::tex
