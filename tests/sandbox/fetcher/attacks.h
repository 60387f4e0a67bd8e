// Attacks of a process that fetches and is taken over: each is one thing that would be a hole.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace sluice::test {

// What a test tells an attack about the world: "folder", "port", "victim" and the like.
using World = std::map<std::string, std::string>;

// 0: it succeeded; else why not, an errno. `socket`: the one that the host connected; -1 in a
// process that looks names up.
using FetchAttack = std::function<int(const World& world, int socket)>;
const std::map<std::string, FetchAttack>& fetch_attacks();

// Lines of "key value", as they travel in the task.
std::string world_text(const World& world);
World world_of(const std::string& text);

}  // namespace sluice::test
