// Prints the layout as a golden table has it, or, given a table, says whether that is a prefix of
// it.
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "abi/layout.h"

int main(int argc, char** argv) {
  using sluice::abi::Row;
  if (argc < 2) {
    for (const Row& row : sluice::abi::layout()) {
      std::cout << row.type << ' ' << row.field << ' ' << row.offset << ' ' << row.size << ' '
                << row.declared << '\n';
    }
    return 0;
  }
  std::map<std::string, std::vector<Row>> now;
  for (const Row& row : sluice::abi::layout()) now[row.type].push_back(row);
  std::ifstream golden(argv[1]);
  std::map<std::string, std::size_t> seen;
  for (std::string line; std::getline(golden, line);) {
    if (line.empty() || line[0] == '#') continue;
    Row row;
    std::istringstream(line) >> row.type >> row.field >> row.offset >> row.size >> row.declared;
    const std::size_t at = seen[row.type]++;
    const auto& rows = now[row.type];
    if (at >= rows.size() || rows[at] != row) {
      std::cout << "broken: " << line << '\n';
      return 1;
    }
  }
  return seen.empty() ? 2 : 0;
}
