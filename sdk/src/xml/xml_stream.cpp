// SPDX-License-Identifier: Apache-2.0
//
// expat behind exceptions. No C++ exception may cross it: what a handler throws is kept, the parser
// stopped, and the exception thrown on once expat has returned.
#include <expat.h>

#include <algorithm>
#include <array>
#include <exception>
#include <sluice/charset.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml_stream.hpp>
#include <string>
#include <utility>

#include "xml/xml_scope.hpp"

namespace sluice {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::string_view kBlanks = " \t\r\n";

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

// The attributes that expat reports, under the names that were asked for.
class XmlAttributes::Source {
 public:
  Source(const XML_Char** pairs, XmlScope& scope) : pairs_(pairs), scope_(scope) {}

  std::optional<std::string_view> find(std::string_view name) const {
    const bool prefixed = name.find(':') != std::string_view::npos;
    for (const XML_Char** pair = pairs_; *pair != nullptr; pair += 2) {
      const std::string_view raw = pair[0];
      if (raw == name && !prefixed) return pair[1];
      if (prefixed && raw.find(':') != std::string_view::npos && scope_.attribute(raw) == name) {
        return pair[1];
      }
    }
    return std::nullopt;
  }

 private:
  const XML_Char** pairs_;
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
  }

  // Runs `code` inside of a callback of expat.
  template <class Code>
  void guarded(Code code) {
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
      if (++state.depth > state.limits.depth) {
        throw Failure(Outcome::kLimit, state.name + " nests elements more than " +
                                           std::to_string(state.limits.depth) + " deep");
      }
      state.scope.enter(attributes);
      XmlAttributes::Source source(attributes, state.scope);
      state.handler.start_element(state.scope.element(element), XmlAttributes(source));
    });
  }

  static void XMLCALL on_end(void* self, const XML_Char* element) {
    State& state = of(self);
    state.guarded([&] {
      state.handler.end_element(state.scope.element(element));
      state.scope.leave();
      --state.depth;
    });
  }

  static void XMLCALL on_text(void* self, const XML_Char* text, int size) {
    State& state = of(self);
    state.guarded([&] { state.handler.text({text, static_cast<std::size_t>(size)}); });
  }

  // Comments and the like.
  static void XMLCALL on_other(void* self, const XML_Char*, int) {
    of(self).fed_at_event = of(self).fed;
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

  [[noreturn]] void fail() const {
    throw Failure(
        Outcome::kMalformed,
        name + " is not well-formed XML: " + XML_ErrorString(XML_GetErrorCode(parser.get())) +
            ", at line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ", column " +
            std::to_string(XML_GetCurrentColumnNumber(parser.get()) + 1));
  }

  // What expat holds back is a tag, or the like, that has not ended yet.
  void check_token() const {
    if (fed - fed_at_event > limits.token_bytes) {
      throw Failure(Outcome::kLimit, name + " has a tag of more than " +
                                         std::to_string(limits.token_bytes >> 20) + " MiB");
    }
  }

  void parse(std::string_view bytes, bool last) {
    fed += bytes.size();
    const XML_Status status =
        XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
    if (status != XML_STATUS_OK) {
      if (XML_GetErrorCode(parser.get()) == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
      fail();
    }
    if (!last) check_token();
  }

  std::string name;
  XmlScope scope;
  XmlHandler& handler;
  XmlStreamLimits limits;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser;
  std::exception_ptr thrown;
  unsigned depth = 0;
  std::uint64_t fed = 0;
  std::uint64_t fed_at_event = 0;
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
    state_->parse(piece, false);
    bytes.remove_prefix(piece.size());
  }
}

void XmlStream::finish() {
  state_->parse({}, true);
}

void stream_xml(ZipStream& bytes, std::string_view name, std::span<const XmlNamespace> namespaces,
                XmlHandler& handler, const XmlStreamLimits& limits) {
  XmlStream stream(name, namespaces, handler, limits);
  std::array<char, kPiece> buffer;
  while (const std::size_t got = bytes.read(buffer)) stream.feed({buffer.data(), got});
  stream.finish();
}

}  // namespace sluice
