"""URLs: what `add` fetches from servers that behave and from those that do not, and what it must never
reach. In a network of its own (web/network.py), where public addresses belong to the test.

    fetch_test.py SLUICE SCHEMA_FOLDER
"""
import gzip
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parent / "web"))
import network  # noqa: E402
from network import OTHER, PUBLIC, PUBLIC6, Page, make_picture  # noqa: E402

if __name__ == "__main__":
    network.enter()

from fetch_case import HTML, PRIVATE, SITE, FetchCase  # noqa: E402
from folders import SCHEMAS, SLUICE  # noqa: E402

class Fetch(FetchCase):
    # --- what is fetched ---

    def test_a_page_becomes_a_document_of_its_url(self):
        doc = self.add("HTTP://Site.TEST:80/./")
        self.assertEqual(doc["path"], SITE + "/")
        self.assertEqual(doc["name"], "site-test")
        self.assertEqual((self.kb.path / doc["raw"]).read_bytes(), self.site.pages["/"].body)
        self.assertIn("source: http://site.test/", self.markdown(doc))
        self.assertEqual(self.site.requests[-1][3]["User-Agent"].split("/")[0], "Sluice")
        self.kb.check()

    def test_only_what_changed_is_fetched_again(self):
        self.site.pages["/a"] = Page(HTML.format("One"), ETag='"1"')
        self.add(SITE + "/a")
        self.add(SITE + "/a", "unchanged")
        self.assertEqual(self.site.requests[-1][3].get("If-None-Match"), '"1"')
        self.site.pages["/a"] = Page(HTML.format("Two"), ETag='"2"')
        self.assertIn("Text of Two", self.markdown(self.add(SITE + "/a", "updated")))
        self.site.pages["/a"] = Page(HTML.format("Two"), ETag='"3"')
        self.add(SITE + "/a", "unchanged")
        self.add(SITE + "/a", "unchanged")
        self.assertEqual(self.site.requests[-1][3].get("If-None-Match"), '"3"')
        self.kb.check()

    def test_redirects_are_followed_and_the_url_given_stays_the_path(self):
        self.site.pages["/old"] = Page(status=301, Location="//other.test/new?x=1#part")
        self.site.pages["/new?x=1"] = Page(HTML.format("New"), ETag='"n"')
        doc = self.add(SITE + "/old")
        self.assertEqual((doc["path"], doc["name"]), (SITE + "/old", "old"))
        self.assertEqual(self.site.paths(OTHER), ["/new?x=1"])
        self.add(SITE + "/old", "unchanged")
        self.assertEqual(self.site.requests[-1][3].get("If-None-Match"), '"n"')

    def test_the_type_is_that_of_the_bytes(self):
        self.site.pages["/report.pdf"] = Page(HTML.format("Login"), Content_Type="application/pdf")
        self.assertEqual(self.add(SITE + "/report.pdf")["raw"], "raw/report-pdf.html")
        self.site.pages["/x.php"] = Page("# Notes\n\nText.\n", Content_Type="text/markdown")
        self.assertEqual(self.add(SITE + "/x.php")["converter"], "markdown")
        self.site.pages["/get"] = Page("a,b\n1,2\n", Content_Type="application/octet-stream",
                                       Content_Disposition='attachment; filename="../t.csv"')
        self.assertEqual(self.add(SITE + "/get")["converter"], "csv")

    def test_raw_keeps_what_came_unpacked(self):
        text = HTML.format("Zipped").encode()
        self.site.pages["/z"] = Page(gzip.compress(text), Content_Encoding="GZIP")
        self.site.pages["/zz"] = Page(gzip.compress(text[:50]) + gzip.compress(text[50:] + b" "),
                                      Content_Encoding="x-gzip")
        for path in ("/z", "/zz"):
            doc = self.add(SITE + path)
            self.assertEqual((self.kb.path / doc["raw"]).read_bytes().strip(), text)

    def test_the_charset_is_the_headers(self):
        text = "<html><body><h1>Пример</h1><p>Текст страницы.</p></body></html>"
        self.site.pages["/ru"] = Page(text.encode("cp1251"),
                                      Content_Type="text/html; charset=windows-1251")
        self.assertIn("Пример", self.markdown(self.add(SITE + "/ru")))

    def test_ipv6(self):
        if not self.has_ipv6:
            self.skipTest("no IPv6 here")
        self.add(f"http://[{PUBLIC6}]/")

    def test_https_with_a_certificate_of_a_trusted_authority(self):
        self.add("https://site.test/", certificates=self.authority)

    def test_commands_know_urls(self):
        self.site.pages["/a"] = Page(HTML.format("A") + "<a href='b'>b</a>")
        self.site.pages["/b"] = Page(HTML.format("B"))
        listed = self.kb.path / "list"
        listed.write_text(f"{SITE}/a\n{SITE}/b\n")
        self.assertEqual([doc["result"] for doc in self.run_add("--files-from", str(listed))],
                         ["added", "added"])
        shown = self.kb.objects("show", SITE + "/a")
        self.assertEqual(shown[0]["path"], SITE + "/a")
        plan = self.kb.objects("add", "-n", SITE + "/a", SITE + "/c")
        self.assertEqual([one["would"] for one in plan if one["type"] == "plan"], ["update", "add"])
        before = {p: d["sha256"] for p, d in self.kb.documents().items()}
        raws = sorted(p.name for p in (self.kb.path / "raw").iterdir())
        self.site.requests.clear()
        self.kb.run("reconvert", "--all")
        self.assertEqual(self.site.requests, [], "reconvert needs no network")
        self.assertEqual({p: d["sha256"] for p, d in self.kb.documents().items()}, before)
        self.assertEqual(sorted(p.name for p in (self.kb.path / "raw").iterdir()), raws)
        self.kb.run("remove", SITE + "/a")
        self.assertEqual(set(self.kb.documents()), {SITE + "/b"})
        self.kb.check()

    def test_sync_of_the_kbs_own_folder_leaves_urls_alone(self):
        self.add(SITE + "/")
        (self.kb.path / "notes").mkdir()
        (self.kb.path / "notes/n.md").write_text("# n\n\nText.\n")
        self.kb.run("sync", str(self.kb.path), env=self.env)
        self.assertIn(SITE + "/", self.kb.documents())

    def test_links_of_a_page_lead_to_the_web_or_to_documents(self):
        self.site.pages["/d/a"] = Page(HTML.format("A") +
                                       "<p><a href='b'>b</a> <a href='(c).html#x'>c</a></p>")
        self.site.pages["/moved"] = Page(status=301, Location="/d/a")
        doc = self.add(SITE + "/moved")
        for _ in range(2):
            text = self.markdown(doc)
            self.assertIn(f"[b]({SITE}/d/b)", text)
            self.assertIn(f"[c]({SITE}/d/%28c%29.html#x)", text)
            self.kb.run("reconvert", "--all")
        self.site.pages["/d/b"] = Page(HTML.format("B"))
        other = self.add(SITE + "/d/b")
        self.assertIn(f"[b]({other['name']}.md)", self.markdown(doc))
        self.kb.run("remove", other["name"])
        self.assertIn(f"[b]({SITE}/d/b)", self.markdown(doc))
        self.kb.check()

    def test_pictures_are_fetched_by_option_within_a_budget(self):
        picture = make_picture()
        page = HTML.format("P") + "".join(f"<p><img src='{src}' alt='x'></p>" for src in (
            "p/a.png", "b%20c.png?v=2", "no.png", "text.png", "evil.png", "http://10.1.2.3/s.png"))
        self.site.pages["/d/page"] = Page(page)
        self.site.pages["/d/p/a.png"] = Page(picture, Content_Type="image/png")
        self.site.pages["/d/b%20c.png"] = Page(picture + b"\0", Content_Type="image/png")
        self.site.pages["/d/text.png"] = Page("no picture at all", Content_Type="image/png")
        self.site.pages["/d/evil.png"] = Page(status=302, Location="http://10.1.2.3/s.png")
        self.site.pages["/s.png"] = Page(picture)
        self.assertEqual(self.add(SITE + "/d/page")["assets"], 0)
        self.assertEqual(self.site.paths(), ["/d/page"])
        self.kb.run("remove", SITE + "/d/page")
        doc = self.add(SITE + "/d/page", pictures="true")
        self.assertEqual(doc["assets"], 2, doc)
        self.assertEqual(self.markdown(doc).count("](images/page/"), 2, self.markdown(doc))
        self.assertEqual(self.site.paths("10.1.2.3"), [])
        self.env["SLUICE_FETCH_PICTURES"] = "true"
        self.kb.run("reconvert", "--all", env=self.env)
        self.assertEqual(self.kb.documents()[SITE + "/d/page"]["assets"], 2)
        self.kb.run("remove", SITE + "/d/page")
        self.assertEqual(self.add(SITE + "/d/page", picture_count="1")["assets"], 1)
        self.kb.run("remove", SITE + "/d/page")
        self.assertEqual(self.add(SITE + "/d/page", picture_size="20B")["assets"], 0)
        self.kb.check()

    def test_show_says_where_and_when(self):
        self.site.pages["/a"] = Page(status=302, Location="/b")
        self.site.pages["/b"] = Page(HTML.format("B"), ETag='"b"',
                                     Last_Modified="Mon, 30 Nov 2026 10:00:00 GMT")
        self.add(SITE + "/a")
        shown = self.kb.objects("show", SITE + "/a")[0]
        self.assertEqual((shown["final_url"], shown["etag"]), (SITE + "/b", '"b"'))
        self.assertIn("30 Nov", shown["last_modified"])
        self.assertIn("from " + SITE + "/b", self.kb.run("show", SITE + "/a").stdout)

    # --- sync ---

    def sync(self, *words, code=0):
        result = self.kb.run("--json", "sync", *words, code=code, env=self.env)
        objects = [SCHEMAS.check(line) for line in result.stdout.splitlines()]
        return {one["path"]: one["result"] for one in objects if one["type"] == "doc"}

    def test_sync_fetches_what_changed(self):
        for name in "abc":
            self.site.pages[f"/d/{name}"] = Page(HTML.format(name), ETag=f'"{name}"')
            self.add(f"{SITE}/d/{name}")
        self.site.pages["/d/b"] = Page(HTML.format("other"), ETag='"2"')
        a, b, c = (f"{SITE}/d/{name}" for name in "abc")
        self.assertEqual(self.sync(), {a: "unchanged", b: "updated", c: "unchanged"})
        self.assertEqual(self.sync(SITE + "/d"), {a: "unchanged", b: "unchanged", c: "unchanged"})
        self.assertEqual(self.sync(a), {a: "unchanged"})
        self.assertEqual(self.sync(SITE + "/", a), {a: "unchanged", b: "unchanged", c: "unchanged"})
        self.kb.run("sync", SITE + "/e", code=2)
        (self.kb.path.parent / "docs").mkdir()
        self.assertEqual(self.sync(str(self.kb.path.parent / "docs")), {})
        self.kb.check()

    def test_a_page_is_removed_when_it_is_gone_twice(self):
        self.site.pages["/a"] = Page(HTML.format("A"))
        self.site.pages["/b"] = Page(HTML.format("B"))
        a, b = SITE + "/a", SITE + "/b"
        self.add(a)
        self.add(b)
        page = self.site.pages.pop("/a")
        self.assertEqual(self.sync(code=3), {a: "failed", b: "unchanged"})
        self.assertIn(a, self.kb.documents())
        self.site.pages["/a"] = page  # it comes back: nothing has happened
        self.assertEqual(self.sync(), {a: "unchanged", b: "unchanged"})
        del self.site.pages["/a"]
        self.assertEqual(self.sync(code=3), {a: "failed", b: "unchanged"})
        self.assertEqual(self.sync("--max-delete", "0", code=3)[a], "failed")
        self.assertIn(a, self.kb.documents())
        self.assertEqual(self.sync(), {a: "removed", b: "unchanged"})
        self.assertEqual(set(self.kb.documents()), {b})
        # Servers that are down take nothing out.
        self.site.pages["/b"] = Page(status=500)
        self.sync(code=3)
        self.sync()
        self.assertEqual(set(self.kb.documents()), {b})
        self.kb.check()

    # --- what is never reached ---

    def never(self, url, text="may not be reached"):
        doc = self.add_failing(url, "refused", text)
        for address in (*PRIVATE, "::1"):
            self.assertEqual(self.site.paths(address), [], (url, address))
        return doc

    PLACES = ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost",
              "10.1.2.3", "169.254.169.254", "192.0.2.7", "100.64.0.9", "0.0.0.0", "intranet.test",
              "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]",
              "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "[ff02::1]", "[::127.0.0.1]",
              "224.0.0.1", "255.255.255.255", "168.63.129.16"]

    def test_private_places_are_refused_in_every_form(self):
        for place in self.PLACES:
            with self.subTest(place):
                self.never(f"http://{place}/")

    def test_redirects_to_private_places_are_refused(self):
        for number, place in enumerate(self.PLACES):
            with self.subTest(place):
                self.site.pages[f"/{number}"] = Page(status=302, Location=f"http://{place}/secret")
                self.never(f"{SITE}/{number}")

    def test_names_that_lead_to_private_places_are_refused(self):
        for place in PRIVATE:
            self.names.answers["evil.test"] = [[place]]
            self.never("http://evil.test/")

    def test_a_name_that_changes_after_the_check_leads_nowhere_else(self):
        self.names.answers["rebind.test"] = [[PUBLIC], ["127.0.0.1"]]
        self.never("http://rebind.test/")  # robots.txt asked first
        self.names.answers["rebind.test"] = [[PUBLIC], ["127.0.0.1"]]
        self.add("http://rebind.test/", robots="false")
        self.assertEqual(self.site.paths("127.0.0.1"), [])

    def test_of_several_addresses_only_public_ones_are_tried(self):
        self.names.answers["mixed.test"] = [["10.1.2.3", PUBLIC]]
        self.add("http://mixed.test/")
        self.assertEqual(self.site.paths("10.1.2.3"), [])

    def test_what_is_allowed_is_reached(self):
        for allow in ("10.1.2.3", "10.0.0.0/8", "intranet.test", "intranet.test:80"):
            with self.subTest(allow):
                self.site.pages["/" + str(hash(allow))] = Page(HTML.format(allow))
                self.add(f"http://intranet.test/{hash(allow)}", allow=allow)
        self.add_failing("http://intranet.test/", "refused", "private network", allow="intranet.test:8080")

    def test_other_services_ports_and_other_schemes_are_refused(self):
        self.never(SITE + ":25/", "port 25")
        self.site.pages["/file"] = Page(status=302, Location="file:///etc/passwd")
        self.never(SITE + "/file", "neither http nor https")
        self.site.pages["/ftp"] = Page(status=302, Location="ftp://site.test/x")
        self.never(SITE + "/ftp", "neither http nor https")
        self.never("http://user:secret@site.test/", "user name or a password")

    def test_a_knowledge_bases_own_configuration_allows_nothing(self):
        config = self.kb.path / ".sluice/config.toml"
        config.write_text('[fetch]\nallow = ["127.0.0.1"]\nrobots = false\npause = 0\n')
        self.site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /x\n")
        self.never("http://127.0.0.1/")
        self.add_failing(SITE + "/x", "refused", "robots.txt")

    def test_no_proxy_is_used(self):
        env = {name: "http://127.0.0.1:9" for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY")}
        self.env.update(env)
        self.add(SITE + "/")

    # --- servers that misbehave ---

    def test_redirect_loops_and_chains(self):
        self.site.pages["/loop"] = Page(status=302, Location="/loop2")
        self.site.pages["/loop2"] = Page(status=302, Location="/loop")
        self.add_failing(SITE + "/loop", "io", "circle")
        for n in range(12):
            self.site.pages[f"/r{n}"] = Page(status=302, Location=f"/r{n + 1}")
        self.add_failing(SITE + "/r0", "io", "more than 10 redirects")
        self.site.pages["/down"] = Page(status=302, Location="http://site.test/")
        self.add_failing("https://site.test/down", "refused", "https to", certificates=self.authority)

    def test_slow_silent_and_endless_servers(self):
        def silent(out):
            time.sleep(20)

        def endless(out):
            out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                out.write(b"x" * 65536)

        self.site.pages["/slow"] = Page(write=network.drip(20, 0.1))
        self.site.pages["/silent"] = Page(write=silent)
        self.site.pages["/endless"] = Page(write=endless)
        begin = time.time()
        self.add_failing(SITE + "/slow", "timeout", "", timeout="2")
        self.add_failing(SITE + "/silent", "timeout", "", idle_timeout="1", timeout="10")
        self.assertLess(time.time() - begin, 10)
        self.add_failing(SITE + "/endless", "limit", "more than", size="1MiB")
        self.kb.check()

    def test_bombs_wrong_lengths_and_broken_answers(self):
        bomb = gzip.compress(b"\0" * (64 << 20))
        self.site.pages["/bomb"] = Page(bomb, Content_Encoding="gzip")
        self.add_failing(SITE + "/bomb", "limit", "more than", size="1MiB")
        self.site.pages["/bad"] = Page(bomb[:99] + b"??" * 99, Content_Encoding="gzip")
        self.add_failing(SITE + "/bad", "io", "did not come whole")
        page = gzip.compress((HTML.format("Zipped") * 999).encode())
        for end, name in ((-9, "/cut"), (len(page) // 2, "/half")):
            self.site.pages[name] = Page(page[:end], Content_Encoding="gzip")
            self.add_failing(SITE + name, "io", "ends early")
        self.site.pages["/br"] = Page(b"\x8b\x00\x80x\x03", Content_Encoding="br")
        self.add_failing(SITE + "/br", "io", "did not come whole")
        self.site.pages["/long"] = Page("short", Content_Length="5000")
        self.add_failing(SITE + "/long", "io", "did not come whole")
        self.site.pages["/huge"] = Page("short", Content_Length=str(1 << 40))
        self.add_failing(SITE + "/huge", "limit", "more than")
        self.site.pages["/old"] = Page(write=lambda out: out.write(b"<html>no head at all</html>"))
        self.add_failing(SITE + "/old", "io", "did not come whole")
        headers = b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 4000 + b"\r\n"
        self.site.pages["/flood"] = Page(write=lambda out: [out.write(headers) for _ in range(999)])
        self.add_failing(SITE + "/flood", "io", "did not come whole")

    def test_statuses(self):
        for status, outcome in ((404, "gone"), (410, "gone"), (403, "io"), (500, "io"),
                                (503, "io"), (204, "empty"), (206, "io"), (304, "io")):
            with self.subTest(status):
                self.site.pages[f"/{status}"] = Page(status=status)
                self.add_failing(f"{SITE}/{status}", outcome, str(status))
        self.add_failing("http://nowhere.test/", "io", "has no address")

    def test_certificates_must_be_trusted_and_of_the_name(self):
        self.add_failing("https://selfmade.test/", "refused", "certificate", certificates=self.authority)
        self.names.answers["wrong.test"] = [[PUBLIC]]
        self.add_failing("https://wrong.test/", "refused", "certificate", certificates=self.authority)
        self.add_failing("https://site.test/", "refused", "certificate")

    # --- manners ---

    def test_robots_txt_is_obeyed(self):
        self.site.pages["/robots.txt"] = Page(
            "User-agent: *\nDisallow: /\n\nUser-agent: sluice\nDisallow: /no\nAllow: /no/but\n")
        for path in ("/no", "/no/but", "/yes"):
            self.site.pages[path] = Page(HTML.format(path))
        self.add_failing(SITE + "/no", "refused", "robots.txt")
        self.assertNotIn("/no", self.site.paths())
        self.add(SITE + "/no/but")
        self.add(SITE + "/yes")
        self.add(SITE + "/no", robots="false")
        self.site.pages["/robots.txt"] = Page(status=500)
        self.add_failing(SITE + "/", "io", "robots.txt")

    def test_one_request_at_a_time(self):
        def page(out):
            time.sleep(0.05)
            body = HTML.format(str(time.time())).encode()
            out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                      str(len(body)).encode() + b"\r\n\r\n" + body)

        urls = [f"{SITE}/{n}" for n in range(8)]
        self.site.pages.update({f"/{n}": Page(write=page) for n in range(8)})
        self.site.most_at_once = 0
        docs = self.run_add("-j", "8", *urls)
        self.assertEqual({doc["result"] for doc in docs}, {"added"}, docs)
        self.assertEqual(self.site.most_at_once, 1)
        self.assertEqual(self.site.paths().count("/3"), 1)

    # --- the processes ---

    def test_the_process_that_fetches_holds_nothing_but_its_connection(self):
        self.site.pages["/slow"] = Page(write=network.drip(30, 0.01))
        run = subprocess.Popen([SLUICE, "add", SITE + "/slow"], cwd=self.kb.path,
                               env={**os.environ, **self.env}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
        try:
            self.wait_for("/slow")
            # The guard stands between the host and the process that fetches.
            guard = int(subprocess.run(["pgrep", "-P", str(run.pid), "sluice-fetch"], text=True,
                                       capture_output=True).stdout.split()[0])
            fetcher = int(subprocess.run(["pgrep", "-P", str(guard)], text=True,
                                         capture_output=True).stdout.split()[0])
            status = dict(line.split(":\t", 1) for line in
                          pathlib.Path(f"/proc/{fetcher}/status").read_text().splitlines())
            self.assertEqual((status["Seccomp"], status["NoNewPrivs"], int(status["CapEff"], 16)),
                             ("2", "1", 0))
            held = sorted(os.readlink(f"/proc/{fetcher}/fd/{fd}").split(":")[0]
                          for fd in os.listdir(f"/proc/{fetcher}/fd"))
            self.assertEqual(held, ["/dev/null"] * 3 + ["socket"] * 2)
        finally:
            run.kill()
            run.wait()

    def test_without_a_sandbox_pages_are_fetched_all_the_same(self):
        self.env["SLUICE_SANDBOX_LEVEL"] = "off"
        self.add(SITE + "/")

    def test_doctor_shows_the_promises_of_both_processes(self):
        doctor = self.kb.objects("doctor")[0]
        for promises in (doctor["fetch_promises"], doctor["resolve_promises"]):
            self.assertEqual({one["name"] for one in promises},
                             {one["name"] for one in doctor["promises"]})
            self.assertEqual({one["kept"] for one in promises},
                             {one["kept"] for one in doctor["promises"]})
        network_of = {one["name"]: one for one in doctor["fetch_promises"]}["network"]
        self.assertIn("the host has checked", network_of["text"])

    def wait_for(self, path):
        end = time.time() + 20
        while path not in self.site.paths() and time.time() < end:
            time.sleep(0.05)
        self.assertIn(path, self.site.paths())
        time.sleep(0.3)

    # --- the end of a run ---

    def test_a_killed_run_leaves_nothing(self):
        self.add(SITE + "/")
        self.site.pages["/slow"] = Page(write=network.drip(30, 0.01))
        for sign in (signal.SIGKILL, signal.SIGINT):
            run = subprocess.Popen([SLUICE, "add", SITE + "/slow"], cwd=self.kb.path,
                                   env={**os.environ, **self.env}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            self.wait_for("/slow")
            run.send_signal(sign)
            run.wait(20)
            self.site.requests.clear()
            time.sleep(0.5)
            left = subprocess.run(["pgrep", "-s", "0", "-f", "sluice-fetch"], capture_output=True)
            self.assertEqual(left.stdout, b"")
            self.kb.run("recover")
            self.kb.check()
            staging = self.kb.path / ".sluice/staging"
            self.assertEqual(sorted(staging.iterdir()) if staging.exists() else [], [])
            self.assertEqual(set(self.kb.documents()), {SITE + "/"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
