// The layout of abi.h as this compiler sees it: one row per field, in the order of declaration,
// with its type in the compiler's words, function signatures in full. A field that is appended to a
// struct gets a row here, and a line in a new golden table.
#include "abi/layout.h"

#include <sluice/abi.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace sluice::abi {
namespace {

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

}  // namespace

#define ROW(type, field)                                       \
  {                                                            \
#type, #field, offsetof(type, field), sizeof(type::field), \
        type_name < decltype(type::field)>()                   \
  }

std::vector<Row> layout() {
  return {
      ROW(sluice_str, data),
      ROW(sluice_str, size),
      ROW(sluice_bytes, data),
      ROW(sluice_bytes, size),
      ROW(sluice_warning, size),
      ROW(sluice_warning, severity),
      ROW(sluice_warning, reserved),
      ROW(sluice_warning, code),
      ROW(sluice_warning, message),
      ROW(sluice_warning, place_unit),
      ROW(sluice_warning, place),
      ROW(sluice_job, size),
      ROW(sluice_job, host),
      ROW(sluice_job, file_name),
      ROW(sluice_job, media_type),
      ROW(sluice_job, declared_charset),
      ROW(sluice_job, options),
      ROW(sluice_job, source_size),
      ROW(sluice_job, source_map),
      ROW(sluice_job, source_read),
      ROW(sluice_job, sibling_map),
      ROW(sluice_job, option_bool),
      ROW(sluice_job, option_int),
      ROW(sluice_job, option_number),
      ROW(sluice_job, option_string),
      ROW(sluice_job, option_list),
      ROW(sluice_job, option_file),
      ROW(sluice_job, write_body),
      ROW(sluice_job, asset_open),
      ROW(sluice_job, asset_write),
      ROW(sluice_job, asset_finish),
      ROW(sluice_job, link_asset),
      ROW(sluice_job, write_sidecar),
      ROW(sluice_job, set_metadata),
      ROW(sluice_job, warn),
      ROW(sluice_job, set_reason),
      ROW(sluice_job, progress),
      ROW(sluice_job, is_cancelled),
      ROW(sluice_job, last_error),
      ROW(sluice_job, scratch_open),
      ROW(sluice_probe, size),
      ROW(sluice_probe, host),
      ROW(sluice_probe, head),
      ROW(sluice_probe, tail),
      ROW(sluice_probe, source_size),
      ROW(sluice_probe, file_name),
      ROW(sluice_probe, media_type),
      ROW(sluice_probe, set_reason),
      ROW(sluice_canary, size),
      ROW(sluice_canary, source),
      ROW(sluice_canary, file_name),
      ROW(sluice_canary, media_type),
      ROW(sluice_canary, markdown),
      ROW(sluice_converter, size),
      ROW(sluice_converter, context),
      ROW(sluice_converter, id),
      ROW(sluice_converter, probe),
      ROW(sluice_converter, prepare),
      ROW(sluice_converter, canary),
      ROW(sluice_host, size),
      ROW(sluice_host, context),
      ROW(sluice_host, abi_major),
      ROW(sluice_host, abi_minor),
      ROW(sluice_host, version),
      ROW(sluice_host, refuse),
      ROW(sluice_host, log),
      ROW(sluice_host, get_extension),
      ROW(sluice_plugin, size),
      ROW(sluice_plugin, context),
      ROW(sluice_plugin, abi_major),
      ROW(sluice_plugin, abi_minor),
      ROW(sluice_plugin, id),
      ROW(sluice_plugin, version),
      ROW(sluice_plugin, converters),
      ROW(sluice_plugin, converter_count),
      ROW(sluice_plugin, get_extension),
  };
}

}  // namespace sluice::abi
