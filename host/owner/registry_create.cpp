// Making a registry, and what is decided then for its life: its id and its layout.
#include <array>
#include <random>

#include "owner/registry.h"
#include "owner/registry_schema.h"
#include "owner/registry_statements.h"

namespace sluice::owner {
namespace {

std::string random_id() {
  std::random_device device;
  std::array<std::uint8_t, 16> bytes{};
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(device());
  return platform::to_hex(bytes);
}

}  // namespace

// Knowledge bases that were made before there were two kinds are flat.
layout::Kind layout_of_text(std::string_view text) {
  return layout::kind_from_word(text).value_or(layout::Kind::kFlat);
}

layout::Kind Registry::create(const std::string& path, layout::Kind kind) {
  Database db(path, Database::Mode::kCreate);
  db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
  db.execute("BEGIN IMMEDIATE");
  db.merge_on_close();
  const std::int64_t version = schema_version(db);
  if (version == 0) {
    create_schema(db);
    db.prepare("INSERT INTO meta VALUES('kb_id', ?1)").bind(1, random_id()).run();
    db.prepare("INSERT INTO meta VALUES(?1, ?2)").bind(1, kLayout).bind(2, word(kind)).run();
  } else if (version <= kRegistryVersion) {
    check_schema(db, version);
    Statement row = db.prepare("SELECT value FROM meta WHERE key = ?1");
    row.bind(1, kLayout);
    kind = row.step() ? layout_of_text(row.text(0)) : layout::Kind::kFlat;
  }
  db.execute("COMMIT");
  return kind;
}

}  // namespace sluice::owner
