// SPDX-License-Identifier: Apache-2.0
#include "data/converter.hpp"

#include <algorithm>
#include <array>
#include <sluice/charset.hpp>
#include <sluice/defects.hpp>

namespace sluice::data {
namespace {

// A fence as long as this is no longer text that anybody wrote.
constexpr std::size_t kMaxFenceLength = 1000;

// Looks at a text in pieces: whether there is anything in it, and which fence nothing in it closes
// (CommonMark 0.30, section 4.5).
class Survey {
 public:
  void feed(std::string_view text) {
    for (const char c : text) {
      blank_ = blank_ && std::string_view(" \t\r\n\f\v").find(c) != std::string_view::npos;
      at_line_start_ = c == '\n' || c == '\r' || (at_line_start_ && (c == ' ' || c == '\t'));
      const bool goes_on = c == mark_;
      if (!goes_on) run_ = 0;
      if ((c == '`' || c == '~') && (goes_on || begins_line_)) {
        mark_ = c;
        auto& longest = c == '`' ? backticks_ : tildes_;
        longest = std::max(longest, ++run_);
      } else {
        mark_ = 0;
      }
      begins_line_ = at_line_start_;
    }
  }

  bool blank() const { return blank_; }

  // Throws Failure(kLimit) if it would be absurdly long.
  std::string fence() const {
    const bool tilde = tildes_ < backticks_ && backticks_ >= 3;
    const std::size_t length = std::max<std::size_t>(3, (tilde ? tildes_ : backticks_) + 1);
    if (length > kMaxFenceLength) {
      throw Failure(Outcome::kLimit, "the text holds fences of over " +
                                         std::to_string(kMaxFenceLength) + " characters");
    }
    return std::string(length, tilde ? '~' : '`');
  }

 private:
  bool blank_ = true;
  bool at_line_start_ = true;
  bool begins_line_ = true;
  char mark_ = 0;  // of the run that is being counted
  std::size_t run_ = 0;
  std::size_t backticks_ = 0;
  std::size_t tildes_ = 0;
};

// Writes a text in pieces with LF line ends, and a last line that has one.
class LineEnds {
 public:
  explicit LineEnds(Job& job) : job_(job) {}

  void feed(std::string_view text) {
    while (!text.empty()) {
      if (after_cr_ && text.front() == '\n') text.remove_prefix(1);
      after_cr_ = false;
      const auto cr = text.find('\r');
      put(text.substr(0, cr));
      if (cr == std::string_view::npos) break;
      put("\n");
      after_cr_ = true;
      text.remove_prefix(cr + 1);
    }
  }
  void finish() {
    if (last_ != '\n') job_.write("\n");
  }

 private:
  void put(std::string_view text) {
    if (text.empty()) return;
    job_.write(text);
    last_ = text.back();
  }

  Job& job_;
  bool after_cr_ = false;
  char last_ = '\n';
};

std::string start_of(Job& job) {
  std::array<std::uint8_t, 1024> buffer{};
  const std::size_t got = job.read(0, buffer);
  return {reinterpret_cast<const char*>(buffer.data()), got};
}

}  // namespace

void FencedConverter::convert(Job& job) {
  SourceText source(job, declared_charset(start_of(job)));
  Survey survey;
  const std::uint64_t replaced = source.decode([&](std::string_view text) { survey.feed(text); });
  if (survey.blank()) {
    job.finish_as(Outcome::kEmpty, "there is no text in the file");
    return;
  }
  warn_of_undecodable(job, replaced, source.charset());
  const std::string fence = survey.fence();
  job.write(fence);
  job.write(language_);
  job.write("\n");
  LineEnds lines(job);
  source.decode([&](std::string_view text) { lines.feed(text); });
  lines.finish();
  job.write(fence);
  job.write("\n");
}

std::string XmlConverter::declared_charset(std::string_view start) const {
  if (!start.starts_with("<?xml")) return {};
  const auto declaration = start.substr(0, start.find("?>"));
  const auto name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  const auto open = declaration.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  const auto close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return std::string(declaration.substr(open + 1, close - open - 1));
}

Canary JsonConverter::canary() const {
  return {"{\"canary\": 1}\n", "canary.json", "application/json",
          "```json\n{\"canary\": 1}\n```\n"};
}

Canary YamlConverter::canary() const {
  return {"canary: 1\n", "canary.yaml", "application/yaml", "```yaml\ncanary: 1\n```\n"};
}

Canary TomlConverter::canary() const {
  return {"canary = 1\n", "canary.toml", "application/toml", "```toml\ncanary = 1\n```\n"};
}

// In an encoding that needs ICU's tables.
Canary XmlConverter::canary() const {
  return {
      "<?xml version=\"1.0\" encoding=\"windows-1250\"?><canary>\x9E</canary>\n", "canary.xml",
      "application/xml",
      "```xml\n<?xml version=\"1.0\" encoding=\"windows-1250\"?><canary>\xC5\xBE</canary>\n```\n"};
}

}  // namespace sluice::data
