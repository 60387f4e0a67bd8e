// SPDX-License-Identifier: Apache-2.0
#include "ppt/shapes.hpp"

#include <algorithm>
#include <optional>
#include <sluice/images.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/office_art.hpp>

#include "office_xml/xml_text.hpp"
#include "ppt/stream.hpp"

namespace sluice::ppt {
namespace {

constexpr std::uint16_t kGroupSpace = 0xF009;
constexpr std::uint16_t kMoreProperties = 0xF122;
constexpr std::uint16_t kTableProperties = 0x039F;
constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxShapes = 20'000;  // of a slide

struct Box {
  std::int32_t left = 0, top = 0, right = 0, bottom = 0;
};

// What one container of kArtShape says.
struct Shape {
  Box box;
  std::optional<Box> inner;  // of a group: the space of its children
  std::uint8_t placeholder = 0;
  std::uint32_t picture = 0;
  std::string description;
  bool is_table = false;
  std::uint32_t link = 0;
  std::uint32_t object = 0;
  std::optional<Text> text;
};

Box box_of(std::string_view bytes) {
  const auto number = [&](std::size_t index) {
    return static_cast<std::int32_t>(little_u32(bytes, index * 4));
  };
  return {number(0), number(1), number(2), number(3)};
}

// 2.7.1: four numbers of 16 or 32 bits, the top first.
Box anchor_of(std::string_view bytes) {
  constexpr std::size_t kShort = 8;
  if (bytes.size() > kShort) {
    const Box box = box_of(bytes);
    return {box.top, box.left, box.right, box.bottom};
  }
  const auto number = [&](std::size_t index) {
    return std::int32_t{static_cast<std::int16_t>(little_u16(bytes, index * 2))};
  };
  return {number(1), number(0), number(2), number(3)};
}

// In English Metric Units: 576 of the file's are an inch.
std::string transform(const Shape& shape) {
  const auto emu = [](std::int64_t value) { return std::to_string(value * 9144 / 576 * 100); };
  const auto pair = [&](const char* name, const char* x, const char* y, std::int64_t first,
                        std::int64_t second) {
    return std::string("<a:") + name + " " + x + "=\"" + emu(first) + "\" " + y + "=\"" +
           emu(second) + "\"/>";
  };
  const Box& box = shape.box;
  std::string out = "<a:xfrm>" + pair("off", "x", "y", box.left, box.top) +
                    pair("ext", "cx", "cy", std::int64_t{box.right} - box.left,
                         std::int64_t{box.bottom} - box.top);
  if (shape.inner) {
    out += pair("chOff", "x", "y", shape.inner->left, shape.inner->top) +
           pair("chExt", "cx", "cy", std::int64_t{shape.inner->right} - shape.inner->left,
                std::int64_t{shape.inner->bottom} - shape.inner->top);
  }
  return out + "</a:xfrm>";
}

// 2.13.21
const char* placeholder_type(std::uint8_t kind, const std::optional<Text>& text) {
  switch (kind) {
    case 0x01:
    case 0x03:
      return "title";  // of a master
    case 0x02:
    case 0x04:
      return "body";
    case 0x07:
      return "dt";
    case 0x08:
      return "sldNum";
    case 0x09:
      return "ftr";
    case 0x0A:
      return "hdr";
    case 0x0B:
      return "sldImg";
    default:
      break;
  }
  if (!text) return nullptr;
  if (text->is_title()) return "title";
  const bool is_body = text->kind == TextKind::kBody || text->kind == TextKind::kNotes;
  return is_body && kind != 0 ? "body" : nullptr;
}

class ShapeTree {
 public:
  explicit ShapeTree(SlideContext& context) : context_(context) {}

  // The shapes of a group; the first one is the group itself.
  std::string group(std::string_view body, int depth) {
    std::string out;
    std::optional<Shape> own;
    std::vector<Shape> cells;
    ArtRecords records(body);
    while (records.next() && ++count_ < kMaxShapes) {
      const ArtRecord& record = records.record();
      if (record.type == kArtShapeGroup && depth < kMaxDepth) {
        out += group(record.body, depth + 1);
      } else if (record.type == kArtShape) {
        Shape shape = read(record.body);
        if (!own) {
          own = std::move(shape);
        } else if (own->is_table) {
          if (shape.text) cells.push_back(std::move(shape));
        } else {
          out += shape_xml(shape);
        }
      }
    }
    if (!own || depth == 0) return out;
    if (own->is_table && !cells.empty()) return table_xml(*own, cells);
    return "<p:grpSp><p:grpSpPr>" + transform(*own) + "</p:grpSpPr>" + out + "</p:grpSp>";
  }

