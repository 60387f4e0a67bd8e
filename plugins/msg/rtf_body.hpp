// SPDX-License-Identifier: Apache-2.0
//
// The text of a message that Outlook keeps as compressed RTF: HTML or plain text within it, or RTF.
#pragma once

#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "msg/properties.hpp"

namespace sluice::msg {

// At most one of the first three has a text.
struct RtfBody {
  std::string html;  // UTF-8
  std::string plain;
  std::string rtf;
  bool is_damaged = false;
};

RtfBody read_rtf(const Properties& properties);

void write_rtf(std::string_view rtf, Job& job, MarkdownWriter& out);

}  // namespace sluice::msg
