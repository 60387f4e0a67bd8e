// Archives in memory, and what the converter makes of them.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "archive/converter.hpp"
#include "kit/zip_builder.h"
#include "sluice/testing.hpp"

namespace sluice::archive {

inline constexpr const char* kDefaults =
    R"({"packages":false,"hidden":false,"name_charset":"auto","password":""})";

inline std::unique_ptr<RecordingJob> run(const std::string& bytes,
                                         const std::string& name = "a.zip",
                                         const std::string& options = kDefaults,
                                         const std::string& type = "application/zip") {
  auto job = std::make_unique<RecordingJob>(bytes, name, type);
  job->set_options(options);
  ArchiveConverter converter;
  job->run(converter);
  EXPECT_TRUE(job->violations().empty());
  return job;
}

using Files = std::vector<std::pair<std::string, std::string>>;

// By libarchive's writer: `format` and `filter` are its codes.
inline std::string packed(const Files& files, int format, int filter = ARCHIVE_FILTER_NONE,
                          const char* options = nullptr) {
  std::string out(std::size_t{4} << 20, '\0');
  std::size_t used = 0;
  ::archive* const writer = archive_write_new();
  archive_write_set_format(writer, format);
  archive_write_add_filter(writer, filter);
  archive_write_set_bytes_in_last_block(writer, 1);
  if (options != nullptr) {
    EXPECT_EQ(archive_write_set_options(writer, options), ARCHIVE_OK);
    archive_write_set_passphrase(writer, "secret");
  }
  EXPECT_EQ(archive_write_open_memory(writer, out.data(), out.size(), &used), ARCHIVE_OK);
  for (const auto& [name, content] : files) {
    archive_entry* const entry = archive_entry_new();
    archive_entry_copy_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 1'709'287'200, 0);  // 2024-03-01 10:00
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

}  // namespace sluice::archive
