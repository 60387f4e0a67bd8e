#include "shout.hpp"

#include <cstdint>
#include <sluice/charset.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <string>

void Shout::convert(sluice::Job& job) {
  const sluice::Options options(job.options());
  const auto marks = static_cast<std::size_t>(options.get_int("marks"));
  sluice::DecodedText text = sluice::decode_text(job.source(), job.declared_charset());
  for (char& c : text.utf8) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }

  sluice::MarkdownWriter out(job);
  std::string_view rest = text.utf8;
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    const std::string_view paragraph = rest.substr(0, end);
    if (paragraph.find_first_not_of(" \n") != std::string_view::npos) {
      out.text(paragraph);
      out.text(std::string(marks, '!'));
      out.end_paragraph();
    }
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
  }
  out.finish();
  if (!out.has_content()) {
    job.finish_as(sluice::Outcome::kEmpty, "there is no text in the file");
  }
}
