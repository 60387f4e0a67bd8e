// SPDX-License-Identifier: Apache-2.0
//
// Tries the constants of the PDF converter at other values: the unit tests and a list of documents,
// in a process for each trial that begins as a copy of this one.
//
//   trials DOCUMENTS      a file with the path of a document on each line
//
// It writes "ready", and reads trials, one a line: "FILE NAME=VALUE", "=" for the constants as they
// are, or "all" for all documents as they are. For each it writes lines, the last of which is "end
// STATUS":
//   test NAME            fails
//   document N BYTES     has become another; its Markdown follows. It is answered: "go", or "stop"
//   to leave out the rest
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "pdf/converter.hpp"
#include "tunable.hpp"

namespace {

constexpr rlim_t kSecondsOfTrial = 60;  // a trial takes two; some values make a loop endless
constexpr rlim_t kBytesOfTrial = rlim_t{4} << 30;

constexpr const char* kOptions =
    R"({"page_markers":true,"images":true,"tables":true,"comments":false,"headers_and_footers":false,)"
    R"("min_image_size":16,"ocr":"off","ocr_resolution":300,"ocr_pages":500,"ocr_seconds":1800,"password":""})";

// Tests of time and of damage take longer than all others, and no number of the layout decides
// them.
constexpr const char* kTests =
    "-*.ATableOverManyPagesTakesTimeOfItsSizeAlone:*.MillionsOfErrorsAreNoneTheWorse:"
    "*.FormsWhoseFieldsShareEachOtherEnd:*.ContentThatInflatesWithoutEndIsNotRead";

struct Document {
  std::string bytes;
  std::string name;      // without an extension: of the folder of its images
  std::string markdown;  // with the constants as they are
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string markdown_of(const Document& document) {
  sluice::RecordingJob job(document.bytes, document.name + ".pdf", "application/pdf");
  job.set_options(kOptions);
  sluice::pdf::PdfConverter converter;
  const sluice::Outcome outcome = job.run(converter);
  const bool has_text = outcome == sluice::Outcome::kOk || outcome == sluice::Outcome::kPartial;
  return has_text ? job.render(document.name) : "no text: " + job.reason();
}

// Names of tests that fail, and nothing else.
class Failures : public testing::EmptyTestEventListener {
  void OnTestEnd(const testing::TestInfo& test) override {
    if (!test.result()->Failed()) return;
    std::cout << "test " << test.test_suite_name() << "." << test.name() << "\n";
  }
};

// Without a buffer: parent and child read the same stream.
bool read_line(std::string& line) {
  line.clear();
  for (char c = 0; read(STDIN_FILENO, &c, 1) == 1;) {
    if (c == '\n') return true;
    line += c;
  }
  return false;
}

void limit(int resource, rlim_t most) {
  const rlimit limits{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &limits);
}

void try_documents(const std::vector<Document>& documents, bool shows_all) {
  std::string answer;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string markdown = markdown_of(documents[i]);
    if (markdown == documents[i].markdown && !shows_all) continue;
    std::cout << "document " << i << " " << markdown.size() << "\n" << markdown << std::flush;
    if (!read_line(answer) || answer != "go") return;
  }
}

void run_trial(const std::string& trial, const std::vector<Document>& documents) {
  limit(RLIMIT_CPU, kSecondsOfTrial);
  limit(RLIMIT_AS, kBytesOfTrial);
  limit(RLIMIT_CORE, 0);
  const bool is_change = trial != "all" && trial != "=";
  const std::size_t at = trial.find('=');
  if (is_change)
    sluice_thresholds::settings().change(trial.substr(0, at), std::stod(trial.substr(at + 1)));
  (void)RUN_ALL_TESTS();
  std::cout << std::flush;
  try_documents(documents, trial == "all");
  std::cout << std::flush;
  _exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  GTEST_FLAG_SET(filter, kTests);
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new Failures);
  if (argc != 2) return 2;
  std::vector<Document> documents;
  std::ifstream list(argv[1]);
  for (std::string path; std::getline(list, path);) {
    documents.push_back({read_file(path), std::filesystem::path(path).stem().string(), ""});
    documents.back().markdown = markdown_of(documents.back());
  }
  std::cout << "ready" << std::endl;
  for (std::string trial; read_line(trial);) {
    const pid_t child = fork();
    if (child == 0) run_trial(trial, documents);
    int status = 0;
    waitpid(child, &status, 0);
    std::cout << "end " << status << std::endl;
  }
}
