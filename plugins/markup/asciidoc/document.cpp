// SPDX-License-Identifier: Apache-2.0
#include "markup/asciidoc/document.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>
#include <sluice/utf8.hpp>
#include <unordered_map>

namespace sluice::markup::asciidoc {
namespace {

// A value may hold others: what it grows to is cut off here.
constexpr std::size_t kMaxValue = 10'000;
constexpr std::size_t kMaxAttributes = 10'000;

constexpr auto kCharacters =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"nbsp", "\u00A0"},
                                                                  {"sp", " "},
                                                                  {"empty", ""},
                                                                  {"blank", ""},
                                                                  {"zwsp", "\u200B"},
                                                                  {"lt", "<"},
                                                                  {"gt", ">"},
                                                                  {"amp", "&"},
                                                                  {"plus", "+"},
                                                                  {"asterisk", "*"},
                                                                  {"tilde", "~"},
                                                                  {"caret", "^"},
                                                                  {"backtick", "`"},
                                                                  {"backslash", "\\"},
                                                                  {"startsb", "["},
                                                                  {"endsb", "]"},
                                                                  {"vbar", "|"},
                                                                  {"pipe", "|"},
                                                                  {"apos", "'"},
                                                                  {"quot", "\""},
                                                                  {"lsquo", "‘"},
                                                                  {"rsquo", "’"},
                                                                  {"ldquo", "“"},
                                                                  {"rdquo", "”"},
                                                                  {"deg", "°"},
                                                                  {"brvbar", "¦"},
                                                                  {"cpp", "C++"},
                                                                  {"cxx", "C++"},
                                                                  {"pp", "++"},
                                                                  {"two-colons", "::"},
                                                                  {"two-semicolons", ";;"},
                                                                  {"wj", ""},
                                                                  {"ndash", "–"},
                                                                  {"mdash", "—"},
                                                                  {"hellip", "…"}});

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  });
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted =
      text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// "id", ".role", "%option" in "source#id.role%option".
void read_shorthand(std::string_view text, BlockAttributes& block) {
  std::size_t at = std::min(text.find_first_of("#.%"), text.size());
  if (at > 0) block.style = ascii_lower(trimmed(text.substr(0, at)));
  while (at < text.size()) {
    const char kind = text[at];
    const std::size_t end = std::min(text.find_first_of("#.%", at + 1), text.size());
    const std::string_view value = text.substr(at + 1, end - at - 1);
    if (kind == '#') block.id = value;
    if (kind == '.') block.named["role"].append(" ").append(value);
    if (kind == '%') block.named["options"].append(",").append(value);
    at = end;
  }
}

// The id that AsciiDoc gives a section without one: "_section_title".
std::string generated_id(std::string_view title, const Attributes& attributes) {
  const std::string prefix = attributes.value("idprefix").value_or("_");
  const std::string separator = attributes.value("idseparator").value_or("_");
  std::string id = prefix;
  bool pending = false;
  for (const char c : title) {
    const bool is_word = is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '_' ||
                         static_cast<unsigned char>(c) >= 0x80;
    if (c == ' ' || c == '-' || c == '.') {
      pending = id.size() > prefix.size();
    } else if (is_word) {
      if (pending) id += separator;
      pending = false;
      id += ascii_lower(c);
    }
  }
  return id;
}

// The ids of places within a line: "[[id]]", "[#id.role]#text#", "anchor:id[]".
std::vector<std::string_view> places_within(std::string_view line) {
  constexpr std::size_t kMaxId = 200;  // a line may have any number of openings without an end
  std::vector<std::string_view> ids;
  for (const std::string_view opening : {"[[", "[#", "anchor:"}) {
    for (std::size_t at = line.find(opening); at != std::string_view::npos;
         at = line.find(opening, at + opening.size())) {
      const std::string_view rest = line.substr(at + opening.size(), kMaxId);
      const std::string_view id = rest.substr(0, rest.find_first_of("],.[ "));
      if (!id.empty() && id.size() < rest.size()) ids.push_back(id);
    }
  }
  return ids;
}

// A title without "[[id]]".
std::string without_places(std::string_view title) {
  std::string out;
  while (true) {
    const std::size_t open = title.find("[[");
    const std::size_t close = open == std::string_view::npos ? open : title.find("]]", open);
    if (close == std::string_view::npos) return out.append(title);
    out.append(title.substr(0, open));
    title.remove_prefix(close + 2);
  }
}

