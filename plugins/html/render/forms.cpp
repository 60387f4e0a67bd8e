// SPDX-License-Identifier: Apache-2.0
#include "forms.hpp"

#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>
#include <string>

#include "../form_values.hpp"

namespace sluice::html {

void Forms::write(NodeId control, bool in_heading) {
  std::string value = form_value(dom_, control);
  if (in_heading) value = one_line(value);
  if (value.empty()) return;
  reset_breaks();
  std::string_view rest = trimmed(value);
  if (rest.find('\n') == std::string_view::npos) {
    out_.text(" ");
    out_.text(rest);
    out_.text(" ");
    return;
  }
  out_.end_paragraph();
  while (!rest.empty()) {
    out_.text(next_line(rest));
    if (!rest.empty()) out_.line_break();
  }
  out_.end_paragraph();
}

}  // namespace sluice::html
