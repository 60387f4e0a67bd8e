// SPDX-License-Identifier: Apache-2.0
#include "feed_converter.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/dates.hpp>
#include <sluice/images.hpp>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "../hidden_text.hpp"
#include "../layout.hpp"
#include "../parse.hpp"
#include "../to_markdown.hpp"
#include "feed_reader.hpp"

namespace sluice::html {
namespace {

// "Mon, 02 Sep 2024 10:00:00 GMT" (RFC 5322, 3.3) and ISO 8601 as 2024-09-02; others as they are.
std::string day_of(const std::string& date) {
  const std::string iso = iso_date(date);
  if (!iso.empty()) return iso.substr(0, 10);
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  std::string_view rest = date;
  if (const auto comma = rest.find(','); comma != rest.npos) rest.remove_prefix(comma + 1);
  const auto next_word = [&rest] {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    return std::string(word);
  };
  std::string day = next_word();
  const std::size_t month = kMonths.find(ascii_lower(next_word().substr(0, 3)));
  const std::string year = next_word();
  const bool is_date = is_ascii_number(day) && day.size() <= 2 && year.size() == 4 &&
                       is_ascii_number(year) && month != kMonths.npos && month % 3 == 0;
  if (!is_date) return date;
  if (day.size() == 1) day.insert(0, "0");
  const std::string number = std::to_string(month / 3 + 1);
  return year + "-" + (number.size() == 1 ? "0" : "") + number + "-" + day;
}

class FeedWriter {
 public:
  explicit FeedWriter(Job& job) : job_(job), images_(job), out_(job) {}

  void write(const Feed& feed) {
    if (!feed.title.empty()) heading(1, feed.title, feed.link);
    content(feed.description, FeedText::kHtml);
    for (const FeedEntry& entry : feed.entries) {
      job_.check_cancelled();
      write_entry(entry);
    }
    out_.finish();
    hidden_.tell(job_, {});
  }
  bool has_content() const { return out_.has_content(); }

 private:
  void heading(int level, const std::string& text, const std::string& link) {
    out_.begin_heading(level);
    if (!link.empty()) out_.begin_link(link);
    out_.text(text);
    if (!link.empty()) out_.end_link();
    out_.end_heading();
  }

  void write_entry(const FeedEntry& entry) {
    const std::string date = day_of(entry.date);
    const std::string& title = !entry.title.empty()  ? entry.title
                               : !entry.link.empty() ? entry.link
                                                     : date;
    if (!title.empty()) heading(2, title, entry.link);
    const std::string about =
        date + (date.empty() || entry.author.empty() ? "" : ", ") + entry.author;
    if (!about.empty()) {
      out_.begin_style(Style::kEmphasis);
      out_.text(about);
      out_.end_style(Style::kEmphasis);
      out_.end_paragraph();
    }
    content(entry.content, entry.kind);
    for (const std::string& address : entry.enclosures) {
      if (address.empty()) continue;
      out_.begin_link(address);
      out_.text(address);
      out_.end_link();
      out_.end_paragraph();
    }
  }

  void content(const std::string& text, FeedText kind) {
    if (text.empty()) return;
    if (kind == FeedText::kPlain) {
      out_.text(text);
      return out_.end_paragraph();
    }
    const Dom dom = parse_html(text);
    const auto marks = mark_layout(dom, Hidden::kSkip);
    count_hidden_text(dom, marks, hidden_);
    Rendering rendering;
    rendering.take_image = [this](std::string_view address) {
      return address.starts_with("data:") ? images_.collect(address) : std::nullopt;
    };
    write_markdown(dom, marks, rendering, job_, out_);
    out_.end_paragraph();
  }

  Job& job_;
  ImageCollector images_;
  MarkdownWriter out_;
  LeftOut hidden_ = hidden_elements();  // of all entries
};

}  // namespace

bool FeedConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  // In UTF-16 there is no telling yet.
  if (head.find('\0') != head.npos) return true;
  for (const std::string_view mark : {"<rss", "<feed", ":feed", "channel"}) {
    if (head.find(mark) != head.npos) return true;
  }
  return false;
}

void FeedConverter::convert(Job& job) {
  XmlOptions options;
  options.blanks = XmlBlanks::kAll;
  const XmlPart part =
      parse_xml(std::string(job.source_text()), "the feed", feed_namespaces(), options);
  Feed feed;
  if (!read_feed(part.root(), feed)) {
    throw Failure(Outcome::kUnsupported, "the XML is no feed of RSS or Atom");
  }
  FeedWriter out(job);
  out.write(feed);
  if (!feed.title.empty()) job.set_metadata("title", feed.title);
  if (!feed.author.empty()) job.set_metadata("author", feed.author);
  if (!feed.language.empty()) job.set_metadata("language", feed.language);
  if (const std::string date = iso_date(day_of(feed.date)); !date.empty()) {
    job.set_metadata("modified", date);
  }
  if (!out.has_content()) {
    job.finish_as(Outcome::kEmpty, "the feed has no title and no entry");
  } else if (!part.defect().empty()) {
    job.finish_as(Outcome::kPartial, "the feed is not whole: " + part.defect());
  }
}

Canary FeedConverter::canary() const {
  return {
      "<rss><channel><title>Canary</title><item><title>caf\xC3\xA9</title>"
      "<description>&lt;p>a &lt;b>b&lt;/b></description></item></channel></rss>",
      "canary.rss", "application/rss+xml", "# Canary\n\n## caf\xC3\xA9\n\na **b**\n"};
}

}  // namespace sluice::html
