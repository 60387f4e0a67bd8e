#include "cli/settings.h"

#include <algorithm>

#include "cli/values.h"
#include "owner/hand_edit.h"
#include "platform/process.h"
#include "plugin/toml.h"

namespace sluice::cli {
namespace {

using Type = Key::Type;
using Value = Key::Value;
using List = std::vector<std::string>;

constexpr std::uint64_t kMiB = 1ULL << 20;
constexpr std::uint64_t kGiB = 1ULL << 30;
constexpr std::uint64_t kTiB = 1ULL << 40;
constexpr std::uint64_t kSecond = 1000;  // in milliseconds, as all of kSeconds
constexpr std::uint64_t kWeek = 7 * 24 * 3600 * kSecond;

std::uint64_t number(const Value& value) {
  return std::get<std::uint64_t>(value);
}
const List& list(const Value& value) {
  return std::get<List>(value);
}
std::chrono::milliseconds duration(const Value& value) {
  return std::chrono::milliseconds(number(value));
}
Value milliseconds(std::chrono::milliseconds time) {
  return Value(static_cast<std::uint64_t>(time.count()));
}

void store_jobs(Settings& settings, const Value& value) {
  const auto jobs = static_cast<unsigned>(number(value));
  settings.jobs = jobs == 0 ? platform::processor_count() : jobs;
}

// What programs leave in folders of documents and nobody wrote: version control, packages and
// caches of programming languages, trash, locks of office programs, views of file managers. Of a
// home folder of 1,079 files, two documents in three were somebody's node_modules.
List default_ignore() {
  return {".git",         ".hg",           ".svn",        "node_modules/",
          "__pycache__/", ".venv/",        ".tox/",       ".cache/",
          ".Trash*/",     "$RECYCLE.BIN/", "lost+found/", "System Volume Information/",
          "~$*",          ".~lock.*#",     "._*",         ".DS_Store",
          "Thumbs.db",    "desktop.ini"};
}

// What a knowledge base may change, by how a key's values compare (Key::weakens).
bool is_free(const Value& /*user*/, const Value& /*of_kb*/) {
  return false;
}
bool is_larger(const Value& user, const Value& of_kb) {
  return number(of_kb) > number(user);
}
bool is_smaller(const Value& user, const Value& of_kb) {
  return number(of_kb) < number(user);
}
// 0 is the number of cores.
bool has_more_jobs(const Value& user, const Value& of_kb) {
  const auto jobs = [](const Value& value) {
    return number(value) == 0 ? platform::processor_count() : number(value);
  };
  return jobs(of_kb) > jobs(user);
}
// 0 is never.
bool comes_later(const Value& user, const Value& of_kb) {
  if (number(user) == 0) return false;
  return number(of_kb) == 0 || number(of_kb) > number(user);
}
bool turns_on(const Value& user, const Value& of_kb) {
  return std::get<bool>(of_kb) && !std::get<bool>(user);
}
bool turns_off(const Value& user, const Value& of_kb) {
  return !std::get<bool>(of_kb) && std::get<bool>(user);
}
bool lowers_sandbox(const Value& user, const Value& of_kb) {
  return *sandbox_level_from_word(std::get<std::string>(of_kb)) <
         *sandbox_level_from_word(std::get<std::string>(user));
}
// Globs only ever leave out, but two lists of them may let in what one alone left out.
// To mirror a directory is what the user asks for by name, with `sync`.
bool is_harmless(const Value& /*user*/, const Value& /*of_kb*/) {
  return false;
}
bool mixes_with(const Value& user, const Value& /*of_kb*/) {
  return !list(user).empty();
}
// Plugins are programs.
bool names_any(const Value& /*user*/, const Value& of_kb) {
  return !list(of_kb).empty();
}
bool has_all(const List& whole, const List& part) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& one) {
    return std::find(whole.begin(), whole.end(), one) != whole.end();
  });
}
// Empty is all of them.
bool allows_more(const Value& user, const Value& of_kb) {
  if (list(user).empty()) return false;
  return list(of_kb).empty() || !has_all(list(user), list(of_kb));
}
bool denies_fewer(const Value& user, const Value& of_kb) {
  return !has_all(list(of_kb), list(user));
}
// A pattern that begins with ! brings back what another leaves out.
bool ignores_less(const Value& user, const Value& of_kb) {
  const bool brings_back =
      std::any_of(list(of_kb).begin(), list(of_kb).end(), [&](const std::string& pattern) {
        return pattern.starts_with('!') && !has_all(list(user), {pattern});
      });
  return brings_back || !has_all(list(of_kb), list(user));
}

