// Scenarios of documents that come from elsewhere: from servers of the web, from OpenKB.
#include <cstdlib>

#include "crash/scene/scenarios.h"
#include "crash/scene/server.h"
#include "kit/files.h"
#include "platform/sha256.h"

namespace sluice::crash {
namespace {

std::string picture(const std::string& rest) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + rest;
}

std::string page(const std::string& words, const std::string& more = {}) {
  return "<html><head><title>" + words + "</title></head><body><h1>" + words + "</h1><p>" + words +
         " has a text of some words.</p>" + more + "</body></html>";
}

std::string site_file(const World& world, const std::string& name) {
  return world.path("site") + "/" + name;
}

// Pages that are new, have changed, are as they were; one with a picture of its server's. The list
// of URLs is a file, since the port is another one each time.
void fetch_pages(const World& world) {
  ::setenv("SLUICE_FETCH_ALLOW", server_address().c_str(), 1);
  ::setenv("SLUICE_FETCH_PAUSE", "0", 1);
  ::setenv("SLUICE_FETCH_ROBOTS", "false", 1);
  ::setenv("SLUICE_FETCH_PICTURES", "true", 1);
  std::string list;
  for (const char* name : {"same.html", "changed.html", "new.html", "pictures.html"}) {
    list += url_of_file(site_file(world, name)) + "\n";
  }
  const auto put = [&](const std::string& name, const std::string& text) {
    test::write_file(site_file(world, name), text);
  };
  put("same.html", page("Same"));
  put("changed.html", page("Before"));
  world.must(world.kb(), {"add", url_of_file(site_file(world, "same.html")),
                          url_of_file(site_file(world, "changed.html"))});
  put("changed.html", page("After"));
  put("new.html", page("New"));
  put("one.png", picture("one"));
  put("pictures.html", page("Pictures", "<img src=\"one.png\" alt=\"one\">"));
  world.write("urls.txt", list);
}

// A folder as OpenKB leaves it, row by row.
class OpenKb {
 public:
  explicit OpenKb(const World& world) : folder_(world.path("openkb")) {}

  void put(const std::string& name, const std::string& text) const {
    test::write_file(folder_ + "/" + name, text);
  }
  void add(const std::string& doc_name, const std::string& raw, const std::string& text,
           const std::string& extension = "md") {
    const std::string raw_path = "raw/" + doc_name + ".txt";
    const std::string source_path = "wiki/sources/" + doc_name + "." + extension;
    put(raw_path, raw);
    put(source_path, text);
    rows_ += (rows_.empty() ? "" : ",") + ("\"" + platform::to_hex(platform::sha256(raw))) +
             R"(":{"name":")" + doc_name + R"(.txt","doc_name":")" + doc_name +
             R"(","raw_path":")" + raw_path + R"(","path":")" + raw_path + R"(","source_path":")" +
             source_path + R"("})";
  }
  void save() {
    put(".openkb/hashes.json", "{" + rows_ + "}");
    rows_.clear();
  }

 private:
  const std::string folder_;
  std::string rows_;
};

const std::vector<std::string> kImport = {"import", "openkb", "@docs/../openkb"};

// Documents that are new, with pictures and with pages; one of them under a name that is taken, and
// one that OpenKB has changed since it was imported.
void import_documents(const World& world) {
  world.write("taken.md", "Has the name\n");
  world.must(world.kb(), {"add", "@docs"});
  OpenKb other(world);
  other.add("changed", "before", "Before ![p](images/changed/p.png)\n");
  other.put("wiki/sources/images/changed/p.png", picture("before"));
  other.save();
  world.must(world.kb(), kImport);
  other.add("changed", "after", "After\n");
  other.add("new", "new", "New ![a](images/new/a b.png) and ![c](sources/images/new/c.png)\n");
  other.put("wiki/sources/images/new/a b.png", picture("a"));
  other.put("wiki/sources/images/new/c.png", picture("c"));
  other.add("taken", "taken", "![t](images/taken/t.png)\n");
  other.put("wiki/sources/images/taken/t.png", picture("t"));
  other.add("long", "long", R"([{"page":1,"content":"One"},{"page":2,"content":"Two"}])", "json");
  other.save();
}

}  // namespace

std::vector<Scenario> scenarios_from_elsewhere() {
  return {
      {"Fetching", fetch_pages, {{"-j", "2", "add", "--files-from", "@docs/urls.txt"}}},
      {"Importing", import_documents, {kImport}},
  };
}

}  // namespace sluice::crash
