// SPDX-License-Identifier: Apache-2.0
//
// Notes (ECMA-376, part 1, 18.7) and threaded comments ([MS-XLSX] 2.1.27), which leave a copy among
// the notes for programs that do not know them.
#include <map>
#include <utility>
#include <vector>

#include "xlsx/comments.hpp"
#include "xlsx/extras.hpp"

namespace sluice::xlsx {
namespace {

std::string_view local_name(XmlNode node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

XmlNode child_named(XmlNode node, std::string_view name) {
  return node.find_child([name](XmlNode child) { return local_name(child) == name; });
}

// The text of a note: its runs, without phonetic ones.
std::string note_text(XmlNode text) {
  std::string out;
  walk_xml(
      text,
      [&](XmlNode node) {
        if (named(node, "x:rPh")) return Walk::kOver;
        if (named(node, "x:t")) out += xml_text(node);
        return named(node, "x:t") ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
  return out;
}

void add_notes(std::vector<Comment>& comments, XmlNode root) {
  std::vector<std::string> authors;
  for (const auto author : root.child("x:authors").children("x:author")) {
    authors.emplace_back(author.child_value());
  }
  for (const auto node : root.child("x:commentList").children("x:comment")) {
    const auto place = parse_place(node.attribute("ref").value());
    if (!place || comments.size() >= kMaxComments) continue;
    Comment comment{*place, {}, note_text(node.child("x:text"))};
    const std::size_t author = node.attribute("authorId").as_uint();
    if (author < authors.size()) comment.author = authors[author];
    // The copy of a threaded comment.
    if (comment.author.starts_with("tc={")) continue;
    comments.push_back(std::move(comment));
  }
}

std::map<std::string, std::string> persons_of(const OpcPackage& package) {
  std::map<std::string, std::string> names;
  const OpcRelationships links = package.relationships(package.main_part());
  const OpcRelationship* link = links.first_of("person");
  if (link == nullptr) return names;
  const XmlPart part = package.readable_xml(link->target);
  for (const auto person : part.root().children()) {
    names[person.attribute("id").value()] = person.attribute("displayName").value();
  }
  return names;
}

void add_threads(std::vector<Comment>& comments, const OpcPackage& package, XmlNode root) {
  const auto persons = persons_of(package);
  for (const auto node : root.children()) {
    const auto place = parse_place(node.attribute("ref").value());
    if (!place || comments.size() >= kMaxComments) continue;
    const auto person = persons.find(node.attribute("personId").value());
    comments.push_back({*place, person == persons.end() ? std::string() : person->second,
                        xml_text(child_named(node, "text"))});
  }
}

}  // namespace

std::vector<Comment> comments_of(const OpcPackage& package, const OpcRelationships& sheet) {
  std::vector<Comment> comments;
  for (const OpcRelationship& link : sheet.all()) {
    if (link.mode == OpcTarget::kExternal) continue;
    if (link.type == "comments") {
      const XmlPart part = package.readable_xml(link.target);
      add_notes(comments, part.root());
    } else if (link.type == "threadedComment") {
      const XmlPart part = package.readable_xml(link.target);
      add_threads(comments, package, part.root());
    }
  }
  return comments;
}

}  // namespace sluice::xlsx
