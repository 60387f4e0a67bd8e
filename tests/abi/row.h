// One row of a layout table, as this compiler sees it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "abi/layout.h"

namespace sluice::abi {

// What the compiler calls T, without blanks; typedefs are resolved, so that "uint64_t" and what it
// stands for are the same.
template <class T>
std::string type_name() {
  const std::string_view whole = __PRETTY_FUNCTION__;
  const std::size_t begin = whole.find("T = ") + 4;
  const std::size_t end = std::min(whole.find(';', begin), whole.rfind(']'));
  std::string name(whole.substr(begin, end - begin));
  std::erase(name, ' ');
  // GCC's word for it; the same type.
  const std::pair<std::string_view, std::string_view> spellings[] = {
      {"longunsignedint", "unsignedlong"}, {"longint", "long"}};
  for (const auto& [from, to] : spellings) {
    for (std::size_t at = name.find(from); at != std::string::npos; at = name.find(from, at)) {
      name.replace(at, from.size(), to);
    }
  }
  return name;
}

}  // namespace sluice::abi

#define ROW(type, field)                                       \
  {                                                            \
#type, #field, offsetof(type, field), sizeof(type::field), \
        type_name < decltype(type::field)>()                   \
  }
