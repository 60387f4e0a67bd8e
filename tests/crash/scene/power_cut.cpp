#include "crash/scene/power_cut.h"

#include <exception>
#include <filesystem>
#include <random>
#include <sstream>

#include "cli/io.h"
#include "crash/scene/effort.h"

namespace sluice::crash {
namespace {

// A command in this process: the program's own code, without the time that a start takes. Returns
// how it failed.
std::string run_here(const World& world, const std::string& kb,
                     const std::vector<std::string>& words) {
  std::vector<std::string> command = world.command(kb, words);
  command.erase(command.begin());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  cli::Io io{.in = in,
             .out = out,
             .err = err,
             .out_is_terminal = false,
             .err_is_terminal = false,
             .env = [](const std::string&) { return std::nullopt; },
             .working_directory = "/",
             .interrupted = {}};
  const int code = cli::run(command, io);
  if (code == 0) return {};
  return words.front() + " ended with " + std::to_string(code) + ": " + out.str() + err.str();
}

std::vector<std::string> verdict(const Stage& stage, const std::string& kb,
                                 const std::vector<Reported>& reported) {
  try {
    for (const auto& words : stage.scenario.recovery) {
      const std::string failure = run_here(stage.world, kb, words);
      if (!failure.empty()) return {failure};
    }
    return stage.judge.wrong(kb, reported);
  } catch (const std::exception& error) {
    return {error.what()};
  }
}

const char* word(Fate fate) {
  switch (fate) {
    case Fate::kKept:
      return "kept";
    case Fate::kLost:
      return "lost";
    case Fate::kFirstHalf:
      return "first half of";
    case Fate::kSecondHalf:
      return "second half of";
    case Fate::kZeros:
      break;
  }
  return "zeros for";
}

}  // namespace

void PowerCuts::replay(std::size_t sample) {
  constexpr std::size_t kEnough = 3;
  std::size_t all = 0;
  if (sample != 0) {
    for (std::size_t cut = 0; cut < disk_.cuts(); ++cut) {
      each_loss(disk_, disk_.pending(cut), effort().seed + cut, [&](const Fates&) { ++all; });
    }
  }
  std::mt19937_64 random(effort().seed);
  for (std::size_t cut = 0; cut < disk_.cuts(); ++cut) {
    replay_cut(cut, kEnough, [&] { return sample == 0 || random() % all < sample; });
  }
}

void PowerCuts::find_one(std::size_t first) {
  std::mt19937_64 random(effort().seed);
  for (const unsigned one_of : {40U, 10U, 1U}) {
    for (std::size_t cut = first; cut < disk_.cuts(); ++cut) {
      replay_cut(cut, 1, [&] { return random() % one_of == 0; });
    }
  }
}

void PowerCuts::replay_cut(std::size_t cut, std::size_t enough,
                           const std::function<bool()>& is_chosen) {
  const auto pending = disk_.pending(cut);
  const std::size_t reported = disk_.reported(cut).size();
  each_loss(disk_, pending, effort().seed + cut, [&](const Fates& fates) {
    if (violations_.size() >= enough || !is_chosen()) return;
    const Image image = disk_.image(cut, pending, fates);
    if (seen_.insert({fingerprint(image), reported}).second) try_state(cut, pending, fates);
  });
}

void PowerCuts::try_state(std::size_t cut, const std::vector<std::size_t>& pending,
                          const Fates& fates) {
  ++replayed_;
  const std::string kb = stage_.world.path("state");
  std::filesystem::remove_all(kb);
  materialize(disk_.image(cut, pending, fates), kb);
  const auto wrong = verdict(stage_, kb, reported(disk_.reported(cut)));
  if (wrong.empty()) return;
  std::string text = describe(cut, pending, fates);
  for (const std::string& line : wrong) text += "\n  wrong: " + line;
  violations_.push_back(std::move(text));
}

std::string PowerCuts::describe(std::size_t cut, const std::vector<std::size_t>& pending,
                                const Fates& fates) const {
  const auto& ops = disk_.recording().ops;
  std::string text =
      "power cut after operation " + std::to_string(cut) + " of " + std::to_string(ops.size());
  if (cut > 0) text += " (" + ops[cut - 1].what + ")";
  for (std::size_t i = 0; i < pending.size(); ++i) {
    text += std::string("\n  ") + word(fates[i]) + " " + std::to_string(pending[i]) + " " +
            ops[pending[i]].what;
  }
  return text;
}

}  // namespace sluice::crash
