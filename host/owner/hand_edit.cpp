#include "owner/hand_edit.h"

#include <algorithm>
#include <array>
#include <sluice/counted.hpp>

#include "owner/link_resolver.h"
#include "owner/merge.h"
#include "owner/splice.h"
#include "platform/error.h"
#include "staging/line_prints.h"
#include "staging/staged_file.h"

namespace sluice::owner {
namespace {

constexpr std::array<std::string_view, 3> kWords = {"keep", "ours", "merge"};
constexpr std::string_view kTheirsLabel = "new version";
// A merge holds three texts in memory. Nobody edits a larger one by hand.
constexpr std::uint64_t kMaxMergedBytes = 64ULL << 20;

// Line ends as a user's editor may have written them all.
bool ends_all_lines_in_cr(std::string_view text) {
  bool any = false;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') return false;
    any = true;
  }
  return any;
}

std::string with_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i];
  }
  return out;
}

std::string with_cr_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

// The line ends are those of the edited text.
Merged merge_edit(const std::vector<std::uint64_t>& base, const std::string& ours,
                  const std::string& theirs) {
  const MergeLabels labels{kOursLabel, kTheirsLabel};
  if (!ends_all_lines_in_cr(ours)) return merge_texts(base, ours, theirs, labels);
  Merged merged = merge_texts(base, with_lf(ours), theirs, labels);
  merged.text = with_cr_lf(merged.text);
  return merged;
}

// Nothing if there is no plain file, or one that is too large.
std::optional<std::string> read_published(const KnowledgeBase& kb, const Document& document) {
  const auto target = parse_target(document.markdown);
  if (!target) return std::nullopt;
  const auto there = kb.info(*target);
  if (!there || there->kind != platform::FileKind::kRegular) return std::nullopt;
  return read_whole_text(kb.files(), kb.top(*target), path_from_top(*target), kMaxMergedBytes);
}

void warn(DocumentResult& result, const std::string& message) {
  result.warnings.push_back({"edited", message});
}

}  // namespace

std::string_view word(OnEdit what) {
  return kWords[static_cast<std::size_t>(what)];
}

std::optional<OnEdit> on_edit_from_word(std::string_view word) {
  const auto found = std::find(kWords.begin(), kWords.end(), word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<OnEdit>(found - kWords.begin());
}

std::size_t open_conflicts(const KnowledgeBase& kb, const Document& document) {
  const auto text = read_published(kb, document);
  return text ? marked_conflicts(*text, kOursLabel) : 0;
}

std::string EditSettler::read_staged(const StagedFile& file) const {
  auto text = read_whole_text(group_.kb_.files(), group_.staging_.dir(), file.name, file.size());
  if (!text) throw Error("merge", old_.markdown, "its staged Markdown is gone", "run it again");
  return std::move(*text);
}

// The new version with its links as they lead now. The pass at the end of the batch does not touch
// a file that differs from its row.
StagedFile EditSettler::with_links(const StagedFile& markdown) {
  std::vector<LinkRow> links = group_.kb_.registry().links_of(old_.id);
  if (links.empty()) return markdown;
  const auto document = group_.kb_.registry().document(old_.id);
  const std::vector<Edit> edits = LinkResolver(group_.kb_).settle(*document, links);
  if (edits.empty()) return markdown;
  const platform::Dir& staging = group_.staging_.dir();
  const std::string to = "resolved-" + std::to_string(group_.name_counter_++) + ".md";
  auto written = splice(group_.kb_.files(), staging, markdown.name, edits, staging, to);
  if (!written) {
    throw Error("merge", old_.markdown, "its staged Markdown does not match its links",
                "report this, with the document");
  }
  group_.writer_.set_links(old_.id, links);
  group_.writer_.set_markdown(old_.id, written->sha256, written->size());
  group_.writer_.put_line_prints(old_.id, written->line_prints);
  return std::move(*written);
}

// As if this version had never been: the next merge takes its changes along.
void EditSettler::keep_old_row() {
  group_.writer_.set_markdown(old_.id, old_.markdown_sha256, old_.markdown_size);
  group_.writer_.put_line_prints(old_.id, base_);
}

void EditSettler::settle(const StagedFile& markdown, std::vector<Step>& steps,
                         DocumentResult& result) {
  const auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& one) {
    return one.op == Step::Op::kPublishFile && one.staged == markdown.name;
  });
  const auto ours = read_published(group_.kb_, old_);
  if (step == steps.end() || !ours) return;
  const platform::Sha256Digest ours_sha256 = platform::sha256(*ours);
  if (ours_sha256 == old_.markdown_sha256) return;
  // Where the document has moved (mirror layout), the old file has a step of its own.
  const auto removal = std::find_if(steps.begin(), steps.end(), [&](const Step& one) {
    return one.op == Step::Op::kRemoveFile && one.target == old_.markdown;
  });
  const bool has_moved = removal != steps.end();
  std::optional<platform::Sha256Digest>& replaces = has_moved ? removal->replaces : step->replaces;
  replaces = ours_sha256;
  const std::size_t open_conflicts = marked_conflicts(*ours, kOursLabel);
  if (group_.on_edit_ == OnEdit::kOurs || open_conflicts > 0) {
    if (open_conflicts > 0) {
      keep_old_row();
      warn(result, old_.markdown + " still has " + counted(open_conflicts, "conflict") +
                       " of the last merge: settle them, then run 'sluice reconvert " + old_.name +
                       " --on-edit merge'");
    }
    result.edit = {HandEdit::Fate::kLeft, {}, open_conflicts};
    if (has_moved) {
      publish_instead(*step, *ours);
    } else {
      steps.erase(step);
    }
    return;
  }
  const auto base = unpack_line_prints(base_);
  if (base_.empty() || !base || markdown.size() > kMaxMergedBytes) {
    // Published as if nothing had been asked for: the edited one stays beside it.
    replaces = old_.markdown_sha256;
    warn(result, old_.markdown +
                     " was changed by hand and cannot be merged: the lines of the "
                     "version before are not on record");
    return;
  }
  const StagedFile theirs = with_links(markdown);
  const Merged merged = merge_edit(*base, *ours, read_staged(theirs));
  result.edit = {HandEdit::Fate::kMerged, {}, merged.conflicts};
  if (merged.conflicts > 0) {
    warn(result, old_.markdown + " was changed by hand, and so was its source: " +
                     counted(merged.conflicts, "conflict is", "conflicts are") + " marked in it");
  }
  if (merged.text == *ours && !has_moved) {
    steps.erase(step);
  } else {
    publish_instead(*step, merged.text);
  }
}

void EditSettler::publish_instead(Step& step, const std::string& text) {
  const std::string to = "merged-" + std::to_string(group_.name_counter_++) + ".md";
  step.sha256 = platform::sha256(text);
  step.staged = write_staged(group_.kb_.files(), group_.staging_.dir(), to, text, step.sha256).name;
  group_.has_staged_ = true;
}

}  // namespace sluice::owner
