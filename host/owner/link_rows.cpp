#include "owner/link_rows.h"

#include <charconv>

namespace sluice::owner {
namespace {

// A text as its length, a colon, and its bytes.
void put_text(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

// Takes apart what put_text() has put together. After a mismatch it is not ok(), and all that it
// reads is empty.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  std::uint64_t number(char end) {
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto size = static_cast<std::size_t>(stop - rest_.data());
    if (error != std::errc() || size == rest_.size() || *stop != end) return fail();
    rest_.remove_prefix(size + 1);
    return value;
  }
  std::string text() {
    const std::uint64_t size = number(':');
    if (size > rest_.size()) fail();
    if (!ok_) return {};
    std::string out(rest_.substr(0, static_cast<std::size_t>(size)));
    rest_.remove_prefix(out.size());
    return out;
  }

 private:
  std::uint64_t fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <class Row, class Read>
std::optional<std::vector<Row>> parse_all(std::string_view text, Read read) {
  std::vector<Row> rows;
  Reader in(text);
  while (in.ok() && !in.at_end()) rows.push_back(read(in));
  return in.ok() ? std::optional(std::move(rows)) : std::nullopt;
}

}  // namespace

std::string standing_text(const LinkWish& wish, std::string_view destination) {
  if (destination.empty()) return wish.written;
  std::string text = wish.before;
  text += destination;
  text += wish.after;
  return text;
}

std::vector<LinkRow> link_rows(const std::vector<SourceLink>& links) {
  std::vector<LinkRow> rows;
  rows.reserve(links.size());
  std::uint64_t end = 0;
  for (const SourceLink& link : links) {
    rows.push_back({link.position - end, link.wish, {}});
    end = link.position + link.wish.written.size();
  }
  return rows;
}

std::string format_links(const std::vector<LinkRow>& links) {
  std::string out;
  for (const LinkRow& link : links) {
    out += std::to_string(link.gap);
    out += link.wish.by_name ? " 1 " : " 0 ";
    const LinkWish& wish = link.wish;
    for (const std::string* text : {&wish.path, &wish.fragment, &wish.written, &wish.before,
                                    &wish.after, &link.destination}) {
      put_text(out, *text);
    }
  }
  return out;
}

std::optional<std::vector<LinkRow>> parse_links(std::string_view text) {
  return parse_all<LinkRow>(text, [](Reader& in) {
    LinkRow link;
    link.gap = in.number(' ');
    link.wish.by_name = in.number(' ') != 0;
    for (std::string* part : {&link.wish.path, &link.wish.fragment, &link.wish.written,
                              &link.wish.before, &link.wish.after, &link.destination}) {
      *part = in.text();
    }
    return link;
  });
}

std::string format_anchors(const std::vector<NamedAnchor>& anchors) {
  std::string out;
  for (const NamedAnchor& anchor : anchors) {
    put_text(out, anchor.name);
    put_text(out, anchor.anchor);
  }
  return out;
}

std::optional<std::vector<NamedAnchor>> parse_anchors(std::string_view text) {
  return parse_all<NamedAnchor>(text, [](Reader& in) {
    NamedAnchor anchor;
    anchor.name = in.text();
    anchor.anchor = in.text();
    return anchor;
  });
}

std::string format_texts(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) put_text(out, text);
  return out;
}

std::optional<std::vector<std::string>> parse_texts(std::string_view text) {
  return parse_all<std::string>(text, [](Reader& in) { return in.text(); });
}

}  // namespace sluice::owner
