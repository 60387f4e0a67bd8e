// SPDX-License-Identifier: Apache-2.0
//
// Attacks of a converter that is fully taken over, by name. Each is one thing that would be a hole.
#pragma once

#include <functional>
#include <map>
#include <sluice/plugin.hpp>
#include <string>

namespace hostile {

// What a test tells an attack about the world: paths, ports, process ids.
using World = std::map<std::string, std::string>;

// 0: it succeeded; else why not, an errno.
using Attack = std::function<int(const World&, sluice::Job&)>;
using Attacks = std::map<std::string, Attack>;

// The errno of a call that failed, 0 of one that did not.
int error_of(long result);

void add_attacks_on_files(Attacks& out);
void add_attacks_on_staging(Attacks& out);
void add_attacks_on_processes(Attacks& out);
void add_attacks_on_network(Attacks& out);
void add_attacks_on_kernel(Attacks& out);

// What the library's constructor could do before anything else ran; 0: it could.
int constructor_read();
int constructor_wrote();

}  // namespace hostile
