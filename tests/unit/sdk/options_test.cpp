#include <gtest/gtest.h>

#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

namespace sluice {
namespace {

TEST(Options, ReadsTypedValues) {
  const Options options(R"({"a": true, "b": -3, "c": "x"})");
  EXPECT_TRUE(options.get_bool("a"));
  EXPECT_EQ(options.get_int("b"), -3);
  EXPECT_EQ(options.get_string("c"), "x");
}

TEST(Options, NamesWhatIsMissingOrOfAnotherType) {
  const Options options(R"({"a": 1.5})");
  for (const auto read :
       {+[](const Options& o) { o.get_bool("gone"); }, +[](const Options& o) { o.get_int("gone"); },
        +[](const Options& o) { o.get_string("gone"); }}) {
    try {
      read(options);
      FAIL() << "did not throw";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.outcome(), Outcome::kInternal);
      EXPECT_NE(std::string(failure.what()).find("'gone'"), std::string::npos);
    }
  }
  EXPECT_THROW(options.get_bool("a"), Failure);
  EXPECT_THROW(options.get_int("a"), Failure);
  EXPECT_THROW(options.get_string("a"), Failure);
}

TEST(Options, MustBeAnObject) {
  for (const char* json : {"", "[]", "{", "1"}) EXPECT_THROW(Options{json}, Failure) << json;
}

}  // namespace
}  // namespace sluice
