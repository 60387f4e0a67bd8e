// Runs the converters of mail on messages that a test writes down.
#pragma once

#include <memory>
#include <sluice/testing.hpp>
#include <string>

#include "mail/converter.hpp"

namespace sluice::test {

inline constexpr const char* kPicture = "\x89PNG\r\n\x1a\n picture";
inline constexpr const char* kPictureBase64 = "iVBORw0KGgogcGljdHVyZQ==";

struct MailRun {
  explicit MailRun(const std::string& source, const std::string& body = "auto")
      : job(std::make_unique<RecordingJob>(source, "m.eml", "message/rfc822")) {
    job->set_options("{\"body\":\"" + body + "\"}");
    mail::MailConverter converter;
    outcome = job->run(converter);
  }

  std::string markdown() const { return job->render("m"); }
  const RecordingJob::RecordedChild& child(std::size_t i) const { return job->children().at(i); }
  bool has_warning(const std::string& code) const {
    for (const auto& warning : job->warnings()) {
      if (warning.code == code) return true;
    }
    return false;
  }

  std::unique_ptr<RecordingJob> job;
  Outcome outcome;
};

// What a message with this header and body shows, without its head.
inline std::string body_of(const std::string& header, const std::string& body) {
  const MailRun run("From: a@b.example\n" + header + "\n" + body);
  const std::string markdown = run.markdown();
  const std::string head = "**From:** a@b.example\n\n";
  return markdown.substr(markdown.find(head) + head.size());
}

inline std::string multipart(const std::string& subtype, const std::vector<std::string>& parts) {
  std::string text = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/" + subtype +
                     "; boundary=\"B\"\n\npreamble\n";
  for (const std::string& part : parts) text += "--B\n" + part + "\n";
  return text + "--B--\nepilogue\n";
}

}  // namespace sluice::test
