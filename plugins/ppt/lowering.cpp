// SPDX-License-Identifier: Apache-2.0
#include "ppt/lowering.hpp"

#include <algorithm>
#include <array>
#include <sluice/counted.hpp>
#include <sluice/little_endian.hpp>

#include "office_xml/package.hpp"
#include "office_xml/xml_text.hpp"
#include "ppt/shapes.hpp"

namespace sluice::ppt {
namespace {

constexpr const char* kMainPart = "ppt/presentation.xml";
constexpr std::uint16_t kOfSlides = 0;
constexpr std::uint16_t kOfMasters = 1;
constexpr std::uint16_t kOfNotes = 2;
// Of footers.
constexpr std::uint16_t kOfAllSlides = 3;
constexpr std::uint16_t kOfOneSlide = 0;

// A slide, or a slide's notes, in the document's lists (2.4.14.3).
struct Listed {
  std::uint32_t object = 0;
  std::uint32_t id = 0;
  std::vector<Text> texts;
};

std::vector<Listed> listed(std::string_view document, std::uint16_t of) {
  std::vector<Listed> all;
  constexpr std::size_t kMost = 100'000;
  ArtRecords lists(document);
  while (lists.next()) {
    const ArtRecord& list = lists.record();
    if (list.type != kSlideList || list.instance != of) continue;
    std::size_t texts_begin = 0;
    ArtRecords records(list.body);
    const auto end_texts = [&](std::size_t end) {
      if (!all.empty() && end > texts_begin) {
        all.back().texts = read_texts(list.body.substr(texts_begin, end - texts_begin));
      }
    };
    std::size_t begin = 0;
    while (records.next() && all.size() < kMost) {
      const ArtRecord& record = records.record();
      if (record.type == kSlidePlace) {
        end_texts(begin);
        all.push_back({little_u32(record.body, 0), little_u32(record.body, 12), {}});
        texts_begin = record.end;
      }
      begin = record.end;
    }
    end_texts(begin);
  }
  return all;
}

// Addresses by the numbers of links (2.10.16).
std::map<std::uint32_t, std::string> addresses_of(std::string_view document) {
  std::map<std::uint32_t, std::string> addresses;
  const auto list = child_of(document, kLinks);
  ArtRecords links(list ? list->body : std::string_view());
  constexpr std::size_t kMost = 100'000;
  while (links.next() && addresses.size() < kMost) {
    if (links.record().type != kLink) continue;
    const auto facts = child_of(links.record().body, kLinkFacts);
    std::string address;
    std::string place;
    ArtRecords parts(links.record().body);
    while (parts.next()) {
      if (parts.record().type != kString) continue;
      if (parts.record().instance == 1) address = utf8_of_utf16le(parts.record().body);
      if (parts.record().instance == 3) place = utf8_of_utf16le(parts.record().body);
    }
    // A place alone is in the presentation.
    if (!facts || address.empty()) continue;
    if (!place.empty() && address.find('#') == std::string::npos) address += "#" + place;
    addresses[little_u32(facts->body, 0)] = address;
  }
  return addresses;
}

// An object that is embedded (2.10.11). Controls and what is linked hold nothing.
struct EmbeddedObject {
  std::string kind;            // its program's name for the reader, or else for programs
  std::uint32_t number = 0;    // by which shapes show it
  std::uint32_t contents = 0;  // where it is, as a number of the stream
};

std::vector<EmbeddedObject> objects_of(std::string_view document) {
  std::vector<EmbeddedObject> found;
  const auto list = child_of(document, kLinks);
  ArtRecords objects(list ? list->body : std::string_view());
  constexpr std::size_t kMost = 10'000;
  while (objects.next() && found.size() < kMost) {
    if (objects.record().type != kEmbedded) continue;
    EmbeddedObject object;
    std::string program;
    ArtRecords parts(objects.record().body);
    while (parts.next()) {
      const ArtRecord& part = parts.record();
      if (part.type == kObjectFacts) {
        object.number = little_u32(part.body, 8);
        object.contents = little_u32(part.body, 16);
      }
      if (part.type != kString) continue;
      if (part.instance == 2) program = utf8_of_utf16le(part.body);
      if (part.instance == 3) object.kind = utf8_of_utf16le(part.body);
    }
    if (object.kind.empty()) object.kind = program;
    found.push_back(std::move(object));
  }
  return found;
}

// What an object holds, a compound file (2.10.34); empty if it cannot be read.
std::string storage_of(const EmbeddedObject& object, Stream& stream) {
  const auto data = stream.object(object.contents);
  if (!data || data->type != kObjectData) return {};
  constexpr std::uint16_t kPacked = 1;
  if (data->instance != kPacked) return std::string(data->body);
  constexpr std::size_t kSize = 4;
  if (data->body.size() < kSize) return {};
  return inflated(data->body.substr(kSize), little_u32(data->body, 0));
}

// The files of sounds and films (2.10.4 to 2.10.9); empty for those without a name.
std::vector<std::string> media_of(std::string_view document) {
  constexpr std::array kKinds = {kAviFilm, kMciFilm, kMidiSound, kWaveSound, kLinkedWaveSound};
  constexpr std::size_t kMost = 1'000;
  std::vector<std::string> media;
  const auto list = child_of(document, kLinks);
  ArtRecords objects(list ? list->body : std::string_view());
  while (objects.next() && media.size() < kMost) {
    std::string_view body = objects.record().body;
    if (std::ranges::find(kKinds, objects.record().type) == kKinds.end()) continue;
    if (const auto video = child_of(body, kVideo)) body = video->body;
    const auto path = child_of(body, kString);
    media.push_back(path ? utf8_of_utf16le(path->body) : std::string());
  }
  return media;
}

std::string_view picture_store(std::string_view document) {
  const auto group = child_of(document, kDrawingGroup);
  ArtRecords records(group ? group->body : std::string_view());
  while (records.next()) {
    if (const auto store = child_of(records.record().body, kArtPictureStore)) return store->body;
  }
  return {};
}

// The date and the footer at the foot of slides (2.4.15.1), as placeholders of a slide: of those
// that the document has for all slides, or that one slide has for itself.
std::optional<std::string> footers_xml(std::string_view body, std::uint16_t of) {
  // 2.4.15.2: which of the texts are shown.
  constexpr std::uint16_t kFixedDate = 0x4, kFooter = 0x20;
  ArtRecords records(body);
  while (records.next()) {
    if (records.record().type != kFooters || records.record().instance != of) continue;
    const auto facts = child_of(records.record().body, kFooterFacts);
    const std::uint16_t shown = facts ? little_u16(facts->body, 2) : 0;
    std::string shapes;
    ArtRecords texts(records.record().body);
    while (texts.next()) {
      const ArtRecord& text = texts.record();
      const bool is_date = text.instance == 0;
      if (text.type != kString || (!is_date && text.instance != 2)) continue;
      if ((shown & (is_date ? kFixedDate : kFooter)) == 0) continue;
      shapes += std::string("<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr><p:ph type=\"") +
                (is_date ? "dt" : "ftr") + "\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>";
      office_xml::append_escaped(shapes, utf8_of_utf16le(text.body));
      shapes += "</a:t></a:r></a:p></p:txBody></p:sp>";
    }
    return shapes;
  }
  return std::nullopt;
}

// The records of a type within the tags of a slide (2.5.19), which hold what PowerPoint 97 did not
// know.
std::vector<std::string_view> in_tags(std::string_view slide, std::uint16_t type) {
  constexpr std::size_t kMost = 10'000;
  std::vector<std::string_view> found;
  const auto tags = child_of(slide, kTags);
  ArtRecords programs(tags ? tags->body : std::string_view());
  while (programs.next()) {
    if (programs.record().type != kBinaryTag) continue;
    const auto data = child_of(programs.record().body, kTagData);
    ArtRecords records(data ? data->body : std::string_view());
    while (records.next() && found.size() < kMost) {
      if (records.record().type == type) found.push_back(records.record().body);
    }
  }
  return found;
}

class Lowering {
 public:
  Lowering(Job& job, Stream& stream, std::string_view document)
      : job_(job),
        stream_(stream),
        slides_(listed(document, kOfSlides)),
        notes_(listed(document, kOfNotes)),
        addresses_(addresses_of(document)),
        media_(media_of(document)),
        footers_(footers_xml(document, kOfAllSlides).value_or("")),
        pictures_(picture_store(document), stream.pictures(), package_) {
    for (const Listed& one : notes_) notes_by_id_.emplace(one.id, &one);
    for (const Listed& one : listed(document, kOfMasters)) masters_.emplace(one.id, one.object);
    for (const EmbeddedObject& one : objects_of(document)) add_object(one);
  }

