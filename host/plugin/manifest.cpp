#include "plugin/manifest.h"

#include <algorithm>
#include <limits>

#include "plugin/nearest.h"
#include "plugin/toml.h"

namespace sluice::plugin {
namespace {

constexpr std::int64_t kMaxScratchFiles = 16;
constexpr std::size_t kMaxMagic = 256;
constexpr std::size_t kMaxFiles = 64;

bool is_lower_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// 1 to 64 of [a-z0-9-] (`separator` in place of `-`), beginning with a letter: as in abi.h.
bool is_id(std::string_view id, char separator) {
  if (id.empty() || id.size() > 64 || id[0] < 'a' || id[0] > 'z') return false;
  return std::all_of(id.begin(), id.end(),
                     [&](char c) { return is_lower_alnum(c) || c == separator; });
}

bool is_media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == type.size()) return false;
  if (type.size() > 127 || type.find('/', slash + 1) != std::string_view::npos) return false;
  // RFC 6838, 4.2, in lower case.
  return std::all_of(type.begin(), type.end(), [](char c) {
    return is_lower_alnum(c) || std::string_view("/!#$&-^_.+").find(c) != std::string_view::npos;
  });
}

bool is_extension(std::string_view extension) {
  return !extension.empty() && extension.size() <= 16 &&
         std::all_of(extension.begin(), extension.end(), is_lower_alnum);
}

// A name in the manifest's own folder, and nothing that could lead out of it.
bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name[0] == '.') return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return c == '/' || c == '\\' || c == ':' || static_cast<unsigned char>(c) < 0x20;
  });
}

template <class Same>
std::optional<std::string> first_duplicate(const std::vector<std::string>& all, Same same) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same(all[i], all[j])) return all[i];
    }
  }
  return std::nullopt;
}

