// The layout of abi.h as this compiler sees it: one row per field, in the order of declaration. A
// field that is appended to a struct gets a row here, and a line in a new golden table.
#include "abi/layout.h"

#include <sluice/abi.h>

#include <cstddef>

#define ROW(type, field) \
  { #type, #field, offsetof(type, field), sizeof(type::field) }

namespace sluice::abi {

std::vector<Row> layout() {
  return {
      ROW(sluice_str, data),
      ROW(sluice_str, size),
      ROW(sluice_bytes, data),
      ROW(sluice_bytes, size),
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
      ROW(sluice_job, scratch_open),
      ROW(sluice_probe, size),
      ROW(sluice_probe, prefix),
      ROW(sluice_probe, source_size),
      ROW(sluice_probe, file_name),
      ROW(sluice_probe, media_type),
      ROW(sluice_canary, size),
      ROW(sluice_canary, source),
      ROW(sluice_canary, file_name),
      ROW(sluice_canary, media_type),
      ROW(sluice_canary, markdown),
      ROW(sluice_converter, size),
      ROW(sluice_converter, id),
      ROW(sluice_converter, probe),
      ROW(sluice_converter, prepare),
      ROW(sluice_converter, canary),
      ROW(sluice_host_info, size),
      ROW(sluice_host_info, abi_major),
      ROW(sluice_host_info, abi_minor),
      ROW(sluice_host_info, version),
      ROW(sluice_plugin, size),
      ROW(sluice_plugin, abi_major),
      ROW(sluice_plugin, abi_minor),
      ROW(sluice_plugin, id),
      ROW(sluice_plugin, version),
      ROW(sluice_plugin, converters),
      ROW(sluice_plugin, converter_count),
  };
}

}  // namespace sluice::abi
