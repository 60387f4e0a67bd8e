// Tar archives to a list of their members, each handed over as a document of its own (the extension
// sluice.children): the host converts it with whoever can, and fills the link in. In C++ around libarchive.
#include <archive.h>
#include <archive_entry.h>
#include <sluice/ext/children.h>
#include <sluice/plugin.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

constexpr std::uint64_t kMaxMembers = 1'000'000;  // of the list; the host bounds the children

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

const sluice_children* children_of_host() {
  const auto host = sluice::host();
  return host ? host->extension<sluice_children>(SLUICE_CHILDREN_ID, SLUICE_CHILDREN_REVISION) : nullptr;
}

// Only formats and filters that libarchive reads by itself: others would start programs.
Archive open(std::span<const std::uint8_t> source) {
  Archive reader(archive_read_new());
  if (!reader) throw std::bad_alloc();
  archive_read_support_format_tar(reader.get());
  archive_read_support_filter_gzip(reader.get());
  if (archive_read_open_memory(reader.get(), source.data(), source.size()) != ARCHIVE_OK) {
    const char* why = archive_error_string(reader.get());
    throw sluice::Failure(sluice::Outcome::kMalformed, why == nullptr ? "no tar archive" : why);
  }
  return reader;
}

// The name as text of a link: what Markdown would read as markup is escaped.
std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    if (!control && std::string_view("\\`*_[]<>#|~&$").find(c) != std::string_view::npos) text += '\\';
    text += control ? ' ' : c;
  }
  return text;
}

class TarList {
 public:
  TarList(sluice::Job& job, const sluice_children* children) : job_(job), children_(children) {}

  // What stands in an archive that is cut off counts, up to the cut.
  void write() {
    const Archive reader = open(job_.source());
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while (members_ < kMaxMembers &&
           ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN)) {
      job_.check_cancelled();
      if (archive_entry_filetype(entry) == AE_IFREG) write_member(reader.get(), entry);
    }
    finish(status == ARCHIVE_EOF ? "" : archive_error_string(reader.get()));
  }

 private:
  void write_member(archive* reader, archive_entry* entry) {
    const char* given = archive_entry_pathname_utf8(entry);
    if (given == nullptr) given = archive_entry_pathname(entry);
    const std::string name = given == nullptr || *given == '\0' ? "unnamed" : given;
    const sluice_child child = hand_over(reader, name);
    ++members_;
    job_.write("- ");
    if (child == 0) return job_.write(escaped(name) + "\n");
    job_.write("[" + escaped(name) + "](");
    job_.check(children_->link_child(job_.raw(), child), "link to a member");
    job_.write(")\n");
  }

  // 0 if the host takes no children, or no more of them: the list goes on.
  sluice_child hand_over(archive* reader, const std::string& name) {
    sluice_child child = 0;
    if (children_ == nullptr || full_) return 0;
    sluice_status status = children_->child_open(job_.raw(), sluice::str(name), sluice::str(""), &child);
    std::vector<char> buffer(std::size_t{64} << 10);
    while (status == SLUICE_STATUS_OK) {
      const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
      if (got <= 0) {
        if (got < 0) damaged_ = true;
        break;
      }
      status = children_->child_write(job_.raw(), child, buffer.data(), static_cast<std::uint64_t>(got));
    }
    if (status == SLUICE_STATUS_LIMIT) {
      full_ = true;
      if (child != 0) children_->child_finish(job_.raw(), child);
      return child;
    }
    job_.check(status, "hand a member over");
    job_.check(children_->child_finish(job_.raw(), child), "hand a member over");
    return child;
  }

  void finish(const char* damage) {
    if (children_ == nullptr && members_ > 0) {
      job_.warn("members", "this Sluice does not convert the members of an archive");
    }
    if (members_ == 0 && damage != nullptr && *damage != '\0') {
      throw sluice::Failure(sluice::Outcome::kMalformed, damage);
    }
    if (members_ == 0) return job_.finish_as(sluice::Outcome::kEmpty, "the archive has no file in it");
    if (full_) {
      job_.finish_as(sluice::Outcome::kPartial, "not all members were taken: a limit was reached");
    } else if (damaged_ || damage == nullptr || *damage != '\0') {
      job_.finish_as(sluice::Outcome::kPartial, "the archive is damaged");
    }
  }

  sluice::Job& job_;
  const sluice_children* children_;
  std::uint64_t members_ = 0;
  bool full_ = false;
  bool damaged_ = false;
};

class TarArchive : public sluice::Converter {
 public:
  void convert(sluice::Job& job) override { TarList(job, children_of_host()).write(); }
};

}  // namespace

SLUICE_PLUGIN("archive", "1.0.0", {"archive", sluice::make_converter<TarArchive>})
