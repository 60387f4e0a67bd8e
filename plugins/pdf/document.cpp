// SPDX-License-Identifier: Apache-2.0
#include "document.hpp"

#include <Annot.h>
#include <ErrorCodes.h>
#include <Form.h>
#include <Link.h>
#include <Outline.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <goo/GooString.h>

#include <limits>
#include <optional>

#include "form_size.hpp"
#include "page/content_size.hpp"
#include "page/device.hpp"
#include "page/unknown_codes.hpp"
#include "poppler_setup.hpp"
#include "salvage.hpp"
#include "text_string.hpp"

namespace sluice::pdf {
namespace {

constexpr std::size_t kMaxLinksPerPage = 5'000;
constexpr std::size_t kMaxButtonsPerPage = 1'000;
constexpr int kMaxOutlineDepth = 12;

Failure failure_for(int code, bool with_password) {
  switch (code) {
    case errEncrypted:
      return {Outcome::kEncrypted, with_password
                                       ? "the document needs a password, and the given one is wrong"
                                       : "the document needs a password"};
    case errBadCatalog:
      return {Outcome::kMalformed, "the document has no page catalog that can be read"};
    default:
      return {Outcome::kMalformed, "the file is not a PDF that can be read, or it is cut off"};
  }
}

}  // namespace

class Document::State {
 public:
  State(Job& job, const std::string& password, const ImageOptions& images)
      : job_(job), images_(job, images) {
    const auto source = job.source();
    if (source.size() >= static_cast<std::size_t>(std::numeric_limits<int>::max())) {
      throw Failure(Outcome::kLimit, "PDFs of 2 GiB and more cannot be read");
    }
    open(source, password);
    if (has_endless_form(*document_)) {
      drop_form(*document_);
      has_lost_form_ = true;
      job.warn("form-left-out", "its form has too many fields; what they hold may be missing");
    }
    tags_.emplace(*document_);
    device_.emplace(content_, faces_, images_, *tags_);
  }

  PDFDoc& document() { return *document_; }
  const FaceTable& faces() const { return faces_; }
  std::uint16_t face_without_font(Weight weight) { return faces_.without_font(weight); }
  const TagReader& tags() const { return *tags_; }
  bool was_repaired() const { return repaired_; }
  bool has_lost_form() const { return has_lost_form_; }

  PageContent& read_page(int number, ImageWork work) {
    images_.set_work(work);
    content_.clear();
    content_.number = number;
    Page* page = document_->getPage(number);
    if (page == nullptr || !page->isOk() || has_endless_content(*page)) {
      content_.cut_off = true;
      return content_;
    }
    document_->displayPage(
        &*device_, number, 72, 72, 0, /*useMediaBox=*/false, /*crop=*/true, /*printing=*/false,
        [](void* state) {
          auto& self = *static_cast<State*>(state);
          return self.job_.is_cancelled() || self.device_->has_reached_limit() ||
                 self.images_.has_failed();
        },
        this);
    images_.throw_failure();
    job_.check_cancelled();
    device_->add_signs(buttons_of(*page));
    read_unknown_codes(content_, code_reading_);
    content_.is_unreadable = is_unreadable(content_);
    read_links(*page);
    for (PlacedImage& image : content_.images) image.alt = tags_->alternative_text(image.mark);
    return content_;
  }

  int page_of(const LinkAction* action) {
    if (action == nullptr || action->getKind() != actionGoTo) return 0;
    const auto* go = static_cast<const LinkGoTo*>(action);
    std::unique_ptr<LinkDest> named;
    const LinkDest* target = go->getDest();
    if (target == nullptr && go->getNamedDest() != nullptr) {
      named = document_->findDest(go->getNamedDest());
      target = named.get();
    }
    if (target == nullptr || !target->isOk()) return 0;
    return target->isPageRef() ? document_->findPage(target->getPageRef()) : target->getPageNum();
  }

 private:
  void open(std::span<const std::uint8_t> source, const std::string& password) {
    std::string_view file(reinterpret_cast<const char*>(source.data()), source.size());
    const auto try_with = [&](const std::optional<GooString>& given) {
      auto* stream =
          new MemStream(file.data(), 0, static_cast<Goffset>(file.size()), Object(objNull));
      // The document owns the stream.
      document_ =
          std::make_unique<PDFDoc>(stream, given, given, nullptr, [this] { repaired_ = true; });
      return document_->isOk();
    };
    if (try_with({})) return;
    int code = document_->getErrorCode();
    if (code == errEncrypted && !password.empty()) {
      if (try_with(GooString(password))) return;
      code = document_->getErrorCode();
    }
    if (code == errDamaged || code == errBadCatalog) {
      const std::string trailer = trailer_for(file);
      if (!trailer.empty()) {
        mended_ = std::string(file) + trailer;
        file = mended_;
        if (try_with({})) return;
      }
    }
    throw failure_for(code, !password.empty());
  }

