// SPDX-License-Identifier: Apache-2.0
//
// What tests of MarkdownWriter write with.
#pragma once

#include <functional>
#include <initializer_list>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

namespace sluice::test {

// A job that keeps its body; links to assets appear as `asset-N`.
class BodyJob {
 public:
  BodyJob() {
    raw_.size = sizeof raw_;
    raw_.host = this;
    raw_.write_body = [](sluice_job* job, const void* data, std::uint64_t size) -> sluice_status {
      self(job).body_.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
      return SLUICE_STATUS_OK;
    };
    raw_.link_asset = [](sluice_job* job, sluice_asset asset) -> sluice_status {
      self(job).body_ += "asset-" + std::to_string(asset);
      return SLUICE_STATUS_OK;
    };
  }
  Job& job() { return job_; }
  const std::string& body() const { return body_; }

 private:
  static BodyJob& self(sluice_job* job) { return *static_cast<BodyJob*>(job->host); }
  sluice_job raw_{};
  Job job_{&raw_};
  std::string body_;
};

using Write = std::function<void(MarkdownWriter&)>;

inline std::string written(const Write& write) {
  BodyJob job;
  MarkdownWriter out(job.job());
  write(out);
  out.finish();
  return job.body();
}

inline std::string prose(std::string_view text) {
  return written([&](MarkdownWriter& out) { out.text(text); });
}

inline void item(MarkdownWriter& out, std::string_view text, const ItemOptions& options = {}) {
  out.begin_item(options);
  out.text(text);
  out.end_item();
}

inline void row(MarkdownWriter& out, std::initializer_list<std::string_view> cells) {
  out.begin_row();
  for (const auto cell : cells) {
    out.begin_cell();
    out.text(cell);
    out.end_cell();
  }
  out.end_row();
}

inline void styled(MarkdownWriter& out, Style style, std::string_view text) {
  out.begin_style(style);
  out.text(text);
  out.end_style(style);
}

}  // namespace sluice::test
