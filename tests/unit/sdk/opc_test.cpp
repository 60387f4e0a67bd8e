// Packages as Office, Strict writers and careless ones make them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sluice/opc.hpp>
#include <sluice/testing.hpp>
#include <string>

#include "kit/zip_builder.h"

namespace sluice {
namespace {

using test::ZipBuilder;

constexpr const char* kOfficeTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relationships(const std::string& entries) {
  return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" +
         entries + "</Relationships>";
}

std::string relationship(const std::string& id, const std::string& type, const std::string& target,
                         const std::string& mode = "Internal") {
  return "<Relationship Id='" + id + "' Type='" + kOfficeTypes + type + "' Target='" + target +
         "' TargetMode='" + mode + "'/>";
}

// A package whose main part is `main`, with a root relationship to `target`.
ZipBuilder package_with(const std::string& target, const std::string& main) {
  ZipBuilder zip;
  zip.add("_rels/.rels", relationships(relationship("rId1", "officeDocument", target)));
  zip.add(main, "<document/>");
  return zip;
}

std::string main_part_of(const ZipBuilder& zip) {
  const std::string bytes = zip.build();
  return OpcPackage(bytes).main_part();
}

TEST(OpcMainPart, IsFoundByItsRelationshipWhateverItsName) {
  EXPECT_EQ(main_part_of(package_with("text/body.xml", "text/body.xml")), "text/body.xml");
}

TEST(OpcMainPart, TargetsMayBeAbsolute) {
  EXPECT_EQ(main_part_of(package_with("/word/document.xml", "word/document.xml")),
            "word/document.xml");
}

TEST(OpcMainPart, NamesDifferInCase) {
  const std::string bytes = package_with("Word/Document.xml", "word/document.xml").build();
  const OpcPackage package(bytes);
  EXPECT_TRUE(named(package.xml(package.main_part()).root(), "document"));
}

TEST(OpcMainPart, NamesMayBePercentEncoded) {
  const std::string bytes = package_with("word/my%20text.xml", "word/my text.xml").build();
  EXPECT_EQ(OpcPackage(bytes).main_part(), "word/my text.xml");
  const std::string encoded = package_with("word/my%20text.xml", "word/my%20text.xml").build();
  EXPECT_EQ(OpcPackage(encoded).main_part(), "word/my%20text.xml");
}

TEST(OpcMainPart, ContentTypeTellsWhereRelationshipsDoNot) {
  ZipBuilder zip = package_with("gone.xml", "word/document.xml");
  zip.add("[Content_Types].xml",
          "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
          "<Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-"
          "officedocument.wordprocessingml.document.main+xml'/></Types>");
  EXPECT_EQ(main_part_of(zip), "word/document.xml");
}

TEST(OpcMainPart, PackageWithoutOneIsMalformed) {
  const std::string bytes = ZipBuilder().add("readme.txt", "hello").build();
  const OpcPackage package(bytes);
  try {
    package.main_part();
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.outcome(), Outcome::kMalformed);
  }
}

TEST(OpcRelationshipsOfAPart, AreResolvedFromIt) {
  ZipBuilder zip = package_with("word/document.xml", "word/document.xml");
  zip.add("word/_rels/document.xml.rels",
          relationships(relationship("rId1", "image", "media/one.png") +
                        relationship("rId2", "image", "/media/two.png") +
                        relationship("rId3", "image", "../media/three.png") +
                        relationship("rId4", "hyperlink", "https://example.org/a%20b", "External") +
                        relationship("rId5", "image", "..\\..\\..\\etc\\passwd")));
  const std::string bytes = zip.build();
  const OpcRelationships links = OpcPackage(bytes).relationships("word/document.xml");
  EXPECT_EQ(links.find("rId1")->target, "word/media/one.png");
  EXPECT_EQ(links.find("rId2")->target, "media/two.png");
  EXPECT_EQ(links.find("rId3")->target, "media/three.png");
  EXPECT_EQ(links.find("rId4")->target, "https://example.org/a%20b");
  EXPECT_EQ(links.find("rId4")->mode, OpcTarget::kExternal);
  EXPECT_EQ(links.find("rId5")->target, "etc/passwd");
  EXPECT_EQ(links.find("rId6"), nullptr);
  EXPECT_EQ(links.first_of("image")->id, "rId1");
  EXPECT_EQ(links.first_of("hyperlink"), nullptr);
}

TEST(OpcRelationshipsOfAPart, StrictTypesAreTheSame) {
  ZipBuilder zip;
  zip.add("_rels/.rels",
          relationships("<Relationship Id='r' Target='d.xml' Type='http://purl.oclc.org/ooxml/"
                        "officeDocument/relationships/officeDocument'/>"));
  zip.add("d.xml", "<document/>");
  EXPECT_EQ(main_part_of(zip), "d.xml");
}

TEST(OpcRelationshipsOfAPart, AreNoneWhereTheyAreMissingOrBroken) {
  ZipBuilder zip = package_with("a.xml", "a.xml");
  zip.add("_rels/b.xml.rels", "no xml");
  const std::string bytes = zip.build();
  const OpcPackage package(bytes);
  EXPECT_TRUE(package.relationships("a.xml").all().empty());
  EXPECT_TRUE(package.relationships("b.xml").all().empty());
}

TEST(OpcParts, AMissingPartHasNoRootAndReadingItIsMalformed) {
  const std::string bytes = package_with("a.xml", "a.xml").build();
  const OpcPackage package(bytes);
  EXPECT_FALSE(package.has("b.xml"));
  EXPECT_FALSE(package.xml("b.xml").root());
  EXPECT_THROW(package.read("b.xml"), Failure);
}

TEST(OpcParts, XmlHasThePrefixesOfOffice) {
  ZipBuilder zip = package_with("a.xml", "a.xml");
  zip.add("b.xml", "<q:p xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main'/>");
  const std::string bytes = zip.build();
  EXPECT_TRUE(named(OpcPackage(bytes).xml("b.xml").root(), "w:p"));
}

TEST(OpcParts, ContentTypeIsByPartThenByExtension) {
  ZipBuilder zip = package_with("a.xml", "a.xml");
  zip.add("[Content_Types].xml",
          "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
          "<Default Extension='PNG' ContentType='image/PNG'/>"
          "<Override PartName='/A.xml' ContentType='application/x-a'/></Types>");
  const std::string bytes = zip.build();
  const OpcPackage package(bytes);
  EXPECT_EQ(package.content_type("a.xml"), "application/x-a");
  EXPECT_EQ(package.content_type("media/x.png"), "image/png");
  EXPECT_EQ(package.content_type("other.bin"), "");
}

// Runs set_office_metadata inside a job.
class Describe : public Converter {
  void convert(Job& job) override {
    set_office_metadata(job, OpcPackage(job));
    job.write("x");
  }
};

std::map<std::string, std::string> metadata_of(const ZipBuilder& zip) {
  RecordingJob job(zip.build(), "x.docx", "application/zip");
  Describe describe;
  EXPECT_EQ(job.run(describe), Outcome::kOk) << job.reason();
  return job.metadata();
}

ZipBuilder with_properties(const std::string& core, const std::string& extended) {
  ZipBuilder zip;
  zip.add(
      "_rels/.rels",
      relationships("<Relationship Id='c' Target='p/core.xml' Type='http://schemas."
                    "openxmlformats.org/package/2006/relationships/metadata/core-properties'/>" +
                    relationship("e", "extended-properties", "p/app.xml")));
  zip.add("p/core.xml",
          "<cp:coreProperties xmlns:dc='http://purl.org/dc/elements/1.1/' "
          "xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
          "xmlns:t='http://purl.org/dc/terms/'>" +
              core + "</cp:coreProperties>");
  zip.add("p/app.xml",
          "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/"
          "extended-properties'>" +
              extended + "</Properties>");
  return zip;
}

TEST(OpcMetadata, PropertiesBecomeFrontMatter) {
  const auto metadata = metadata_of(
      with_properties("<dc:title> The\nMill </dc:title><dc:creator>M. Weaver</dc:creator>"
                      "<dc:language>en-GB</dc:language><t:created>2024-03-01T10:00:00Z</t:created>"
                      "<t:modified>2024-03-02</t:modified>",
                      "<Pages>12</Pages>"));
  EXPECT_EQ(metadata.at("title"), "The Mill");
  EXPECT_EQ(metadata.at("author"), "M. Weaver");
  EXPECT_EQ(metadata.at("language"), "en-GB");
  EXPECT_EQ(metadata.at("created"), "2024-03-01T10:00:00Z");
  EXPECT_EQ(metadata.at("modified"), "2024-03-02");
  EXPECT_EQ(metadata.at("pages"), "12");
}

TEST(OpcMetadata, WhatIsNoDateOrNumberIsLeftOut) {
  const auto metadata = metadata_of(
      with_properties("<t:created>yesterday</t:created><t:modified>0000-00-00</t:modified>"
                      "<dc:title>   </dc:title>",
                      "<Pages>many</Pages>"));
  EXPECT_TRUE(metadata.empty());
}

TEST(OpcMetadata, BrokenPropertiesAreNone) {
  ZipBuilder zip;
  zip.add("_rels/.rels", relationships(relationship("e", "extended-properties", "app.xml")));
  zip.add("app.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>");
  EXPECT_TRUE(metadata_of(zip).empty());
}

TEST(OpcMetadata, LongValuesAreCutAtACharacter) {
  std::string title;
  for (int i = 0; i < 50'000; ++i) title += "\u00E4";
  const auto metadata = metadata_of(with_properties("<dc:title>" + title + "</dc:title>", ""));
  EXPECT_LE(metadata.at("title").size(), 8U * 1024U);
  EXPECT_THAT(metadata.at("title"), testing::EndsWith("\u00E4"));
}

}  // namespace
}  // namespace sluice
