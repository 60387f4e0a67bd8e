#include "plugin/pins.h"

#include <algorithm>

#include "plugin/toml.h"
#include "plugin/trust.h"

namespace sluice::plugin {
namespace {

constexpr std::int64_t kPinsFormat = 1;
constexpr const char* kPinsHeading =
    "# The plugins that `sluice --locked` uses. Written by `sluice plugin pin`.\n"
    "# `manifest` is the SHA-256 of plugin.toml, which has those of the plugin's files.\n";

Pin read_pin(const Toml& item, const std::string& file) {
  if (item.kind != Toml::Kind::kTable) {
    fail_at(file, item.line, "\"plugin\" is not a table", "run 'sluice plugin pin' again");
  }
  TableReader table(item, file, "[[plugin]]");
  Pin pin;
  pin.id = table.required_string("id");
  pin.version = table.required_string("version");
  const auto digest = platform::digest_from_hex(table.required_string("manifest"));
  if (!digest) {
    table.fail("manifest", "\"manifest\" is not 64 hexadecimal digits",
               "run 'sluice plugin pin' again");
  }
  pin.manifest = *digest;
  table.finish();
  return pin;
}

}  // namespace

Pins parse_pins(const std::string& text, const std::string& file) {
  const Toml root = parse_toml(text, file);
  TableReader top(root, file, "");
  if (top.integer("format", 0, 1'000'000) != kPinsFormat) {
    top.fail("format", "it is not a lock file of this version", "run 'sluice plugin pin' again");
  }
  Pins pins;
  if (const Toml* list = top.of_kind("plugin", Toml::Kind::kArray)) {
    for (const Toml& item : list->items) pins.push_back(read_pin(item, file));
  }
  top.finish();
  return pins;
}

std::string pins_text(const Pins& pins) {
  std::string text = std::string(kPinsHeading) + "format = " + std::to_string(kPinsFormat) + "\n";
  for (const Pin& pin : pins) {
    text += "\n[[plugin]]\nid = " + toml_string(pin.id) +
            "\nversion = " + toml_string(pin.version) + "\nmanifest = \"" +
            platform::to_hex(pin.manifest) + "\"\n";
  }
  return text;
}

Pin pin_of(const Manifest& plugin) {
  return {plugin.id, plugin.version, plugin.text_sha256};
}

bool is_pinned(const Pins& pins, const Manifest& plugin) {
  return std::any_of(pins.begin(), pins.end(), [&](const Pin& pin) {
    return pin.id == plugin.id && pin.manifest == plugin.text_sha256;
  });
}

void need_pinned(const Pins& pins, const Manifest& plugin) {
  const auto pin =
      std::find_if(pins.begin(), pins.end(), [&](const Pin& one) { return one.id == plugin.id; });
  const std::string next = "if you trust it, run 'sluice plugin pin'";
  if (pin == pins.end()) {
    throw Untrusted("use the plugin", plugin.id, "it is not in the lock file", next);
  }
  if (pin->manifest != plugin.text_sha256) {
    throw Untrusted("use the plugin", plugin.id,
                    "it is not the one in the lock file (" + pin->version + ")", next);
  }
}

}  // namespace sluice::plugin
