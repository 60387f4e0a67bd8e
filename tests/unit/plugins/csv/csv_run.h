// Runs the CSV converter on a text.
#pragma once

#include <gtest/gtest.h>

#include <sluice/testing.hpp>
#include <string>
#include <utility>

#include "csv/converter.hpp"

namespace sluice::csv {

struct Sample {
  explicit Sample(std::string source, const char* delimiter = "auto", const char* charset = "auto",
                  int max_rows = 0)
      : job(std::move(source), "table.csv", "text/csv") {
    job.set_options(std::string(R"({"delimiter": ")") + delimiter + R"(", "charset": ")" + charset +
                    R"(", "max_rows": )" + std::to_string(max_rows) + "}");
  }
  std::string markdown() {
    CsvConverter converter;
    outcome = job.run(converter);
    EXPECT_EQ(outcome, Outcome::kOk) << job.reason();
    return job.body();
  }
  RecordingJob job;
  Outcome outcome = Outcome::kInternal;
};

}  // namespace sluice::csv
