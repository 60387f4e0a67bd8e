// Which lines of Markdown are those of a code block between fences (CommonMark, section 4.5).
#pragma once

#include <cstddef>
#include <string_view>

namespace sluice {

class CodeFence {
 public:
  // Call it for each line in order, without its line end. Also true for the lines that begin and
  // end a block.
  bool is_in_code(std::string_view line);

 private:
  std::size_t length_ = 0;  // of the fence of the block that is open; 0: none is
  char sign_ = '\0';
};

}  // namespace sluice
