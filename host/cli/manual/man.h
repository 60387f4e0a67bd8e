// Manual pages (mdoc) of the program, of every command, and of the configuration.
#pragma once

#include <string>
#include <vector>

namespace sluice::cli {

struct ManPage {
  std::string name;  // "sluice-add"
  int section = 1;
  std::string text;

  std::string file_name() const { return name + "." + std::to_string(section); }
};

// `date`, as in "November 30, 2026".
std::vector<ManPage> man_pages(const std::string& date);

}  // namespace sluice::cli
