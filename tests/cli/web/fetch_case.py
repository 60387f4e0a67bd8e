"""A knowledge base beside a small Internet (network.py), for tests that fetch."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import network  # noqa: E402
from folders import SCHEMAS, KnowledgeBase  # noqa: E402
from network import OTHER, PUBLIC, PUBLIC6, Page  # noqa: E402

HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Text of {0}.</p></body></html>"
SITE = "http://site.test"
PRIVATE = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.0.2.7", "100.64.0.9"]


class FetchCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.names = network.Names()
        cls.site = network.Site()
        for address in (PUBLIC, OTHER, *PRIVATE):
            cls.site.serve(address, 80)
        cls.site.serve(PUBLIC, 25)
        cls.has_ipv6 = True
        try:
            cls.site.serve(PUBLIC6, 80)
            cls.site.serve("::1", 80)
        except OSError:
            cls.has_ipv6 = False
        cls.folder = tempfile.TemporaryDirectory(prefix="sluice-tls-")
        authority = network.make_certificate(cls.folder.name, "authority.test")
        good = network.make_certificate(cls.folder.name, "site.test", authority)
        selfmade = network.make_certificate(cls.folder.name, "selfmade.test")
        cls.authority = authority[0]
        cls.site.serve(PUBLIC, 443, network.tls_context(*good))
        cls.site.serve(OTHER, 443, network.tls_context(*selfmade))

    def setUp(self):
        self.names.answers = {"site.test": [[PUBLIC]], "other.test": [[OTHER]],
                              "selfmade.test": [[OTHER]]}
        self.site.pages = {"/": Page(HTML.format("Home"))}
        self.site.requests = []
        temporary = tempfile.TemporaryDirectory(prefix="sluice-fetch-")
        self.addCleanup(temporary.cleanup)
        self.kb = KnowledgeBase(pathlib.Path(temporary.name).resolve() / "kb")
        self.env = {"SLUICE_FETCH_PAUSE": "0"}

    def run_add(self, *words, code=None, **settings):
        env = {**self.env, **{"SLUICE_FETCH_" + k.upper(): v for k, v in settings.items()}}
        result = self.kb.run("--json", "add", *words, code=code, env=env)
        objects = [SCHEMAS.check(line) for line in result.stdout.splitlines()]
        return [one for one in objects if one["type"] == "doc"]

    def add(self, url, result="added", **settings):
        docs = self.run_add(url, **settings)
        self.assertEqual([doc["result"] for doc in docs], [result], docs)
        return docs[0]

    def add_failing(self, url, outcome, text, **settings):
        doc = self.add(url, "failed", **settings)
        self.assertEqual(doc["outcome"], outcome, doc)
        self.assertIn(text, doc["message"], doc)
        self.assertTrue(doc["hint"], doc)
        return doc

    def markdown(self, doc):
        return (self.kb.path / doc["markdown"]).read_text()