  Lowered run() {
    std::string list;
    for (std::size_t i = 0; i < slides_.size(); ++i) {
      job_.check_cancelled();
      const std::string name = "ppt/slides/slide" + std::to_string(i + 1) + ".xml";
      // An entry without a part is one that is missing, for the reader.
      add_slide(slides_[i], i, name);
      list += "<p:sldId r:id=\"" + package_.relate(kMainPart, "slide", name) + "\"/>";
    }
    package_.part(kMainPart,
                  office_xml::part_of("p:presentation", "<p:sldIdLst>" + list + "</p:sldIdLst>"));
    add_authors();
    relate_rest();
    Lowered lowered;
    if (!stream_.is_whole()) lowered.lacks.defects.emplace_back("the file is cut off or damaged");
    if (pictures_.lost() > 0) {
      lowered.lacks.defects.push_back(counted(pictures_.lost(), "image") + " could not be taken");
    }
    lowered.lacks.objects = std::move(unread_objects_);
    lowered.media = std::move(media_);
    lowered.package = package_.build(kMainPart);
    return lowered;
  }

 private:
  void add_object(const EmbeddedObject& object) {
    std::string storage = storage_of(object, stream_);
    if (storage.empty()) return unread_objects_.push_back(object.kind);
    std::string name = "ppt/embeddings/object" + std::to_string(object.number) + ".bin";
    const auto [known, is_new] = objects_.emplace(object.number, std::move(name));
    if (is_new) package_.part(known->second, std::move(storage));
  }