// The text in "name::target[text]", if a line is that.
bool read_line_macro(std::string_view line, std::string_view name, std::string_view& target,
                     std::string_view& text) {
  if (!line.starts_with(name) || !line.substr(name.size()).starts_with("::")) return false;
  const std::size_t open = line.find('[', name.size() + 2);
  if (open == std::string_view::npos || !line.ends_with(']')) return false;
  target = line.substr(name.size() + 2, open - name.size() - 2);
  text = line.substr(open + 1, line.size() - open - 2);
  return true;
}

// Of "a,b" one is enough, of "a+b" all have to be set.
bool holds(std::string_view names, const Attributes& attributes) {
  const char divider = names.find('+') != std::string_view::npos ? '+' : ',';
  while (true) {
    const std::size_t end = std::min(names.find(divider), names.size());
    const bool has = attributes.has(trimmed(names.substr(0, end)));
    if (has != (divider == '+') || end == names.size()) return has;
    names.remove_prefix(end + 1);
  }
}

}  // namespace

void Attributes::set(std::string_view name, std::string_view value) {
  if (values_.size() >= kMaxAttributes) return;
  std::string made = replaced(value);
  if (made.size() > kMaxValue) made = std::string(utf8_prefix(value, kMaxValue));
  values_.insert_or_assign(ascii_lower(name), std::move(made));
}

void Attributes::apply(const AttributeEntry& entry) {
  if (entry.is_unset) {
    values_.erase(ascii_lower(entry.name));
  } else {
    set(entry.name, entry.value);
  }
}

bool Attributes::has(std::string_view name) const {
  return values_.contains(ascii_lower(name));
}

std::optional<std::string> Attributes::value(std::string_view name) const {
  if (const auto found = values_.find(ascii_lower(name)); found != values_.end())
    return found->second;
  for (const auto& [known, character] : kCharacters) {
    if (known == name) return std::string(character);
  }
  return std::nullopt;
}

std::string Attributes::replaced(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    out.append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.substr(0, 80).find('}');
    const auto found = close == std::string_view::npos || !is_name(text.substr(1, close - 1))
                           ? std::nullopt
                           : value(text.substr(1, close - 1));
    if (found && out.size() < (std::size_t{1} << 20)) {
      out.append(*found);
      text.remove_prefix(close + 1);
    } else {
      out += '{';
      text.remove_prefix(1);
    }
  }
  return out;
}

std::optional<AttributeEntry> read_attribute(std::string_view line) {
  if (line.size() < 3 || line[0] != ':') return std::nullopt;
  const std::size_t colon = line.find(':', 1);
  if (colon == std::string_view::npos) return std::nullopt;
  if (colon + 1 < line.size() && line[colon + 1] != ' ') return std::nullopt;
  std::string_view name = line.substr(1, colon - 1);
  AttributeEntry entry;
  if (name.starts_with('!')) {
    entry.is_unset = true;
    name.remove_prefix(1);
  } else if (name.ends_with('!')) {
    entry.is_unset = true;
    name.remove_suffix(1);
  }
  if (!is_name(name)) return std::nullopt;
  entry.name = name;
  entry.value = trimmed(line.substr(colon + 1));
  return entry;
}

std::string_view BlockAttributes::positional_at(std::size_t at) const {
  return at < positional.size() ? std::string_view(positional[at]) : std::string_view();
}

std::string_view BlockAttributes::value(std::string_view name) const {
  const auto found = named.find(name);
  return found == named.end() ? std::string_view() : std::string_view(found->second);
}

bool BlockAttributes::has_option(std::string_view name) const {
  for (const std::string_view key : {"options", "opts"}) {
    std::string_view options = value(key);
    while (!options.empty()) {
      const std::size_t end = std::min(options.find(','), options.size());
      if (trimmed(options.substr(0, end)) == name) return true;
      options.remove_prefix(std::min(end + 1, options.size()));
    }
  }
  return false;
}

bool is_attribute_line(std::string_view line) {
  if (line.size() < 2 || line[0] != '[' || line.back() != ']') return false;
  if (line.starts_with("[[")) return line.ends_with("]]");
  const char first = line[1];
  return first == ']' || first == '#' || first == '.' || first == '%' || first == ',' ||
         first == '"' || first == '\'' || first == '{' || first == '_' ||
         is_ascii_alphanumeric(static_cast<unsigned char>(first));
}