// The table of all keys, in the order in which they are shown.
std::vector<Key> make_keys() {
  const Limits limits;
  const fetch::FetchSettings fetch;
  const prepare::WebPictureLimits pictures;
  return {
      {"ingest", "jobs", Type::kInteger, has_more_jobs, Value(std::uint64_t{0}), 0, 1024,
       "Documents to convert at the same time; 0 is the number of cores.", store_jobs},
      {"ingest", "hidden", Type::kBoolean, turns_on, Value(false), 0, 0,
       "Whether to add files in a directory whose names begin with a dot.",
       [](Settings& s, const Value& v) { s.hidden = std::get<bool>(v); }},
      {"ingest", "ignore_files", Type::kBoolean, turns_off, Value(true), 0, 0,
       "Whether to obey .sluiceignore and .gitignore files.",
       [](Settings& s, const Value& v) { s.ignore_files = std::get<bool>(v); }},
      {"ingest", "ignore", Type::kList, ignores_less, Value(default_ignore()), 0, 0,
       "What to skip in every directory, as lines of an ignore file; any ignore file can include "
       "it "
       "again.",
       [](Settings& s, const Value& v) { s.ignore = list(v); }},
      {"ingest", "globs", Type::kList, mixes_with, Value(List()), 0, 0,
       "Which files of a directory to add; a leading ! excludes; the last match decides.",
       [](Settings& s, const Value& v) { s.globs = list(v); }},
      {"ingest", "lock_timeout", Type::kSeconds, is_larger, Value(300 * kSecond), 0, kWeek,
       "Seconds to wait while another sluice process holds the lock.",
       [](Settings& s, const Value& v) { s.lock_timeout = duration(v); }},
      {"sync", "roots", Type::kList, is_harmless, Value(List()), 0, 0,
       "Directories that `sluice sync` mirrors if none is given to it.",
       [](Settings& s, const Value& v) { s.sync_roots = list(v); }},
      {"sync", "urls", Type::kBoolean, turns_on, Value(true), 0, 0,
       "Whether `sluice sync`, if nothing is given to it, fetches all URLs on record again.",
       [](Settings& s, const Value& v) { s.sync_urls = std::get<bool>(v); }},
      {"sandbox",
       "level",
       Type::kWord,
       lowers_sandbox,
       Value(std::string(word(SandboxLevel::kBestEffort))),
       0,
       0,
       "required: exit code 12 if it is incomplete; best-effort: a warning; off: no sandbox.",
       [](Settings& s, const Value& v) {
         s.sandbox = *sandbox_level_from_word(std::get<std::string>(v));
       },
       nullptr,
       {"required", "best-effort", "off"}},
      {"sandbox", "documents_per_process", Type::kInteger, is_larger,
       Value(std::uint64_t{limits.documents_per_process}), 1, 60,
       "Small documents per process; with more than 1, they can read and forge each other.",
       nullptr,
       [](Limits& l, const Value& v) {
         l.documents_per_process = static_cast<unsigned>(number(v));
       }},
      {"limits", "timeout", Type::kSeconds, is_larger, milliseconds(limits.wall_time), kSecond / 10,
       kWeek, "Seconds per document.", nullptr,
       [](Limits& l, const Value& v) { l.wall_time = duration(v); }},
      {"limits", "cpu_time", Type::kSeconds, is_larger, milliseconds(limits.cpu_time), kSecond,
       kWeek, "Seconds of processor time per document.", nullptr,
       [](Limits& l, const Value& v) {
         l.cpu_time = std::chrono::ceil<std::chrono::seconds>(duration(v));
       }},
      {"limits", "load_time", Type::kSeconds, is_larger, milliseconds(limits.load_time),
       kSecond / 10, kWeek, "Seconds for loading and testing a plugin; at most `timeout`.", nullptr,
       [](Limits& l, const Value& v) { l.load_time = duration(v); }},
      {"limits", "memory", Type::kSize, is_larger, Value(limits.memory), 64 * kMiB, kTiB,
       "Memory per worker process.", nullptr,
       [](Limits& l, const Value& v) { l.memory = number(v); }},
      {"limits", "output", Type::kSize, is_larger, Value(limits.output_bytes), 1, 1024 * kTiB,
       "Output per document: Markdown, assets and sidecars together.", nullptr,
       [](Limits& l, const Value& v) { l.output_bytes = number(v); }},
      {"limits", "assets", Type::kInteger, is_larger, Value(std::uint64_t{limits.assets}), 0,
       1'000'000, "Assets per document.", nullptr,
       [](Limits& l, const Value& v) { l.assets = static_cast<std::uint32_t>(number(v)); }},
      {"limits", "scratch", Type::kSize, is_larger, Value(limits.scratch_bytes), 0, 1024 * kGiB,
       "Size of all temporary files per document, for converters that need them.", nullptr,
       [](Limits& l, const Value& v) { l.scratch_bytes = number(v); }},
      {"limits", "quarantine_after", Type::kInteger, comes_later,
       Value(std::uint64_t{limits.quarantine_after}), 0, 1'000'000,
       "Stop using a converter for the rest of a run after this many crashes in a row; 0: never.",
       nullptr,
       [](Limits& l, const Value& v) {
         l.quarantine_after = static_cast<std::uint32_t>(number(v));
       }},
      {"limits", "source", Type::kSize, is_larger, Value(limits.source_bytes), 1, 1024 * kTiB,
       "Largest source file, for every converter.",
       [](Settings& s, const Value& v) { s.limits.source_bytes = number(v); }},
      {"limits", "tree_depth", Type::kInteger, is_larger, Value(std::uint64_t{limits.tree.depth}),
       0, 64, "How deep documents may be within documents (mails, archives); 0: none is opened.",
       [](Settings& s, const Value& v) {
         s.limits.tree.depth = static_cast<std::uint32_t>(number(v));
       }},
      {"limits", "tree_documents", Type::kInteger, is_larger,
       Value(std::uint64_t{limits.tree.documents}), 0, 10'000,
       "Documents within one source, at all depths together.",
       [](Settings& s, const Value& v) {
         s.limits.tree.documents = static_cast<std::uint32_t>(number(v));
       }},
      {"limits", "tree_bytes", Type::kSize, is_larger, Value(limits.tree.bytes), 0, 1024 * kTiB,
       "Size of all documents within one source together.",
       [](Settings& s, const Value& v) { s.limits.tree.bytes = number(v); }},
      {"limits", "tree_ratio", Type::kInteger, is_larger, Value(std::uint64_t{limits.tree.ratio}),
       1, 1'000'000, "How often larger than a source all within it may be, above 64MiB.",
       [](Settings& s, const Value& v) {
         s.limits.tree.ratio = static_cast<std::uint32_t>(number(v));
       }},
      {"limits", "tree_time", Type::kSeconds, is_larger, milliseconds(limits.tree.time), kSecond,
       kWeek, "Seconds for all documents within one source together.",
       [](Settings& s, const Value& v) { s.limits.tree.time = duration(v); }},
      {"plugins", "paths", Type::kList, names_any, Value(List()), 0, 0,
       "More folders with plugins; relative to this file's folder.",
       [](Settings& s, const Value& v) { s.plugin_paths = list(v); }},
      {"plugins", "allow", Type::kList, allows_more, Value(List()), 0, 0,
       "Ids of the plugins to use; empty: all.",
       [](Settings& s, const Value& v) { s.policy.allow = list(v); }},
      {"plugins", "deny", Type::kList, denies_fewer, Value(List()), 0, 0,
       "Ids of the plugins not to use.",
       [](Settings& s, const Value& v) { s.policy.deny = list(v); }},
      {"plugins", "order", Type::kList, is_free, Value(List()), 0, 0,
       "Ids of plugins or converters to prefer if several fit a file equally well.",
       [](Settings& s, const Value& v) { s.policy.order = list(v); }},
      {"plugins", "locked", Type::kBoolean, turns_off, Value(false), 0, 0,
       "Whether to use only plugins of the lock file that `sluice plugin pin` writes.",
       [](Settings& s, const Value& v) { s.locked = std::get<bool>(v); }},
      {"output",
       "layout",
       Type::kWord,
       is_free,
       Value(std::string("flat")),
       0,
       0,
       "Where documents are published: all in one folder (flat), or in the folders of their "
       "sources "
       "(mirror). `sluice init` reads it; a knowledge base keeps what it was made with.",
       [](Settings& s, const Value& v) {
         s.layout = *layout::kind_from_word(std::get<std::string>(v));
       },
       nullptr,
       {"flat", "mirror"}},
      {"output", "front_matter", Type::kBoolean, is_free, Value(true), 0, 0,
       "Whether to begin Markdown files with YAML front matter.",
       [](Settings& s, const Value& v) { s.front_matter = std::get<bool>(v); }},
      {"output", "raw_children", Type::kBoolean, is_free, Value(true), 0, 0,
       "Whether raw/ gets a copy of each document within a source, beside the source itself.",
       [](Settings& s, const Value& v) { s.raw_children = std::get<bool>(v); }},
      {"output", "sections", Type::kBoolean, is_free, Value(false), 0, 0,
       "Whether each document gets NAME.sections.json: its text by heading and page, for search.",
       [](Settings& s, const Value& v) { s.sections = std::get<bool>(v); }},
      {"output", "index", Type::kBoolean, is_free, Value(false), 0, 0,
       "Whether wiki/index.md lists all documents by the folders of their sources; each run that "
       "changes something writes it anew.",
       [](Settings& s, const Value& v) {
         s.index = std::get<bool>(v) ? owner::Index::kKept : owner::Index::kNone;
       }},
      {"output",
       "on_edit",
       Type::kWord,
       is_free,
       Value(std::string("keep")),
       0,
       0,
       "A new version of Markdown that you changed: keep yours beside it, leave yours (ours), or "
       "merge both.",
       [](Settings& s, const Value& v) {
         s.on_edit = *owner::on_edit_from_word(std::get<std::string>(v));
       },
       nullptr,
       {"keep", "ours", "merge"}},
      {"fetch",
       "allow",
       Type::kList,
       names_any,
       Value(List()),
       0,
       0,
       "Hosts, addresses and ranges to fetch from although they are not public, or with other "
       "ports "
       "than the web's: \"wiki.example.org\", \"10.1.0.0/16\", \"localhost:8080\".",
       [](Settings& s, const Value& v) { s.fetch_allow = list(v); },
       nullptr,
       {},
       ','},
      {"fetch", "robots", Type::kBoolean, turns_off, Value(fetch.robots), 0, 0,
       "Whether to obey robots.txt, which says what programs may fetch from a server.",
       [](Settings& s, const Value& v) { s.fetch.robots = std::get<bool>(v); }},
      {"fetch", "size", Type::kSize, is_larger, Value(fetch.max_bytes), 1, kTiB,
       "Largest page or file to fetch, after it is unpacked.",
       [](Settings& s, const Value& v) { s.fetch.max_bytes = number(v); }},
      {"fetch", "timeout", Type::kSeconds, is_larger, milliseconds(fetch.timeout), kSecond / 10,
       kWeek, "Seconds for one URL, with all redirects.",
       [](Settings& s, const Value& v) { s.fetch.timeout = duration(v); }},
      {"fetch", "connect_timeout", Type::kSeconds, is_larger, milliseconds(fetch.connect_timeout),
       kSecond / 10, kWeek, "Seconds to wait for each address of a server.",
       [](Settings& s, const Value& v) { s.fetch.connect_timeout = duration(v); }},
      {"fetch", "idle_timeout", Type::kSeconds, is_larger, milliseconds(fetch.idle_timeout),
       kSecond, kWeek, "Seconds after which a server that sends nothing is given up.",
       [](Settings& s, const Value& v) {
         s.fetch.idle_timeout = std::chrono::ceil<std::chrono::seconds>(duration(v));
       }},
      {"fetch", "redirects", Type::kInteger, is_larger, Value(std::uint64_t{fetch.redirects}), 0,
       100, "How many redirects to follow.",
       [](Settings& s, const Value& v) { s.fetch.redirects = static_cast<unsigned>(number(v)); }},
      {"fetch", "pause", Type::kSeconds, is_smaller, milliseconds(fetch.pause), 0, kWeek,
       "Seconds between two requests to the same server; there is never more than one at a time.",
       [](Settings& s, const Value& v) { s.fetch.pause = duration(v); }},
      {"fetch", "pictures", Type::kBoolean, turns_on, Value(pictures.wanted), 0, 0,
       "Whether to fetch the pictures that a page names beside itself, from its own server.",
       [](Settings& s, const Value& v) { s.web_pictures.wanted = std::get<bool>(v); }},
      {"fetch", "picture_count", Type::kInteger, is_larger, Value(std::uint64_t{pictures.pictures}),
       0, 10'000, "Pictures to fetch for one page.",
       [](Settings& s, const Value& v) {
         s.web_pictures.pictures = static_cast<std::uint32_t>(number(v));
       }},
      {"fetch", "picture_size", Type::kSize, is_larger, Value(pictures.bytes), 1, kTiB,
       "Size of all pictures of one page together.",
       [](Settings& s, const Value& v) { s.web_pictures.bytes = number(v); }},
      {"fetch", "certificates", Type::kList, names_any, Value(List({fetch.certificates})), 0, 0,
       "The file with the authorities whose certificates to trust.",
       [](Settings& s, const Value& v) { s.fetch_certificates = list(v); }},
      {"hooks",
       "run",
       Type::kList,
       names_any,
       Value(List()),
       0,
       0,
       "Commands that get every event, one JSON object a line, on standard input; see `sluice "
       "hooks`.",
       [](Settings& s, const Value& v) { s.hooks = list(v); },
       nullptr,
       {},
       '\n'},
      {"hooks", "timeout", Type::kSeconds, is_larger, milliseconds(std::chrono::seconds(60)),
       kSecond / 10, kWeek, "Seconds that a hook may run for one group of events.",
       [](Settings& s, const Value& v) { s.hook_timeout = duration(v); }},
      {"hooks", "trust", Type::kList, names_any, Value(List()), 0, 0,
       "Knowledge bases, by absolute path, whose own configuration may say what [hooks] run is.",
       [](Settings& s, const Value& v) { s.hook_trust = list(v); }},
  };
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

List split_list(std::string_view text, char separator) {
  List out;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    if (end != 0) out.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

}  // namespace

std::string Key::variable() const {
  return "SLUICE_" + upper(table) + "_" + upper(name);
}

std::span<const Key> all_keys() {
  static const std::vector<Key> kKeys = make_keys();
  return kKeys;
}

std::string toml_text(const Key& key, const Value& value) {
  if (key.type == Type::kBoolean) return std::get<bool>(value) ? "true" : "false";
  if (key.type == Type::kSize) return plugin::toml_string(format_size(number(value)));
  if (key.type == Type::kSeconds) return format_seconds(number(value));
  if (key.type == Type::kInteger) return std::to_string(number(value));
  if (key.type == Type::kWord) return plugin::toml_string(std::get<std::string>(value));
  std::string out = "[";
  for (const std::string& item : list(value)) {
    if (out.size() > 1) out += ", ";
    out += plugin::toml_string(item);
  }
  return out + "]";
}

std::string wanted(const Key& key) {
  switch (key.type) {
    case Type::kBoolean:
      return "true or false";
    case Type::kList:
      return "a list of strings";
    case Type::kWord: {
      std::string out = "one of";
      for (const std::string_view word : key.words) {
        out += (out.ends_with("of") ? " " : ", ") + plugin::toml_string(word);
      }
      return out;
    }
    case Type::kSize:
      return "a size from " + format_size(key.minimum) + " to " + format_size(key.maximum) +
             ", as in \"2GiB\"";
    case Type::kSeconds:
      return "seconds from " + format_seconds(key.minimum) + " to " + format_seconds(key.maximum);
    case Type::kInteger:
      return "a whole number from " + std::to_string(key.minimum) + " to " +
             std::to_string(key.maximum);
  }
  return {};
}

std::optional<Value> value_from_text(const Key& key, std::string_view text) {
  if (key.type == Type::kList) return Value(split_list(text, key.separator));
  if (key.type == Type::kWord) {
    const bool known = std::find(key.words.begin(), key.words.end(), text) != key.words.end();
    return known ? std::optional(Value(std::string(text))) : std::nullopt;
  }
  if (key.type == Type::kBoolean) {
    const auto value = parse_boolean(text);
    return value ? std::optional(Value(*value)) : std::nullopt;
  }
  const auto value = key.type == Type::kSize      ? parse_size(text)
                     : key.type == Type::kSeconds ? parse_seconds(text)
                                                  : parse_count(text);
  if (!value || *value < key.minimum || *value > key.maximum) return std::nullopt;
  return Value(*value);
}

std::string commented_config(std::optional<layout::Kind> kind) {
  static constexpr std::string_view kLimitsOfAConverter =
      "\n# All of these but `source` and `tree_*`, for one converter; `sluice plugin list` "
      "shows the ids. "
      "Such a\n"
      "# value overrides [limits] in the same file. Anything stronger than this file overrides "
      "both.\n"
      "#[limits.ID]\n"
      "#memory = \"4GiB\"\n"
      "# In the same way, [sandbox.ID] can set documents_per_process.\n";
  std::string out =
      "# Sluice's configuration. It shows every key with its default; uncomment what you change.\n"
      "# From the strongest to the weakest: the command line, the environment\n"
      "# (SLUICE_LIMITS_MEMORY for [limits] memory), a knowledge base's .sluice/config.toml, the\n"
      "# user's sluice/config.toml, the computer's /etc/sluice/config.toml, the installed "
      "default.\n"
      "# A knowledge base can come from somebody else. So Sluice ignores each setting in its file\n"
      "# that would weaken your protection (more memory, time or jobs, hidden or ignored files, a\n"
      "# weaker sandbox, plugins), and warns.\n";
  std::string_view table;
  for (const Key& key : all_keys()) {
    if (key.table != table) {
      if (table == "limits") out += kLimitsOfAConverter;
      table = key.table;
      out += "\n[" + std::string(table) + "]\n";
    }
    out += "# " + std::string(key.description) + "\n";
    if (kind && key.path() == "output.layout") {
      out += std::string(key.name) + " = " + toml_text(key, std::string(word(*kind))) + "\n";
      continue;
    }
    out += "#" + std::string(key.name) + " = " + toml_text(key, key.default_value) + "\n";
  }
  out +=
      "\n# Options of one plugin; `sluice plugin info ID` lists them.\n"
      "#[plugin.\"ID\"]\n"
      "#option = value\n";
  return out;
}

}  // namespace sluice::cli
