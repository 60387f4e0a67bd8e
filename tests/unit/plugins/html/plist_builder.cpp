#include "plist_builder.h"

#include <sluice/xml.hpp>

#include "kit/base64.h"

namespace sluice::test {
namespace {

std::string big_endian(std::uint64_t value, int size) {
  std::string out;
  for (int i = size - 1; i >= 0; --i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  append_xml_escaped(out, text);
  return out;
}

void write_xml(const Plist& plist, std::string& out) {
  if (plist.kind == Plist::Kind::kString) {
    out += "<string>" + escaped(plist.bytes) + "</string>\n";
  } else if (plist.kind == Plist::Kind::kData) {
    out += "<data>\n\t" + to_base64(plist.bytes) + "\n</data>\n";
  } else {
    const bool is_array = plist.kind == Plist::Kind::kArray;
    out += is_array ? "<array>\n" : "<dict>\n";
    for (const auto& [key, value] : plist.items) {
      if (!is_array) out += "<key>" + escaped(key) + "</key>\n";
      write_xml(value, out);
    }
    out += is_array ? "</array>\n" : "</dict>\n";
  }
}

std::string marker(unsigned type, std::size_t count) {
  if (count < 15) return {static_cast<char>(type << 4 | count)};
  return std::string{static_cast<char>(type << 4 | 0xF), '\x12'} + big_endian(count, 4);
}

// ASCII as it is, all else in UTF-16.
std::string string_object(const std::string& utf8) {
  std::u16string wide;
  bool is_ascii = true;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const unsigned more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    char32_t code = more == 0 ? lead : lead & (0x3FU >> more);
    for (unsigned k = 1; k <= more; ++k) {
      code = code << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    i += more + 1;
    is_ascii = is_ascii && more == 0;
    if (code < 0x10000) {
      wide.push_back(static_cast<char16_t>(code));
    } else {
      wide.push_back(static_cast<char16_t>(0xD7C0 + (code >> 10)));
      wide.push_back(static_cast<char16_t>(0xDC00 + (code & 0x3FF)));
    }
  }
  if (is_ascii) return marker(5, utf8.size()) + utf8;
  std::string out = marker(6, wide.size());
  for (const char16_t unit : wide) out += big_endian(unit, 2);
  return out;
}

std::size_t add_object(const Plist& plist, std::vector<std::string>& objects) {
  const std::size_t id = objects.size();
  objects.emplace_back();
  std::string object;
  if (plist.kind == Plist::Kind::kString) {
    object = string_object(plist.bytes);
  } else if (plist.kind == Plist::Kind::kData) {
    object = marker(4, plist.bytes.size()) + plist.bytes;
  } else {
    const bool is_array = plist.kind == Plist::Kind::kArray;
    std::string keys;
    std::string values;
    for (const auto& [key, value] : plist.items) {
      if (is_array) continue;
      keys += big_endian(add_object(plist_string(key), objects), 2);
    }
    for (const auto& [key, value] : plist.items)
      values += big_endian(add_object(value, objects), 2);
    object = marker(is_array ? 0xA : 0xD, plist.items.size()) + keys + values;
  }
  objects[id] = object;
  return id;
}

}  // namespace

std::string xml_plist(const Plist& plist) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST "
      "1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n";
  write_xml(plist, out);
  return out + "</plist>\n";
}

std::string binary_plist_of(const std::vector<std::string>& objects) {
  std::string out = "bplist00";
  std::string table;
  for (const std::string& object : objects) {
    table += big_endian(out.size(), 4);
    out += object;
  }
  const std::size_t table_at = out.size();
  return out + table + std::string(6, '\0') + '\4' + '\2' + big_endian(objects.size(), 8) +
         big_endian(0, 8) + big_endian(table_at, 8);
}

std::string binary_plist(const Plist& plist) {
  std::vector<std::string> objects;
  add_object(plist, objects);
  return binary_plist_of(objects);
}

}  // namespace sluice::test
