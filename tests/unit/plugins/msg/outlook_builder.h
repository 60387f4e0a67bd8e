// Builds Outlook's message files and winmail.dat for tests.
#pragma once

#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <utility>
#include <vector>

#include "kit/compound_file_builder.h"
#include "msg/converter.hpp"

namespace sluice::test {

// The properties of one storage; a folder ("__recip_version1.0_#00000000/") for those within.
class OutlookBuilder {
 public:
  explicit OutlookBuilder(std::string folder = "", std::size_t head = 32)
      : folder_(std::move(folder)), fixed_(head, '\0') {}

  OutlookBuilder& text(std::uint16_t id, const std::string& ascii) {
    return stream(id, 0x001F, utf16le(ascii));
  }
  OutlookBuilder& narrow(std::uint16_t id, const std::string& bytes) {
    return stream(id, 0x001E, bytes);
  }
  OutlookBuilder& binary(std::uint16_t id, const std::string& bytes) {
    return stream(id, 0x0102, bytes);
  }
  OutlookBuilder& number(std::uint16_t id, std::uint32_t value) {
    fixed_ += little(0x0003, 2) + little(id, 2) + little(6, 4) + little(value, 8);
    return *this;
  }
  OutlookBuilder& time(std::uint16_t id, std::uint64_t value) {
    fixed_ += little(0x0040, 2) + little(id, 2) + little(6, 4) + little(value, 8);
    return *this;
  }
  OutlookBuilder& within(const OutlookBuilder& inner) {
    for (const auto& each : inner.all()) streams_.push_back({folder_ + each.first, each.second});
    return *this;
  }
  std::vector<std::pair<std::string, std::string>> all() const {
    auto all = streams_;
    all.emplace_back(folder_ + "__properties_version1.0", fixed_);
    return all;
  }
  std::string build() const { return compound_file(all()); }

 private:
  OutlookBuilder& stream(std::uint16_t id, std::uint16_t type, std::string bytes) {
    char name[32];
    std::snprintf(name, sizeof name, "__substg1.0_%04X%04X", id, type);
    streams_.emplace_back(folder_ + name, std::move(bytes));
    return *this;
  }

  std::string folder_;
  std::string fixed_;
  std::vector<std::pair<std::string, std::string>> streams_;
};

inline OutlookBuilder recipient(int index, std::uint32_t type, const std::string& name,
                                const std::string& address) {
  OutlookBuilder builder("__recip_version1.0_#0000000" + std::to_string(index) + "/", 8);
  builder.number(0x0C15, type).text(0x3001, name).text(0x39FE, address);
  return builder;
}

inline OutlookBuilder attachment(int index, const std::string& name) {
  OutlookBuilder builder("__attach_version1.0_#0000000" + std::to_string(index) + "/", 8);
  builder.text(0x3707, name);
  return builder;
}

// 2024-03-01 10:00 UTC in steps of 100 ns from 1601 on.
inline constexpr std::uint64_t kMoment = (1'709'287'200ULL + 11'644'473'600ULL) * 10'000'000;

inline OutlookBuilder outlook_message() {
  OutlookBuilder builder;
  builder.text(0x001A, "IPM.Note")
      .text(0x0037, "Hello")
      .text(0x0C1A, "A B")
      .text(0x5D01, "a@b.example");
  builder.time(0x0039, kMoment);
  return builder;
}

struct ItemRun {
  explicit ItemRun(const std::string& source, const std::string& body = "auto")
      : job(std::make_unique<RecordingJob>(source, "m.msg", "application/vnd.ms-outlook")) {
    job->set_options("{\"body\":\"" + body + "\"}");
    if (source.starts_with("\x78\x9F")) {
      msg::TnefConverter converter;
      outcome = job->run(converter);
    } else {
      msg::MsgConverter converter;
      outcome = job->run(converter);
    }
  }
  std::string markdown() const { return job->render("m"); }

  std::unique_ptr<RecordingJob> job;
  Outcome outcome;
};

// An attribute of TNEF; level 2 is of an attachment.
inline std::string attribute(char level, std::uint32_t id, const std::string& value) {
  std::uint16_t sum = 0;
  for (const char c : value) sum = static_cast<std::uint16_t>(sum + static_cast<unsigned char>(c));
  return std::string(1, level) + little(id, 4) + little(value.size(), 4) + value + little(sum, 2);
}

inline std::string tnef(const std::string& attributes) {
  return "\x78\x9F\x3E\x22" + std::string(2, '\0') + attributes;
}

}  // namespace sluice::test
