// The host as a plugin sees it: sluice_host of abi.h.
#pragma once

#include <sluice/abi.h>

#include <string>

namespace sluice::program {

// What the plugin said when it refused to load; empty if it said nothing.
const std::string& refusal_of_plugin();

// Lives as long as the process. `plugin`: its id, for the lines of its log.
const sluice_host& host_object(const std::string& plugin);

}  // namespace sluice::program
