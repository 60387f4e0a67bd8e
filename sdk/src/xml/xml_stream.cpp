// SPDX-License-Identifier: Apache-2.0
//
// expat behind exceptions. No C++ exception may cross it: what a handler throws is kept, the parser
// stopped, and the exception thrown on once expat has returned.
//
// expat reads what stands before the root element, and its start tag. What follows is read by
// PlainXml, up to the first thing that is not plain, the root's end at the latest: from there on
// expat reads again, which is first given the start tags of the elements that are open.
#include <expat.h>

#include <algorithm>
#include <exception>
#include <sluice/ascii.hpp>
#include <sluice/charset.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml_stream.hpp>
#include <string>
#include <utility>
#include <vector>

#include "xml/plain_xml.hpp"
#include "xml/text_position.hpp"
#include "xml/xml_scope.hpp"

namespace sluice {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::string_view kBlanks = " \t\r\n";
// A longer tag is left to expat, which does not begin it again with each piece.
constexpr std::size_t kMaxHeld = std::size_t{16} << 10;
// What stands before the root is cut behind each `>`. Real documents have two or three there.
constexpr unsigned kMaxPrologPieces = 64;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

// The character of a byte in a charset of one byte a character, -1 if it is none by itself.
int character_of(std::string_view charset, unsigned char byte) {
  std::string utf8;
  TextDecoder decoder(charset, [&utf8](std::string_view piece) { utf8 += piece; });
  decoder.feed({&byte, 1});
  decoder.finish();
  if (decoder.replaced() != 0 || utf8.empty()) return -1;
  return static_cast<int>(utf8_at(utf8, 0).code);
}

int XMLCALL on_unknown_encoding(void*, const XML_Char* name, XML_Encoding* encoding) {
  try {
    if (!is_known_charset(name)) return XML_STATUS_ERROR;
    encoding->map[0] = 0;
    for (int i = 1; i < 256; ++i) {
      encoding->map[i] = character_of(name, static_cast<unsigned char>(i));
    }
    return XML_STATUS_OK;
  } catch (...) {
    return XML_STATUS_ERROR;
  }
}

}  // namespace

// The attributes of a tag, under the names that were asked for.
class XmlAttributes::Source {
 public:
  Source(std::span<const XmlPair> pairs, XmlScope& scope) : pairs_(pairs), scope_(scope) {}

  std::optional<std::string_view> find(std::string_view name) const {
    const bool prefixed = has_prefix(name);
    for (const XmlPair& pair : pairs_) {
      if (!prefixed && is_same(pair.name, name)) return pair.value;
      if (prefixed && has_prefix(pair.name) && scope_.attribute(pair.name) == name) {
        return pair.value;
      }
    }
    return std::nullopt;
  }

 private:
  // Most names are a letter: calls of find and memcmp would cost more than they look at.
  static bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || (a[0] == b[0] && (a.size() == 1 || a == b)));
  }
  static bool has_prefix(std::string_view name) {
    return std::any_of(name.begin(), name.end(), [](char c) { return c == ':'; });
  }

  std::span<const XmlPair> pairs_;
  XmlScope& scope_;
};

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  return source_.find(name);
}

struct XmlStream::State {
  State(std::string_view part, std::span<const XmlNamespace> namespaces, XmlHandler& to,
        const XmlStreamLimits& bounds)
      : name(part), scope(namespaces), handler(to), limits(bounds) {
    parser.reset(XML_ParserCreate(nullptr));
    if (!parser) throw std::bad_alloc();
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetDefaultHandler(parser.get(), on_other);
    XML_SetEntityDeclHandler(parser.get(), on_entity);
    XML_SetUnknownEncodingHandler(parser.get(), on_unknown_encoding, nullptr);
    XML_SetXmlDeclHandler(parser.get(), on_declaration);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  }

