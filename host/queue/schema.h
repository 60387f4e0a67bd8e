// The tables and functions of a queue, as host/queue/sql has them. The build puts the text here.
#pragma once

#include <string_view>

namespace sluice::queue {

// What this program makes, and the only version that it works with.
inline constexpr int kSchemaVersion = 1;
std::string_view schema_sql();

}  // namespace sluice::queue
