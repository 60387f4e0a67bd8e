"""Makes folders as OpenKB's own code leaves them, for tests: .openkb/hashes.json, raw/ and wiki/.

Three generations of rows: only a name and a type; with the document's name; with all paths.
"""
import hashlib
import json
import pathlib

from folders import png


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class OpenKbFolder:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        for folder in ("raw", ".openkb", "wiki/sources/images", "wiki/summaries", "wiki/concepts",
                       "wiki/explorations", "wiki/reports"):
            (self.path / folder).mkdir(parents=True)
        self.rows = {}
        (self.path / ".openkb/config.yaml").write_text("model: gpt-5.4-mini\npageindex_threshold: 20\n")
        self.write("wiki/index.md", "# Knowledge Base Index\n\n## Documents\n\n## Concepts\n\n## Explorations\n")
        self.save()

    def save(self):
        self.write(".openkb/hashes.json", json.dumps(self.rows, indent=2))

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def add(self, name, raw, text, doc_name=None, generation=3, path=None, pictures=(), kind=None):
        """`text`: Markdown, or a list of pages."""
        doc_name = doc_name or pathlib.Path(name).stem
        raw_name = f"{doc_name}{pathlib.Path(name).suffix}" if generation == 3 else name
        self.write(f"raw/{raw_name}", raw)
        is_long = not isinstance(text, str)
        source = f"wiki/sources/{doc_name}.{'json' if is_long else 'md'}"
        self.write(source, json.dumps(text, ensure_ascii=False, indent=2) if is_long else text)
        for picture in pictures:
            self.write(f"wiki/sources/images/{doc_name}/{picture}", png(*pictures[picture]))
        row = {"name": name, "type": kind or ("long_pdf" if is_long else pathlib.Path(name).suffix[1:])}
        if generation >= 2:
            row["doc_name"] = doc_name
        if generation >= 3:
            row.update({"path": str(path) if path else f"raw/{raw_name}", "raw_path": f"raw/{raw_name}",
                        "source_path": source})
        self.rows[sha256(raw)] = row
        self.save()
        return row

    def tree(self):
        return {str(path.relative_to(self.path)): path.read_bytes()
                for path in self.path.rglob("*") if path.is_file()}
