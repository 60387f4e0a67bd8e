// SPDX-License-Identifier: Apache-2.0
//
// The converter's options (plugin.toml), typed.
#pragma once

#include <cstdint>
#include <sluice/embedded_objects.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string_view>

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
  std::string_view plugin;  // whose options these are; empty: nobody can set them
};

// All but page_markers and plugin: not every converter of such documents has.
Settings read_settings(const Options& options);

}  // namespace sluice::docx
