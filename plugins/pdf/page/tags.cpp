// SPDX-License-Identifier: Apache-2.0
#include "tags.hpp"

#include <Catalog.h>
#include <Object.h>  // Dict.h does not stand alone
// clang-format off
#include <Dict.h>
// clang-format on
#include <PDFDoc.h>
#include <Page.h>
#include <XRef.h>

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "../text_string.hpp"

namespace sluice::pdf {
namespace {

constexpr int kMaxTreeDepth = 24;
constexpr int kMaxAncestors = 40;
constexpr std::size_t kMaxElements = 500'000;

// A standard structure type, or what a role map says it stands for.
enum class Kind : std::uint8_t {
  kOther,
  kParagraph,
  kHeading,
  kList,
  kListItem,
  kLabel,
  kListBody,
  kTable,
  kRow,
  kHeaderCell,
  kDataCell,
  kNote,
  kCode,
  kQuote,
  kCaption,
  kFigure,
  kContents,
  kSection,  // groups blocks
  kArtifact,
};

struct KindName {
  const char* name;
  Kind kind;
  std::uint8_t level;
};
constexpr KindName kKinds[] = {
    {"P", Kind::kParagraph, 0},      {"H", Kind::kHeading, 0},
    {"H1", Kind::kHeading, 1},       {"H2", Kind::kHeading, 2},
    {"H3", Kind::kHeading, 3},       {"H4", Kind::kHeading, 4},
    {"H5", Kind::kHeading, 5},       {"H6", Kind::kHeading, 6},
    {"Title", Kind::kHeading, 1},    {"L", Kind::kList, 0},
    {"LI", Kind::kListItem, 0},      {"Lbl", Kind::kLabel, 0},
    {"LBody", Kind::kListBody, 0},   {"Table", Kind::kTable, 0},
    {"TR", Kind::kRow, 0},           {"TH", Kind::kHeaderCell, 0},
    {"TD", Kind::kDataCell, 0},      {"Note", Kind::kNote, 0},
    {"FENote", Kind::kNote, 0},      {"Code", Kind::kCode, 0},
    {"BlockQuote", Kind::kQuote, 0}, {"Caption", Kind::kCaption, 0},
    {"Figure", Kind::kFigure, 0},    {"Formula", Kind::kFigure, 0},
    {"TOCI", Kind::kContents, 0},    {"Artifact", Kind::kArtifact, 0},
    {"Sect", Kind::kSection, 0},     {"Art", Kind::kSection, 0},
    {"Part", Kind::kSection, 0},
};

const KindName* kind_named(const char* name) {
  for (const KindName& entry : kKinds) {
    if (std::strcmp(entry.name, name) == 0) return &entry;
  }
  return nullptr;
}

struct Element {
  Kind kind = Kind::kOther;
  std::uint8_t level = 0;
  std::uint16_t column_span = 1;
  std::uint16_t row_span = 1;
  std::int32_t parent = -1;  // index of an element
  std::string alt;
};

}  // namespace

class TagReader::Tree {
 public:
  explicit Tree(PDFDoc& document) : document_(document), xref_(document.getXRef()) {
    Object catalog = xref_->getCatalog();
    if (!catalog.isDict()) return;
    root_ = catalog.dictLookup("StructTreeRoot");
    if (!root_.isDict()) return;
    role_map_ = root_.dictLookup("RoleMap");
    parent_tree_ = root_.dictLookup("ParentTree");
  }

  bool is_there() const { return root_.isDict() && parent_tree_.isDict(); }

  void start_page(int number, PageContent& content) {
    content_ = &content;
    parents_ = Object(objNull);
    by_element_.clear();
    artifact_ = -1;
    mark_elements_.clear();
    if (!is_there()) return;
    Page* page = document_.getPage(number);
    if (page == nullptr) return;
    Object dict = xref_->fetch(page->getRef());
    if (!dict.isDict()) return;
    const Object key = dict.dictLookup("StructParents");
    if (!key.isInt()) return;
    parents_ = find_in(parent_tree_, key.getInt(), 0);
  }

  std::int32_t artifact() {
    if (artifact_ < 0) {
      Mark mark;
      mark.role = Role::kArtifact;
      artifact_ = add(mark, -1);
    }
    return artifact_;
  }

  std::int32_t mark_of(int mcid) {
    if (!parents_.isArray() || mcid < 0 || mcid >= parents_.arrayGetLength()) return -1;
    const std::int32_t element = element_of(parents_.arrayGetNF(mcid), 0);
    if (element < 0) return -1;
    const auto known = by_element_.find(element);
    if (known != by_element_.end()) return known->second;
    const std::int32_t mark = add(describe(element), element);
    by_element_.emplace(element, mark);
    return mark;
  }

