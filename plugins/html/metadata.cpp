// SPDX-License-Identifier: Apache-2.0
#include "metadata.hpp"

#include <map>
#include <sluice/utf8.hpp>
#include <string>

#include "text.hpp"
#include "words.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxValue = 2000;  // of description and the like; the ABI takes 64 KiB

std::string one_line(std::string_view text) {
  std::string buffer;
  std::string out;
  for (const char c : plain(text, buffer)) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  out.resize(utf8_cut(out, kMaxValue));
  return out;
}

// The date part of an ISO 8601 time, or nothing: other spellings are not guessed at.
std::string iso_date(std::string_view text) {
  const std::string value = one_line(text);
  const auto digit = [&](std::size_t i) { return value[i] >= '0' && value[i] <= '9'; };
  if (value.size() < 10 || value[4] != '-' || value[7] != '-') return {};
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (!digit(i)) return {};
  }
  return value.size() > 10 && value[10] != 'T' ? value.substr(0, 10) : value;
}

class Facts {
 public:
  explicit Facts(const Dom& dom) : dom_(dom) {
    for (NodeId i = 1; i < dom.size(); ++i) visit(i);
  }

  std::string first_of(std::initializer_list<std::string_view> names) const {
    for (const auto name : names) {
      const auto found = meta_.find(name);
      if (found != meta_.end()) return one_line(found->second);
    }
    return {};
  }
  std::string first_date_of(std::initializer_list<std::string_view> names) const {
    for (const auto name : names) {
      const auto found = meta_.find(name);
      if (found == meta_.end()) continue;
      const std::string date = iso_date(found->second);
      if (!date.empty()) return date;
    }
    return {};
  }

  std::string title;
  std::string heading;
  std::string language;
  std::string published;

 private:
  void visit(NodeId i) {
    switch (dom_[i].tag) {
      case Tag::kMeta: {
        std::string_view name = dom_.attribute(i, Attr::kProperty);
        if (name.empty()) name = dom_.attribute(i, Attr::kName);
        if (name.empty()) name = dom_.attribute(i, Attr::kItemprop);
        if (name.empty()) name = dom_.attribute(i, Attr::kHttpEquiv);
        const std::string_view content = dom_.attribute(i, Attr::kContent);
        if (!name.empty() && !content.empty()) keep(lower(name), content);
        break;
      }
      case Tag::kTitle:
        if (title.empty()) title = one_line(dom_.inner_text(i));
        break;
      case Tag::kH1:
        if (heading.empty()) heading = one_line(dom_.inner_text(i));
        break;
      case Tag::kHtml:
      case Tag::kBody:
        if (language.empty()) language = one_line(dom_.attribute(i, Attr::kLang));
        break;
      case Tag::kTime: {
        const bool says =
            dom_.attribute(i, Attr::kItemprop) == "datePublished" || dom_.has(i, Attr::kDatetime);
        if (says && published.empty()) published = iso_date(dom_.attribute(i, Attr::kDatetime));
        break;
      }
      default:
        break;
    }
  }

  // Of a name that comes again, the first value counts; authors are named one by one.
  void keep(const std::string& name, std::string_view content) {
    const auto [known, added] = meta_.emplace(name, content);
    const bool author = name.ends_with("author") || name.ends_with("creator");
    std::string& value = known->second;
    if (added || !author || value.size() + content.size() > kMaxValue) return;
    if (value.find(content) == std::string::npos) (value += ", ") += content;
  }

  const Dom& dom_;
  std::map<std::string, std::string, std::less<>> meta_;
};

// The page's own title, without the site's name, where the page's first heading tells them apart.
std::string title_of(const Facts& facts) {
  const std::string shared =
      facts.first_of({"og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"});
  if (!shared.empty()) return shared;
  const bool within =
      facts.heading.size() > 8 && facts.title.find(facts.heading) != std::string::npos;
  if (facts.title.empty() || within) return facts.heading;
  return facts.title;
}

}  // namespace

void set_metadata(const Dom& dom, Job& job) {
  const Facts facts(dom);
  const auto set = [&job](std::string_view key, const std::string& value) {
    if (!value.empty()) job.set_metadata(key, value);
  };
  set("title", title_of(facts));
  std::string author = facts.first_of({"author", "dc.creator", "dcterms.creator", "citation_author",
                                       "article:author", "parsely-author"});
  if (author.starts_with("http")) author.clear();  // a profile, not a name
  set("author", author);
  std::string created = facts.first_date_of(
      {"article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
       "dcterms.created", "citation_publication_date", "pubdate", "parsely-pub-date"});
  set("created", created.empty() ? facts.published : created);
  set("modified", facts.first_date_of({"article:modified_time", "og:updated_time", "datemodified",
                                       "last-modified", "dcterms.modified"}));
  std::string language = facts.language;
  if (language.empty()) language = facts.first_of({"content-language", "dc.language", "og:locale"});
  for (char& c : language) {
    if (c == '_') c = '-';
  }
  set("language", language);
  set("description",
      facts.first_of({"description", "og:description", "twitter:description", "dc.description"}));
  set("keywords", facts.first_of({"keywords", "news_keywords"}));
}

}  // namespace sluice::html
