// How much of a page's own text `main_content = auto` leaves out, on manuals of Debian's
// documentation packages and on Wikipedia's pages. Printed for each; a manual that is not installed
// is left out.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "html/converter.hpp"
#include "html/layout.hpp"
#include "html/parse.hpp"
#include "kit/corpus.h"
#include "kit/files.h"

namespace sluice {
namespace {

using html::Attr;
using html::Dom;
using html::NodeId;
using html::Tag;
using Words = std::map<std::string, int>;

void add_words(std::string_view text, Words& words) {
  std::string word;
  for (const char c : std::string(text) + " ") {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) {
      word += static_cast<char>(std::tolower(byte));
    } else if (!word.empty()) {
      ++words[word];
      word.clear();
    }
  }
}

bool has_class(const Dom& dom, NodeId id, std::string_view name) {
  return (" " + std::string(dom.attribute(id, Attr::kClass)) + " ")
             .find(" " + std::string(name) + " ") != std::string::npos;
}

// What leads through the manual: by its tag or role, or the names of DocBook's, Sphinx's and
// Doxygen's own templates.
bool leads_through(const Dom& dom, NodeId id) {
  const std::string_view role = dom.attribute(id, Attr::kRole);
  const Tag tag = dom[id].tag;
  if (tag == Tag::kNav || tag == Tag::kFooter || role == "navigation" || role == "search")
    return true;
  for (const char* name :
       {"navheader", "navfooter", "related", "sphinxsidebar", "footer", "docnav", "breadcrumbs",
        "headerlink", "mw-editsection", "noprint", "navbox", "catlinks"}) {
    if (has_class(dom, id, name)) return true;
  }
  return false;
}

bool is_text_block(Tag tag) {
  switch (tag) {
    case Tag::kP:
    case Tag::kPre:
    case Tag::kLi:
    case Tag::kDt:
    case Tag::kDd:
    case Tag::kTd:
    case Tag::kTh:
    case Tag::kBlockquote:
    case Tag::kFigcaption:
      return true;
    default:
      return html::is_heading(tag);
  }
}

// The words of a page's blocks, outside of links: lists of links may go.
Words block_words(const Dom& dom) {
  const auto marks = html::mark_layout(dom, html::Hidden::kSkip);
  Words words;
  NodeId block_end = 0;
  for (NodeId i = 1; i < dom.size(); ++i) {
    if ((marks[i] & html::kHidden) != 0 || leads_through(dom, i) || dom[i].tag == Tag::kA) {
      i = dom[i].end - 1;
    } else if (dom[i].tag == Tag::kText) {
      if (i < block_end) add_words(dom.text(i), words);
    } else if (is_text_block(dom[i].tag)) {
      block_end = std::max(block_end, dom[i].end);
    }
  }
  return words;
}

std::string convert(const std::string& page, const std::string& main_content) {
  RecordingJob job(page, "page.html", "text/html");
  job.set_options("{\"main_content\":\"" + main_content + "\",\"unwrap_redirects\":false}");
  html::HtmlConverter converter;
  job.run(converter);
  return job.render("page");
}

// The share of the words in `expected` that `markdown` has not.
double loss(const Words& expected, const std::string& markdown) {
  Words seen;
  add_words(markdown, seen);
  double all = 0;
  double lost = 0;
  for (const auto& [word, count] : expected) {
    const auto found = seen.find(word);
    all += count;
    lost += std::max(0, count - (found == seen.end() ? 0 : found->second));
  }
  return all == 0 ? 0 : lost / all;
}

// A page with fewer is a search form or a picture.
constexpr int kLeastWords = 40;

int words_in(const Words& words) {
  int sum = 0;
  for (const auto& entry : words) sum += entry.second;
  return sum;
}

struct Manual {
  const char* name;
  const char* folder;
};
constexpr Manual kManuals[] = {
    {"PostgreSQL", "/usr/share/doc/postgresql-doc-15/html"},
    {"Python", "/usr/share/doc/python3.11/html"},
    {"CMake", "/usr/share/doc/cmake-data/html"},
    {"libstdc++", "/usr/share/doc/gcc-12-base/libstdc++/manual"},
    {"libstdc++ API", "/usr/share/doc/gcc-12-base/libstdc++/user"},
    {"Debian Policy", "/usr/share/doc/debian-policy"},
    {"Debian Handbook", "/usr/share/doc/debian-handbook/html/en-US"},
};

std::vector<std::filesystem::path> pages_in(const std::string& folder, std::size_t most) {
  std::vector<std::filesystem::path> pages;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file() && entry.path().extension() == ".html")
      pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  if (pages.size() <= most) return pages;
  std::vector<std::filesystem::path> some;
  for (std::size_t i = 0; i < most; ++i) some.push_back(pages[i * pages.size() / most]);
  return some;
}

