#include "owner/link_settler.h"

#include <algorithm>
#include <sluice/counted.hpp>

#include "model/layout.h"
#include "owner/parts_file.h"
#include "owner/publish.h"
#include "owner/sections_file.h"
#include "owner/splice.h"
#include "staging/staged_file.h"

namespace sluice::owner {

void LinkSettler::settle(std::int64_t id) {
  const Registry& registry = group_.kb_.registry();
  RegistryWriter& writer = group_.writer_;
  group_.writes_ = true;
  writer.settle_links(id);
  const auto document = registry.document(id);
  std::vector<LinkRow> links = registry.links_of(id);
  if (!document || links.empty()) return;
  auto targets = registry.targets_of(id).value_or(std::vector<std::string>());
  for (std::string& target : targets) awaited_.push_back({std::move(target), id});
  const std::vector<Edit> edits = resolver_.settle(*document, links);
  if (!edits.empty() && rewrite(*document, edits)) writer.set_links(id, links);
}

void LinkSettler::record_targets() {
  group_.writer_.await_targets(awaited_);
}

// False if it is left alone.
bool LinkSettler::rewrite(const Document& document, const std::vector<Edit>& edits) {
  const auto target = parse_target(document.markdown);
  if (!target) return false;
  platform::Files& files = group_.kb_.files();
  const platform::Dir& staging = group_.staging_.dir();
  const std::string to = "relinked-" + std::to_string(group_.name_counter_++) + ".md";
  platform::Sha256Digest read{};
  auto written =
      splice(files, group_.kb_.top(*target), path_from_top(*target), edits, staging, to, &read);
  if (written && read != document.markdown_sha256) {
    files.unlink(staging, to);
    written.reset();
  }
  if (!written) {
    warnings_.push_back(document.markdown + " was changed by hand: " +
                        counted(edits.size(), "link stays as it is", "links stay as they are"));
    return false;
  }
  group_.has_staged_ = true;
  group_.bytes_ += written->size();
  std::vector<Step> steps;
  move_sidecars(document, to, edits, steps);
  steps.push_back(
      {Step::Op::kPublishFile, to, document.markdown, written->sha256, document.markdown_sha256});
  group_.writer_.set_markdown(document.id, written->sha256, written->size());
  group_.writer_.put_line_prints(document.id, written->line_prints);
  group_.append_journal(document.id, std::move(steps));
  return true;
}

// Sidecars with positions are of the old text. `markdown`: the new one, in staging.
void LinkSettler::move_sidecars(const Document& document, const std::string& markdown,
                                const std::vector<Edit>& edits, std::vector<Step>& steps) {
  platform::Files& files = group_.kb_.files();
  const platform::Dir& staging = group_.staging_.dir();
  std::vector<PublishedFile> published = group_.kb_.registry().files_of(document.id);
  bool any = false;
  const auto replace = [&](std::string_view kind, const auto& moved) {
    const std::string path = layout::sidecar_path(document.name, kind);
    const auto sidecar = std::find_if(published.begin(), published.end(),
                                      [&](const PublishedFile& file) { return file.path == path; });
    const auto target = parse_target(path);
    if (sidecar == published.end() || !target) return;
    const std::optional<std::string> text = moved(*target, sidecar->sha256);
    if (!text) return;
    const std::string to =
        std::string(kind) + "-" + std::to_string(group_.name_counter_++) + ".json";
    const StagedFile staged = write_staged(files, staging, to, *text, platform::sha256(*text));
    steps.push_back({Step::Op::kPublishFile, to, path, staged.sha256, sidecar->sha256});
    sidecar->sha256 = staged.sha256;
    sidecar->size = staged.size();
    any = true;
  };
  replace("parts", [&](const Target& target, const platform::Sha256Digest& sha256) {
    return moved_parts(files, group_.kb_.top(target), path_from_top(target), sha256, edits);
  });
  replace(kSectionsKind, [&](const Target& target, const platform::Sha256Digest& sha256) {
    const auto text = read_whole_text(files, staging, markdown, kMaxSectionsBytes);
    return text ? moved_sections(files, group_.kb_.top(target), path_from_top(target), sha256,
                                 edits, *text)
                : std::nullopt;
  });
  if (any) group_.writer_.put_files(document.id, published);
}

}  // namespace sluice::owner
