// Every promise has somebody who keeps it on every kernel that the level "required" accepts, and
// without that one it is broken, and nobody says otherwise.
#include "model/promises.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "model/sandbox.h"

namespace sluice {
namespace {

SandboxLayers layers_with(std::uint32_t landlock, bool filter) {
  SandboxLayers layers;
  layers.wanted = true;
  layers.landlock_abi = landlock;
  layers.landlock_why = "none here";
  layers.system_calls = filter;
  layers.system_calls_why = "none here";
  return layers;
}

std::set<Promise> broken(const SandboxLayers& layers) {
  std::set<Promise> out;
  for (const PromiseState& state : promises_of(layers)) {
    EXPECT_EQ(state.kept, !state.by.empty());
    if (!state.kept) out.insert(state.rule->promise);
  }
  return out;
}

TEST(PromisesTest, FromLandlock1OnAllAreKept) {
  for (std::uint32_t version = 1; version <= 7; ++version) {
    EXPECT_THAT(broken(layers_with(version, true)), ::testing::IsEmpty()) << version;
    EXPECT_TRUE(layers_with(version, true).is_full());
    EXPECT_EQ(layers_with(version, true).state(), "full");
  }
}

TEST(PromisesTest, WithoutLandlockReadingIsBroken) {
  const SandboxLayers layers = layers_with(0, true);
  EXPECT_THAT(broken(layers), ::testing::ElementsAre(Promise::kReading));
  EXPECT_EQ(layers.state(), "reduced");
  EXPECT_EQ(layers.what_is_missing(),
            "Landlock is missing (none here), so a converter may read your files");
}

TEST(PromisesTest, WithoutTheFilterLandlockKeepsWhatItsVersionKnows) {
  using P = Promise;
  const std::set<P> never = {P::kAttributes, P::kProcesses, P::kReaching,
                             P::kNetwork,    P::kDocuments, P::kLimits};
  std::set<P> before_3 = never;
  before_3.insert({P::kTruncating, P::kSignals});
  std::set<P> before_6 = never;
  before_6.insert(P::kSignals);
  EXPECT_EQ(broken(layers_with(2, false)), before_3);
  EXPECT_EQ(broken(layers_with(3, false)), before_6);
  EXPECT_EQ(broken(layers_with(6, false)), never);
  EXPECT_EQ(broken(layers_with(0, false)).size(), promise_rules().size());
}

TEST(PromisesTest, SharingAProcessBreaksThatDocumentsAreApart) {
  SandboxLayers layers = layers_with(7, true);
  layers.documents_per_process = 2;
  EXPECT_THAT(broken(layers), ::testing::ElementsAre(Promise::kDocuments));
  EXPECT_FALSE(layers.is_full());
}

// The mutation: whichever promise the filter stops keeping, where nobody else keeps it.
TEST(PromisesTest, AGapInTheFilterBreaksItsPromise) {
  for (const PromiseRule& rule : promise_rules()) {
    if (!rule.filter) continue;
    SandboxLayers layers = layers_with(1, true);
    layers.filter_gaps[rule.promise] = "some call";
    const bool kept_by_landlock = rule.landlock_from <= 1;
    EXPECT_EQ(broken(layers).contains(rule.promise), !kept_by_landlock) << rule.name;
    EXPECT_EQ(layers.is_full(), kept_by_landlock) << rule.name;
  }
}

// What a worker could do counts for more than any layer that should have stopped it.
TEST(PromisesTest, WhatAWorkerCouldDoIsBrokenWhoeverShouldKeepIt) {
  for (const PromiseRule& rule : promise_rules()) {
    SandboxLayers layers = layers_with(7, true);
    layers.broken[rule.promise] = "to do something";
    EXPECT_THAT(broken(layers), ::testing::ElementsAre(rule.promise)) << rule.name;
    EXPECT_FALSE(layers.is_full());
    EXPECT_THAT(layers.what_is_missing(),
                ::testing::HasSubstr("a worker of this build was able to do something"));
  }
}

TEST(PromisesTest, OffKeepsNone) {
  SandboxLayers layers = layers_with(7, true);
  layers.wanted = false;
  EXPECT_EQ(broken(layers).size(), promise_rules().size());
  EXPECT_EQ(layers.state(), "off");
}

}  // namespace
}  // namespace sluice