  std::string shape_xml(const Shape& shape) {
    const std::string part = shape.picture > 0 ? context_.pictures.part(shape.picture) : "";
    const auto object = context_.objects.find(shape.object);
    if (object != context_.objects.end()) return object_xml(shape, part, object->second);
    if (!part.empty()) return picture_xml(shape, part);
    if (!shape.text) return {};
    std::string out = "<p:sp><p:nvSpPr>" + name_xml(shape) + "<p:nvPr>";
    if (const char* type = placeholder_type(shape.placeholder, shape.text)) {
      out += std::string("<p:ph type=\"") + type + "\"/>";
    }
    return out + "</p:nvPr></p:nvSpPr><p:spPr>" + transform(shape) + "</p:spPr>" +
           text_xml(*shape.text, link_ids()) + "</p:sp>";
  }

 private:
  Shape read(std::string_view body) {
    Shape shape;
    ArtRecords records(body);
    while (records.next()) {
      const ArtRecord& record = records.record();
      switch (record.type) {
        case kGroupSpace:
          shape.inner = box_of(record.body);
          break;
        case kArtAnchor:
          shape.box = anchor_of(record.body);
          break;
        case kArtChildAnchor:
          shape.box = box_of(record.body);
          break;
        case kArtProperties: {
          const ArtProperties properties(record);
          shape.picture = properties.number(kArtPictureNumber);
          shape.description = properties.text(kArtDescription);
          shape.is_table = shape.is_table || (properties.number(kTableProperties) & 1U) != 0;
          break;
        }
        case kMoreProperties:
          shape.is_table =
              shape.is_table || (ArtProperties(record).number(kTableProperties) & 1U) != 0;
          break;
        case kArtClientData:
          read_client(record.body, shape);
          break;
        case kArtTextbox:
          read_text(record.body, shape);
          break;
        default:
          break;
      }
    }
    return shape;
  }

  static void read_client(std::string_view body, Shape& shape) {
    if (const auto placeholder = child_of(body, kPlaceholder)) {
      shape.placeholder = little_u8(placeholder->body, 4);
    }
    if (const auto object = child_of(body, kObjectShown))
      shape.object = little_u32(object->body, 0);
    if (const auto interaction = child_of(body, kInteraction)) {
      const auto facts = child_of(interaction->body, kInteractionFacts);
      if (facts) shape.link = little_u32(facts->body, 4);
    }
  }

  // The text itself, or the number of one that stands in the document.
  void read_text(std::string_view body, Shape& shape) {
    if (const auto outline = child_of(body, kOutlineText)) {
      const std::size_t index = little_u32(outline->body, 0);
      if (index < context_.outline.size() && context_.used.insert(index).second) {
        shape.text = context_.outline[index];
      }
    } else if (std::vector<Text> texts = read_texts(body); !texts.empty()) {
      shape.text = std::move(texts.front());
    }
    if (shape.text && shape.text->is_blank()) shape.text.reset();
  }

  std::string name_xml(const Shape& shape) const {
    std::string out = "<p:cNvPr";
    office_xml::append_attribute(out, "descr", shape.description);
    const std::string& link = context_.links.id(shape.link);
    if (link.empty()) return out + "/>";
    return out + "><a:hlinkClick r:id=\"" + link + "\"/></p:cNvPr>";
  }

  LinkIds link_ids() {
    return [this](std::uint32_t number) { return context_.links.id(number); };
  }

  std::string picture_xml(const Shape& shape, const std::string& part) {
    const std::string id = context_.package.relate(context_.part, "image", part);
    return "<p:pic><p:nvPicPr>" + name_xml(shape) + "</p:nvPicPr><p:blipFill><a:blip r:embed=\"" +
           id + "\"/></p:blipFill><p:spPr>" + transform(shape) + "</p:spPr></p:pic>";
  }

