// TOML files of people (manifests, configuration) as a small tree that knows its lines, and a
// reader that turns each thing that does not fit into an Error with file, line, and what would be
// right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::plugin {

struct TomlEntry;

struct Toml {
  enum class Kind { kString, kInteger, kFloat, kBoolean, kDate, kArray, kTable };
  Kind kind = Kind::kTable;
  std::string string;
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  std::vector<Toml> items;         // of an array
  std::vector<TomlEntry> entries;  // of a table, in the order of their lines
  unsigned line = 0;               // from 1
};

// A key of a table, with its value.
struct TomlEntry {
  std::string name;
  Toml value;
};

// "a string", "a list", ...
std::string_view kind_name(Toml::Kind kind);

// Parses a whole file, whose name is for messages. Throws Error (kUsage).
Toml parse_toml(const std::string& text, const std::string& file);

// A string as TOML writes it, with its quotes.
std::string toml_string(std::string_view text);

// "cannot read <file>:<line>: <cause>", with what would be right.
[[noreturn]] void fail_at(const std::string& file, unsigned line, const std::string& cause,
                          const std::string& next);

// Takes the values of one table, each by its name, once. finish() refuses what was not taken.
class TableReader {
 public:
  // `table` outlives the reader. `where` is its name for messages ("[[converters]]"), or empty for
  // the top of the file.
  TableReader(const Toml& table, std::string file, std::string where);

  // Each is nothing where the key is absent, and throws Error where it has another type.
  std::optional<std::string> string(const std::string& key);
  std::optional<std::int64_t> integer(const std::string& key, std::int64_t minimum,
                                      std::int64_t maximum);
  std::optional<bool> boolean(const std::string& key);
  std::vector<std::string> strings(const std::string& key);
  // Any value; nullptr where the key is absent.
  const Toml* any(const std::string& key);
  const Toml* of_kind(const std::string& key, Toml::Kind kind);

  std::string required_string(const std::string& key);

  // Throws Error for the first key that nobody asked for, with the nearest one that somebody did.
  void finish() const;

  // Throws Error about a key of this table (or the table itself, where the key is absent).
  [[noreturn]] void fail(const std::string& key, const std::string& cause,
                         const std::string& next) const;

 private:
  const Toml* find(const std::string& key) const;

  const Toml& table_;
  std::string file_;
  std::string where_;
  std::vector<std::string> asked_;
};

}  // namespace sluice::plugin
