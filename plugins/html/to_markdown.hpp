// SPDX-License-Identifier: Apache-2.0
//
// A Dom to Markdown. Independent of where the Dom comes from: a page, or the chapter of a book.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dom.hpp"
#include "looks.hpp"

namespace sluice::html {

struct Rendering {
  // Makes an asset of an image's address, or leaves it a link. REQUIRED.
  std::function<std::optional<sluice_asset>(std::string_view address)> take_image;
  // Relative links are resolved against it if it is not empty.
  std::string base;
  // What says how text looks, beside its own attributes; later ones win. They must outlive the
  // call.
  std::vector<const StyleSheet*> style_sheets;
  // Where a link leads in the Markdown; empty leaves only its text. Without it, links stay as they
  // are (against `base`), but those within the page.
  std::function<std::string(std::string_view href)> link_target;
  // The label of the footnote that an `<a>` calls, or that any other element is; empty for none.
  std::function<std::string(NodeId)> note_label;
  // Whether an `<a>` is a note's way back to its call and says what the call says.
  std::function<bool(NodeId)> repeats_call;
};

// Writes what is neither hidden nor dropped in `marks` (see layout.hpp); does not call
// out.finish(). Asks `job` now and then whether to stop.
void write_markdown(const Dom& dom, const std::vector<std::uint8_t>& marks,
                    const Rendering& rendering, Job& job, MarkdownWriter& out);

}  // namespace sluice::html
