// What the configuration comes to, typed, after all its layers; and the one table that describes
// every key, which parsing, `config show`, the commented default file and the documentation share.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fetch/settings.h"
#include "model/layout.h"
#include "model/limits.h"
#include "model/sandbox.h"
#include "owner/document_result.h"
#include "owner/wiki_index.h"
#include "plugin/catalog.h"
#include "prepare/context.h"

namespace sluice::cli {

struct Settings {
  unsigned jobs = 1;  // never 0: the number of cores is filled in
  bool hidden = false;
  bool ignore_files = true;
  std::vector<std::string> ignore;
  std::vector<std::string> globs;
  std::vector<std::string> sync_roots;
  bool sync_urls = true;
  std::chrono::milliseconds lock_timeout{0};
  SandboxLevel sandbox = SandboxLevel::kBestEffort;
  Limits limits;
  ConverterLimits converter_limits;
  std::vector<std::string> plugin_paths;
  plugin::Policy policy;
  bool locked = false;                        // only plugins of the lock file
  layout::Kind layout = layout::Kind::kFlat;  // of a knowledge base that is made
  bool front_matter = true;
  bool raw_children = true;
  bool sections = false;
  owner::Index index = owner::Index::kNone;
  owner::OnEdit on_edit = owner::OnEdit::kKeep;
  fetch::FetchSettings fetch;  // without `allowed` and `certificates`, which are these:
  std::vector<std::string> fetch_allow;
  prepare::WebPictureLimits web_pictures;
  std::vector<std::string> fetch_certificates;
  std::vector<std::string> hooks;  // commands
  std::vector<std::string> hook_trust;
  std::chrono::milliseconds hook_timeout{0};
};

struct Key {
  enum class Type { kBoolean, kInteger, kSeconds, kSize, kList, kWord };
  // Numbers are std::uint64_t: kSize in bytes, kSeconds in milliseconds. kWord is a std::string.
  using Value = std::variant<bool, std::uint64_t, std::vector<std::string>, std::string>;

  // Whether the second value lowers a guard that the first one keeps: then a knowledge base, which
  // may come from somebody else, does not get it. No default: whoever adds a key decides.
  using Weakens = bool (*)(const Value& user, const Value& of_kb);

  std::string_view table;
  std::string_view name;
  Type type;
  Weakens weakens;
  Value default_value;
  std::uint64_t minimum;  // of numbers
  std::uint64_t maximum;
  std::string_view description;
  void (*store)(Settings&, const Value&) = nullptr;
  // Instead of `store`: a limit, which a converter may have of its own.
  void (*store_limit)(Limits&, const Value&) = nullptr;
  std::vector<std::string_view> words = {};  // that a kWord may be
  char separator = ':';                      // of a list in an environment variable

  std::string path() const { return std::string(table) + "." + std::string(name); }
  // SLUICE_<TABLE>_<KEY>
  std::string variable() const;
};

std::span<const Key> all_keys();

// As TOML writes it: true, 4, "2GiB", ["a", "b"].
std::string toml_text(const Key& key, const Key::Value& value);

// What would be right for the key: "a size from 64MiB to 1TiB, as in \"2GiB\"".
std::string wanted(const Key& key);

// Reads a value from an environment variable's text; lists are separated by colons. Nothing if it
// does not fit.
std::optional<Key::Value> value_from_text(const Key& key, std::string_view text);

// A configuration file with every key and its default commented out, and for a knowledge base its
// layout, which stands for what it was made with.
std::string commented_config(std::optional<layout::Kind> kind = std::nullopt);

}  // namespace sluice::cli
