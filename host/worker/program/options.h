// One document's options as abi.h hands them out: by name and type, from the JSON of the run.
// Parsed when a converter first asks; what is handed out lives as long as this.
#pragma once

#include <sluice/abi.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice::program {

class Options {
 public:
  // The JSON outlives this.
  Options(std::string_view json, std::string_view secrets);
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options();

  // Each fills `error` where it refuses.
  sluice_status get(std::string_view name, bool& out, std::string& error);
  sluice_status get(std::string_view name, std::int64_t& out, std::string& error);
  sluice_status get(std::string_view name, double& out, std::string& error);
  sluice_status get(std::string_view name, std::string_view& out, std::string& error);
  sluice_status get(std::string_view name, std::span<const sluice_str>& out, std::string& error);

 private:
  struct Values;
  Values& values();

  std::string_view json_;
  std::string_view secrets_;
  std::unique_ptr<Values> values_;
};

}  // namespace sluice::program
