#include "model/code_fence.h"

#include <algorithm>

namespace sluice {

bool CodeFence::is_in_code(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(indent);
  const char sign = line.empty() ? '\0' : line.front();
  const std::size_t run = std::min(line.find_first_not_of(sign), line.size());
  const bool is_fence = indent < 4 && (sign == '`' || sign == '~') && run >= 3;
  if (length_ == 0) {
    if (!is_fence || (sign == '`' && line.find('`', run) != std::string_view::npos)) return false;
    length_ = run;
    sign_ = sign;
    return true;
  }
  const bool ends = is_fence && sign == sign_ && run >= length_ &&
                    line.find_first_not_of(" \t", run) == std::string_view::npos;
  if (ends) length_ = 0;
  return true;
}

}  // namespace sluice
