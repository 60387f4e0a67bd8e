// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "name_table.hpp"
#include "page_furniture.hpp"

namespace sluice::html {
namespace {

// clang-format off
enum class Word : std::uint8_t {
  kNone = 0, kLeads = kLeadsOn, kShare = kShares, kAdvert = kAdvertises, kAsk = kAsks,
  kDiscussion = kDiscusses, kEdge = kEdges,
};
constexpr NameTable<Word> kWords({
    {"nav", Word::kLeads}, {"navbar", Word::kLeads}, {"navbox", Word::kLeads}, {"navigation", Word::kLeads},
    {"navheader", Word::kLeads}, {"navfooter", Word::kLeads}, {"navlinks", Word::kLeads},
    {"menu", Word::kLeads}, {"menus", Word::kLeads}, {"menubar", Word::kLeads}, {"submenu", Word::kLeads},
    {"breadcrumb", Word::kLeads}, {"breadcrumbs", Word::kLeads}, {"crumbs", Word::kLeads},
    {"pagination", Word::kLeads}, {"pager", Word::kLeads}, {"paginator", Word::kLeads},
    {"skip", Word::kLeads}, {"jump", Word::kLeads}, {"skiplink", Word::kLeads}, {"skiplinks", Word::kLeads}, {"sitemap", Word::kLeads},
    {"topbar", Word::kLeads}, {"editsection", Word::kLeads}, {"catlinks", Word::kLeads},
    {"sphinxsidebar", Word::kLeads}, {"tagcloud", Word::kLeads},
    {"share", Word::kShare}, {"sharing", Word::kShare}, {"sharedaddy", Word::kShare}, {"social", Word::kShare},
    {"sharebar", Word::kShare}, {"addthis", Word::kShare}, {"sharethis", Word::kShare},
    {"ad", Word::kAdvert}, {"ads", Word::kAdvert}, {"advert", Word::kAdvert}, {"adverts", Word::kAdvert},
    {"advertisement", Word::kAdvert}, {"advertising", Word::kAdvert}, {"adsbygoogle", Word::kAdvert},
    {"sponsor", Word::kAdvert}, {"sponsored", Word::kAdvert}, {"sponsors", Word::kAdvert},
    {"promo", Word::kAdvert}, {"promos", Word::kAdvert}, {"promoted", Word::kAdvert},
    {"outbrain", Word::kAdvert}, {"taboola", Word::kAdvert}, {"teaser", Word::kAdvert}, {"teasers", Word::kAdvert},
    {"trending", Word::kAdvert}, {"recommended", Word::kAdvert}, {"recommendations", Word::kAdvert},
    {"related", Word::kAdvert}, {"mostread", Word::kAdvert}, {"skyscraper", Word::kAdvert},
    {"cookie", Word::kAsk}, {"cookies", Word::kAsk}, {"consent", Word::kAsk}, {"gdpr", Word::kAsk},
    {"newsletter", Word::kAsk}, {"subscribe", Word::kAsk}, {"signup", Word::kAsk}, {"signin", Word::kAsk},
    {"login", Word::kAsk}, {"paywall", Word::kAsk}, {"popup", Word::kAsk}, {"modal", Word::kAsk},
    {"overlay", Word::kAsk}, {"agegate", Word::kAsk}, {"onetrust", Word::kAsk},
    {"comments", Word::kDiscussion}, {"commentlist", Word::kDiscussion}, {"disqus", Word::kDiscussion},
    {"respond", Word::kDiscussion}, {"replies", Word::kDiscussion}, {"commentform", Word::kDiscussion},
    {"footer", Word::kEdge}, {"header", Word::kEdge}, {"masthead", Word::kEdge}, {"banner", Word::kEdge},
    {"sidebar", Word::kEdge}, {"widget", Word::kEdge}, {"widgets", Word::kEdge}, {"rail", Word::kEdge},
    {"copyright", Word::kEdge}, {"colophon", Word::kEdge}, {"secondary", Word::kEdge}, {"printfooter", Word::kEdge},
});
// clang-format on

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

unsigned furniture_in(std::string_view words) {
  unsigned found = 0;
  std::string word;
  const auto end_word = [&] {
    found |= static_cast<unsigned>(kWords.find(word, Word::kNone));
    word.clear();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    if (!is_letter(c) || (is_capital(c) && i > 0 && !is_capital(words[i - 1]))) end_word();
    if (is_letter(c)) word += static_cast<char>(c | 0x20);
  }
  end_word();
  return found;
}

}  // namespace sluice::html