  // The check boxes and radio buttons of a page's form.
  std::vector<Button> buttons_of(Page& page) {
    std::vector<Button> buttons;
    const std::unique_ptr<FormPageWidgets> widgets = page.getFormWidgets();
    if (widgets == nullptr) return buttons;
    for (int i = 0; i < widgets->getNumWidgets() && buttons.size() < kMaxButtonsPerPage; ++i) {
      FormWidget* widget = widgets->getWidget(i);
      if (widget == nullptr || widget->getType() != formButton) continue;
      const auto* button = static_cast<const FormWidgetButton*>(widget);
      if (button->getButtonType() == formButtonPush) continue;
      double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      widget->getRect(&x0, &y0, &x1, &y1);
      buttons.push_back({device_->from_user_space(x0, y0, x1, y1), button->getState()});
    }
    return buttons;
  }

  void read_links(Page& page) {
    const std::unique_ptr<Links> links = page.getLinks();
    if (links == nullptr) return;
    for (const AnnotLink* link : links->getLinks()) {
      if (content_.links.size() >= kMaxLinksPerPage) break;
      const LinkAction* action = link->getAction();
      if (action == nullptr || action->getKind() != actionURI) continue;
      double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      link->getRect(&x0, &y0, &x1, &y1);
      content_.links.push_back({device_->from_user_space(x0, y0, x1, y1),
                                static_cast<const LinkURI*>(action)->getURI()});
    }
  }

  Job& job_;
  std::string mended_;  // the file with a trailer of ours; poppler reads from it
  PageContent content_;
  FaceTable faces_;
  ImageTaker images_;
  std::unique_ptr<PDFDoc> document_;
  std::optional<TagReader> tags_;
  std::optional<PageDevice> device_;
  CodeReading code_reading_ = CodeReading::kUndecided;
  bool repaired_ = false;
  bool has_lost_form_ = false;
};

Document::Document(Job& job, const std::string& password, const ImageOptions& images)
    : state_(std::make_unique<State>(job, password, images)) {}
Document::~Document() = default;

int Document::page_count() const {
  return std::max(0, state_->document().getNumPages());
}
PageContent& Document::read_page(int number, ImageWork work) {
  return state_->read_page(number, work);
}
const std::vector<Face>& Document::faces() const {
  return state_->faces().faces();
}
std::uint16_t Document::face_without_font(Weight weight) {
  return state_->face_without_font(weight);
}
bool Document::is_tagged() const {
  return state_->tags().is_tagged();
}
bool Document::has_lost_form() const {
  return state_->has_lost_form();
}
bool Document::is_made_when_shown() const {
  PDFDoc& pdf = state_->document();
  if (pdf.getCatalog()->getFormType() != Catalog::XfaForm) return false;
  const Object catalog = pdf.getXRef()->getCatalog();
  const Object needed = catalog.isDict() ? catalog.dictLookup("NeedsRendering") : Object();
  return needed.isBool() && needed.getBool();
}
bool Document::was_damaged() const {
  return state_->was_repaired();
}
PDFDoc& Document::poppler() {
  return state_->document();
}

std::vector<OutlineEntry> Document::outline(std::size_t most) {
  std::vector<OutlineEntry> entries;
  Outline* outline = state_->document().getOutline();
  if (outline == nullptr || outline->getItems() == nullptr) return entries;
  struct Place {
    const std::vector<OutlineItem*>* items;
    std::size_t next;
  };
  std::vector<Place> open = {{outline->getItems(), 0}};
  while (!open.empty() && entries.size() < most) {
    Place& place = open.back();
    if (place.next >= place.items->size()) {
      open.pop_back();
      continue;
    }
    OutlineItem* item = (*place.items)[place.next++];
    OutlineEntry entry;
    entry.title = from_code_points(item->getTitle(), item->getTitleLength());
    entry.level = static_cast<int>(open.size());
    entry.page = state_->page_of(item->getAction());
    if (!entry.title.empty()) entries.push_back(std::move(entry));
    if (open.size() >= kMaxOutlineDepth || !item->hasKids()) continue;
    item->open();
    const std::vector<OutlineItem*>* kids = item->getKids();
    if (kids != nullptr && !kids->empty()) open.push_back({kids, 0});
  }
  return entries;
}

}  // namespace sluice::pdf
