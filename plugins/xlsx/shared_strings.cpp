// SPDX-License-Identifier: Apache-2.0
#include "xlsx/shared_strings.hpp"

#include <charconv>
#include <sluice/utf8.hpp>
#include <sluice/xml_stream.hpp>

#include "xlsx/binary/binary_parts.hpp"
#include "xlsx/binary/records.hpp"
#include "xlsx/rich_text.hpp"

namespace sluice::xlsx {

void append_xstring(std::string& out, std::string_view text) {
  constexpr std::size_t kSize = 7;  // _xHHHH_
  while (true) {
    const auto at = text.find("_x");
    out += text.substr(0, at);
    if (at == std::string_view::npos) return;
    text.remove_prefix(at);
    unsigned code = 0;
    const bool framed = text.size() >= kSize && text[kSize - 1] == '_';
    const char* const digits = text.data() + 2;
    if (framed && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4) {
      if (code >= ' ' || code == '\n' || code == '\t') append_utf8(out, code);
      text.remove_prefix(kSize);
    } else {
      out += text[0];
      text.remove_prefix(1);
    }
  }
}

class SharedStrings::Reader : public XmlHandler {
 public:
  explicit Reader(SharedStrings& to) : to_(to) {}

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "x:si") {
      item_.clear();
      rich_.reset();
    } else {
      rich_.start(name, attributes);
    }
  }

  void end_element(std::string_view name) override {
    if (name == "x:si") return add();
    rich_.end(name);
  }

  void add_plain(const std::string& text) {
    item_ = text;
    check(item_.size());
    add();
  }

  void text(std::string_view piece) override {
    if (rich_.in_text()) rich_.append(item_, piece);
    check(item_.size());
  }

 private:
  void add() {
    append_xstring(to_.text_, item_);
    to_.end_string();
  }

  void check(std::size_t more) const { to_.check_room(more); }

  SharedStrings& to_;
  RichText rich_;
  std::string item_;
};

void SharedStrings::check_room(std::size_t more) const {
  constexpr std::size_t kMaxText = std::size_t{512} << 20;
  if (text_.size() + more > kMaxText) {
    throw Failure(Outcome::kLimit, "the workbook's strings have more than 512 MiB");
  }
}

void SharedStrings::end_string() {
  constexpr std::size_t kMaxStrings = std::size_t{64} << 20;
  check_room(0);
  if (ends_.size() >= kMaxStrings) {
    throw Failure(Outcome::kLimit, "the workbook has more than 64 million strings");
  }
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void SharedStrings::add(std::string_view text) {
  check_room(text.size());
  text_ += text;
  end_string();
}

SharedStrings::SharedStrings(const OpcPackage& package, const std::string& part) {
  const ZipEntry* entry = part.empty() ? nullptr : package.zip().find(part);
  if (entry == nullptr) return;
  Reader reader(*this);
  try {
    if (is_binary_part(part)) {
      read_binary_strings(package, part,
                          [&reader](const std::string& text) { reader.add_plain(text); });
      return;
    }
    ZipStream bytes = package.zip().stream(*entry);
    stream_xml(bytes, part, office_namespaces(), reader);
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    defect_ = failure.what();
  }
}

}  // namespace sluice::xlsx