  // `picture`: the part of its picture; may be empty.
  std::string object_xml(const Shape& shape, const std::string& picture,
                         const std::string& object) {
    return "<p:graphicFrame>" + frame_transform(shape) +
           "<a:graphic><a:graphicData><p:oleObj r:id=\"" +
           context_.package.relate(context_.part, "oleObject", object) + "\">" +
           (picture.empty() ? std::string() : picture_xml(shape, picture)) +
           "</p:oleObj></a:graphicData></a:graphic></p:graphicFrame>";
  }

  // The places where cells begin, from left to right or from top to bottom.
  static std::vector<std::int32_t> lines(const std::vector<Shape>& cells, std::int32_t Box::*edge) {
    std::vector<std::int32_t> all;
    for (const Shape& cell : cells) all.push_back(cell.box.*edge);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  // A table is a group of shapes whose edges meet.
  std::string table_xml(const Shape& own, std::vector<Shape>& cells) {
    const auto columns = lines(cells, &Box::left);
    std::stable_sort(cells.begin(), cells.end(), [](const Shape& a, const Shape& b) {
      return a.box.top != b.box.top ? a.box.top < b.box.top : a.box.left < b.box.left;
    });
    const auto rows = lines(cells, &Box::top);
    std::string out =
        "<p:graphicFrame>" + frame_transform(own) + "<a:graphic><a:graphicData><a:tbl>";
    auto cell = cells.begin();
    for (const std::int32_t top : rows) {
      out += "<a:tr>";
      std::size_t column = 0;
      for (; cell != cells.end() && cell->box.top == top; ++cell) {
        const auto at = static_cast<std::size_t>(
            std::lower_bound(columns.begin(), columns.end(), cell->box.left) - columns.begin());
        // A cell without text is no shape with one.
        for (; column < at; ++column) out += "<a:tc/>";
        const auto end = static_cast<std::size_t>(
            std::lower_bound(columns.begin(), columns.end(), cell->box.right) - columns.begin());
        const std::size_t span = end > at ? end - at : 1;
        out += "<a:tc gridSpan=\"" + std::to_string(span) + "\">" +
               text_xml(*cell->text, link_ids(), "a:txBody") + "</a:tc>";
        column = at + span;
      }
      out += "</a:tr>";
    }
    return out + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
  }

  static std::string frame_transform(const Shape& shape) {
    Shape outer = shape;
    outer.inner.reset();
    std::string out = transform(outer);
    out.replace(1, 1, "p");
    return out.replace(out.size() - 7, 1, "p");
  }

  SlideContext& context_;
  std::size_t count_ = 0;
};

}  // namespace

Pictures::Pictures(std::string_view store, std::string_view delayed, office_xml::Package& package)
    : delayed_(delayed), package_(package) {
  ArtRecords records(store);
  std::size_t begin = 0;
  constexpr std::size_t kMost = 100'000;
  while (records.next() && entries_.size() < kMost) {
    entries_.push_back(store.substr(begin, records.record().end - begin));
    begin = records.record().end;
  }
}

const std::string& Links::id(std::uint32_t number) {
  const auto [known, is_new] = ids_.emplace(number, std::string());
  const auto address = addresses_.find(number);
  if (is_new && address != addresses_.end()) {
    known->second = package_.relate_outside(part_, "hyperlink", address->second);
  }
  return known->second;
}

std::string Pictures::part(std::uint32_t number) {
  const auto [known, is_new] = known_.emplace(number, std::string());
  if (!is_new || number == 0 || number > entries_.size()) return known->second;
  ArtRecords records(entries_[number - 1]);
  const auto picture = records.next() ? read_art_entry(records.record(), delayed_) : std::nullopt;
  const std::string extension(picture ? extension_for(picture->media_type) : std::string_view());
  if (extension.empty()) {
    ++lost_;
    return {};
  }
  known->second = "ppt/media/image" + std::to_string(number) + "." + extension;
  package_.part(known->second, picture->bytes);
  return known->second;
}

std::string shapes_xml(std::string_view drawing, SlideContext& context) {
  ShapeTree tree(context);
  std::string out;
  ArtRecords drawings(drawing);
  while (drawings.next()) {
    ArtRecords groups(drawings.record().body);
    while (groups.next()) {
      if (groups.record().type == kArtShapeGroup) out += tree.group(groups.record().body, 0);
    }
  }
  return out;
}

}  // namespace sluice::ppt
