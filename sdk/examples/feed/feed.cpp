// RSS 2.0 and Atom feeds to Markdown, in C++ around a library: pugixml reads, we write. Formats:
// https://www.rssboard.org/rss-specification, RFC 4287.
#include <sluice/markdown_writer.hpp>
#include <sluice/options.hpp>
#include <sluice/plugin.hpp>

#include <cstring>
#include <pugixml.hpp>
#include <string>

namespace {

// What both formats say of a feed's item.
struct Item {
  std::string title, link, date, text;
};

// Summaries are HTML, mostly. Only their text is wanted: tags become blanks.
std::string without_tags(std::string_view html) {
  std::string text;
  bool in_tag = false;
  for (const char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>' && in_tag) {
      in_tag = false;
      text += ' ';
    }
  }
  return text;
}

// "content:encoded", whatever prefix a feed binds: the part behind the colon.
bool has_local_name(const pugi::xml_node& node, const char* name) {
  const char* colon = std::strchr(node.name(), ':');
  return std::strcmp(colon == nullptr ? node.name() : colon + 1, name) == 0;
}

pugi::xml_node child(const pugi::xml_node& node, const char* name) {
  return node.find_child([&](const pugi::xml_node& one) { return has_local_name(one, name); });
}

std::string first_text(const pugi::xml_node& node, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::string text = child(node, name).text().get();
    if (!text.empty()) return text;
  }
  return {};
}

// Atom has links by relation; RSS has one, as text.
std::string link_of(const pugi::xml_node& node) {
  for (const pugi::xml_node& link : node.children()) {
    if (!has_local_name(link, "link")) continue;
    const std::string relation = link.attribute("rel").as_string("alternate");
    const std::string href = link.attribute("href").as_string();
    if (relation == "alternate" && !href.empty()) return href;
    if (*link.text().get() != '\0') return link.text().get();
  }
  return {};
}

Item read_item(const pugi::xml_node& node) {
  return {first_text(node, {"title"}), link_of(node),
          first_text(node, {"published", "updated", "pubDate", "date"}),
          first_text(node, {"encoded", "content", "description", "summary"})};
}

void write_item(sluice::MarkdownWriter& out, const Item& item) {
  out.begin_heading(2);
  out.begin_link(item.link);
  out.text(item.title.empty() ? item.link : without_tags(item.title));
  out.end_link();
  out.end_heading();
  if (!item.date.empty()) {
    out.begin_style(sluice::Style::kEmphasis);
    out.text(item.date);
    out.end_style(sluice::Style::kEmphasis);
    out.end_paragraph();
  }
  out.text(without_tags(item.text));
  out.end_paragraph();
}

class Feed : public sluice::Converter {
 public:
  bool probe(const sluice::Probe& input) override {
    const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
    return head.find("<rss") != head.npos || head.find("<feed") != head.npos ||
           head.find("RDF") != head.npos;
  }

  void convert(sluice::Job& job) override {
    const auto source = job.source();
    pugi::xml_document document;
    // A document type is not read, so there are no entities that could grow.
    const pugi::xml_parse_result parsed =
        document.load_buffer(source.data(), source.size(), pugi::parse_default);
    const pugi::xml_node root = document.document_element();
    if (!root) throw sluice::Failure(sluice::Outcome::kMalformed, parsed.description());

    const pugi::xml_node channel = has_local_name(root, "rss") ? child(root, "channel") : root;
    sluice::MarkdownWriter out(job);
    const std::string title = first_text(has_local_name(root, "RDF") ? child(root, "channel") : channel, {"title"});
    if (!title.empty()) job.set_metadata("title", title);
    out.begin_heading(1);
    out.text(title);
    out.end_heading();
    const auto most = static_cast<std::uint64_t>(sluice::Options(job.options()).get_int("items"));
    std::uint64_t items = 0;
    for (const pugi::xml_node& node : channel.children()) {
      if (!has_local_name(node, "item") && !has_local_name(node, "entry")) continue;
      job.check_cancelled();
      if (items++ >= most) continue;
      write_item(out, read_item(node));
    }
    out.finish();
    finish(job, out, parsed, items, most);
  }

  sluice::Canary canary() const override {
    return {"<feed><title>caf\xC3\xA9</title></feed>", "canary.atom", "application/atom+xml",
            "# caf\xC3\xA9\n"};
  }

 private:
  static void finish(sluice::Job& job, const sluice::MarkdownWriter& out,
                     const pugi::xml_parse_result& parsed, std::uint64_t items, std::uint64_t most) {
    if (items > most) {
      job.warn("items", std::to_string(items - most) + " items are left out (the option items)",
               sluice::Severity::kNote);
    }
    if (!out.has_content()) {
      job.finish_as(sluice::Outcome::kEmpty, "the feed has no title and no item");
    } else if (!parsed) {
      job.finish_as(sluice::Outcome::kPartial, "the feed is damaged from byte " +
                                                   std::to_string(parsed.offset) + " on: " + parsed.description());
    }
  }
};

}  // namespace

SLUICE_PLUGIN("feed", "1.0.0", {"feed", sluice::make_converter<Feed>})
