"""A small S3-like service for tests: one bucket, signatures checked by code of its own, pages of three names, and trouble on demand."""
import datetime
import hashlib
import hmac
import http.server
import sys
import threading
import time
import urllib.parse

KEYS = {"AWS_ACCESS_KEY_ID": "TESTKEY", "AWS_SECRET_ACCESS_KEY": "wonder/land+secret"}
REGION = "eu-central-1"
PAGE = 3


def signature(method, path, query, headers, signed, payload_hash, stamp):
    canonical_query = "&".join(f"{urllib.parse.quote(k, safe='~')}={urllib.parse.quote(v, safe='~')}"
                               for k, v in sorted(urllib.parse.parse_qsl(query, keep_blank_values=True)))
    canonical = "\n".join([method, path, canonical_query,
                           "".join(f"{name}:{headers[name].strip()}\n" for name in signed), ";".join(signed), payload_hash])
    scope = f"{stamp[:8]}/{REGION}/s3/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + KEYS["AWS_SECRET_ACCESS_KEY"]).encode()
    for part in (stamp[:8], REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return scope, hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", code=None):
        if code:
            body = f"<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def is_signed(self, body):
        url = urllib.parse.urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        fields = dict(field.strip().split("=", 1) for field in
                      headers.get("authorization", "").removeprefix("AWS4-HMAC-SHA256").split(",") if "=" in field)
        signed = fields.get("SignedHeaders", "").split(";")
        payload = headers.get("x-amz-content-sha256", "")
        stamp = headers.get("x-amz-date", "")
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(signed) or payload != hashlib.sha256(body).hexdigest():
            return False
        age = abs(datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ") - datetime.datetime.utcnow())
        scope, right = signature(self.command, url.path, url.query, headers, signed, payload, stamp)
        return (fields.get("Credential") == f"{KEYS['AWS_ACCESS_KEY_ID']}/{scope}" and fields.get("Signature") == right
                and age < datetime.timedelta(minutes=15))

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = self.server
        time.sleep(server.delay)
        with server.lock:
            server.requests += 1
            if server.failures > 0:
                server.failures -= 1
                return self.answer(503, code="SlowDown")
            if not self.is_signed(body):
                server.unsigned += 1
                return self.answer(403, code="SignatureDoesNotMatch")
            url = urllib.parse.urlsplit(self.path)
            bucket, _, key = urllib.parse.unquote(url.path).removeprefix("/").partition("/")
            if bucket != "docs":
                return self.answer(404, code="NoSuchBucket")
            if self.command == "PUT":
                server.objects[key] = body
                return self.answer(200)
            if self.command == "DELETE":
                server.objects.pop(key, None)
                return self.answer(204)
            if key:
                found = server.objects.get(key)
                return self.answer(404, code="NoSuchKey") if found is None else self.answer(200, found)
            query = dict(urllib.parse.parse_qsl(url.query))
            names = sorted(name for name in server.objects if name.startswith(query["prefix"]))
            names = [name for name in names if name > query.get("continuation-token", "")]
            more = f"<NextContinuationToken>{names[server.page - 1]}</NextContinuationToken>" if len(names) > server.page else ""
            listed = "".join(f"<Contents><Key>{name}</Key><Size>1</Size></Contents>" for name in names[:server.page])
            self.answer(200, f"<ListBucketResult>{listed}{more}</ListBucketResult>".encode())

    do_GET = do_PUT = do_DELETE = serve

    def log_message(self, *_):
        pass


class S3Server(http.server.ThreadingHTTPServer):
    request_queue_size = 64

    def __init__(self, address="127.0.0.1", port=0, page=PAGE):
        super().__init__((address, port), Handler)
        self.page = page
        self.objects = {}
        self.requests = self.unsigned = self.failures = 0
        self.delay = 0  # seconds, before each answer
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, prefix="a/b"):
        return f"s3://docs/{prefix}?endpoint=http://127.0.0.1:{self.server_address[1]}&region={REGION}"


if __name__ == "__main__":
    S3Server(sys.argv[1], int(sys.argv[2]), page=1000)
    threading.Event().wait()
