// The runs that are disturbed: each starts from a knowledge base in a known state.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crash/scene/judge.h"

namespace sluice::crash {

struct Scenario {
  std::string name;
  // Makes the documents and the knowledge base.
  std::function<void(const World&)> build;
  // What is run, several at once if there are several.
  std::vector<std::vector<std::string>> commands;
  // What a person wrote into the knowledge base's files.
  std::vector<std::string> words_of_a_person = {};
  // Run after a disturbance, it ends as the undisturbed run did.
  bool is_repeatable = true;
  // So much that not everything can be tried.
  bool is_large = false;
  // What is run after a disturbance, to be judged then.
  std::vector<std::vector<std::string>> recovery = {{"recover"}};
  // The knowledge base is damaged at first and mended by each recovery.
  bool is_damaged = false;
  // No file's bytes may get lost, but for the log's, which is written anew.
  bool keeps_files = false;
};

// A part of them (scenarios_elsewhere.cpp).
std::vector<Scenario> scenarios_from_elsewhere();
const std::vector<Scenario>& scenarios();
const Scenario& scenario(const std::string& name);

// A scenario made ready: its knowledge base is world.kb(), which nobody changes any more.
struct Stage {
  // kAny: the events may come in another order than undisturbed, since documents that fail for a
  // time come later.
  explicit Stage(const Scenario& scenario, Order order = Order::kFixed);

  World world;
  const Scenario& scenario;
  Judge judge;

 private:
  Judge make_judge(Order order);
};

}  // namespace sluice::crash
