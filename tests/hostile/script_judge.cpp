#include "hostile/script_judge.h"

#include <md4c.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <regex>

namespace sluice::test {
namespace {

constexpr unsigned kGithub = MD_DIALECT_GITHUB | MD_FLAG_UNDERLINE;

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// How a browser reads a URL: controls and blanks around it go, so do tabs and line ends within.
std::string as_browsers_read(const std::string& url) {
  std::string out;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20 && (out.empty() || c != ' ')) continue;
    out += lower(c);
  }
  return out;
}

bool is_script(const std::string& url) {
  // Once more than it should, since Markdown often goes through two programs.
  for (const std::string& read : {url, without_references(url)}) {
    std::string text = as_browsers_read(read);
    std::erase(text, '\\');
    for (const char* wrapper : {"view-source:", "feed:", "jar:"}) {
      if (text.starts_with(wrapper)) text.erase(0, std::string(wrapper).size());
    }
    for (const char* scheme : {"javascript:", "vbscript:", "livescript:", "data:text/",
                               "data:image/svg", "data:application/", "data:,", "data:;"}) {
      if (text.starts_with(scheme)) return true;
    }
  }
  return false;
}

struct Seen {
  Destinations found;
  std::string html;
};

void add(Destinations& found, std::string url) {
  if (is_script(url)) found.scripts.push_back(url);
  found.all.push_back(std::move(url));
}

void add_span(Destinations& found, MD_SPANTYPE type, void* detail) {
  const MD_ATTRIBUTE* attribute = nullptr;
  if (type == MD_SPAN_A) attribute = &static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
  if (type == MD_SPAN_IMG) attribute = &static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src;
  if (attribute == nullptr) return;
  add(found, without_references(std::string_view(attribute->text, attribute->size)));
}

void add_html(Destinations& found, const std::string& html) {
  static const std::regex kAttribute(R"re(([a-z:]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))re",
                                     std::regex::icase);
  for (auto at = std::sregex_iterator(html.begin(), html.end(), kAttribute);
       at != std::sregex_iterator(); ++at) {
    std::string value = (*at)[2];
    if (value.front() == '"' || value.front() == '\'') value = value.substr(1, value.size() - 2);
    add(found, without_references(value));
  }
}

}  // namespace

std::string without_references(std::string_view text) {
  static const std::regex kReference(
      R"re(&(?:#x([0-9a-f]+)|#([0-9]+)|(amp|tab|newline|colon|lpar|rpar|sol|lt|gt|quot));?)re",
      std::regex::icase);
  const std::string all(text);
  std::string out;
  auto from = all.begin();
  for (auto at = std::sregex_iterator(all.begin(), all.end(), kReference);
       at != std::sregex_iterator(); ++at) {
    const std::smatch& match = *at;
    out.append(from, match[0].first);
    from = match[0].second;
    if (match[3].matched) {
      std::string name = match[3];
      std::transform(name.begin(), name.end(), name.begin(), lower);
      const std::pair<const char*, char> names[] = {
          {"amp", '&'},  {"tab", '\t'}, {"newline", '\n'}, {"colon", ':'}, {"lpar", '('},
          {"rpar", ')'}, {"sol", '/'},  {"lt", '<'},       {"gt", '>'},    {"quot", '"'}};
      for (const auto& [known, c] : names) {
        if (name == known) out += c;
      }
    } else {
      const bool is_hexadecimal = match[1].matched;
      const std::string digits = is_hexadecimal ? match[1] : match[2];
      const unsigned long code = std::strtoul(digits.c_str(), nullptr, is_hexadecimal ? 16 : 10);
      out += code < 0x80 ? static_cast<char>(code) : '?';
    }
  }
  out.append(from, all.end());
  return out;
}

Destinations destinations_of(std::string_view markdown) {
  Seen seen;
  MD_PARSER parser{};
  parser.flags = kGithub;
  parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* to) {
    add_span(static_cast<Seen*>(to)->found, type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    if (type == MD_TEXT_HTML) static_cast<Seen*>(to)->html.append(text, size);
    return 0;
  };
  md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &seen);
  add_html(seen.found, seen.html);
  return std::move(seen.found);
}

}  // namespace sluice::test
