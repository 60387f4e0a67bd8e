"""Every plugin of this build passes the validator that other authors' plugins have to pass.

    first_party_test.py BUILD_DIR
"""
import json
import pathlib
import subprocess
import sys
import unittest

BUILD = pathlib.Path(sys.argv[1])


class FirstParty(unittest.TestCase):
    def test_each_plugin_passes_validation(self):
        folders = sorted(one for one in (BUILD / "lib/sluice/plugins").iterdir() if one.is_dir())
        self.assertGreater(len(folders), 5)
        for folder in folders:
            with self.subTest(folder.name):
                run = subprocess.run([BUILD / "bin/sluice-sdk", "validate", "--json", folder],
                                     capture_output=True, text=True)
                results = json.loads(run.stdout)["tests"]
                failed = [one for one in results if one["verdict"] == "failed"]
                self.assertEqual(failed, [], run.stderr)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                passed = sum(one["verdict"] == "passed" for one in results)
                self.assertGreater(passed, 30, run.stdout)
                print(f"{folder.name}: {passed} passed of {len(results)}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
