#include "crash/scene/judge.h"

#include <algorithm>
#include <map>
#include <set>

#include "kit/files.h"
#include "kit/program.h"
#include "owner/link_resolver.h"
#include "owner/link_rows.h"
#include "unit/owner/check_runs.h"
#include "unit/owner/consistency.h"

namespace sluice::crash {
namespace {

// The document's text with its links as their author wrote them, in whichever state they are; says
// so if the recorded positions do not fit the file.
std::string unlinked(owner::KnowledgeBase& kb, const owner::Document& document) {
  const auto links = kb.registry().links_of(document.id);
  if (links.empty()) return platform::to_hex(document.markdown_sha256);
  const std::string text = test::read_file(kb.path() + "/" + document.markdown);
  std::string out;
  std::size_t at = 0;
  for (const owner::LinkRow& link : links) {
    const std::string standing = owner::standing_text(link.wish, link.destination);
    if (at + link.gap > text.size() ||
        text.compare(at + static_cast<std::size_t>(link.gap), standing.size(), standing) != 0) {
      return "its links are not where the registry says: " + text;
    }
    out.append(text, at, static_cast<std::size_t>(link.gap));
    out += link.wish.written;
    at += static_cast<std::size_t>(link.gap) + standing.size();
  }
  return platform::to_hex(platform::sha256(out.append(text, at)));
}

// Links that do not lead where they should, though nobody is going to look at them again.
std::vector<std::string> unsettled(owner::KnowledgeBase& kb, bool must_be_settled) {
  std::vector<std::string> wrong;
  const auto waiting = kb.registry().unsettled_links(0, 1 << 20);
  if (must_be_settled && !waiting.empty()) wrong.emplace_back("there are unsettled links");
  owner::LinkResolver resolver(kb);
  kb.registry().each_document([&](const owner::Document& document) {
    if (std::find(waiting.begin(), waiting.end(), document.id) != waiting.end()) return;
    for (const owner::LinkRow& link : kb.registry().links_of(document.id)) {
      if (link.destination == resolver.destination(document, link.wish)) continue;
      wrong.push_back(document.name + " has a link to " + link.wish.path + " that leads to \"" +
                      link.destination + "\"");
    }
  });
  return wrong;
}

std::string describe(owner::KnowledgeBase& kb, const owner::Document& document) {
  owner::Registry& registry = kb.registry();
  std::string text = document.name + " " + platform::to_hex(document.sha256) + " " + document.raw +
                     " " + unlinked(kb, document);
  for (const auto& file : registry.files_of(document.id)) {
    text += " " + file.path + " " + platform::to_hex(file.sha256);
  }
  return text;
}

bool begins_with(const std::vector<std::string>& story, const std::vector<std::string>& part) {
  return part.size() <= story.size() && std::equal(part.begin(), part.end(), story.begin());
}

const std::string* find(const Facts& facts, const std::string& source) {
  const auto found = facts.documents.find(source);
  return found == facts.documents.end() ? nullptr : &found->second;
}

bool same(const std::string* one, const std::string* other) {
  return one == nullptr || other == nullptr ? one == other : *one == *other;
}

// A source and all within it are one: sources whose trees are half of each state.
std::vector<std::string> torn_trees(const Facts& before, const Facts& after, const Facts& now) {
  std::set<std::string> sources;
  for (const Facts* facts : {&before, &after, &now}) {
    for (const auto& [source, document] : facts->documents) sources.insert(source);
  }
  struct State {
    bool may_be_before = true;
    bool may_be_after = true;
  };
  std::map<std::string, State> trees;
  for (const std::string& source : sources) {
    State& state = trees[source.substr(0, source.find("!/"))];
    const std::string* document = find(now, source);
    state.may_be_before &= same(document, find(before, source));
    state.may_be_after &= same(document, find(after, source));
  }
  std::vector<std::string> torn;
  for (const auto& [root, state] : trees) {
    if (!state.may_be_before && !state.may_be_after) torn.push_back(root);
  }
  return torn;
}

}  // namespace

owner::KnowledgeBase open_kb(const std::string& path) {
  return owner::KnowledgeBase::open(test::plain_files(), path, owner::Database::Mode::kReadWrite);
}

Facts facts_of(owner::KnowledgeBase& kb) {
  Facts facts;
  kb.registry().each_document([&](const owner::Document& document) {
    for (const auto& source : kb.registry().sources_of(document.id)) {
      facts.documents[source.path_key] = describe(kb, document);
    }
  });
  constexpr int kAll = 1 << 20;
  for (const auto& failure : kb.registry().last_failures(kAll)) {
    if (failure.outcome == Outcome::kCancelled) {
      facts.detached.insert(failure.path_key);
    }
  }
  kb.registry().each_event_after(0, [&](const owner::Event& event) {
    facts.story.push_back(std::string(word(event.op)) + " " + event.name + " " + event.path_key +
                          " " + platform::to_hex(event.sha256));
  });
  return facts;
}

std::vector<std::string> disagreements(owner::KnowledgeBase& kb) {
  std::vector<std::string> wrong = test::ConsistencyCheck(kb).run();
  for (std::string& line : test::check_lines(kb)) {
    if (line.starts_with("damage")) wrong.push_back(std::move(line));
  }
  return wrong;
}

std::vector<std::string> Judge::intolerable(owner::KnowledgeBase& kb) const {
  std::vector<std::string> wrong = disagreements(kb);
  std::erase_if(wrong, [this](const std::string& line) { return tolerated_.contains(line); });
  if (kept_.empty()) return wrong;
  const test::Tree tree = test::tree_of(kb.path());
  for (const std::string& bytes : kept_) {
    if (std::none_of(tree.begin(), tree.end(),
                     [&bytes](const auto& file) { return file.second == bytes; })) {
      wrong.push_back("these bytes are lost: " + bytes);
    }
  }
  return wrong;
}

std::vector<std::string> Judge::wrong(const std::string& path,
                                      const std::vector<Reported>& reported) const {
  owner::KnowledgeBase kb = open_kb(path);
  std::vector<std::string> wrong = intolerable(kb);
  for (std::string& line : unsettled(kb, false)) wrong.push_back(std::move(line));
  const Facts now = facts_of(kb);
  std::set<std::string> sources;
  for (const Facts* facts : {&before_, &after_, &now}) {
    for (const auto& [source, document] : facts->documents) sources.insert(source);
  }
  for (const std::string& source : sources) {
    const std::string* document = find(now, source);
    if (same(document, find(before_, source)) || same(document, find(after_, source))) continue;
    if (document == nullptr && now.detached.contains(source)) continue;
    wrong.push_back(source + " is neither as before nor as after: " +
                    (document == nullptr ? "it is gone" : *document));
  }
  for (const std::string& root : torn_trees(before_, after_, now)) {
    const bool is_whole = now.detached.empty();
    if (is_whole) wrong.push_back(root + " and what is within it are of different states");
  }
  for (const Reported& report : reported) {
    if (report.result != "failed" && !same(find(now, report.path), find(after_, report.path))) {
      wrong.push_back(report.path + " was reported as " + report.result + " and is not");
    }
  }
  if (order_ == Order::kFixed && !begins_with(after_.story, now.story)) {
    wrong.emplace_back("the events are in another order");
  }
  return wrong;
}

std::vector<std::string> Judge::unfinished(const std::string& path) const {
  owner::KnowledgeBase kb = open_kb(path);
  std::vector<std::string> wrong = intolerable(kb);
  for (std::string& line : unsettled(kb, true)) wrong.push_back(std::move(line));
  const Facts now = facts_of(kb);
  if (now.documents != after_.documents) {
    wrong.emplace_back("it does not end as the undisturbed run did");
  }
  if (order_ == Order::kFixed && now.story != after_.story) {
    wrong.emplace_back("its events are not those of the undisturbed run");
  }
  return wrong;
}

}  // namespace sluice::crash
