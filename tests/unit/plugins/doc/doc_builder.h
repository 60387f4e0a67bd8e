// Builds Word 97 documents ([MS-DOC]) for tests: runs and paragraphs with their modifiers.
#pragma once

#include <sluice/testing.hpp>
#include <string>
#include <utility>
#include <vector>

#include "doc/converter.hpp"
#include "kit/compound_file_builder.h"

namespace sluice::test {

// A modifier with its operand.
inline std::string sprm(unsigned code, const std::string& operand) {
  return little(code, 2) + operand;
}
inline std::string in_table(unsigned depth = 1) {
  return sprm(0x2416, "\1") + sprm(0x6649, little(depth, 4));
}
inline std::string row_end(const std::vector<int>& edges, const std::vector<unsigned>& bits) {
  std::string shape = little(bits.size(), 1);
  for (const int edge : edges) shape += little(static_cast<unsigned>(edge) & 0xFFFF, 2);
  for (const unsigned one : bits) shape += little(one, 2) + std::string(18, '\0');
  return in_table() + sprm(0x2417, "\1") + sprm(0xD608, little(shape.size() + 1, 2) + shape);
}

class DocBuilder {
 public:
  DocBuilder& run(const std::string& text, const std::string& modifiers = "") {
    runs_.emplace_back(text.size(), modifiers);
    text_ += text;
    return *this;
  }
  // Ends a paragraph.
  DocBuilder& end(unsigned style = 0, const std::string& modifiers = "", char mark = '\r') {
    run(std::string(1, mark));
    paragraphs_.push_back({text_.size(), little(style, 2) + modifiers});
    return *this;
  }
  DocBuilder& paragraph(const std::string& text, unsigned style = 0,
                        const std::string& modifiers = "") {
    return run(text).end(style, modifiers);
  }
  // The body ends here; what follows is the text of the footnotes.
  DocBuilder& end_body() {
    body_ = text_.size();
    return *this;
  }
  // What stands in the table stream under a number.
  DocBuilder& table(unsigned number, const std::string& bytes) {
    tables_.emplace_back(number, bytes);
    return *this;
  }
  DocBuilder& data(const std::string& bytes) {
    data_ = bytes;
    return *this;
  }
  // A storage of the pool of objects; `flags`: of ODT.
  DocBuilder& object(const std::string& kind, unsigned flags,
                     const std::vector<std::pair<std::string, std::string>>& streams = {}) {
    const std::string storage = "ObjectPool/_" + std::to_string(object_count_++) + "/";
    objects_.emplace_back(storage + "\3ObjInfo", little(flags, 2) + little(0, 4));
    objects_.emplace_back(storage + "\1CompObj", object_kind(kind));
    for (const auto& [name, bytes] : streams) objects_.emplace_back(storage + name, bytes);
    return *this;
  }
  std::size_t position() const { return text_.size(); }

  // A style sheet of Normal and headings 1 to 3, named as a German Word names them.
  static std::string styles() {
    std::string sheet = little(18, 2) + little(4, 2) + little(10, 2) + std::string(14, '\0');
    const char* names[] = {"Standard", "Titel A", "Titel B", "Titel C"};
    for (unsigned i = 0; i < 4; ++i) {
      std::string style = little(i, 2) + little(1 | (i == 0 ? 0xFFF0U : 0U), 2) + little(2, 2) +
                          little(0, 2) + little(0, 2);
      const std::string name = names[i];
      style += little(name.size(), 2) + utf16le(name) + little(0, 2);
      style += little(2, 2) + little(i, 2) + little(0, 2);
      sheet += little(style.size(), 2) + style;
    }
    return sheet;
  }

