// The tables of the registry: what version this Sluice writes, how older ones are brought up to
// date, and whether a registry holds these tables and nothing else. A registry may come from
// somebody else: a trigger or view of theirs would run with our rights.
#pragma once

#include <cstdint>

#include "owner/sqlite.h"

namespace sluice::owner {

inline constexpr std::int64_t kRegistryVersion = 5;
// So many new contents at most are kept apart from the rest, where they touch few pages.
inline constexpr std::int64_t kRecentContents = 1 << 16;

std::int64_t schema_version(Database& db);
// Makes all tables in an empty database. REQUIRES: a transaction.
void create_schema(Database& db);
// One version after the other, up to kRegistryVersion. REQUIRES: a transaction.
void upgrade_schema(Database& db);
// Throws Error (kDamaged) that names the first table, index, trigger or view that is not to the
// letter what Sluice makes in a registry of this version, or that is missing.
void check_schema(Database& db, std::int64_t version);

// Rebuilds the index of contents (explained in registry_schema.cpp) from the documents.
void fill_contents(Database& db);
// Moves the recent contents to the others.
void settle_recent_contents(Database& db);

}  // namespace sluice::owner
