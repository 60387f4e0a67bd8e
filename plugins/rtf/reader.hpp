// SPDX-License-Identifier: Apache-2.0
//
// Reads a document once, from its first group to its last, and hands on its blocks. What is open is
// on stacks of its own, so that nesting costs no call stack.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "docx/settings.hpp"
#include "rtf/header_tables.hpp"
#include "rtf/lexer.hpp"
#include "rtf/model.hpp"
#include "rtf/pictures.hpp"
#include "rtf/story.hpp"
#include "rtf/words.hpp"

namespace sluice::rtf {

// What of a document did not get into its blocks.
struct Losses {
  std::size_t deep_groups = 0;  // groups beyond the depth that is read
  bool is_cut_off = false;      // groups are still open at the end
};

// Whether pictures become assets, too.
enum class Keep : std::uint8_t { kText, kAll };

// It has a function for each group of its own and for each kind of word: hence so many functions.
class Reader {
 public:
  // All must outlive it.
  Reader(std::string_view source, const docx::Settings& settings, Keep keep, Job& job,
         BlockSink& sink);

  void read();

  HeaderReader& header() { return header_; }
  // After read(): by number, from 0.
  std::vector<Note>& notes() { return notes_; }
  std::vector<Block>& footers() { return footers_; }
  const EmbeddedObjects& objects() const { return objects_; }
  const Losses& losses() const { return losses_; }
  const TextLeftOuts& left_out() const { return left_out_; }
  std::uint64_t replaced() const { return decoder_.replaced(); }
  Pictures& pictures() { return pictures_; }

 private:
  struct CharacterFormat {
    std::uint8_t styles = 0;
    bool hidden = false;
    bool deleted = false;
    bool inserted = false;
    std::int32_t font = 0;
    std::int32_t style = 0;
  };
  // What the end of a group ends.
  enum class Ends : std::uint8_t {
    kNothing,
    kField,
    kLink,
    kNote,
    kHeader,
    kFooter,
    kLeftOut,
    kBox
  };
  struct Group {
    CharacterFormat character;
    ParagraphFormat paragraph;
    std::int32_t fallback = 1;
    Ends ends = Ends::kNothing;
    bool is_muted = false;       // its text is not shown
    bool in_nested_row = false;  // table words are about a nested row
    bool is_first_word = true;   // no word has been read in it
    bool is_optional = false;    // it began with `\*`
    std::uint32_t note = 0;
  };
  struct OpenField {
    std::string instruction;
  };

  Group& group() { return groups_.back(); }
  Story& story() { return *stories_.back(); }

  void open_group();
  void close_group();
  void end_group_of(const Group& closed);
  void word(const Token& token);
  bool header_word(Word word, const Token& token);
  bool character_word(Word word, const Token& token);
  bool paragraph_word(Word word, const Token& token);
  bool table_word(Word word, const Token& token);
  bool inline_word(const Meaning& meaning, const Token& token);
  bool group_word(Word word, const Token& token);
  void symbol(const Token& token);

  // The group that is open was read as a whole, its end included.
  void group_was_read();
  void skip_group();
  bool is_shown() const;
  bool is_code() const;
  std::uint8_t shown_styles() const;
  void flush();
  void show(std::string_view text);
  void set_font(std::int32_t font);
  void set_style(Style style, bool on);
  void end_paragraph();
  bool begin_story(Ends ends);
  void begin_margin(Word word);
  void begin_note(bool is_comment);
  void begin_result();
  void read_instruction_group();
  void read_picture();
  void read_object();
  void read_shape_value();
  void add_piece(Piece::Kind kind, std::string text = {});
  RowShape& row_shape() { return group().in_nested_row ? nested_row_ : row_; }

  Lexer lexer_;
  ByteDecoder names_decoder_;  // of names, whose losses nobody sees
  ByteDecoder decoder_;
  HeaderReader header_;
  TextAssembler text_;
  const docx::Settings& settings_;
  Job& job_;
  BlockSink& sink_;
  Pictures pictures_;
  EmbeddedObjects objects_;

  std::vector<Group> groups_;
  std::size_t beyond_ = 0;  // groups deeper than are kept
  std::uint64_t held_ = 0;
  std::vector<std::unique_ptr<Story>> stories_;
  std::vector<OpenField> fields_;
  std::deque<OldNumber> old_numbers_;
  RowShape row_;
  RowShape nested_row_;
  CellEdge edge_;
  std::int32_t default_font_ = 0;
  std::vector<Note> notes_;
  std::vector<Block> footers_;
  std::string comment_author_;
  std::string shape_property_;
  std::string object_class_;
  std::string description_;  // of the shape that is open
  bool saw_note_mark_ = false;
  bool saw_picture_ = false;  // the next plain picture repeats one
  bool in_first_section_ = true;
  bool in_left_out_ = false;  // within a header or footer that is not written
  bool is_math_displayed_ = false;
  bool is_border_below_ = false;  // the words that follow describe the line below a paragraph
  std::uint64_t tokens_ = 0;
  Losses losses_;
  TextLeftOuts left_out_;
};

}  // namespace sluice::rtf
