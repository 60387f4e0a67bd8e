// Builds PowerPoint 97 presentations ([MS-PPT]) for tests.
#pragma once

#include <sluice/testing.hpp>
#include <string>
#include <vector>

#include "kit/compound_file_builder.h"
#include "ppt/converter.hpp"

namespace sluice::test {

// A record; `start`: its version, and its instance from bit 4 on.
inline std::string rec(unsigned type, const std::string& body, unsigned start = 0) {
  return little(start, 2) + little(type, 2) + little(body.size(), 4) + body;
}
inline std::string box(unsigned type, const std::string& body, unsigned instance = 0) {
  return rec(type, body, instance << 4 | 0xF);
}
inline std::string text_records(unsigned kind, const std::string& text) {
  return rec(0x0F9F, little(kind, 4)) + rec(0x0FA8, text);
}
inline std::string anchor(int left, int top, int right, int bottom) {
  return rec(0xF010, little(static_cast<unsigned>(top), 2) +
                         little(static_cast<unsigned>(left), 2) +
                         little(static_cast<unsigned>(right), 2) +
                         little(static_cast<unsigned>(bottom), 2));
}
inline std::string child_anchor(unsigned left, unsigned top, unsigned right, unsigned bottom) {
  return rec(0xF00F, little(left, 4) + little(top, 4) + little(right, 4) + little(bottom, 4));
}
inline std::string placeholder(unsigned kind) {
  return box(0xF011, rec(0x0BC3, little(0, 4) + little(kind, 1) + std::string(3, '\0')));
}
inline std::string shape(const std::string& parts) {
  return box(0xF004, rec(0xF00A, std::string(8, '\0'), 2) + parts);
}
inline std::string textbox(const std::string& records) {
  return box(0xF00D, records);
}
inline std::string drawing(const std::string& shapes) {
  return box(0x040C, box(0xF002, box(0xF003, shape("") + shapes)));
}

// What stands at the foot of one slide, or of all of them; `shown`: flags.
inline std::string footers(unsigned instance, unsigned shown, const std::string& date,
                           const std::string& footer) {
  const auto wide = [](const std::string& text) {
    std::string out;
    for (const char c : text) out += {c, '\0'};
    return out;
  };
  return box(0x0FD9,
             rec(0x0FDA, little(0, 2) + little(shown, 2)) + rec(0x0FBA, wide(date), 0) +
                 rec(0x0FBA, wide(footer), 2 << 4),
             instance);
}

class PptBuilder {
 public:
  struct Slide {
    std::string shapes;
    std::string outline = {};  // texts that stand in the document
    bool hidden = false;
    std::string notes = {};  // shapes
    std::string records = {};
    unsigned flags = 1;  // of its facts: it shows what its master has
  };
  PptBuilder& slide(Slide slide) {
    slides_.push_back(std::move(slide));
    return *this;
  }
  // A master of all slides, by its shapes.
  PptBuilder& master(const std::string& shapes) {
    master_ = shapes;
    return *this;
  }
  // Records of the document besides the lists of slides.
  PptBuilder& document(const std::string& records) {
    document_ += records;
    return *this;
  }
  PptBuilder& pictures(const std::string& bytes) {
    pictures_ = bytes;
    return *this;
  }

  // What an object of another program holds; its number is that of the first one behind the slides
  // and the master, and so on.
  PptBuilder& object(const std::string& record) {
    objects_.push_back(record);
    return *this;
  }

  // Its streams: the document, and that of the user.
  std::pair<std::string, std::string> streams() const {
    std::string list;
    std::string notes_list;
    for (unsigned i = 0; i < slides_.size(); ++i) {
      list += place(2 + i * 2, 256 + i) + slides_[i].outline;
      if (!slides_[i].notes.empty()) notes_list += place(3 + i * 2, 700 + i);
    }
    const unsigned master_object = 2 + static_cast<unsigned>(slides_.size()) * 2;
    const std::string masters = master_.empty() ? "" : place(master_object, kMasterId);
    std::vector<std::string> objects = {box(
        0x03E8,
        document_ + box(0x0FF0, masters, 1) + box(0x0FF0, list, 0) + box(0x0FF0, notes_list, 2))};
    for (unsigned i = 0; i < slides_.size(); ++i) {
      const Slide& slide = slides_[i];
      const std::string facts =
          rec(0x03EF, std::string(12, '\0') + little(kMasterId, 4) +
                          little(slide.notes.empty() ? 0 : 700 + i, 4) + little(slide.flags, 4));
      const std::string show =
          rec(0x03F9, std::string(10, '\0') + little(slide.hidden ? 4 : 0, 2) + little(0, 4));
      objects.push_back(box(0x03EE, facts + show + slide.records + drawing(slide.shapes)));
      objects.push_back(box(0x03F0, drawing(slide.notes)));
    }
    if (!master_.empty()) objects.push_back(box(0x03F8, drawing(master_)));
    objects.insert(objects.end(), objects_.begin(), objects_.end());
    std::string stream;
    std::string places = little(static_cast<unsigned>(objects.size()) << 20 | 1, 4);
    for (const std::string& object : objects) {
      places += little(stream.size(), 4);
      stream += object;
    }
    const std::size_t directory = stream.size();
    stream += rec(0x1772, places);
    const std::size_t edit = stream.size();
    stream += rec(0x0FF5, little(0, 4) + little(0, 4) + little(0, 4) + little(directory, 4) +
                              little(1, 4) + little(0, 8));
    return {stream, rec(0x0FF6, little(20, 4) + little(0xE391C05F, 4) + little(edit, 4))};
  }
  std::string build() const {
    const auto [stream, user] = streams();
    return compound_file(
        {{"PowerPoint Document", stream}, {"Current User", user}, {"Pictures", pictures_}});
  }

 private:
  static constexpr unsigned kMasterId = 900;

  static std::string place(unsigned object, unsigned id) {
    return rec(0x03F3, little(object, 4) + little(0, 8) + little(id, 4) + little(0, 4));
  }

  std::vector<Slide> slides_;
  std::string master_;
  std::vector<std::string> objects_;
  std::string document_;
  std::string pictures_ = "x";
};

// What a presentation is converted with.
struct PptOptions {
  bool hidden_slides = false;
  bool footers = false;
  bool comments = false;
  std::string password = {};

  std::string json() const {
    const auto flag = [](const char* name, bool value) {
      return std::string(",\"") + name + "\":" + (value ? "true" : "false");
    };
    return R"({"notes":true,"embedded_documents":true,"password":")" + password + "\"" +
           flag("footers", footers) + flag("comments", comments) +
           flag("hidden_slides", hidden_slides) + "}";
  }
};

class PptRun {
 public:
  explicit PptRun(const std::string& bytes, const PptOptions& options = {})
      : job_(bytes, "a.ppt", "application/vnd.ms-powerpoint") {
    job_.set_options(options.json());
    outcome = job_.run(converter_);
  }
  const std::string& body() const { return job_.body(); }
  const RecordingJob& job() const { return job_; }
  Outcome outcome = Outcome::kOk;

 private:
  ppt::PptConverter converter_;
  RecordingJob job_;
};

}  // namespace sluice::test
