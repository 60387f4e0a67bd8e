// Runs of the real program that a test disturbs, call by call.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crash/disk/op.h"
#include "crash/scene/world.h"

namespace sluice::crash {

struct Stage;

// Runs the commands at once, with `decide` asked about each call that changes something in the
// knowledge base, or writes to their standard output.
std::vector<Tracer::Outcome> disturb(const World& world, const std::string& kb,
                                     const std::vector<std::vector<std::string>>& commands,
                                     const std::function<Verdict(const Call&)>& decide,
                                     Kinds kinds = kChanges);

// How many such calls there are in an undisturbed run.
std::size_t count_calls(const World& world, const std::string& kb,
                        const std::vector<std::vector<std::string>>& commands);

// Runs the command and records what it does. Throws std::runtime_error unless it ends with 0.
Recording record(const World& world, const std::string& kb, const std::vector<std::string>& words);

// As record of the stage's first command on a copy of its knowledge base, until the recording has
// something written into staging while everything is synced: a busy machine may end a large group
// before. Throws std::runtime_error if none of ten recordings has.
Recording record_with_writes_during_a_sync(const Stage& stage);

}  // namespace sluice::crash