// The strings of a list, each checked, none twice.
template <class Check>
std::vector<std::string> checked_strings(TableReader& table, const std::string& key, Check fits,
                                         const std::string& wanted) {
  std::vector<std::string> all = table.strings(key);
  if (all.size() > 256) table.fail(key, "\"" + key + "\" has over 256 entries", "name fewer");
  for (const std::string& one : all) {
    if (!fits(one)) table.fail(key, "\"" + one + "\" does not fit in \"" + key + "\"", wanted);
  }
  if (const auto twice = first_duplicate(all, std::equal_to<>())) {
    table.fail(key, "\"" + *twice + "\" stands twice in \"" + key + "\"", "name it once");
  }
  return all;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> bytes_from_hex(std::string_view hex) {
  if (hex.empty() || hex.size() % 2 != 0 || hex.size() > 2 * kMaxMagic) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

class ManifestParser {
 public:
  explicit ManifestParser(std::string file) : file_(std::move(file)) {}

  Manifest parse(const Toml& root) {
    TableReader top(root, file_, "");
    const Toml* plugin = top.of_kind("plugin", Toml::Kind::kTable);
    if (plugin == nullptr) top.fail("plugin", "there is no [plugin] table", "add one with its id");
    Manifest manifest = read_plugin(*plugin);
    read_converters(top, manifest);
    top.finish();
    return manifest;
  }

 private:
  Manifest read_plugin(const Toml& plugin) const {
    TableReader table(plugin, file_, "[plugin]");
    Manifest manifest;
    manifest.id = id_of(table);
    manifest.version = table.required_string("version");
    if (manifest.version.size() > 64) table.fail("version", "the version is over 64 bytes", "");
    read_abi(table, manifest);
    manifest.license = table.required_string("license");
    manifest.description = table.string("description").value_or("");
    manifest.library = file_name_of(table, "library");
    manifest.sha256 = digest_of(table);
    read_files(table, manifest);
    table.finish();
    return manifest;
  }

  static platform::Sha256Digest digest_of(TableReader& table) {
    const auto digest = platform::digest_from_hex(table.required_string("sha256"));
    if (!digest) {
      table.fail("sha256", "\"sha256\" is not 64 hexadecimal digits",
                 "put the output of sha256sum there, or build with sluice_add_plugin");
    }
    return *digest;
  }

  static std::string file_name_of(TableReader& table, const std::string& key) {
    std::string name = table.required_string(key);
    if (!is_file_name(name)) {
      table.fail(key, "\"" + key + "\" is not a plain file name",
                 "give the name of a file beside plugin.toml");
    }
    return name;
  }

  void read_files(TableReader& table, Manifest& manifest) const {
    const Toml* list = table.of_kind("files", Toml::Kind::kArray);
    if (list == nullptr) return;
    if (list->items.size() > kMaxFiles) table.fail("files", "there are over 64 files", "");
    std::vector<std::string> names = {"plugin.toml", manifest.library};
    for (const Toml& item : list->items) {
      if (item.kind != Toml::Kind::kTable) {
        fail_at(file_, item.line, "\"files\" holds " + std::string(kind_name(item.kind)),
                "write { name = \"words.dat\", sha256 = \"...\" }");
      }
      TableReader reader(item, file_, "files");
      ManifestFile file{file_name_of(reader, "name"), digest_of(reader)};
      if (std::find(names.begin(), names.end(), file.name) != names.end()) {
        reader.fail("name", "the file \"" + file.name + "\" stands twice", "name it once");
      }
      reader.finish();
      names.push_back(file.name);
      manifest.files.push_back(std::move(file));
    }
  }

  static std::string id_of(TableReader& table) {
    std::string id = table.required_string("id");
    if (!is_id(id, '-')) {
      table.fail("id", "\"" + id + "\" is not an id",
                 "use 1 to 64 of a-z, 0-9 and -, beginning with a letter");
    }
    return id;
  }

  static void read_abi(TableReader& table, Manifest& manifest) {
    const std::string abi = table.required_string("abi");
    const std::size_t point = abi.find('.');
    const auto number = [](std::string_view digits) -> std::optional<std::uint32_t> {
      if (digits.empty() || digits.size() > 5) return std::nullopt;
      std::uint32_t value = 0;
      for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
      }
      return value;
    };
    const auto major = number(std::string_view(abi).substr(0, point));
    const auto minor =
        point == std::string::npos ? std::nullopt : number(std::string_view(abi).substr(point + 1));
    if (!major || !minor) {
      table.fail("abi", "\"" + abi + "\" is not an ABI version",
                 "write the major and the least minor version, as in abi = \"1.0\"");
    }
    manifest.abi_major = *major;
    manifest.abi_minor = *minor;
  }

  void read_converters(TableReader& table, Manifest& manifest) {
    const Toml* list = table.of_kind("converter", Toml::Kind::kArray);
    if (list == nullptr || list->items.empty()) {
      table.fail("converter", "there is no converter", "add a [[converter]] table");
    }
    if (list->items.size() > 16) {
      table.fail("converter", "there are over 16 converters", "split the plugin");
    }
    for (const Toml& item : list->items) {
      if (item.kind != Toml::Kind::kTable) {
        table.fail("converter", "\"converter\" holds " + std::string(kind_name(item.kind)),
                   "write each as a [[converter]] table");
      }
      TableReader reader(item, file_, "[[converter]]");
      ConverterManifest converter = read_converter(reader);
      for (const ConverterManifest& other : manifest.converters) {
        if (other.id == converter.id) {
          reader.fail("id", "the converter \"" + converter.id + "\" stands twice", "rename one");
        }
      }
      manifest.converters.push_back(std::move(converter));
    }
  }

  ConverterManifest read_converter(TableReader& table) {
    ConverterManifest converter;
    converter.id = id_of(table);
    converter.description = table.string("description").value_or("");
    converter.priority = static_cast<int>(table.integer("priority", 0, 100).value_or(50));
    converter.media_types = checked_strings(table, "media_types", is_media_type,
                                            "write media types in lower case, as in text/html");
    converter.extensions = checked_strings(table, "extensions", is_extension,
                                           "write 1 to 16 of a-z and 0-9, without the dot");
    read_magic(table, converter);
    read_needs(table, converter);
    read_options(table, converter);
    if (converter.media_types.empty() && converter.extensions.empty() && converter.magic.empty()) {
      table.fail("id", "the converter \"" + converter.id + "\" takes nothing",
                 "give it media_types, extensions or magic");
    }
    table.finish();
    return converter;
  }

  void read_magic(TableReader& table, ConverterManifest& converter) {
    const Toml* list = table.of_kind("magic", Toml::Kind::kArray);
    if (list == nullptr) return;
    if (list->items.size() > 64) table.fail("magic", "\"magic\" has over 64 entries", "name fewer");
    for (const Toml& item : list->items) {
      if (item.kind != Toml::Kind::kTable) {
        fail_at(file_, item.line, "\"magic\" holds " + std::string(kind_name(item.kind)),
                "write { offset = 0, hex = \"25504446\" }");
      }
      TableReader reader(item, file_, "magic");
      Magic magic;
      magic.offset = static_cast<std::uint64_t>(reader.integer("offset", 0, 65'280).value_or(0));
      const auto bytes = bytes_from_hex(reader.required_string("hex"));
      if (!bytes) {
        reader.fail("hex", "\"hex\" is not 1 to 256 bytes in hexadecimal",
                    "write two digits a byte, as in \"25504446\"");
      }
      magic.bytes = *bytes;
      reader.finish();
      converter.magic.push_back(std::move(magic));
    }
  }

  void read_needs(TableReader& table, ConverterManifest& converter) {
    const Toml* needs = table.of_kind("needs", Toml::Kind::kTable);
    if (needs == nullptr) return;
    TableReader reader(*needs, file_, "needs");
    converter.needs.siblings = reader.boolean("siblings").value_or(false);
    if (reader.boolean("network").value_or(false)) {
      reader.fail("network", "no converter gets a network", "take it out: fetch before converting");
    }
    converter.needs.scratch_files =
        static_cast<std::uint32_t>(reader.integer("scratch", 0, kMaxScratchFiles).value_or(0));
    converter.needs.threads = reader.boolean("threads").value_or(false);
    reader.finish();
  }

  void read_options(TableReader& table, ConverterManifest& converter) {
    const Toml* options = table.of_kind("options", Toml::Kind::kTable);
    if (options == nullptr) return;
    if (options->entries.size() > 64) table.fail("options", "there are over 64 options", "");
    for (const auto& [name, value] : options->entries) {
      if (!is_id(name, '_')) {
        fail_at(file_, value.line, "\"" + name + "\" is not an option's name",
                "use 1 to 64 of a-z, 0-9 and _, beginning with a letter");
      }
      if (value.kind != Toml::Kind::kTable) {
        fail_at(file_, value.line, "the option \"" + name + "\" is not a table",
                "write " + name + " = { type = \"boolean\", default = false }");
      }
      TableReader reader(value, file_, "the option \"" + name + "\"");
      converter.options.push_back(read_option(reader, name));
    }
  }

  static Option read_option(TableReader& table, const std::string& name) {
    static const std::vector<std::string> kTypes = {"boolean", "integer", "number", "string",
                                                    "enum",    "list",    "path",   "secret"};
    Option option;
    option.name = name;
    option.description = table.required_string("description");
    const std::string type = table.required_string("type");
    if (type == "boolean") {
      const auto value = table.boolean("default");
      option.type = Option::Type::kBoolean;
      option.default_value = value.value_or(false);
      require_default(table, value.has_value());
    } else if (type == "integer") {
      read_integer(table, option);
    } else if (type == "string") {
      const auto value = table.string("default");
      option.type = Option::Type::kString;
      option.default_value = value.value_or("");
      require_default(table, value.has_value());
      option.from_locale = reads_locale(table);
    } else if (type == "enum") {
      read_enum(table, option);
    } else if (type == "number") {
      read_number(table, option);
    } else if (type == "list") {
      read_list(table, option);
    } else if (type == "path" || type == "secret") {
      // Whoever installs a plugin knows neither the user's files nor passwords.
      option.type = type == "path" ? Option::Type::kPath : Option::Type::kSecret;
      option.default_value = std::string();
    } else {
      table.fail("type", "\"" + type + "\" is not a type of option", suggest(type, kTypes));
    }
    table.finish();
    return option;
  }

  static bool reads_locale(TableReader& table) {
    static const std::vector<std::string> kSources = {"locale"};
    const auto source = table.string("default_from");
    if (source && *source != "locale") {
      table.fail("default_from", "\"" + *source + "\" is no source of a default",
                 suggest(*source, kSources));
    }
    return source.has_value();
  }

  static void require_default(const TableReader& table, bool there) {
    if (!there) table.fail("default", "the option has no default", "add default = ...");
  }

  static void read_integer(TableReader& table, Option& option) {
    constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    option.type = Option::Type::kInteger;
    option.minimum = table.integer("minimum", kLeast, kMost);
    option.maximum = table.integer("maximum", kLeast, kMost);
    const std::int64_t low = option.minimum.value_or(kLeast);
    const std::int64_t high = option.maximum.value_or(kMost);
    if (low > high) table.fail("minimum", "the minimum is above the maximum", "swap them");
    const auto value = table.integer("default", low, high);
    require_default(table, value.has_value());
    option.default_value = *value;
  }

  static void read_number(TableReader& table, Option& option) {
    option.type = Option::Type::kNumber;
    const Toml* value = table.any("default");
    require_default(table, value != nullptr);
    if (value->kind == Toml::Kind::kInteger) {
      option.default_value = static_cast<double>(value->integer);
    } else if (value->kind == Toml::Kind::kFloat) {
      option.default_value = value->number;
    } else {
      table.fail("default", "the default is not a number", "write it as 1.5");
    }
  }

  static void read_list(TableReader& table, Option& option) {
    option.type = Option::Type::kList;
    require_default(table, table.any("default") != nullptr);
    option.default_value = table.strings("default");
    option.values = table.strings("values");
  }

  static void read_enum(TableReader& table, Option& option) {
    option.type = Option::Type::kEnum;
    option.values = checked_strings(
        table, "values", [](const std::string& one) { return !one.empty(); },
        "name each value with at least one letter");
    if (option.values.empty()) {
      table.fail("values", "the option has no values", "add values = [\"...\", \"...\"]");
    }
    const auto value = table.string("default");
    require_default(table, value.has_value());
    if (std::find(option.values.begin(), option.values.end(), *value) == option.values.end()) {
      table.fail("default", "\"" + *value + "\" is not one of the values",
                 suggest(*value, option.values));
    }
    option.default_value = *value;
  }

  std::string file_;
};

}  // namespace

Manifest parse_manifest(const std::string& text, const std::string& folder) {
  const std::string file = folder + "/plugin.toml";
  const Toml root = parse_toml(text, file);
  Manifest manifest = ManifestParser(file).parse(root);
  manifest.folder = folder;
  manifest.text_sha256 = platform::sha256(text);
  return manifest;
}

}  // namespace sluice::plugin