  // Objects that no slide shows.
  void relate_rest() {
    for (const auto& [number, name] : objects_) package_.relate(kMainPart, "oleObject", name);
  }

  void add_slide(const Listed& slide, std::size_t index, const std::string& name) {
    const auto object = stream_.object(slide.object);
    if (!object || object->type != kSlide) return;
    constexpr std::uint16_t kHidden = 0x4;
    const auto show = child_of(object->body, kShowFacts);
    const bool is_hidden = show && (little_u16(show->body, 10) & kHidden) != 0;
    const auto drawing = child_of(object->body, kDrawing);
    Links links(addresses_, package_, name);
    SlideContext context{package_, pictures_, name, slide.texts, links, objects_};
    std::string shapes = drawing ? shapes_xml(drawing->body, context) : std::string();
    // Texts of the outline that no shape shows: those of slides whose shapes are damaged.
    for (std::size_t i = 0; i < slide.texts.size(); ++i) {
      if (context.used.contains(i) || slide.texts[i].is_blank()) continue;
      const char* type = slide.texts[i].is_title() ? "title" : "body";
      shapes += std::string("<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr><p:ph type=\"") + type +
                "\"/></p:nvPr></p:nvSpPr>" +
                text_xml(slide.texts[i], [&](std::uint32_t link) { return links.id(link); }) +
                "</p:sp>";
    }
    shapes += footers_xml(object->body, kOfOneSlide).value_or(footers_);
    if (const auto facts = child_of(object->body, kSlideFacts)) {
      constexpr std::uint16_t kWithMaster = 0x1;
      add_notes(little_u32(facts->body, 16), index, name);
      if ((little_u16(facts->body, 20) & kWithMaster) != 0) {
        add_master(little_u32(facts->body, 12), name);
      }
    }
    add_comments(object->body, index, name);
    package_.part(name, tree("p:sld", shapes, is_hidden ? " show=\"0\"" : ""));
  }

  void add_notes(std::uint32_t id, std::size_t index, const std::string& slide) {
    const auto listed_notes = notes_by_id_.find(id);
    if (id == 0 || listed_notes == notes_by_id_.end()) return;
    const auto object = stream_.object(listed_notes->second->object);
    if (!object || object->type != kNotes) return;
    const auto drawing = child_of(object->body, kDrawing);
    if (!drawing) return;
    const std::string name = "ppt/notesSlides/notesSlide" + std::to_string(index + 1) + ".xml";
    Links links(addresses_, package_, name);
    SlideContext context{package_, pictures_, name, listed_notes->second->texts, links, objects_};
    package_.part(name, tree("p:notes", shapes_xml(drawing->body, context), {}));
    package_.relate(slide, "notesSlide", name);
  }

