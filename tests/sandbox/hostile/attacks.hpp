// SPDX-License-Identifier: Apache-2.0
//
// Attacks of a converter that is fully taken over, by name. Each is one thing that would be a hole.
#pragma once

#include <functional>
#include <istream>
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
void add_attacks_on_neighbours(Attacks& out);

Attacks all_attacks();

// "key value" lines.
World world_of(std::istream& lines);

// The attack that the library's constructor was ordered to try before anything else ran, and what
// became of it; 0: it succeeded.
std::string constructor_name();
int constructor_error();

}  // namespace hostile