  std::string alternative_text(std::int32_t mark) const {
    if (mark < 0 || static_cast<std::size_t>(mark) >= mark_elements_.size()) return {};
    std::int32_t at = mark_elements_[static_cast<std::size_t>(mark)];
    for (int i = 0; at >= 0 && i < kMaxAncestors; ++i) {
      const Element& element = elements_[static_cast<std::size_t>(at)];
      if (!element.alt.empty()) return element.alt;
      at = element.parent;
    }
    return {};
  }

 private:
  std::int32_t add(const Mark& mark, std::int32_t element) {
    content_->marks.push_back(mark);
    mark_elements_.resize(content_->marks.size(), -1);
    mark_elements_.back() = element;
    return static_cast<std::int32_t>(content_->marks.size()) - 1;
  }

  // The value of a number in a number tree (ISO 32000-1, 7.9.7).
  Object find_in(const Object& node, int key, int depth) const {
    if (!node.isDict() || depth > kMaxTreeDepth) return Object(objNull);
    const Object numbers = node.dictLookup("Nums");
    if (numbers.isArray()) {
      for (int i = 0; i + 1 < numbers.arrayGetLength(); i += 2) {
        const Object number = numbers.arrayGet(i);
        if (number.isInt() && number.getInt() == key) return numbers.arrayGet(i + 1);
      }
    }
    const Object kids = node.dictLookup("Kids");
    if (!kids.isArray()) return Object(objNull);
    for (int i = 0; i < kids.arrayGetLength(); ++i) {
      const Object kid = kids.arrayGet(i);
      if (!kid.isDict()) continue;
      const Object limits = kid.dictLookup("Limits");
      if (limits.isArray() && limits.arrayGetLength() == 2) {
        const Object least = limits.arrayGet(0);
        const Object most = limits.arrayGet(1);
        if (least.isInt() && most.isInt() && (key < least.getInt() || key > most.getInt()))
          continue;
      }
      Object found = find_in(kid, key, depth + 1);
      if (!found.isNull()) return found;
    }
    return Object(objNull);
  }

  // The index of the element that an object is a reference to, read with all above it.
  std::int32_t element_of(const Object& reference, int depth) {
    if (!reference.isRef() || depth > kMaxAncestors) return -1;
    const int number = reference.getRef().num;
    const auto known = by_number_.find(number);
    if (known != by_number_.end()) return known->second;
    if (elements_.size() >= kMaxElements) return -1;
    const Object object = xref_->fetch(reference.getRef());
    if (!object.isDict()) return -1;
    const auto index = static_cast<std::int32_t>(elements_.size());
    by_number_.emplace(number, index);  // before the parent: a loop ends here
    elements_.emplace_back();
    Element element = read(*object.getDict());
    element.parent = element_of(object.dictLookupNF("P"), depth + 1);
    elements_[static_cast<std::size_t>(index)] = std::move(element);
    return index;
  }

  Element read(const Dict& dict) const {
    Element element;
    Object type = dict.lookup("S");
    for (int i = 0; i < 8 && type.isName(); ++i) {
      if (const KindName* entry = kind_named(type.getName())) {
        element.kind = entry->kind;
        element.level = entry->level;
        break;
      }
      if (!role_map_.isDict()) break;
      type = role_map_.dictLookup(type.getName());
    }
    if (element.kind == Kind::kFigure) {
      const Object alt = dict.lookup("Alt");
      if (alt.isString()) element.alt = text_string(alt.getString()->toStr());
    }
    if (element.kind == Kind::kDataCell || element.kind == Kind::kHeaderCell) {
      read_spans(dict.lookup("A"), element, 0);
    }
    return element;
  }

  static void read_spans(const Object& attributes, Element& element, int depth) {
    if (attributes.isArray() && depth < 2) {
      for (int i = 0; i < std::min(attributes.arrayGetLength(), 16); ++i) {
        read_spans(attributes.arrayGet(i), element, depth + 1);
      }
    }
    if (!attributes.isDict()) return;
    const auto span = [&](const char* name, std::uint16_t otherwise) {
      const Object value = attributes.dictLookup(name);
      return value.isInt() ? static_cast<std::uint16_t>(std::clamp(value.getInt(), 1, 1000))
                           : otherwise;
    };
    element.column_span = span("ColSpan", element.column_span);
    element.row_span = span("RowSpan", element.row_span);
  }

