// Small OpenDocument files, and what the converters make of them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "kit/zip_builder.h"
#include "odf/slides.hpp"
#include "odf/text_document.hpp"
#include "sluice/testing.hpp"

namespace sluice::odf {

inline constexpr const char* kTextDefaults =
    R"({"tracked_changes":"accept","comments":false,"hidden_text":false,
         "embedded_documents":true,"headers_footers":false,)"
    R"("page_markers":true,"merged_cells":"empty"})";
inline constexpr const char* kSlideDefaults =
    R"({"notes":true,"footers":false,"embedded_documents":true,"hidden_slides":false,"comments":false})";

inline std::string names() {
  std::string out;
  for (const auto& [prefix, uri] : std::map<std::string, std::string>{
           {"office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
           {"text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
           {"table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
           {"draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"},
           {"style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
           {"fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
           {"svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"},
           {"meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
           {"presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"},
           {"chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"},
           {"xlink", "http://www.w3.org/1999/xlink"},
           {"dc", "http://purl.org/dc/elements/1.1/"},
           {"math", "http://www.w3.org/1998/Math/MathML"}}) {
    out += " xmlns:" + prefix + "='" + uri + "'";
  }
  return out;
}

struct Parts {
  std::string body;    // of content.xml, with the element of its kind
  std::string styles;  // automatic styles of the content
  std::string common;  // content of styles.xml
  std::string meta;
  std::map<std::string, std::string> files;
};

inline std::string package(const Parts& parts) {
  test::ZipBuilder zip;
  zip.add("content.xml", "<office:document-content" + names() + "><office:automatic-styles>" +
                             parts.styles + "</office:automatic-styles><office:body>" + parts.body +
                             "</office:body></office:document-content>");
  zip.add("styles.xml",
          "<office:document-styles" + names() + ">" + parts.common + "</office:document-styles>");
  zip.add("meta.xml", "<office:document-meta" + names() + "><office:meta>" + parts.meta +
                          "</office:meta></office:document-meta>");
  for (const auto& [name, bytes] : parts.files) zip.add(name, bytes);
  return zip.build();
}

template <class Made>
std::unique_ptr<RecordingJob> run(const std::string& bytes, const std::string& options,
                                  const std::string& name = "a.odt") {
  auto job = std::make_unique<RecordingJob>(bytes, name, "application/vnd.oasis.opendocument.text");
  job->set_options(options);
  Made converter;
  job->run(converter);
  EXPECT_TRUE(job->violations().empty());
  return job;
}

inline std::unique_ptr<RecordingJob> run_text(Parts parts,
                                              const std::string& options = kTextDefaults) {
  parts.body = "<office:text>" + parts.body + "</office:text>";
  return run<TextConverter>(package(parts), options);
}

inline std::string text(const Parts& parts, const std::string& options = kTextDefaults) {
  return run_text(parts, options)->render("a");
}
inline std::string text(const std::string& body, const std::string& styles = {}) {
  return text(Parts{body, styles, {}, {}, {}});
}

// The default options with some of them changed: `"comments":true`.
inline std::string with(std::string options, const std::string& key, const std::string& value) {
  const std::size_t at = options.find("\"" + key + "\":") + key.size() + 3;
  const std::size_t end = options.find_first_of(",}", at);
  return options.replace(at, end - at, value);
}

inline std::string slides(const std::string& pages, const std::string& styles = {},
                          const std::string& options = kSlideDefaults) {
  Parts parts;
  parts.body = "<office:presentation>" + pages + "</office:presentation>";
  parts.styles = styles;
  return run<SlidesConverter>(package(parts), options, "a.odp")->render("a");
}

}  // namespace sluice::odf
