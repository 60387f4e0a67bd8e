#include "cli/web_sync.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "platform/error.h"

namespace sluice::cli {
namespace {

// The sources of one feed, and then of a list of URLs.
class FeedWithUrls : public SourceFeed {
 public:
  FeedWithUrls(std::unique_ptr<SourceFeed> first, const std::set<std::string>& urls)
      : first_(std::move(first)), next_(urls.begin()), end_(urls.end()) {}

  std::optional<Source> next() override {
    if (first_) {
      if (auto source = first_->next()) return source;
      first_.reset();
    }
    if (next_ == end_) return std::nullopt;
    const std::string& url = *next_++;
    return web_source(url, url);
  }

 private:
  std::unique_ptr<SourceFeed> first_;
  std::set<std::string>::const_iterator next_, end_;
};

}  // namespace

void WebSync::add_root(const std::string& given) {
  std::string why_not;
  const auto url = parse_url(given, why_not);
  if (!url) throw Error("sync", given, why_not, "check the URL", ExitCode::kUsage);
  const std::string text = url->text();
  const bool is_on_record = kb_.registry().source(text).has_value();
  if (is_on_record) urls_.insert(text);
  if (!add_below(text.ends_with('/') ? text : text + "/") && !is_on_record) {
    throw Error("sync", given, "no document came from this URL or from below it",
                "add it first: sluice add " + given, ExitCode::kUsage);
  }
}

void WebSync::add_all() {
  add_below("http://");
  add_below("https://");
}

// True if there are any.
bool WebSync::add_below(const std::string& prefix) {
  bool any = false;
  auto cursor = kb_.registry().sources_below(prefix);
  while (auto source = cursor.next()) {
    urls_.insert(std::move(source->path_key));
    any = true;
  }
  return any;
}

std::unique_ptr<SourceFeed> WebSync::feed_behind(std::unique_ptr<SourceFeed> first) const {
  return std::make_unique<FeedWithUrls>(std::move(first), urls_);
}

void WebSync::note(const owner::DocumentResult& result) {
  const bool is_again = result.source.is_web && result.outcome == Outcome::kGone && result.known;
  if (is_again) gone_.insert(result.source.path_key());
}

std::uint64_t WebSync::documents_to_remove() const {
  return static_cast<std::uint64_t>(
      std::count_if(gone_.begin(), gone_.end(), [this](const std::string& url) {
        const auto source = kb_.registry().source(url);
        return source && kb_.registry().sources_of(source->document).size() == 1;
      }));
}

bool WebSync::is_gone(const std::string& path_key) const {
  return gone_.contains(path_key);
}

}  // namespace sluice::cli