  // What an element is, by itself and by what it stands in.
  Mark describe(std::int32_t from) const {
    Mark mark;
    std::int32_t at = from;
    bool in_section = false;
    for (int i = 0; at >= 0 && i < kMaxAncestors; ++i) {
      const Element& element = elements_[static_cast<std::size_t>(at)];
      in_section = in_section || element.kind == Kind::kSection;
      if (!in_section || !is_of_one_block(element.kind)) take(element, at, mark);
      at = element.parent;
    }
    return mark;
  }

  // Kinds of elements that hold no sections, whatever a document says: some programs nest all their
  // sections in entries of the table of contents.
  static bool is_of_one_block(Kind kind) {
    return kind == Kind::kContents || kind == Kind::kHeading || kind == Kind::kLabel ||
           kind == Kind::kCaption || kind == Kind::kNote || kind == Kind::kCode;
  }

  // A heading or an item is one block, whatever is in it; a quotation or a note has paragraphs.
  static bool is_block(Role role) {
    return role == Role::kHeading || role == Role::kListLabel || role == Role::kListBody;
  }

  static void take(const Element& element, std::int32_t index, Mark& mark) {
    const auto be = [&](Role role) {
      if (mark.role != Role::kNone && mark.role != Role::kParagraph) return;
      mark.role = role;
      if (mark.element < 0 || is_block(role)) mark.element = index;
    };
    switch (element.kind) {
      case Kind::kParagraph:
        be(Role::kParagraph);
        break;
      case Kind::kHeading:
        if (mark.role == Role::kNone || mark.role == Role::kParagraph) mark.level = element.level;
        be(Role::kHeading);
        break;
      case Kind::kLabel:
        be(Role::kListLabel);
        break;
      case Kind::kListBody:
        be(Role::kListBody);
        break;
      case Kind::kList:
        if (mark.role == Role::kListLabel || mark.role == Role::kListBody) ++mark.level;
        break;
      case Kind::kDataCell:
      case Kind::kHeaderCell:
        if (mark.table >= 0 || mark.row >= 0) break;
        mark.role = element.kind == Kind::kHeaderCell ? Role::kHeaderCell : Role::kTableCell;
        mark.element = index;
        mark.column_span = element.column_span;
        mark.row_span = element.row_span;
        break;
      case Kind::kRow:
        if (mark.row < 0) mark.row = index;
        break;
      case Kind::kTable:
        if (mark.table < 0) mark.table = index;
        break;
      case Kind::kNote:
        be(Role::kNote);
        break;
      case Kind::kCode:
        be(Role::kCode);
        break;
      case Kind::kQuote:
        be(Role::kQuote);
        break;
      case Kind::kCaption:
        be(Role::kCaption);
        break;
      case Kind::kFigure:
        be(Role::kFigure);
        break;
      case Kind::kContents:
        be(Role::kContents);
        break;
      case Kind::kArtifact:
        be(Role::kArtifact);
        break;
      default:
        break;
    }
  }

  PDFDoc& document_;
  XRef* xref_;
  Object root_ = Object(objNull);
  Object role_map_ = Object(objNull);
  Object parent_tree_ = Object(objNull);
  Object parents_ = Object(objNull);  // of the page: an element for each of its MCIDs
  PageContent* content_ = nullptr;
  std::vector<Element> elements_;
  std::unordered_map<int, std::int32_t> by_number_;
  std::unordered_map<std::int32_t, std::int32_t> by_element_;  // marks of the page
  std::vector<std::int32_t> mark_elements_;
  std::int32_t artifact_ = -1;
};

TagReader::TagReader(PDFDoc& document) : tree_(std::make_unique<Tree>(document)) {}
TagReader::~TagReader() = default;

void TagReader::start_page(int number, PageContent& page) {
  tree_->start_page(number, page);
}

std::int32_t TagReader::mark_of(const char* name, Dict* properties, bool in_form) {
  if (name != nullptr && std::strcmp(name, "Artifact") == 0) {
    return tree_->is_there() ? tree_->artifact() : -1;
  }
  if (properties == nullptr || in_form || !tree_->is_there()) return -1;
  const Object mcid = properties->lookup("MCID");
  return mcid.isInt() ? tree_->mark_of(mcid.getInt()) : -1;
}

std::string TagReader::alternative_text(std::int32_t mark) const {
  return tree_->alternative_text(mark);
}

bool TagReader::is_tagged() const {
  return tree_->is_there();
}

}  // namespace sluice::pdf
