#include "owner/sections_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "model/headings.h"
#include "owner/parts_file.h"
#include "staging/staged_file.h"

namespace sluice::owner {
namespace {

// A table of contents of a thousand pages has less; a hostile text may have one a line.
constexpr std::size_t kMaxSections = 100'000;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string texts_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (&text != texts.data()) out += ',';
    out += json_string(text);
  }
  return out + "]";
}

}  // namespace

std::vector<Section> sections_of(std::string_view markdown, const std::vector<StagedPart>& parts) {
  Headings headings(markdown);
  std::vector<Section> sections;
  Section current;
  std::vector<std::pair<std::size_t, std::string>> path;  // levels and texts
  std::size_t begin = body_begin(markdown);
  bool begins_part = false;
  std::uint64_t room = kMaxSectionsBytes;  // for the headings, which stand in many sections each
  const auto end_section = [&](std::size_t end) {
    const std::string_view text = markdown.substr(begin, end - begin);
    std::uint64_t needed = 0;
    for (const auto& [level, heading] : path) needed += heading.size();
    const bool fits = sections.size() < kMaxSections && needed <= room;
    if ((begins_part || !is_blank(text)) && fits) {
      room -= needed;
      current.offset = begin;
      current.text = text;
      for (const auto& [level, heading] : path) current.heading.push_back(heading);
      sections.push_back(current);
      current.heading.clear();
    }
    begin = end;
    begins_part = false;
  };
  auto heading = headings.next();
  auto part = parts.begin();
  while (heading || part != parts.end()) {
    const bool is_part = part != parts.end() && (!heading || part->position <= heading->offset);
    if (is_part) {
      // One that begins in the front matter begins with the text.
      const auto at = std::clamp<std::uint64_t>(part->position, begin, markdown.size());
      if (at > begin) end_section(static_cast<std::size_t>(at));
      current.unit = part->unit;
      current.number = part->number;
      current.label = part->label;
      begins_part = true;
      ++part;
      continue;
    }
    if (heading->offset > begin) end_section(heading->offset);
    while (!path.empty() && path.back().first >= heading->level) path.pop_back();
    path.emplace_back(heading->level, std::move(heading->text));
    heading = headings.next();
  }
  end_section(markdown.size());
  return sections;
}

std::string sections_json(const std::vector<Section>& sections) {
  std::string out = "{\"v\":1,\"sections\":[";
  for (const Section& section : sections) {
    if (&section != sections.data()) out += ',';
    out += "\n{";
    if (!section.unit.empty()) {
      out += "\"unit\":" + json_string(section.unit) +
             ",\"number\":" + std::to_string(section.number) + ",";
      if (!section.label.empty()) out += "\"label\":" + json_string(section.label) + ",";
    }
    out += "\"heading\":" + texts_json(section.heading) +
           ",\"offset\":" + std::to_string(section.offset) +
           ",\"length\":" + std::to_string(section.text.size()) +
           ",\"text\":" + json_string(section.text) + "}";
  }
  return out + "\n]}\n";
}

std::optional<std::vector<Section>> parse_sections(std::string_view json) {
  std::vector<Section> sections;
  try {
    const nlohmann::json whole = nlohmann::json::parse(json);
    for (const auto& one : whole.at("sections")) {
      Section section;
      section.unit = one.value("unit", "");
      section.number = one.value("number", std::uint64_t{0});
      section.label = one.value("label", "");
      section.heading = one.at("heading").get<std::vector<std::string>>();
      section.offset = one.at("offset").get<std::uint64_t>();
      section.text = one.at("text").get<std::string>();
      sections.push_back(std::move(section));
    }
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
  return sections;
}

void stage_sections(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
                    const std::string& name) {
  const auto markdown = read_whole_text(files, staging, bundle.markdown.name, kMaxSectionsBytes);
  if (!markdown) return;
  const std::string text = sections_json(sections_of(*markdown, bundle.parts));
  put_sidecar(bundle, kSectionsKind,
              write_staged(files, staging, name, text, platform::sha256(text)));
}

std::optional<std::string> moved_sections(platform::Files& files, const platform::Dir& at,
                                          const std::string& name,
                                          const platform::Sha256Digest& sha256,
                                          const std::vector<Edit>& edits,
                                          std::string_view markdown) {
  const auto text = read_whole_text(files, at, name, 4 * kMaxSectionsBytes);
  if (!text || platform::sha256(*text) != sha256) return std::nullopt;
  auto sections = parse_sections(*text);
  if (!sections) return std::nullopt;
  Moved moved(edits);
  for (Section& section : *sections) {
    const std::uint64_t end = section.offset + section.text.size();
    section.offset = moved(section.offset);
    const std::uint64_t moved_end = moved(end);
    if (moved_end > markdown.size() || section.offset > moved_end) return std::nullopt;
    section.text = markdown.substr(static_cast<std::size_t>(section.offset),
                                   static_cast<std::size_t>(moved_end - section.offset));
  }
  return sections_json(*sections);
}

}  // namespace sluice::owner