  std::string main_stream() const { return streams().first; }
  std::string build() const {
    const auto [main, table] = streams();
    std::vector<std::pair<std::string, std::string>> all = {
        {"WordDocument", main}, {"1Table", table}, {"Data", data_}};
    all.insert(all.end(), objects_.begin(), objects_.end());
    return compound_file(all);
  }
  std::pair<std::string, std::string> streams() const {
    constexpr std::size_t kText = 0x600;
    const std::size_t body = body_ == 0 ? text_.size() : body_;
    std::string main(kText, '\0');
    main.replace(0, 2, little(0xA5EC, 2));
    main.replace(2, 2, little(0xC1, 2));
    main.replace(0x0A, 2, little(0x0200, 2));
    main.replace(0x4C, 4, little(body, 4));
    main.replace(0x50, 4, little(text_.size() - body, 4));
    main += text_;
    std::string table;
    const auto put = [&](unsigned number, const std::string& bytes) {
      main.replace(0x9A + number * 8, 8, little(table.size(), 4) + little(bytes.size(), 4));
      table += bytes;
    };
    put(33, '\2' + little(16, 4) + little(0, 4) + little(text_.size(), 4) + little(0, 2) +
                little(0x40000000 | kText * 2, 4) + little(0, 2));
    put(12, add_pages(main, kText, 1));
    put(13, add_pages(main, kText, 13));
    put(1, styles());
    for (const auto& [number, bytes] : tables_) put(number, bytes);
    return {main, table};
  }

 private:
  // Pages of runs (entries of one byte) or paragraphs (of 13); returns the list of them.
  std::string add_pages(std::string& main, std::size_t begin, std::size_t entry) const {
    std::vector<std::pair<std::size_t, std::string>> all;  // end, list
    std::size_t at = 0;
    if (entry == 1) {
      for (const auto& [size, list] : runs_) all.emplace_back(at += size, list);
    } else {
      all = paragraphs_;
    }
    std::string places = little(begin, 4);
    std::string numbers;
    std::size_t start = begin;
    constexpr std::size_t kOnAPage = 3;
    for (std::size_t i = 0; i < all.size(); i += kOnAPage) {
      const std::size_t count = std::min(kOnAPage, all.size() - i);
      main.resize((main.size() + 511) / 512 * 512, '\0');
      std::string page(512, '\0');
      std::size_t free = 511;
      page[511] = static_cast<char>(count);
      page.replace(0, 4, little(start, 4));
      for (std::size_t j = 0; j < count; ++j) {
        const auto& [end, list] = all[i + j];
        page.replace((j + 1) * 4, 4, little(begin + end, 4));
        start = begin + end;
        std::string stored = list;
        if (entry == 13 && stored.size() % 2 == 0)
          stored = '\0' + little(stored.size() / 2, 1) + stored;
        else if (entry == 13)
          stored = little((stored.size() + 1) / 2, 1) + stored;
        else
          stored = little(stored.size(), 1) + stored;
        free = (free - stored.size()) / 2 * 2;
        page.replace(free, stored.size(), stored);
        if (entry == 13 || !list.empty()) {
          page[(count + 1) * 4 + j * entry] = static_cast<char>(free / 2);
        }
      }
      numbers += little(main.size() / 512, 4);
      main += page;
      places += little(start, 4);
    }
    return places + numbers;
  }

  std::string text_;
  std::vector<std::pair<std::size_t, std::string>> runs_;
  std::vector<std::pair<std::size_t, std::string>> paragraphs_;
  std::vector<std::pair<unsigned, std::string>> tables_;
  std::vector<std::pair<std::string, std::string>> objects_;
  unsigned object_count_ = 0;
  std::string data_ = "x";
  std::size_t body_ = 0;
};

class DocRun {
 public:
  explicit DocRun(const std::string& bytes, const std::string& changes = "accept",
                  const std::string& password = "")
      : job_(bytes, "a.doc", "application/msword") {
    job_.set_options(
        R"({"tracked_changes":")" + changes +
        R"(","comments":true,"hidden_text":false,"embedded_documents":true,"headers_footers":false,)"
        R"("page_markers":true,"merged_cells":"empty","password":")" +
        password + "\"}");
    outcome = job_.run(converter_);
  }
  const std::string& body() const { return job_.body(); }
  const RecordingJob& job() const { return job_; }
  Outcome outcome = Outcome::kOk;

 private:
  doc::DocConverter converter_;
  RecordingJob job_;
};

inline std::string body_of(const DocBuilder& builder) {
  const DocRun run(builder.build());
  return run.outcome == Outcome::kOk && run.job().violations().empty()
             ? run.body()
             : "failed: " + run.job().reason();
}

}  // namespace sluice::test
