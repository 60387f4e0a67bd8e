// SPDX-License-Identifier: Apache-2.0
#include "annotations.hpp"

#include <Annot.h>
#include <Catalog.h>
#include <FileSpec.h>
#include <Link.h>
#include <Movie.h>
#include <OptionalContent.h>
#include <PDFDoc.h>
#include <Page.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <sluice/blanks.hpp>
#include <sluice/children.hpp>
#include <sluice/counted.hpp>
#include <sluice/images.hpp>
#include <utility>

#include "document.hpp"
#include "page/stream_bytes.hpp"
#include "text_string.hpp"

namespace sluice::pdf {
namespace {

// Bounds for what nobody writes by hand: a page with more annotations has them from a program.
constexpr int kMaxPagesWithNotes = 20'000;
constexpr int kMaxOnPage = 10'000;
constexpr std::size_t kMaxComments = 100'000;
constexpr std::size_t kMaxFiles = 10'000;
constexpr std::size_t kMaxNameBytes = 240;
constexpr std::size_t kMaxPicture = std::size_t{64} << 20;  // bytes; a larger one is a document

std::string text_of(const GooString* raw) {
  return raw == nullptr ? std::string() : text_string(raw->toStr());
}

// Those that a reader writes beside the text or about a part of it. What others say is drawn on the
// page (free text, stamps, form fields), or nothing (links).
bool is_comment(Annot::AnnotSubtype type) {
  constexpr std::array kTypes = {Annot::typeText,     Annot::typeHighlight, Annot::typeUnderline,
                                 Annot::typeSquiggly, Annot::typeStrikeOut, Annot::typeCaret,
                                 Annot::typeLine,     Annot::typeSquare,    Annot::typeCircle,
                                 Annot::typePolygon,  Annot::typePolyLine,  Annot::typeInk};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

bool is_media(Annot& annot) {
  switch (annot.getType()) {
    case Annot::typeMovie:
    case Annot::typeSound:
    case Annot::typeRichMedia:
    case Annot::type3D:
      return true;
    case Annot::typeScreen: {
      // Others are buttons.
      const LinkAction* action = static_cast<AnnotScreen&>(annot).getAction();
      return action != nullptr && action->getKind() == actionRendition;
    }
    default:
      return false;
  }
}

}  // namespace

Annotations::Annotations(Job& job, Document& document, bool keeps_comments)
    : job_(job), document_(document), keeps_comments_(keeps_comments) {
  PDFDoc& pdf = document_.poppler();
  const int pages = std::min(document_.page_count(), kMaxPagesWithNotes);
  for (int number = 1; number <= pages; ++number) {
    job_.check_cancelled();
    if (Page* page = pdf.getPage(number); page != nullptr && page->isOk()) read_page(*page, number);
  }
  Catalog& catalog = *pdf.getCatalog();
  const int count = std::max(0, catalog.numEmbeddedFiles());
  for (int i = 0; i < count && files_.size() < kMaxFiles; ++i) {
    if (auto file = catalog.embeddedFile(i)) files_.push_back(std::move(file));
  }
  read_layers();
}

Annotations::~Annotations() = default;

void Annotations::read_page(Page& page, int number) {
  Annots* annots = page.getAnnots();
  if (annots == nullptr) return;
  int looked_at = 0;
  for (Annot* annot : annots->getAnnots()) {
    if (looked_at++ == kMaxOnPage) return;
    if (annot->getType() == Annot::typeFileAttachment) {
      auto* attachment = static_cast<AnnotFileAttachment*>(annot);
      if (files_.size() < kMaxFiles) {
        files_.push_back(std::make_unique<FileSpec>(attachment->getFile()));
      }
    } else if (is_media(*annot)) {
      read_media(*annot);
    } else if (is_comment(annot->getType())) {
      std::string text = text_of(annot->getContents());
      if (is_blank(text)) continue;
      if (!keeps_comments_ || comments_.size() == kMaxComments) {
        left_out_.add(text);
        continue;
      }
      const auto* markup = dynamic_cast<const AnnotMarkup*>(annot);
      comments_.push_back(
          {number, markup == nullptr ? "" : text_of(markup->getLabel()), std::move(text)});
    }
  }
}

void Annotations::read_media(Annot& annot) {
  std::string name;
  if (annot.getType() == Annot::typeMovie) {
    Movie* movie = static_cast<AnnotMovie&>(annot).getMovie();
    if (movie != nullptr) name = text_of(movie->getFileName());
  }
  if (is_blank(name)) name = text_of(annot.getContents());
  is_blank(name) ? media_.add_unread() : media_.add_file(name);
}

void Annotations::read_layers() {
  OCGs* const layers = document_.poppler().getCatalog()->getOptContentConfig();
  if (layers == nullptr) return;
  std::map<int, std::string> hidden;  // by object, so that their order is that of the file
  for (const auto& [ref, layer] : layers->getOCGs()) {
    if (layer->getState() == OptionalContentGroup::Off) hidden[ref.num] = text_of(layer->getName());
  }
  for (const auto& [object, name] : hidden) {
    is_blank(name) ? layers_.add_unread() : layers_.add(name);
  }
}

bool Annotations::write(MarkdownWriter& out) {
  if (!comments_.empty()) write_comments(out);
  if (!files_.empty()) write_attachments(out);
  for (const LeftOut* each : {&left_out_, &media_, &layers_}) each->tell(job_, "pdf");
  if (unreadable_ > 0) {
    job_.warn(
        "attachment-unreadable",
        counted(unreadable_, "attached file is", "attached files are") + " not in the document");
  }
  return !comments_.empty() || !files_.empty();
}

void Annotations::write_comments(MarkdownWriter& out) {
  out.begin_heading(2);
  out.text("Comments");
  out.end_heading();
  out.begin_list();
  for (const Comment& comment : comments_) {
    out.begin_item();
    out.text("Page " + std::to_string(comment.page));
    if (!comment.author.empty()) out.text(", " + comment.author);
    out.text(": " + one_line(comment.text));
    out.end_item();
  }
  out.end_list();
}

void Annotations::write_attachments(MarkdownWriter& out) {
  out.begin_heading(2);
  out.text("Attachments");
  out.end_heading();
  out.begin_list();
  for (const auto& file : files_) {
    job_.check_cancelled();
    out.begin_item();
    write_attachment(*file, out);
    out.end_item();
  }
  out.end_list();
}

// A picture is shown; as a document of its own, it would have no text to show.
bool Annotations::show_picture(Stream& stream, const std::string& name, MarkdownWriter& out) {
  std::array<unsigned char, 512> head;
  stream.reset();
  const int got = stream.doGetChars(static_cast<int>(head.size()), head.data());
  stream.close();
  if (got <= 0) return false;
  const std::string type(sniff_image(std::span(head.data(), static_cast<std::size_t>(got))));
  const std::string bytes = type.empty() ? std::string() : read_stream(stream, kMaxPicture);
  if (bytes.empty()) return false;
  const std::span raw(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  out.image(job_.add_asset(one_line(name, kMaxNameBytes), type, raw), name);
  return true;
}

// What the host refuses is only named: it counts them.
void Annotations::write_attachment(FileSpec& file, MarkdownWriter& out) {
  std::string name = file.isOk() ? text_of(file.getFileName()) : std::string();
  if (name.empty()) name = "attachment";
  EmbFile* const embedded = file.isOk() ? file.getEmbeddedFile() : nullptr;
  if (embedded == nullptr || !embedded->isOk() || embedded->stream() == nullptr) {
    ++unreadable_;
    return out.text(name);
  }
  if (show_picture(*embedded->stream(), name, out)) return;
  const std::string type = embedded->mimeType() == nullptr ? "" : embedded->mimeType()->toStr();
  std::optional<Child> child =
      Children(job_).open(name, type.find('/') == std::string::npos ? "" : type);
  if (!child) return out.text(name);
  std::array<unsigned char, 1 << 16> buffer;
  Stream& stream = *embedded->stream();
  stream.reset();
  while (!child->is_cut()) {
    job_.check_cancelled();
    const int got = stream.doGetChars(static_cast<int>(buffer.size()), buffer.data());
    if (got <= 0) break;
    child->write(std::span(buffer.data(), static_cast<std::size_t>(got)));
  }
  stream.close();
  if (!child->finish()) return out.text(name);
  out.begin_child_link(child->id());
  out.text(name);
  out.end_link();
}

}  // namespace sluice::pdf
