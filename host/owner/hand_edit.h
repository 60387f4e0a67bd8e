// What becomes of a Markdown file that its user has changed, when a new version of its document is
// to be published.
//
// The row of a document always has the hash and the lines of the Markdown as Sluice made it,
// whatever is published. So a file with an edit in it differs from its row, also after a merge, and
// the next version is merged again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "owner/group.h"

namespace sluice::owner {

std::string_view word(OnEdit what);
std::optional<OnEdit> on_edit_from_word(std::string_view word);

// What stands behind git's conflict marker in front of what the user wrote.
inline constexpr std::string_view kOursLabel = "edited by hand";

// How many conflicts of a merge are still marked in the published Markdown.
std::size_t open_conflicts(const KnowledgeBase& kb, const Document& document);

// Settles it for one document of a group. REQUIRES: the rows of the new version are written.
class EditSettler {
 public:
  // `base`: the lines of the version before, as the registry had them.
  EditSettler(Group& group, const Document& old, const std::string& base)
      : group_(group), old_(old), base_(base) {}

  // `markdown`: of the new version, staged. The step of `steps` that publishes it is changed, or
  // goes. `result` gets what was done.
  void settle(const StagedFile& markdown, std::vector<Step>& steps, DocumentResult& result);

 private:
  std::string read_staged(const StagedFile& file) const;
  StagedFile with_links(const StagedFile& markdown);
  void keep_old_row();
  void publish_instead(Step& step, const std::string& text);

  Group& group_;
  const Document& old_;
  const std::string& base_;
};

}  // namespace sluice::owner