  // What a master shows around its slides, as the layout of a slide.
  void add_master(std::uint32_t id, const std::string& slide) {
    const std::string name = "ppt/slideLayouts/slideLayout" + std::to_string(id) + ".xml";
    const auto [known, is_new] = lowered_masters_.emplace(id, false);
    if (is_new) known->second = write_master(id, name);
    if (known->second) package_.relate(slide, "slideLayout", name);
  }

  bool write_master(std::uint32_t id, const std::string& name) {
    const auto listed_master = masters_.find(id);
    if (listed_master == masters_.end()) return false;
    const auto object = stream_.object(listed_master->second);
    if (!object || (object->type != kMaster && object->type != kSlide)) return false;
    const auto drawing = child_of(object->body, kDrawing);
    if (!drawing) return false;
    Links links(addresses_, package_, name);
    Pictures pictures({}, {}, package_);  // those of masters are no part of a slide
    const std::vector<Text> outline;
    SlideContext context{package_, pictures, name, outline, links, objects_};
    package_.part(name, tree("p:sldLayout", shapes_xml(drawing->body, context), {}));
    return true;
  }

  // 2.5.20: an author and what was said.
  void add_comments(std::string_view body, std::size_t index, const std::string& slide) {
    std::string comments;
    for (const std::string_view comment : in_tags(body, kComment)) {
      std::string author;
      std::string said;
      ArtRecords texts(comment);
      while (texts.next()) {
        if (texts.record().type != kString) continue;
        if (texts.record().instance == 0) author = utf8_of_utf16le(texts.record().body);
        if (texts.record().instance == 1) said = utf8_of_utf16le(texts.record().body);
      }
      const auto number = authors_.emplace(author, authors_.size()).first->second;
      comments += "<p:cm authorId=\"" + std::to_string(number) + "\"><p:text>";
      office_xml::append_escaped(comments, said);
      comments += "</p:text></p:cm>";
    }
    if (comments.empty()) return;
    const std::string name = "ppt/comments/comment" + std::to_string(index + 1) + ".xml";
    package_.part(name, office_xml::part_of("p:cmLst", comments));
    package_.relate(slide, "comments", name);
  }

  void add_authors() {
    if (authors_.empty()) return;
    std::string authors;
    for (const auto& [name, number] : authors_) {
      authors += "<p:cmAuthor id=\"" + std::to_string(number) + "\"";
      office_xml::append_attribute(authors, "name", name);
      authors += "/>";
    }
    constexpr const char* kName = "ppt/commentAuthors.xml";
    package_.part(kName, office_xml::part_of("p:cmAuthorLst", authors));
    package_.relate(kMainPart, "commentAuthors", kName);
  }

  static std::string tree(std::string_view root, const std::string& shapes,
                          std::string_view attributes) {
    return office_xml::part_of(root, "<p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld>",
                               attributes);
  }

  Job& job_;
  Stream& stream_;
  std::vector<Listed> slides_;
  std::vector<Listed> notes_;
  std::map<std::uint32_t, std::string> addresses_;
  std::map<std::uint32_t, std::string> objects_;  // parts of objects, by number
  std::vector<std::string> unread_objects_;       // the kinds of those without a part
  std::vector<std::string> media_;
  std::string footers_;  // of slides that have none of their own
  std::map<std::uint32_t, const Listed*> notes_by_id_;
  std::map<std::uint32_t, std::uint32_t> masters_;  // their objects by id
  std::map<std::uint32_t, bool> lowered_masters_;   // whether there is a part of it
  std::map<std::string, std::size_t> authors_;      // of comments
  office_xml::Package package_;
  Pictures pictures_;
};

}  // namespace

Lowered lower(Job& job, Stream& stream) {
  const auto document = stream.object(stream.document());
  if (!document || document->type != kDocument) {
    throw Failure(Outcome::kMalformed, "the presentation's document is not in it");
  }
  return Lowering(job, stream, document->body).run();
}

}  // namespace sluice::ppt
