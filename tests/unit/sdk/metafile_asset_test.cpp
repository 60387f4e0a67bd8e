// What becomes of a document's metafiles: assets that readers show, packed or not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <sluice/metafile.hpp>
#include <sluice/testing.hpp>

#include "metafile_builder.h"

namespace sluice {
namespace {

using test::Emf;
using ::testing::HasSubstr;

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(::deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(bytes.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

TEST(MetafileAsset, IsUnpacked) {
  const std::string bytes = Emf().rectangle(1, 1, 2, 2).bytes();
  const std::string packed = gzip(bytes);
  EXPECT_EQ(unpacked_metafile(packed), bytes);
  EXPECT_EQ(unpacked_metafile(bytes), std::nullopt);
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_EQ(unpacked_metafile(packed.substr(0, size)), std::nullopt) << size;
  }
  // It claims to be of gigabytes.
  EXPECT_EQ(unpacked_metafile(packed.substr(0, packed.size() - 4) + "\xFF\xFF\xFF\xFF"),
            std::nullopt);
}

class PictureConverter : public Converter {
 public:
  PictureConverter(std::string type, std::string bytes)
      : type_(std::move(type)), bytes_(std::move(bytes)) {}
  void convert(Job& job) override {
    VisiblePictures pictures(job);
    job.write("text ![](");
    job.link(pictures.add("p.emf", type_,
                          {reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()}));
    job.write(")\n");
  }

 private:
  std::string type_, bytes_;
};

RecordingJob& run(RecordingJob& job, const std::string& type, const std::string& bytes) {
  PictureConverter converter(type, bytes);
  EXPECT_EQ(job.run(converter), Outcome::kOk) << job.reason();
  return job;
}

TEST(MetafileAsset, BecomesAnAssetThatReadersShow) {
  RecordingJob job("x", "a", "text/plain");
  run(job, "image/emf", Emf().rectangle(1, 1, 2, 2).bytes());
  ASSERT_EQ(job.assets().size(), 1U);
  EXPECT_EQ(job.assets()[0].file_name, "p.svg");
  EXPECT_EQ(job.assets()[0].media_type, "image/svg+xml");
  EXPECT_TRUE(job.warnings().empty());
}

TEST(MetafileAsset, ThatCannotBeDrawnStaysAndIsToldOf) {
  RecordingJob job("x", "a", "text/plain");
  run(job, "image/emf", Emf().bytes());
  EXPECT_EQ(job.assets().at(0).file_name, "p.emf");
  ASSERT_EQ(job.warnings().size(), 1U);
  EXPECT_THAT(job.warnings()[0].message, HasSubstr("cannot be converted"));
}

TEST(MetafileAsset, ThatIsDrawnInPartIsToldOf) {
  RecordingJob job("x", "a", "text/plain");
  run(job, "image/emf", Emf().rectangle(1, 1, 2, 2).text("ab", 1, 1, 0x10).bytes());
  ASSERT_EQ(job.warnings().size(), 1U);
  EXPECT_EQ(job.warnings()[0].message,
            "of the picture p.emf, a Windows metafile, 1 drawing step could not be converted");
}

}  // namespace
}  // namespace sluice
