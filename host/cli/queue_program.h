// The commands that need PostgreSQL are a program of their own, sluice-queue, in a package of its
// own, so that nothing else needs libpq.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/io.h"

namespace sluice::cli {

// Whether sluice-queue carries out the command of this name.
constexpr bool is_of_queue(std::string_view command) {
  return command.starts_with("queue ") || command == "work";
}

// Goes on as sluice-queue with the same words; returns only by throwing Error.
int become_queue_program(const std::vector<std::string>& words, Io& io);

}  // namespace sluice::cli