// Pages that lose more than 5 % of their block text: below 1 % of each manual.
TEST(HtmlLoss, ManualsKeepTheirText) {
  const char* most = std::getenv("SLUICE_MANUAL_PAGES");
  const bool names = std::getenv("SLUICE_VERBOSE") != nullptr;
  int manuals = 0;
  for (const Manual& manual : kManuals) {
    const auto pages = pages_in(manual.folder, most == nullptr ? 300 : std::stoul(most));
    if (pages.empty()) continue;
    ++manuals;
    int losing = 0;
    double sum = 0;
    for (const auto& path : pages) {
      const std::string page = test::read_file(path);
      const Words expected = block_words(html::parse_html(page));
      if (words_in(expected) < kLeastWords) continue;
      const double lost = loss(expected, convert(page, "auto"));
      // What the page hides, or what is no text in Markdown, is no loss of the option's.
      const double anyway = lost == 0 ? 0 : loss(expected, convert(page, "never"));
      sum += lost - anyway;
      if (lost - anyway <= 0.05) continue;
      ++losing;
      if (names) std::cout << "  " << path << ": " << lost << " (never: " << anyway << ")\n";
    }
    std::cout << std::setw(16) << manual.name << ": " << losing << " of " << pages.size()
              << " pages lose more than 5 % of their block text; mean loss "
              << sum / static_cast<double>(pages.size()) << "\n";
    EXPECT_LT(losing, 0.01 * static_cast<double>(pages.size()) + 1e-9) << manual.name;
  }
  if (manuals == 0) GTEST_SKIP() << "no manuals of Debian's are installed";
}

TEST(HtmlLoss, WikipediaKeepsHeadlineInfoboxAndSections) {
  const auto folder = test::corpus("html-to-markdown");
  if (!folder) GTEST_SKIP() << "no corpus";
  int pages = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (entry.path().extension() != ".html" ||
        entry.path().string().find("wikipedia") == std::string::npos) {
      continue;
    }
    ++pages;
    const std::string page = test::read_file(entry.path());
    const Dom dom = html::parse_html(page);
    const std::string markdown = convert(page, "auto");
    const std::string whole = convert(page, "never");
    for (NodeId i = 1; i < dom.size(); ++i) {
      const bool infobox = dom[i].tag == Tag::kTable &&
                           dom.attribute(i, Attr::kClass).find("infobox") != std::string_view::npos;
      if (!infobox && !html::is_heading(dom[i].tag)) continue;
      Words wanted;
      for (NodeId k = i; k < dom[i].end; ++k) {
        if (leads_through(dom, k) || dom[k].tag == Tag::kStyle)
          k = dom[k].end - 1;
        else if (dom[k].tag == Tag::kText)
          add_words(dom.text(k), wanted);
      }
      bool navigation = false;
      for (NodeId k = i; k != html::kRootNode; k = dom[k].parent)
        navigation = navigation || leads_through(dom, k);
      if (navigation) continue;
      EXPECT_LT(loss(wanted, markdown) - loss(wanted, whole), 0.01)
          << entry.path() << ": " << dom.inner_text(i).substr(0, 80);
    }
    std::cout << entry.path().filename() << ": loses "
              << loss(block_words(dom), markdown) - loss(block_words(dom), whole)
              << " of its block text\n";
  }
  EXPECT_GE(pages, 5);
}

}  // namespace
}  // namespace sluice
