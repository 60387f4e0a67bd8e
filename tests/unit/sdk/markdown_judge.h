// SPDX-License-Identifier: Apache-2.0
//
// Says what a Markdown reader (md4c) makes of a text: a string in which every block is bracketed
// and every letter stands beside its styles and its link, blanks left out. Tests compare it with
// what they told the writer.
#pragma once

#include <md4c.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::test {

// What a piece of text looks like.
struct Look {
  bool strong = false;
  bool emphasis = false;
  bool strike = false;
  bool code = false;
  std::string link;
};

// Collects blocks and looks into the form that is compared.
class Transcript {
 public:
  void open(std::string_view block) {
    boundary();
    ((out_ += '{') += block) += ' ';
  }
  void close() {
    boundary();
    out_ += "}\n";
  }
  // The end of a paragraph, cell or line; several count once.
  void boundary() {
    if (!out_.empty() && out_.back() != '\n' && out_.back() != ' ') out_ += '\n';
  }
  void text(std::string_view text, const Look& look) {
    const std::string key = key_of(look);
    for (const char c : text) {
      if (c == ' ' || c == '\n') continue;
      if (key != key_ || out_.empty() || out_.back() == '\n' || out_.back() == ' ') out_ += key;
      key_ = key;
      out_ += c;
    }
  }
  void image(std::string_view source, const Look& look) {
    text("IMAGE", look);
    text(source, look);
  }
  const std::string& str() const { return out_; }

 private:
  static std::string key_of(const Look& look) {
    std::string key = "<";
    if (look.strong) key += 's';
    if (look.emphasis) key += 'e';
    if (look.strike) key += 'd';
    if (look.code) key += 'c';
    return key + look.link + ">";
  }
  std::string out_;
  std::string key_;
};

// Parses with md4c, tables, strike-through and task lists on.
class Judge {
 public:
  static std::string read(const std::string& markdown) {
    Judge judge;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<Judge*>(self)->enter_block(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
      return static_cast<Judge*>(self)->leave_block(type);
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Judge*>(self)->span(type, detail, true);
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Judge*>(self)->span(type, detail, false);
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      return static_cast<Judge*>(self)->text(type, {text, size});
    };
    md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &judge);
    return judge.transcript_.str();
  }

 private:
  static std::string str(const MD_ATTRIBUTE& attribute) { return {attribute.text, attribute.size}; }

  int enter_block(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        transcript_.open("quote");
        break;
      case MD_BLOCK_UL:
        transcript_.open("ul");
        break;
      case MD_BLOCK_OL:
        transcript_.open("ol" + std::to_string(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start));
        break;
      case MD_BLOCK_LI: {
        const auto* item = static_cast<MD_BLOCK_LI_DETAIL*>(detail);
        transcript_.open(item->is_task == 0 ? "li" : item->task_mark == ' ' ? "todo" : "done");
        break;
      }
      case MD_BLOCK_HR:
        transcript_.open("hr");
        break;
      case MD_BLOCK_H:
        transcript_.open("h" + std::to_string(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
        break;
      case MD_BLOCK_CODE:
        transcript_.open("pre" + str(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang));
        break;
      case MD_BLOCK_TABLE:
        transcript_.open("table");
        break;
      case MD_BLOCK_TR:
        transcript_.open("tr");
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        transcript_.open("td");
        cell_ = true;
        break;
      case MD_BLOCK_HTML:
        transcript_.open("html");
        break;
      default:
        transcript_.boundary();
        break;
    }
    return 0;
  }

  int leave_block(MD_BLOCKTYPE type) {
    const bool plain = type == MD_BLOCK_DOC || type == MD_BLOCK_P || type == MD_BLOCK_THEAD ||
                       type == MD_BLOCK_TBODY;
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) cell_ = false;
    if (plain) {
      transcript_.boundary();
    } else {
      transcript_.close();
    }
    return 0;
  }

  int span(MD_SPANTYPE type, void* detail, bool enter) {
    switch (type) {
      case MD_SPAN_STRONG:
        strong_ += enter ? 1 : -1;
        break;
      case MD_SPAN_EM:
        emphasis_ += enter ? 1 : -1;
        break;
      case MD_SPAN_DEL:
        strike_ += enter ? 1 : -1;
        break;
      case MD_SPAN_CODE:
        code_ += enter ? 1 : -1;
        break;
      case MD_SPAN_A:
        link_ = enter ? str(static_cast<MD_SPAN_A_DETAIL*>(detail)->href) : "";
        break;
      case MD_SPAN_IMG:
        if (enter) transcript_.image(str(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src), look());
        break;
      default:
        break;
    }
    return 0;
  }

  int text(MD_TEXTTYPE type, std::string_view text) {
    if (type == MD_TEXT_HTML && tag(text)) return 0;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) return 0;
    if (type == MD_TEXT_ENTITY) transcript_.text("ENTITY", look());
    if (type == MD_TEXT_HTML) transcript_.text("HTML", look());
    // GFM 4.10 unescapes pipes in a cell's code spans too; md4c 0.4.8 leaves them.
    const std::size_t pipe = cell_ && code_ > 0 ? text.find("\\|") : std::string_view::npos;
    if (pipe != std::string_view::npos) {
      transcript_.text(text.substr(0, pipe), look());
      return this->text(type, text.substr(pipe + 1));
    }
    transcript_.text(text, look());
    return 0;
  }

  // The writer's own tags count as the styles they stand for.
  bool tag(std::string_view tag) {
    const int step = tag.starts_with("</") ? -1 : 1;
    tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
    if (tag == "strong>") {
      strong_ += step;
    } else if (tag == "em>") {
      emphasis_ += step;
    } else if (tag == "del>") {
      strike_ += step;
    } else if (tag != "br>") {
      return false;
    }
    return true;
  }

  Look look() const { return {strong_ > 0, emphasis_ > 0, strike_ > 0, code_ > 0, link_}; }

  Transcript transcript_;
  int strong_ = 0;
  int emphasis_ = 0;
  int strike_ = 0;
  int code_ = 0;
  bool cell_ = false;
  std::string link_;
};

}  // namespace sluice::test
