// SPDX-License-Identifier: Apache-2.0
//
// A storage within a compound file as a file of its own ([MS-CFB], version 3): how a message within
// a message, or an object of another program, becomes a document that can be opened.
#pragma once

#include <cstdint>
#include <sluice/compound_file.hpp>

#include "mail/mime/transfer.hpp"

namespace sluice::msg {

// A message has another head in its own file than within one ([MS-OXMSG], 2.4.1), and needs the
// names of properties, which only the outer file has (2.2.3).
enum class Copy : std::uint8_t { kStorage, kMessage };

// Writes the file. Returns how many of its streams are cut off.
std::uint64_t copy_storage(CompoundFile& file, const CompoundFile::Entry& storage, Copy copy,
                           const mail::ByteSink& sink);

}  // namespace sluice::msg
