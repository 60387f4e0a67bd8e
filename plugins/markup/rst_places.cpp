// SPDX-License-Identifier: Apache-2.0
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/heading_anchor.hpp>

#include "markup/rst_lines.hpp"
#include "markup/rst_text.hpp"

namespace sluice::markup {
namespace {

// The name in ".. _name:", which has no address; empty for anything else.
std::string internal_target(std::string_view line) {
  constexpr std::string_view kBegin = ".. _";
  std::string_view name = trimmed(line);
  if (!line.starts_with(kBegin) || !name.ends_with(':') || name.ends_with("\\:")) return {};
  name = name.substr(kBegin.size(), name.size() - kBegin.size() - 1);
  if (name.size() > 1 && name.starts_with('`') && name.ends_with('`'))
    return rst_name(name.substr(1, name.size() - 2));
  return name == "_" ? std::string() : rst_name(name);
}

// As docutils makes one of a name (docutils.nodes.make_id), for names in ASCII.
std::string id_of(std::string_view name) {
  std::string id;
  for (const char c : name) {
    if (is_ascii_alphanumeric(static_cast<unsigned char>(c))) {
      id += ascii_lower(c);
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (id.ends_with('-')) id.pop_back();
  id.erase(0, id.find_first_not_of("-0123456789"));
  return id;
}

class PlaceFinder {
 public:
  PlaceFinder(const Lines& lines, Job& job, RstNames& names)
      : lines_(lines), names_(names), known_(names), headings_(job, known_) {}

  void find() {
    bool begins_block = true;
    for (std::size_t i = 0; i < lines_.size();) {
      RstTitle title;
      const std::string_view line = lines_[i];
      std::string name = internal_target(line);
      const bool has_address = i + 1 < lines_.size() && lines_[i + 1].starts_with(' ');
      if (!name.empty() && !has_address) {
        waiting_.push_back(std::move(name));
        begins_block = true;
        ++i;
      } else if (begins_block && !line.empty() && line[0] != ' ' && read_title(lines_, i, title)) {
        add_heading(title.text);
        i = title.next;
      } else {
        const bool is_text = !line.empty() && !line.starts_with("..");
        if (is_text) add_waiting({});
        begins_block = !is_text;
        ++i;
      }
    }
    add_waiting({});
  }

 private:
  void add_heading(std::string_view title) {
    const std::string said = headings_.read([&](RstText& to) { to.write(title); });
    anchor_ = "#" + anchors_.add(said);
    add_waiting(said);
    // What an explicit target says goes first.
    add(rst_name(title), said);
    add(rst_name(said), said);
  }

  // What stands in no heading is found below the last one.
  void add_waiting(std::string_view said) {
    for (const std::string& name : waiting_) add(name, said);
    waiting_.clear();
  }

  void add(const std::string& name, std::string_view said) {
    if (name.empty() || anchor_.empty()) return;
    if (!names_.targets.emplace(name, anchor_).second) return;
    if (!said.empty()) names_.titles.emplace(name, said);
    if (std::string id = id_of(name); !id.empty()) names_.ids.emplace(std::move(id), anchor_);
  }

  const Lines& lines_;
  RstNames& names_;
  const RstNames known_;  // without places: links change no heading's text
  HeadingReader<RstText> headings_;
  HeadingAnchors anchors_;
  std::string anchor_;  // of the last heading
  std::vector<std::string> waiting_;
};

}  // namespace

void find_rst_places(const Lines& lines, Job& job, RstNames& names) {
  PlaceFinder(lines, job, names).find();
}

}  // namespace sluice::markup
