// Prints what is made from the table of commands, at build time:
//
//   sluice_manual reference                 host/docs/commands.md, to standard output
//   sluice_manual outcomes                  host/docs/outcomes.md, the same way
//   sluice_manual man FOLDER YYYY-MM-DD     manual pages, in FOLDER/man1 and man5
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "cli/manual/man.h"
#include "cli/manual/reference.h"

namespace {

namespace fs = std::filesystem;

// "November 30, 2026", as mdoc wants it.
std::string long_date(const std::string& iso) {
  static constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
  const auto number = [&](std::size_t at, std::size_t length) {
    return static_cast<unsigned>(std::stoul(iso.substr(at, length)));
  };
  return std::string(kMonths.at(number(5, 2) - 1)) + " " + std::to_string(number(8, 2)) + ", " +
         iso.substr(0, 4);
}

bool write_man_pages(const fs::path& folder, const std::string& date) {
  for (const sluice::cli::ManPage& page : sluice::cli::man_pages(long_date(date))) {
    const fs::path section = folder / ("man" + std::to_string(page.section));
    fs::create_directories(section);
    std::ofstream file(section / page.file_name());
    file << page.text;
    if (!file.flush()) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words == std::vector<std::string>{"reference"}) {
    std::cout << sluice::cli::reference_text();
    return std::cout.flush() ? 0 : 1;
  }
  if (words == std::vector<std::string>{"outcomes"}) {
    std::cout << sluice::cli::outcomes_text();
    return std::cout.flush() ? 0 : 1;
  }
  if (words.size() == 3 && words[0] == "man" && words[2].size() == 10) {
    return write_man_pages(words[1], words[2]) ? 0 : 1;
  }
  std::cerr << "usage: sluice_manual reference\n"
               "       sluice_manual outcomes\n"
               "       sluice_manual man FOLDER YYYY-MM-DD\n";
  return 2;
}