bool is_title_line(std::string_view line) {
  return line.size() > 1 && line[0] == '.' && line[1] != ' ' && line[1] != '.';
}

bool is_remark(std::string_view line) {
  return line.starts_with("//") && !line.starts_with("///");
}

void read_block_attributes(std::string_view line, const Attributes& attributes,
                           BlockAttributes& block) {
  if (line.starts_with("[[")) {
    const std::string_view inner = line.substr(2, line.size() - 4);
    block.id = trimmed(inner.substr(0, inner.find(',')));
    return;
  }
  const std::string text = attributes.replaced(line.substr(1, line.size() - 2));
  std::string_view rest = text;
  bool is_first = true;
  while (!rest.empty()) {
    // One of them, with its commas where it is quoted.
    rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t equals = rest.find('=');
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const bool is_named = equals < comma && is_name(rest.substr(0, equals));
    std::size_t begin = is_named ? equals + 1 : 0;
    std::size_t end = comma;
    if (begin < rest.size() && (rest[begin] == '"' || rest[begin] == '\'')) {
      const std::size_t quote = rest.find(rest[begin], begin + 1);
      if (quote != std::string_view::npos) end = std::min(rest.find(',', quote), rest.size());
    }
    const std::string_view value = without_quotes(trimmed(rest.substr(begin, end - begin)));
    if (is_named) {
      block.named.insert_or_assign(std::string(rest.substr(0, equals)), std::string(value));
      if (rest.substr(0, equals) == "id") block.id = value;
    } else {
      if (is_first) read_shorthand(value, block);
      block.positional.emplace_back(value);
    }
    is_first = false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

std::string plain_title(std::string_view title, const Attributes& attributes) {
  const std::string text = attributes.replaced(without_places(title));
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto is_word = [&](std::size_t place) {
      return place < text.size() && is_ascii_alphanumeric(static_cast<unsigned char>(text[place]));
    };
    const bool joins_words = text[at] == '_' && at > 0 && is_word(at - 1) && is_word(at + 1);
    if (std::string_view("`*#_").find(text[at]) == std::string_view::npos || joins_words)
      out += text[at];
  }
  return out;
}

int heading_level(std::string_view line, std::string_view& title) {
  if (line.empty() || (line[0] != '=' && line[0] != '#')) return 0;
  const std::size_t signs = std::min(line.find_first_not_of(line[0]), line.size());
  if (signs > 6 || signs >= line.size() || line[signs] != ' ') return 0;
  title = trimmed(line.substr(signs));
  // Signs at the end, as many as at the beginning.
  const std::string ending = " " + std::string(line.substr(0, signs));
  if (title.ends_with(ending)) title = trimmed(title.substr(0, title.size() - ending.size()));
  return title.empty() ? 0 : static_cast<int>(signs);
}

int underlined_level(std::string_view line, std::string_view below) {
  constexpr std::string_view kSigns = "=-~^+";
  if (line.size() < 3 || below.size() < 3 || line[0] == ' ' || line[0] == '.' || line[0] == '[')
    return 0;
  const std::size_t level = kSigns.find(below[0]);
  if (level == std::string_view::npos ||
      below.find_first_not_of(below[0]) != std::string_view::npos)
    return 0;
  const auto width = static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
  if (width > below.size() + 1 || below.size() > width + 1) return 0;
  const bool has_word = std::any_of(line.begin(), line.end(), [](char c) {
    return is_ascii_alphanumeric(static_cast<unsigned char>(c)) ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  return has_word ? static_cast<int>(level) + 1 : 0;
}

bool is_delimiter(std::string_view line) {
  if (line == "--" || line.starts_with("```")) return true;
  if (line.size() < 4) return false;
  if (std::string_view("-.=*_+/").find(line[0]) != std::string_view::npos)
    return line.find_first_not_of(line[0]) == std::string_view::npos;
  return std::string_view("|,:!").find(line[0]) != std::string_view::npos &&
         line.find_first_not_of('=', 1) == std::string_view::npos;
}

std::vector<std::size_t> find_block_ends(const Lines& lines) {
  std::vector<std::size_t> ends(lines.size(), lines.size());
  std::unordered_map<std::string_view, std::size_t> next;
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (!is_delimiter(lines[i])) continue;
    // "```ruby" ends with "```".
    const std::string_view key = lines[i].starts_with("```") ? "```" : lines[i];
    const auto found = next.find(key);
    if (found != next.end()) ends[i] = found->second;
    if (key == lines[i]) next.insert_or_assign(key, i);
  }
  return ends;
}

namespace {

class PlaceFinder {
 public:
  PlaceFinder(const Lines& lines, Attributes& attributes, const Say& say)
      : lines_(lines), attributes_(attributes), say_(say), ends_(find_block_ends(lines)) {}

  Places find() {
    bool begins_block = true;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      std::string_view title;
      if (const auto entry = read_attribute(line)) attributes_.apply(*entry);
      int level = heading_level(line, title);
      if (level == 0 && begins_block && i + 1 < lines_.size() &&
          underlined_level(line, lines_[i + 1]) > 0) {
        title = line;
        level = 1;
        ++i;
      }
      begins_block = line.empty() || level > 0 || is_attribute_line(line) || is_remark(line);
      if (level > 0) {
        add_heading(line, title);
      } else if (is_attribute_line(line)) {
        read_block_attributes(line, attributes_, block_);
      } else if (!line.empty()) {
        add_text(line);
        if (!begins_verbatim(line) || ends_[i] == lines_.size()) continue;
        i = ends_[i];
        begins_block = true;
      }
    }
    return std::move(places_);
  }

 private:
  static bool begins_verbatim(std::string_view line) {
    return is_delimiter(line) && line[0] != '=' && line[0] != '*' && line != "--" && line[0] != '_';
  }

  void add_heading(std::string_view line, std::string_view title) {
    const std::string words = plain_title(title, attributes_);
    anchor_ = "#" + anchors_.add(say_(title));
    const auto add = [&](std::string_view id) {
      if (id.empty()) return;
      places_.anchors.emplace(id, anchor_);
      places_.titles.emplace(id, words);
    };
    add(block_.id);
    add(generated_id(words, attributes_));
    add(words);
    // Who writes for other tools uses the anchor that they make of the title.
    add(std::string_view(anchor_).substr(1));
    for (const std::string_view id : places_within(line)) add(id);
    block_ = {};
  }

  // A place that is no heading: the heading above it.
  void add_text(std::string_view line) {
    if (!anchor_.empty()) {
      for (const std::string_view id : places_within(line)) places_.anchors.emplace(id, anchor_);
      if (!block_.id.empty()) places_.anchors.emplace(block_.id, anchor_);
    }
    if (!block_.id.empty() && !block_.title.empty())
      places_.titles.emplace(block_.id, block_.title);
    block_.id.clear();
  }

  const Lines& lines_;
  Attributes& attributes_;
  const Say& say_;
  const std::vector<std::size_t> ends_;
  Places places_;
  HeadingAnchors anchors_;
  std::string anchor_;     // of the heading above
  BlockAttributes block_;  // for the next block
};

}  // namespace

Places find_places(const Lines& lines, Attributes& attributes, const Say& say) {
  return PlaceFinder(lines, attributes, say).find();
}

Lines kept_lines(const Lines& lines, Output& to) {
  Lines kept;
  Attributes attributes;
  std::vector<bool> conditions;  // that are open: whether they and all around them hold
  std::string_view remark;       // the line that ends it
  for (const std::string_view line : lines) {
    std::string_view target;
    std::string_view text;
    if (!remark.empty()) {
      if (line == remark) remark = {};
      continue;
    }
    const bool is_kept = conditions.empty() || conditions.back();
    const bool is_ifdef = read_line_macro(line, "ifdef", target, text);
    if (is_ifdef || read_line_macro(line, "ifndef", target, text)) {
      const bool met = holds(target, attributes) == is_ifdef;
      if (text.empty()) {
        conditions.push_back(is_kept && met);
      } else if (is_kept && met) {
        kept.push_back(text);
      }
    } else if (read_line_macro(line, "ifeval", target, text)) {
      conditions.push_back(is_kept);
    } else if (read_line_macro(line, "endif", target, text)) {
      if (!conditions.empty()) conditions.pop_back();
    } else if (!is_kept) {
      continue;
    } else if (read_line_macro(line, "include", target, text)) {
      to.left_out("include::");
    } else if (line.starts_with("////") && line.find_first_not_of('/') == std::string_view::npos) {
      remark = line;
    } else {
      if (const auto entry = read_attribute(line)) attributes.apply(*entry);
      kept.push_back(line);
    }
  }
  return kept;
}

}  // namespace sluice::markup::asciidoc
