#include "travel/markdown_check.h"

#include <algorithm>

#include "model/child_names.h"
#include "model/layout.h"
#include "model/path_text.h"
#include "model/utf8.h"
#include "prepare/front_matter.h"
#include "travel/facts.h"

namespace sluice::travel {
namespace {

constexpr std::size_t kWindow = 256 << 10;

// A file of any size, looked at from its beginning to its end through a window.
class Text {
 public:
  Text(platform::Files& files, const platform::File& file)
      : files_(files), file_(file), size_(files.info(file).identity.size) {}

  std::uint64_t size() const { return size_; }
  // What stands there, as far as the file and the window go; valid until the next call.
  std::string_view at(std::uint64_t offset, std::size_t length) {
    if (offset < begin_ || offset + length > begin_ + window_.size()) load(offset, length);
    const std::string_view all(window_);
    return all.substr(
        static_cast<std::size_t>(std::min(offset - begin_, std::uint64_t{all.size()})), length);
  }
  bool has(std::uint64_t offset, std::string_view text) { return at(offset, text.size()) == text; }

 private:
  void load(std::uint64_t offset, std::size_t length) {
    const std::uint64_t rest = size_ - std::min(size_, offset);
    const auto want = std::min<std::uint64_t>(rest, std::max(kWindow, length));
    window_.resize(static_cast<std::size_t>(want));
    window_.resize(files_.read(file_, offset,
                               std::as_writable_bytes(std::span(window_.data(), window_.size()))));
    begin_ = offset;
  }

  platform::Files& files_;
  const platform::File& file_;
  const std::uint64_t size_;
  std::uint64_t begin_ = 0;
  std::string window_;
};

// UTF-8 with LF line ends and no NUL, ended by one: so Sluice writes Markdown.
bool is_clean(Text& text) {
  std::uint64_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.at(at, kWindow);
    std::size_t done = plain_ascii_prefix(rest);
    while (done < rest.size()) {
      const Utf8Step step = utf8_step(rest.substr(done));
      const bool ends_here = at + rest.size() == text.size();
      if (step.kind == Utf8Step::Kind::kCutOff && !ends_here && done > 0) break;
      if (step.kind != Utf8Step::Kind::kCharacter || rest[done] == '\r' || rest[done] == '\0') {
        return false;
      }
      done += step.size;
      done += plain_ascii_prefix(rest.substr(done));
    }
    at += done;
  }
  return text.size() == 0 || text.has(text.size() - 1, "\n");
}

std::string expected_front_matter(const Bundle& bundle) {
  return prepare::front_matter(
      bundle.author_front_matter, bundle.metadata,
      {path_text(bundle.source.path_key()), platform::to_hex(bundle.sha256), bundle.media_type,
       bundle.converter + " " + bundle.converter_version});
}

}  // namespace

void check_markdown(platform::Files& files, const platform::File& file, const Bundle& bundle,
                    bool has_front_matter) {
  const auto need = [&](bool holds, const char* what) {
    if (!holds) throw Refused{bundle.source.given + ": " + what};
  };
  Text text(files, file);
  need(is_clean(text), "its Markdown is no text as Sluice writes it");
  std::uint64_t body = 0;
  if (has_front_matter) {
    const std::string front = expected_front_matter(bundle);
    need(text.has(0, front), "its front matter is not what its facts say");
    body = front.size();
  }
  const std::string image = layout::image_link(bundle.placeholder_name, "");
  const std::size_t before = layout::kImageLinkPrefix.size();
  for (const std::uint64_t position : bundle.name_positions) {
    need(position >= body + before && text.has(position - before, image),
         "its Markdown has no link to an asset where it says");
  }
  const std::size_t within = bundle.source.path_key().size() + kWithin.size();
  for (const StagedLink& link : bundle.links) {
    need(link.position >= body &&
             text.has(link.position, child_destination(link.path_key.substr(within))),
         "its Markdown has no link to a document within it where it says");
  }
  for (const SourceLink& link : bundle.source_links) {
    need(link.position >= body && text.has(link.position, link.wish.written),
         "its Markdown has no link to another source where it says");
  }
}

}  // namespace sluice::travel
