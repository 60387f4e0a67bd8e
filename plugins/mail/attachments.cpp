// SPDX-License-Identifier: Apache-2.0
#include "mail/attachments.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sluice/blanks.hpp>
#include <sluice/images.hpp>
#include <sluice/utf8.hpp>
#include <span>

#include "mail/pictures.hpp"

namespace sluice::mail {
namespace {

// Names longer than this are cut by the host, and read by nobody.
constexpr std::size_t kMaxFileName = 240;
// The first bytes of a file tell whether it is a picture.
constexpr std::size_t kSniffedBytes = 4096;
// Larger pictures are documents of their own: none is shown in a message.
constexpr std::size_t kMaxPictureBytes = std::size_t{64} << 20;

std::span<const std::uint8_t> view_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits = {"bytes", "KB", "MB", "GB"};
  std::size_t unit = 0;
  auto value = static_cast<double>(bytes);
  for (; value >= 1000 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s", value,
                kUnits[unit]);
  return bytes == 1 ? "1 byte" : text.data();
}

// The extension of a file that has no name.
std::string_view extension_of(std::string_view media_type) {
  struct Known {
    std::string_view media_type;
    std::string_view extension;
  };
  static constexpr auto kKnown = std::to_array<Known>({{"application/gzip", ".gz"},
                                                       {"application/json", ".json"},
                                                       {"application/msword", ".doc"},
                                                       {"application/pdf", ".pdf"},
                                                       {"application/rtf", ".rtf"},
                                                       {"application/vnd.ms-outlook", ".msg"},
                                                       {"application/xml", ".xml"},
                                                       {"application/zip", ".zip"},
                                                       {"message/rfc822", ".eml"},
                                                       {"text/calendar", ".ics"},
                                                       {"text/csv", ".csv"},
                                                       {"text/html", ".html"},
                                                       {"text/markdown", ".md"},
                                                       {"text/plain", ".txt"},
                                                       {"text/rtf", ".rtf"},
                                                       {"text/vcard", ".vcf"},
                                                       {"text/x-vcard", ".vcf"},
                                                       {"text/xml", ".xml"}});
  const auto found = std::find_if(kKnown.begin(), kKnown.end(), [media_type](const Known& known) {
    return known.media_type == media_type;
  });
  return found == kKnown.end() ? std::string_view() : found->extension;
}

}  // namespace

std::string Attachments::name_of(const Attachment& attachment) {
  std::string name = one_line(valid_utf8(attachment.name), kMaxFileName);
  // Folders are none of a name that a mail gives.
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '-');
  if (!name.empty() && name != "." && name != "..") return name;
  name = "attachment-" + std::to_string(++unnamed_);
  if (attachment.media_type.starts_with("image/")) {
    const std::string_view extension = extension_for(attachment.media_type);
    return extension.empty() ? name : name + "." + std::string(extension);
  }
  return name + std::string(extension_of(attachment.media_type));
}

void Attachments::write_list(MarkdownWriter& out) {
  if (waiting_.empty()) return;
  out.begin_heading(2);
  out.text("Attachments");
  out.end_heading();
  out.begin_list();
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    job_.check_cancelled();
    job_.progress(i, waiting_.size());
    out.begin_item();
    write_item(waiting_[i], name_of(waiting_[i]), out);
    out.end_item();
  }
  out.end_list();
  waiting_.clear();
}

void Attachments::write_item(const Attachment& attachment, const std::string& name,
                             MarkdownWriter& out) {
  if (show_picture(attachment, name, out)) return;
  const std::uint64_t size = children_.are_taken() ? hand_over(attachment, name, out)
                                                   : keep_as_asset(attachment, name, out);
  out.text(" (" + (size == 0 ? std::string("empty") : size_text(size)) + ")");
}

// Only what begins like a picture is held in memory.
bool Attachments::show_picture(const Attachment& attachment, const std::string& name,
                               MarkdownWriter& out) {
  std::string bytes;
  enum class Look { kUndecided, kPicture, kOther } look = Look::kUndecided;
  struct Enough {};
  std::uint64_t damaged = 0;
  try {
    damaged = attachment.write([&](std::string_view piece) {
      bytes += piece;
      if (look == Look::kUndecided && bytes.size() >= kSniffedBytes) {
        look = sniff_image(view_of(bytes)).empty() ? Look::kOther : Look::kPicture;
      }
      if (look == Look::kOther || bytes.size() > kMaxPictureBytes) throw Enough();
    });
  } catch (const Enough&) {
    return false;
  }
  const auto asset = add_picture(job_, bytes, name);
  if (!asset) return false;
  damaged_ += damaged;
  out.image(*asset, name);
  return true;
}

// Empty files are named, but are no documents. What the host refuses is only named: it counts them.
std::uint64_t Attachments::hand_over(const Attachment& attachment, const std::string& name,
                                     MarkdownWriter& out) {
  std::optional<Child> child;
  std::uint64_t size = 0;
  damaged_ += attachment.write([&](std::string_view piece) {
    size += piece.size();
    if (size == piece.size()) {
      if (const auto opened = children_.open(name, attachment.media_type)) child.emplace(*opened);
    }
    if (child) child->write(piece);
  });
  if (child) child->finish();
  if (child) out.begin_child_link(child->id());
  out.text(name);
  if (child) out.end_link();
  return size;
}

std::uint64_t Attachments::keep_as_asset(const Attachment& attachment, const std::string& name,
                                         MarkdownWriter& out) {
  std::uint64_t size = 0;
  const std::string type =
      attachment.media_type.empty() ? "application/octet-stream" : attachment.media_type;
  Asset asset = job_.open_asset(name, type);
  damaged_ += attachment.write([&](std::string_view piece) {
    size += piece.size();
    asset.write(piece);
  });
  asset.finish();
  out.begin_link(asset.id());
  out.text(name);
  out.end_link();
  return size;
}

}  // namespace sluice::mail
