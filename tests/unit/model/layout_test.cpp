// The paths of a knowledge base.
#include "model/layout.h"

#include <gtest/gtest.h>

namespace sluice::layout {
namespace {

TEST(Layout, PublishedPathsAreThoseOfOpenKb) {
  EXPECT_EQ(raw_path("note", "pdf"), "raw/note.pdf");
  EXPECT_EQ(markdown_path("note"), "wiki/sources/note.md");
  EXPECT_EQ(images_path("note"), "wiki/sources/images/note");
  EXPECT_EQ(sidecar_path("note", "outline"), "wiki/sources/note.outline.json");
}

TEST(Layout, InAFolderImagesAreBesideTheMarkdown) {
  EXPECT_EQ(raw_path("docs/fr/note", "pdf"), "raw/docs/fr/note.pdf");
  EXPECT_EQ(markdown_path("docs/fr/note"), "wiki/sources/docs/fr/note.md");
  EXPECT_EQ(images_path("docs/fr/note"), "wiki/sources/docs/fr/images/note");
  EXPECT_EQ(sidecar_path("docs/fr/note", "outline"), "wiki/sources/docs/fr/note.outline.json");
  EXPECT_EQ(image_link("docs/fr/note", "1.png"), "images/note/1.png");
}

TEST(Layout, ALinkBetweenDocumentsIsRelativeToTheMarkdown) {
  EXPECT_EQ(document_link("a", "b"), "b.md");
  EXPECT_EQ(document_link("x/a", "x/b"), "b.md");
  EXPECT_EQ(document_link("x/a", "x/y/b"), "y/b.md");
  EXPECT_EQ(document_link("x/y/a", "x/b"), "../b.md");
  EXPECT_EQ(document_link("x/y/a", "z/b"), "../../z/b.md");
  EXPECT_EQ(document_link("x/a", "xy/b"), "../xy/b.md");
  EXPECT_EQ(document_link("x/a", "x"), "../x.md");
  EXPECT_EQ(document_link("a", "x/b"), "x/b.md");
}

TEST(Layout, ARawFileWithoutExtensionHasNoDot) {
  EXPECT_EQ(raw_path("note", ""), "raw/note");
}

TEST(Layout, AnImageLinkIsRelativeToTheMarkdown) {
  EXPECT_EQ(image_link("note", "1.png"), "images/note/1.png");
}

TEST(Layout, AttemptsOfOneSourceShareNoStagedName) {
  EXPECT_NE(staged_raw(7, 0), staged_raw(7, 1));
  EXPECT_NE(staged_markdown(7, 0), staged_markdown(7, 1));
  EXPECT_NE(staged_raw(71, 0), staged_raw(7, 1));
}

TEST(Layout, StagedFilesOfOneAttemptDiffer) {
  EXPECT_NE(staged_raw(7, 0), staged_body(7, 0));
  EXPECT_NE(staged_body(7, 0), staged_markdown(7, 0));
  EXPECT_NE(staged_assets(7, 0), staged_sidecar(7, 0, "assets"));
}

TEST(Layout, ALeaseStandsBesideItsBatch) {
  EXPECT_EQ(batch_dir("12-ab"), ".sluice/staging/12-ab");
  EXPECT_EQ(lease_name("12-ab"), "12-ab.lease");
}

TEST(Layout, ALeasesNameLeadsBackToItsBatch) {
  EXPECT_EQ(batch_of_lease("12-ab.lease"), "12-ab");
  EXPECT_FALSE(batch_of_lease("12-ab"));
  EXPECT_FALSE(batch_of_lease(".lease"));
}

TEST(Layout, ContainedPathsAreTaken) {
  EXPECT_TRUE(is_contained("raw/note.pdf"));
  EXPECT_TRUE(is_contained("a..b/...c"));
}

TEST(Layout, PathsThatLeadOutAreNot) {
  for (const char* path : {"", "/", "/etc/passwd", "..", "a/..", "a/../b", "../a", ".", "./a",
                           "a/.", "a//b", "a/", "//"}) {
    EXPECT_FALSE(is_contained(path)) << path;
  }
  EXPECT_FALSE(is_contained(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace sluice::layout
