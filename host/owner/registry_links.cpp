// Links between documents in the registry: a list for each document, an index of what it waits for,
// and the documents whose links are to be looked at again. Triggers on the sources keep the last
// (registry_schema.cpp), so that no change of a source is forgotten.
#include <algorithm>

#include "owner/link_rows.h"
#include "owner/link_targets.h"
#include "owner/registry.h"
#include "owner/registry_statements.h"
#include "owner/registry_writer.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

template <class Parsed>
Parsed sound(std::optional<Parsed> parsed, const char* what) {
  if (!parsed) refuse_word(what);
  return std::move(*parsed);
}

LinkTarget read_target(const Statement& row) {
  return {row.integer(0), row.text(1), row.text(2)};
}

}  // namespace

std::vector<LinkRow> Registry::links_of(std::int64_t document) const {
  Statement& row = statements_->links_of->bind(1, document);
  if (!row.step()) return {};
  auto links = parse_links(row.text_view(0));
  row.reset();
  return sound(std::move(links), "a list of links");
}

std::optional<std::vector<std::string>> Registry::targets_of(std::int64_t document) const {
  Statement& row = statements_->targets_of->bind(1, document);
  if (!row.step()) return std::nullopt;
  auto targets = parse_texts(row.text_view(0));
  row.reset();
  return sound(std::move(targets), "a list of link targets");
}

std::vector<NamedAnchor> Registry::anchors_of(std::int64_t document) const {
  Statement& row = statements_->anchors_of->bind(1, document);
  if (!row.step()) return {};
  auto anchors = parse_anchors(row.text_view(0));
  row.reset();
  return sound(std::move(anchors), "a list of anchors");
}

std::optional<LinkTarget> Registry::link_target(std::string_view path_key, Paths paths) const {
  LazyStatement& statement =
      paths == Paths::kPresent ? statements_->link_target : statements_->former_target;
  Statement& row = statement->bind(1, path_key);
  if (!row.step()) return std::nullopt;
  LinkTarget target = read_target(row);
  row.reset();
  return target;
}

std::vector<LinkTarget> Registry::link_targets_named(std::string_view file_key, Paths paths) const {
  LazyStatement& statement = paths == Paths::kPresent ? statements_->link_targets_named
                                                      : statements_->former_targets_named;
  std::vector<LinkTarget> targets;
  Statement& row = statement->bind(1, file_key);
  while (row.step()) targets.push_back(read_target(row));
  return targets;
}

std::vector<std::string> Registry::former_paths_of(std::int64_t document) const {
  std::vector<std::string> path_keys;
  Statement row = db_.prepare("SELECT path_key FROM former_paths WHERE document = ?1");
  row.bind(1, document);
  while (row.step()) path_keys.push_back(row.text(0));
  return path_keys;
}

std::vector<std::int64_t> Registry::waiting_for(std::string_view target) const {
  std::vector<std::int64_t> documents;
  Statement& row = statements_->waiting_for->bind(1, target);
  while (row.step()) documents.push_back(row.integer(0));
  return documents;
}

std::vector<std::int64_t> Registry::unsettled_links(std::int64_t after, std::size_t limit) const {
  std::vector<std::int64_t> documents;
  Statement row = db_.prepare(
      "SELECT document FROM unsettled_links WHERE document > ?1 ORDER BY document LIMIT ?2");
  row.bind(1, after).bind(2, static_cast<std::int64_t>(limit));
  while (row.step()) documents.push_back(row.integer(0));
  return documents;
}

void RegistryWriter::put_former_path(const std::string& path_key, std::int64_t document) {
  const std::string key = file_key(path_key);
  registry_.statements_->put_former_path->bind(1, path_key).bind(2, key).bind(3, document).run();
}

std::string Registry::line_prints_of(std::int64_t document) const {
  Statement& row = statements_->line_prints_of->bind(1, document);
  if (!row.step()) return {};
  const std::span<const std::uint8_t> bytes = row.blob(0);
  std::string prints(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  row.reset();
  return prints;
}

void RegistryWriter::put_links(std::int64_t document, const std::vector<LinkRow>& links,
                               const std::vector<std::string>& targets) {
  drop_links(document);
  if (links.empty()) return;
  Registry::Statements& statements = *registry_.statements_;
  const std::string list = format_links(links);
  const std::string target_list = format_texts(targets);
  statements.insert_links->bind(1, document).bind(2, list).bind(3, target_list).run();
  statements.unsettle_links->bind(1, document).run();
}

void RegistryWriter::await_targets(std::vector<AwaitedTarget>& awaited) {
  std::sort(awaited.begin(), awaited.end());
  for (const AwaitedTarget& one : awaited) {
    registry_.statements_->insert_link_target->bind(1, one.target).bind(2, one.document).run();
  }
}

void RegistryWriter::drop_links(std::int64_t document) {
  const auto targets = registry_.targets_of(document);
  if (!targets) return;
  Registry::Statements& statements = *registry_.statements_;
  for (const std::string& target : *targets) {
    statements.delete_link_target->bind(1, target).bind(2, document).run();
  }
  statements.delete_links->bind(1, document).run();
  settle_links(document);
}

void RegistryWriter::set_links(std::int64_t document, const std::vector<LinkRow>& links) {
  const std::string list = format_links(links);
  registry_.statements_->update_links->bind(1, document).bind(2, list).run();
}

void RegistryWriter::settle_links(std::int64_t document) {
  registry_.statements_->settle_links->bind(1, document).run();
}

void RegistryWriter::put_anchors(std::int64_t document, const std::vector<NamedAnchor>& anchors) {
  const std::string list = format_anchors(anchors);
  Statement& row = registry_.statements_->anchors_of->bind(1, document);
  const std::string old = row.step() ? row.text(0) : std::string();
  row.reset();
  if (old == list) return;
  if (list.empty()) {
    registry_.statements_->delete_anchors->bind(1, document).run();
  } else {
    registry_.statements_->put_anchors->bind(1, document).bind(2, list).run();
  }
  // Fragments of links to it may lead elsewhere now.
  registry_.statements_->unsettle_links_to->bind(1, document).run();
}

}  // namespace sluice::owner
