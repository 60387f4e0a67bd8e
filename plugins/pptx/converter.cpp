// SPDX-License-Identifier: Apache-2.0
#include "pptx/converter.hpp"

#include <memory>
#include <set>
#include <sluice/defects.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <sluice/options.hpp>
#include <string>

#include "pptx/canary.hpp"
#include "pptx/deck.hpp"
#include "pptx/slide_writer.hpp"

namespace sluice::pptx {
namespace {

struct Settings {
  explicit Settings(const Options& options)
      : hidden_slides(options.get_bool("hidden_slides")),
        notes(options.get_bool("notes")),
        footers(options.get_bool("footers")),
        comments(options.get_bool("comments")),
        embedded(options.get_bool("embedded_documents") ? Embedded::kTaken : Embedded::kNamed) {}

  bool hidden_slides;
  bool notes;
  bool footers;
  bool comments;
  Embedded embedded;
};

// One presentation being written.
class Conversion {
 public:
  Conversion(Job& job, const Settings& settings, const OpcPackage& package)
      : job_(job),
        settings_(settings),
        package_(package),
        deck_(package_),
        anchors_(deck_, {settings.hidden_slides, settings.notes}),
        images_(job, package_),
        out_(job),
        objects_(job, settings.embedded) {}

  void run(const Lacks& lacks, std::string_view plugin) {
    for (const std::string& defect : lacks.defects) defects_.add(defect);
    for (const std::string& kind : lacks.objects) objects_.leave(kind);
    const auto& slides = deck_.slides();
    if (!slides.empty()) job_.set_metadata("pages", std::to_string(slides.size()));
    if (package_.zip().is_recovered()) defects_.add("the file is cut off or damaged");
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < slides.size(); ++i) {
      job_.check_cancelled();
      job_.progress(i, slides.size());
      if (slides[i].empty()) {
        defects_.add("slide " + std::to_string(i + 1) + " is missing");
      } else {
        hidden += write(slides[i], i + 1) ? 0U : 1U;
      }
    }
    objects_.write_parts(package_, package_.relationships(package_.main_part()), out_);
    left_out_.tell(job_, plugin);
    objects_.tell(plugin);
    warn_of_hidden(job_, "slide", hidden, setting_of(plugin, "hidden_slides"));
    defects_.conclude(job_, out_, out_.has_content(),
                      "no slide of the presentation shows text or images");
  }

 private:
  // Returns whether it was written: not if it is hidden.
  bool write(const std::string& part, std::size_t number) {
    Slide slide;
    try {
      slide = deck_.read(part);
    } catch (const Failure& failure) {
      if (failure.outcome() != Outcome::kMalformed) throw;
      defects_.add(failure.what());
      return true;
    }
    if (slide.hidden && !settings_.hidden_slides) return false;
    if (!slide.part.xml.defect().empty()) defects_.add(part + ": " + slide.part.xml.defect());
    out_.comment("Slide number: " + std::to_string(number));
    SlideWriter writer(out_, images_, package_, deck_, anchors_, slide, objects_, left_out_);
    writer.write_shapes(settings_.footers);
    objects_.write_parts(package_, slide.part.links, out_);
    if (settings_.notes) writer.write_notes();
    if (settings_.comments) {
      writer.write_comments();
    } else {
      count_comments(package_, slide, left_out_.comments);
    }
    for (const auto& below : {slide.layout, slide.master}) {
      if (below && masters_.insert(below).second) count_texts(*below, left_out_.masters);
    }
    return true;
  }

  Job& job_;
  Settings settings_;
  const OpcPackage& package_;
  Deck deck_;
  SlideAnchors anchors_;
  OpcImages images_;
  MarkdownWriter out_;
  Defects defects_;
  EmbeddedObjects objects_;
  std::set<std::shared_ptr<const SlidePart>> masters_;  // and layouts, whose texts are counted
  DeckLeftOuts left_out_;
};

}  // namespace

void convert_package(Job& job, const OpcPackage& package, const Lacks& lacks,
                     std::string_view plugin) {
  const Settings settings(Options(job.options()));
  Conversion(job, settings, package).run(lacks, plugin);
}

void PptxConverter::convert(Job& job) {
  const OpcPackage package(job, {}, job.secret("password"));
  set_office_metadata(job, package);
  convert_package(job, package, {}, "pptx");
}

Canary PptxConverter::canary() const {
  return {kCanary, "canary.pptx",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          kCanaryMarkdown};
}

}  // namespace sluice::pptx
