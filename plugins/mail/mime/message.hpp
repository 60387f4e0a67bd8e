// SPDX-License-Identifier: Apache-2.0
//
// The parts of a message (RFC 2045, 2046), as a tree of spans of the source: nothing is copied or
// decoded. One pass over the source, whatever it claims; the number and the depth of parts are
// bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/fields.hpp"
#include "mail/mime/parameters.hpp"
#include "mail/mime/transfer.hpp"

namespace sluice::mail {

using PartId = std::size_t;

struct Part {
  PartId parent = 0;
  std::vector<PartId> children;  // of a multipart; empty for all else
  Fields fields;
  Parameterized type;     // its value is never empty: "text/plain" if the part has none that is one
  std::string_view body;  // as it is encoded

  bool is(std::string_view media_type) const { return type.value == media_type; }
  bool is_kind(std::string_view kind) const { return type.value.starts_with(kind); }
  Transfer transfer() const {
    return transfer_of(unfolded(fields.raw("content-transfer-encoding")));
  }
  Parameterized disposition() const { return parse_parameters(fields.raw("content-disposition")); }
  // The name of the file that it is, decoded, without folders; empty if it has none.
  std::string file_name() const;
  // Content-ID without its angle brackets; empty if there is none.
  std::string content_id() const;
  std::string content_location() const;
};

class Message {
 public:
  // `source` must outlive it.
  explicit Message(std::string_view source);

  const Part& root() const { return parts_.front(); }
  const Part& operator[](PartId id) const { return parts_[id]; }
  std::size_t size() const { return parts_.size(); }
  // What is wrong with its structure, for the user; empty if nothing that could lose content.
  const std::string& defect() const { return defect_; }

 private:
  struct OpenMultipart {
    PartId id;
    std::string boundary;
    std::size_t begin;  // of its body
  };
  // A line that ends a part.
  struct Delimiter {
    std::size_t begin;  // of the line end before it
    std::size_t end;    // of the line
    std::size_t level;  // in open_
    bool closes;
  };

  void read();
  PartId add_part(PartId parent, std::size_t& at);
  bool opens_multipart(PartId id, std::size_t at);
  std::string guessed_boundary(std::size_t at) const;
  // Finds the next line from `from` on that delimits an open multipart.
  bool find_delimiter(std::size_t from, Delimiter& found) const;
  bool match(std::size_t line, Delimiter& found) const;
  void close_to(std::size_t level, std::size_t end);
  void lose(const char* what);

  std::string_view source_;
  std::vector<Part> parts_;
  std::vector<OpenMultipart> open_;
  std::string defect_;
};

}  // namespace sluice::mail
