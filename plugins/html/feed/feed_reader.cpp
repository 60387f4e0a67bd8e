// SPDX-License-Identifier: Apache-2.0
#include "feed_reader.hpp"

#include <array>
#include <initializer_list>
#include <sluice/blanks.hpp>
#include <sluice/xml.hpp>
#include <utility>

namespace sluice::html {
namespace {

constexpr std::array kFeedNamespaces = {
    XmlNamespace{"", "http://www.w3.org/2005/Atom"},
    XmlNamespace{"", "http://purl.org/rss/1.0/"},
    XmlNamespace{"", "http://my.netscape.com/rdf/simple/0.9/"},
    XmlNamespace{"", "http://www.w3.org/1999/xhtml"},
    XmlNamespace{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    XmlNamespace{"content", "http://purl.org/rss/1.0/modules/content/"},
    XmlNamespace{"dc", "http://purl.org/dc/elements/1.1/"},
};

std::string trimmed_text(XmlNode node) {
  return std::string(trimmed(xml_text(node)));
}

// The first child of these names that says something.
std::string first_text(XmlNode node, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string text = trimmed_text(node.child(name));
    if (!text.empty()) return text;
  }
  return {};
}

// What is below a node as HTML: Atom's `type="xhtml"` has the elements themselves.
std::string markup_below(XmlNode top) {
  std::string out;
  walk_xml(
      top,
      [&out](XmlNode node) {
        if (!node.is_element()) {
          append_xml_escaped(out, node.value());
          return Walk::kInto;
        }
        out.append("<").append(node.name());
        for (XmlAttribute one = node.first_attribute(); one; one = one.next()) {
          out.append(" ").append(one.name()).append("=\"");
          append_xml_escaped(out, one.value());
          out += '"';
        }
        out += '>';
        return Walk::kInto;
      },
      [&out](XmlNode node) {
        if (node.is_element()) out.append("</").append(node.name()).append(">");
      });
  return out;
}

// Atom, 3.1 and 4.1.3: text, HTML with its tags escaped, or XHTML.
std::string atom_text(XmlNode node, FeedText& kind) {
  const std::string_view type = node.attribute("type").value();
  kind =
      type == "html" || type == "text/html" || type == "xhtml" ? FeedText::kHtml : FeedText::kPlain;
  return type == "xhtml" ? markup_below(node) : trimmed_text(node);
}

// Atom, 4.2.7: the one that leads to the page itself.
std::string atom_link(XmlNode node) {
  for (const XmlNode link : node.children("link")) {
    const std::string_view relation = link.attribute("rel").value();
    if (relation.empty() || relation == "alternate") return link.attribute("href").value();
  }
  return {};
}

void read_atom(XmlNode root, Feed& feed) {
  feed.title = trimmed_text(root.child("title"));
  feed.description = trimmed_text(root.child("subtitle"));
  feed.link = atom_link(root);
  feed.author = trimmed_text(root.child("author").child("name"));
  feed.language = root.attribute("xml:lang").value();
  feed.date = trimmed_text(root.child("updated"));
  for (const XmlNode node : root.children("entry")) {
    FeedEntry entry;
    entry.title = trimmed_text(node.child("title"));
    entry.link = atom_link(node);
    entry.date = first_text(node, {"published", "updated"});
    entry.author = trimmed_text(node.child("author").child("name"));
    const XmlNode content = node.child("content");
    entry.content = atom_text(content, entry.kind);
    if (entry.content.empty()) entry.content = atom_text(node.child("summary"), entry.kind);
    for (const XmlNode link : node.children("link")) {
      if (std::string_view(link.attribute("rel").value()) == "enclosure") {
        entry.enclosures.emplace_back(link.attribute("href").value());
      }
    }
    feed.entries.push_back(std::move(entry));
  }
}

// RSS 1.0 has its items beside the channel, the others within it.
void read_rss(XmlNode root, XmlNode channel, Feed& feed) {
  feed.title = trimmed_text(channel.child("title"));
  feed.link = trimmed_text(channel.child("link"));
  feed.description = trimmed_text(channel.child("description"));
  feed.author = first_text(channel, {"managingEditor", "dc:creator"});
  feed.language = first_text(channel, {"language", "dc:language"});
  feed.date = first_text(channel, {"pubDate", "lastBuildDate", "dc:date"});
  const auto read_items = [&feed](XmlNode within) {
    for (const XmlNode node : within.children("item")) {
      FeedEntry entry;
      entry.title = trimmed_text(node.child("title"));
      entry.link = first_text(node, {"link", "guid"});
      entry.date = first_text(node, {"pubDate", "dc:date"});
      entry.author = first_text(node, {"author", "dc:creator"});
      entry.content = first_text(node, {"content:encoded", "description"});
      if (const XmlNode enclosure = node.child("enclosure")) {
        entry.enclosures.emplace_back(enclosure.attribute("url").value());
      }
      feed.entries.push_back(std::move(entry));
    }
  };
  read_items(channel);
  read_items(root);
}

}  // namespace

std::span<const XmlNamespace> feed_namespaces() {
  return kFeedNamespaces;
}

bool read_feed(XmlNode root, Feed& feed) {
  const XmlNode channel = root.child("channel");
  if (named(root, "feed")) {
    read_atom(root, feed);
  } else if (channel && (named(root, "rss") || named(root, "rdf:RDF"))) {
    read_rss(root, channel, feed);
  } else {
    return false;
  }
  return true;
}

}  // namespace sluice::html
