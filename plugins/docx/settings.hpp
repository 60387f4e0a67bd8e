// SPDX-License-Identifier: Apache-2.0
//
// The converter's options (plugin.toml), typed.
#pragma once

#include <cstdint>
#include <sluice/embedded_objects.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>

namespace sluice::docx {

enum class Changes : std::uint8_t {
  kAccept,  // as if all tracked changes were accepted
  kReject,  // as if all were rejected
  kAll,     // insertions underlined, deletions struck through
};

struct Settings {
  Changes changes = Changes::kAccept;
  bool comments = false;
  bool hidden_text = false;
  bool headers_footers = false;
  bool page_markers = true;
  SpanFill merged_cells = SpanFill::kEmpty;
  Embedded embedded = Embedded::kTaken;
};

// All but page_markers, which not every converter of such documents has.
Settings read_settings(const Options& options);

}  // namespace sluice::docx
