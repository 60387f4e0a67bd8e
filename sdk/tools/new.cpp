// `sluice-sdk new`: copies a template, with the plugin's name in place of the template's marks.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <utility>

#include "conformance/subject.h"
#include "platform/error.h"
#include "tools/commands.h"
#include "tools/places.h"

namespace sluice::tool {
namespace {

namespace fs = std::filesystem;
using Marks = std::vector<std::pair<std::string, std::string>>;

bool is_lower_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_id(const std::string& name) {
  return !name.empty() && name.size() <= 64 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_lower_alnum(c) || c == '-'; });
}

// "my-notes" as the name of a class: "MyNotes".
std::string class_name(const std::string& id) {
  std::string name;
  bool upper = true;
  for (const char c : id) {
    if (c != '-') name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '-';
  }
  return name;
}

std::string filled(std::string text, const Marks& marks) {
  for (const auto& [mark, value] : marks) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size()) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

void check(const NewArguments& wanted, const std::string& extension) {
  if (!is_id(wanted.name)) {
    throw Error("make a plugin called", wanted.name, "that is not an id",
                "use 1 to 64 of a-z, 0-9 and -, beginning with a letter", ExitCode::kUsage);
  }
  const bool fits = !extension.empty() && extension.size() <= 16 &&
                    std::all_of(extension.begin(), extension.end(), is_lower_alnum);
  if (!fits) {
    throw Error("make a plugin for the format", extension, "that is no file name extension",
                "give --format with 1 to 16 of a-z and 0-9, without the dot", ExitCode::kUsage);
  }
  if (fs::exists(wanted.name)) {
    throw Error("make the folder", wanted.name, "there is one already", "choose another name",
                ExitCode::kUsage);
  }
}

}  // namespace

int make_new(const NewArguments& wanted) {
  std::string extension = wanted.extension;
  if (extension.empty()) {
    std::copy_if(wanted.name.begin(), wanted.name.end(), std::back_inserter(extension),
                 is_lower_alnum);
    extension.resize(std::min<std::size_t>(extension.size(), 16));
  }
  if (extension[0] == '.') extension.erase(0, 1);
  check(wanted, extension);
  const Marks marks = {
      {"%NAME%", wanted.name}, {"%CLASS%", class_name(wanted.name)}, {"%EXTENSION%", extension}};
  const fs::path from = fs::path(template_folder()) / (wanted.language == "c" ? "c" : "cxx");
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    const fs::path to =
        fs::path(wanted.name) / filled(fs::relative(entry.path(), from).string(), marks);
    fs::create_directories(to.parent_path());
    std::ofstream out(to, std::ios::binary);
    out << filled(conformance::read_file(entry.path().string()), marks);
    if (!out.flush()) throw Error("write", to.string(), "the disk may be full");
  }
  std::cout << "made " << wanted.name << "; next:\n"
            << "  cd " << wanted.name << "\n"
            << "  cmake -B build && cmake --build build && ctest --test-dir build\n"
            << "  sluice convert --plugin build/lib/sluice/plugins/" << wanted.name
            << " samples/hello." << extension << "\n";
  return 0;
}

}  // namespace sluice::tool
