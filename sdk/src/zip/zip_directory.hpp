// SPDX-License-Identifier: Apache-2.0
//
// The entries of an archive: by its central directory, or by the entries' own headers where that is
// missing. What comes out lies within the source, and no two entries share bytes.
#pragma once

#include <cstdint>
#include <sluice/zip.hpp>
#include <string>
#include <vector>

#include "zip/zip_source.hpp"

namespace sluice {

struct ZipDirectory {
  std::vector<ZipEntry> entries;
  bool recovered = false;
};

// Throws Failure as the constructors of Zip do.
ZipDirectory read_zip_directory(const ZipSource& source, const ZipLimits& limits);

// Where an entry's data begins: after its local header. Throws Failure(kMalformed) if there is no
// such header, or the data would not lie within the source.
std::uint64_t zip_data_offset(const ZipSource& source, const ZipEntry& entry);

// For messages: `name` in quotes, of bounded length, without what a terminal would obey.
std::string quoted_zip_name(std::string_view name);

}  // namespace sluice
