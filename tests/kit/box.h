// Documents for the converter of tests/fixtures/plugins/box: text with documents in it.
#pragma once

#include <string>
#include <string_view>

namespace sluice::test {

class Box {
 public:
  Box& text(std::string_view words) { return line("text ", words); }
  Box& child(std::string_view name, std::string_view bytes) {
    out_ += "child " + std::to_string(bytes.size()) + " ";
    out_ += name;
    out_ += "\n";
    out_ += bytes;
    out_ += "\n";
    return *this;
  }
  Box& child(std::string_view name, const Box& inner) { return child(name, inner.bytes()); }
  // Any other line.
  Box& line(std::string_view word, std::string_view rest) {
    out_ += word;
    out_ += rest;
    out_ += "\n";
    return *this;
  }
  const std::string& bytes() const { return out_; }

 private:
  std::string out_;
};

}  // namespace sluice::test
