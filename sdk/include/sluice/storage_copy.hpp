// SPDX-License-Identifier: Apache-2.0
//
// A storage within a compound file as a file of its own ([MS-CFB], version 3): how a message within
// a message, or an object of another program, becomes a document that can be opened.
#pragma once

#include <cstdint>
#include <functional>
#include <sluice/compound_file.hpp>
#include <string_view>

namespace sluice {

// A message of Outlook has another head in its own file than within one ([MS-OXMSG], 2.4.1), and
// needs the names of properties, which only the outer file has (2.2.3).
enum class StorageCopy : std::uint8_t { kPlain, kMessage };

// Writes the file in pieces, in memory of about its size. Returns how many of its streams are cut
// off, or left out because storages nest too deep. Passes on what `sink` throws.
std::uint64_t copy_storage(CompoundFile& file, const CompoundFile::Entry& storage, StorageCopy copy,
                           const std::function<void(std::string_view)>& sink);

}  // namespace sluice
