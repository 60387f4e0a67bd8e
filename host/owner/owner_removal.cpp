// The owner takes documents and sources out, each group of them in one transaction.
#include <algorithm>
#include <utility>

#include "owner/owner.h"
#include "owner/source_of_key.h"

namespace sluice::owner {

void Owner::remove(const ChooseDocuments& choose, RawFile raw) {
  commit_in_group([&](Group& group) {
    for (const auto& [document, given] : choose(kb_.registry())) {
      group.take_removal(document, given, raw);
    }
  });
}

// One group of what `take` does to the registry and lists to be published.
void Owner::commit_in_group(const std::function<void(Group&)>& take) {
  std::vector<DocumentResult> results;
  {
    const auto held = lock();
    Transaction transaction(kb_.registry());
    Group group(kb_, transaction.writer(), staging_, name_counter_, settings_.on_edit);
    take(group);
    if (!group.writes()) return;
    make_durable(transaction.writer(), group, nullptr);
    kb_.files().at("commit/transaction");
    commit_rows(transaction);
    publish_committed(group);
    results = std::move(group.results());
  }
  report(results);
}

void Owner::remove_gone(const std::vector<std::string>& path_keys, RawFile raw,
                        const std::function<bool(const std::string&)>& is_gone) {
  using Heir = std::pair<std::string, std::string>;  // who carries on, and after whom
  const auto take_out = [&](const std::vector<std::string>& keys) {
    std::vector<Heir> heirs;
    for (std::size_t begin = 0; begin < keys.size(); begin += settings_.group_documents) {
      const std::size_t end = std::min(keys.size(), begin + settings_.group_documents);
      commit_in_group([&](Group& group) {
        for (std::size_t i = begin; i < end; ++i) {
          if (!is_gone(keys[i])) continue;
          const auto heir = group.take_gone_source(keys[i], raw);
          if (heir) heirs.emplace_back(*heir, keys[i]);
        }
      });
    }
    return heirs;
  };
  // A document's other sources may be gone, too: what is left when all of them are out carries it
  // on.
  std::vector<std::string> waiting;
  for (const auto& [heir, gone] : take_out(path_keys)) waiting.push_back(gone);
  const std::vector<Heir> heirs = take_out(waiting);
  for (const auto& [heir, gone] : heirs) {
    auto source = source_of_key(kb_, heir, nullptr);
    if (!source) continue;  // it is gone as well: the next look at its folder says so
    Pending pending;
    source->follows = gone;
    source->sequence = ~adopted_++;
    pending.bundle.source = std::move(*source);
    prepare_again(pending);
    Queue queue;
    queue.push_back(std::move(pending));
    commit_all(queue);
  }
}

}  // namespace sluice::owner
