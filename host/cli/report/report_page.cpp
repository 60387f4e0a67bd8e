#include "cli/report/report_page.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/json.h"
#include "cli/report/base64.h"
#include "cli/report/report_json.h"
#include "cli/report/samples.h"
#include "cli/text.h"
#include "model/layout.h"
#include "model/names.h"
#include "model/path_text.h"
#include "page_parts.h"
#include "platform/clock.h"
#include "platform/percent_encoding.h"
#include "platform/sha256.h"

namespace sluice::cli {
namespace {

// As Content-Security-Policy names a script or a style (CSP Level 3, section 2.3.1).
std::string hash_source(std::string_view text) {
  const platform::Sha256Digest digest = platform::sha256(text);
  return "'sha256-" + base64(std::as_bytes(std::span(digest))) + "'";
}

// For a script element: nothing in it ends the element or begins a comment. JSON has "<" in its
// texts only, where it may be escaped.
std::string without_markup(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

// Words of which there are few, each as its place in one list.
class Words {
 public:
  std::int64_t place_of(std::string_view word) {
    const auto [found, is_new] =
        places_.try_emplace(std::string(word), static_cast<std::int64_t>(words_.size()));
    if (is_new) words_.emplace_back(word);
    return found->second;
  }
  const std::vector<std::string>& all() const { return words_; }

 private:
  std::map<std::string, std::int64_t, std::less<>> places_;
  std::vector<std::string> words_;
};

std::string state_of(const owner::Document& document) {
  if (document.state != owner::DocumentState::kOk) {
    return std::string(owner::word(document.state));
  }
  return std::string(word(document.outcome));
}

// By column, and with each folder once: a browser reads that several times as fast as an object for
// each document.
JsonObject documents_json(const owner::Registry& registry) {
  std::vector<std::string> names, files, markdowns;
  std::vector<std::int64_t> folders, types, converters, states, sizes, times, memories, updated;
  Words words;
  registry.each_document([&](const owner::Document& document) {
    names.push_back(document.name);
    const std::string path = path_text(document.path_key);
    const std::size_t file = path.rfind('/') + 1;
    folders.push_back(words.place_of(std::string_view(path).substr(0, file)));
    files.push_back(path.substr(file));
    // Nearly all have the path that their name gives them.
    const bool is_usual = document.markdown == layout::markdown_path(document.name);
    markdowns.push_back(is_usual ? std::string() : document.markdown);
    types.push_back(words.place_of(extension_of(files.back())));
    converters.push_back(words.place_of(document.converter));
    states.push_back(words.place_of(state_of(document)));
    sizes.push_back(static_cast<std::int64_t>(document.size));
    times.push_back(document.milliseconds);
    memories.push_back(static_cast<std::int64_t>(document.memory));
    updated.push_back(document.updated_at);
  });
  JsonObject object;
  object.texts("words", words.all())
      .texts("name", names)
      .numbers("folder", folders)
      .texts("file", files)
      .texts("markdown", markdowns)
      .numbers("type", types)
      .numbers("converter", converters)
      .numbers("state", states)
      .numbers("bytes", sizes)
      .numbers("ms", times)
      .numbers("memory", memories)
      .numbers("updated", updated);
  return object;
}

std::vector<JsonObject> failures_json(const owner::Registry& registry) {
  std::vector<JsonObject> objects;
  registry.each_failure([&](const owner::FailureRow& failure) {
    objects.emplace_back()
        .path("path", failure.path_key)
        .text("outcome", word(failure.outcome))
        .text("converter", failure.converter)
        .text("reason", failure.reason)
        .text("hint", hint_of(failure))
        .number("at", failure.at);
  });
  return objects;
}

std::vector<JsonObject> samples_json(const owner::KnowledgeBase& kb) {
  std::vector<JsonObject> objects;
  for (const Sample& sample : make_samples(kb)) {
    objects.emplace_back()
        .text("name", sample.name)
        .path("path", sample.path)
        .text("markdown", sample.markdown)
        .text("text", sample.text)
        .text("state", sample.state)
        .texts("pictures", sample.pictures);
  }
  return objects;
}

std::string data_of(const Report& report, const owner::KnowledgeBase& kb) {
  JsonObject data;
  add_report(data, report)
      .number("made_at_s", report.made_at)
      .text("link_base", "file://" + platform::percent_encoded(kb.path(), "%?#\"<>\\^`{|}") + "/")
      .object("documents", documents_json(kb.registry()))
      .objects("failures", failures_json(kb.registry()))
      .objects("samples", samples_json(kb));
  return without_markup(data.line());
}

}  // namespace

void write_report_page(std::ostream& out, const Report& report, const owner::KnowledgeBase& kb) {
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      << hash_source(kPageScript) << "; style-src " << hash_source(kPageStyle)
      << "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<title>Sluice report</title>\n<style>"
      << kPageStyle << "</style>\n</head>\n<body>\n"
      << kPageBody << "<script type=\"application/json\" id=\"data\">" << data_of(report, kb)
      << "</script>\n<script>" << kPageScript << "</script>\n</body>\n</html>\n";
}

}  // namespace sluice::cli