  // Runs `code` inside of a callback of expat.
  template <class Code>
  void guarded(Code code) {
    if (resuming) return;
    fed_at_event = fed;
    if (thrown) return;
    try {
      code();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser.get(), XML_FALSE);
    }
  }

  static State& of(void* self) { return *static_cast<State*>(self); }

  static void XMLCALL on_start(void* self, const XML_Char* element, const XML_Char** attributes) {
    State& state = of(self);
    state.guarded([&] {
      state.pairs.clear();
      for (; *attributes != nullptr; attributes += 2) {
        state.pairs.push_back({attributes[0], attributes[1]});
      }
      state.start(element, state.pairs);
    });
  }

  static void XMLCALL on_end(void* self, const XML_Char* element) {
    State& state = of(self);
    state.guarded([&] { state.end(element); });
  }

  static void XMLCALL on_text(void* self, const XML_Char* text, int size) {
    State& state = of(self);
    state.guarded([&] { state.handler.text({text, static_cast<std::size_t>(size)}); });
  }

  // Comments and the like.
  static void XMLCALL on_other(void* self, const XML_Char*, int) {
    of(self).fed_at_event = of(self).fed;
  }

  static void XMLCALL on_declaration(void* self, const XML_Char*, const XML_Char* encoding, int) {
    State& state = of(self);
    state.fed_at_event = state.fed;
    if (encoding != nullptr && !equal_ignoring_ascii_case(encoding, "utf-8")) {
      state.is_plain = false;
    }
  }

  static void XMLCALL on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                                 int) {
    of(self).fed_at_event = of(self).fed;
    of(self).is_plain = false;
  }

  static void XMLCALL on_entity(void* self, const XML_Char*, int, const XML_Char*, int,
                                const XML_Char*, const XML_Char*, const XML_Char*,
                                const XML_Char*) {
    State& state = of(self);
    state.guarded([&] {
      throw Failure(Outcome::kMalformed,
                    state.name + " declares entities, which is how small files become huge");
    });
  }

  void start(std::string_view element, std::span<const XmlPair> attributes) {
    if (++depth > limits.depth) {
      throw Failure(Outcome::kLimit,
                    name + " nests elements more than " + std::to_string(limits.depth) + " deep");
    }
    has_root = true;
    scope.enter(attributes);
    XmlAttributes::Source source(attributes, scope);
    handler.start_element(scope.element(element), XmlAttributes(source));
  }

  void end(std::string_view element) {
    handler.end_element(scope.element(element));
    scope.leave();
    --depth;
  }

  [[noreturn]] void fail() const {
    TextPosition at{XML_GetCurrentLineNumber(parser.get()) - 1,
                    XML_GetCurrentColumnNumber(parser.get())};
    // expat has not seen the plain part, and has seen the tags that stand for it.
    at = at.moved(resumed, plain_end);
    throw Failure(Outcome::kMalformed, name + " is not well-formed XML: " +
                                           XML_ErrorString(XML_GetErrorCode(parser.get())) +
                                           ", at line " + std::to_string(at.line + 1) +
                                           ", column " + std::to_string(at.column + 1));
  }

  // What expat holds back is a tag, or the like, that has not ended yet.
  void check_token() const {
    if (fed - fed_at_event > limits.token_bytes) {
      throw Failure(Outcome::kLimit, name + " has a tag of more than " +
                                         std::to_string(limits.token_bytes >> 20) + " MiB");
    }
  }

  // What expat reads of a document. `bytes` have been counted.
  void parse(std::string_view bytes, bool last) {
    const XML_Status status =
        XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
    if (status != XML_STATUS_OK) {
      if (XML_GetErrorCode(parser.get()) == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
      fail();
    }
    if (!last) check_token();
  }

  // Up to the end of the root's start tag. Returns what is left.
  std::string_view parse_prolog(std::string_view bytes) {
    while (reader == Reader::kProlog && !bytes.empty()) {
      const std::string_view piece =
          bytes.substr(0, std::min(bytes.find('>'), bytes.size() - 1) + 1);
      // Only wide encodings have zeros.
      is_plain = is_plain && piece.find('\0') == std::string_view::npos;
      fed += piece.size();
      parse(piece, false);
      plain_end.pass(piece);
      bytes.remove_prefix(piece.size());
      if (has_root) reader = depth == 1 && is_plain ? Reader::kPlain : Reader::kWhole;
      if (!has_root && ++prolog_pieces == kMaxPrologPieces) reader = Reader::kWhole;
      resumed = plain_end;
    }
    return bytes;
  }

  // Reports what is plain at the beginning of `text`; returns what came then, and how far it was.
  PlainToken read_tokens(std::string_view text, std::size_t& at) {
    while (true) {
      const PlainToken token = plain.next(text, at);
      switch (token) {
        case PlainToken::kStart:
          start(plain.name(), plain.attributes());
          break;
        case PlainToken::kStartAndEnd:
          start(plain.name(), plain.attributes());
          end(plain.name());
          break;
        case PlainToken::kEnd:
          end(plain.name());
          break;
        case PlainToken::kText:
          handler.text(plain.characters());
          break;
        case PlainToken::kIncomplete:
        case PlainToken::kOdd:
          return token;
      }
    }
  }

  void parse_plain(std::string_view bytes) {
    fed += bytes.size();
    if (!held.empty()) held.append(bytes);
    const std::string_view text = held.empty() ? bytes : held;
    const std::size_t valid = find_invalid_utf8(text);
    std::size_t at = 0;
    const PlainToken token = read_tokens(text.substr(0, valid), at);
    if (at > 0) fed_at_event = fed;
    plain_end.pass(text.substr(0, at));
    // A character may go on in the next piece.
    const bool is_broken = text.size() - valid >= 4;
    if (token == PlainToken::kOdd || is_broken || text.size() - at > kMaxHeld) {
      return resume(text.substr(at));
    }
    if (held.empty()) {
      held = text.substr(at);
    } else {
      held.erase(0, at);
    }
  }

  // Lets expat go on behind the plain part.
  void resume(std::string_view rest) {
    reader = Reader::kWhole;
    const std::string tags = plain.open_tags();
    resumed.column += tags.size();
    resuming = true;
    parse(tags, false);
    resuming = false;
    parse(rest, false);
    held.clear();
  }

  void read(std::string_view bytes) {
    bytes = parse_prolog(bytes);
    if (bytes.empty()) return;
    if (reader == Reader::kPlain) return parse_plain(bytes);
    fed += bytes.size();
    parse(bytes, false);
  }

  void finish() {
    if (reader == Reader::kPlain) resume(held);
    parse({}, true);
  }

  enum class Reader : std::uint8_t { kProlog, kPlain, kWhole };

  std::string name;
  XmlScope scope;
  XmlHandler& handler;
  XmlStreamLimits limits;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser;
  std::exception_ptr thrown;
  std::vector<XmlPair> pairs;  // of the tag that expat reports
  unsigned depth = 0;
  std::uint64_t fed = 0;
  std::uint64_t fed_at_event = 0;

  Reader reader = Reader::kProlog;
  bool is_plain = true;  // UTF-8 without a document type, so far
  bool has_root = false;
  bool resuming = false;  // expat reads tags that have been reported
  unsigned prolog_pieces = 0;
  PlainXml plain;
  std::string held;        // the start of a token that goes on in the next piece
  TextPosition plain_end;  // how far PlainXml has read, or expat before it
  TextPosition resumed;    // the same place, as expat counts
};

XmlStream::XmlStream(std::string_view name, std::span<const XmlNamespace> namespaces,
                     XmlHandler& handler, const XmlStreamLimits& limits)
    : state_(std::make_unique<State>(name, namespaces, handler, limits)) {}

XmlStream::~XmlStream() = default;

void XmlStream::feed(std::string_view bytes) {
  if (state_->fed == 0) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of(kBlanks), bytes.size()));
  }
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    state_->read(piece);
    bytes.remove_prefix(piece.size());
  }
}

void XmlStream::finish() {
  state_->finish();
}

}  // namespace sluice
