#include "converter.hpp"

#include <sluice/charset.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string_view>

namespace {

// Removes and returns what stands before `mark`.
std::string_view next_part(std::string_view& rest, std::string_view mark) {
  const auto end = rest.find(mark);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + mark.size());
  return part;
}

}  // namespace

void %CLASS%::convert(sluice::Job& job) {
  const sluice::Options options(job.options());
  const sluice::DecodedText text = sluice::decode_text(job.source(), job.declared_charset());
  std::string_view rest = text.utf8;

  sluice::MarkdownWriter out(job);
  if (options.get_bool("title")) {
    out.begin_heading(1);
    out.text(next_part(rest, "\n"));
    out.end_heading();
  }
  while (!rest.empty()) {
    job.check_cancelled();
    out.text(next_part(rest, "\n\n"));
    out.end_paragraph();
  }
  out.finish();
  if (!out.has_content()) job.finish_as(sluice::Outcome::kEmpty, "there is no text in the file");
}

sluice::Canary %CLASS%::canary() const {
  return {"Hello\n\ncaf\xC3\xA9\n", "canary.%EXTENSION%", "text/plain", "# Hello\n\ncaf\xC3\xA9\n"};
}
