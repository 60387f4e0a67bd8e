// SPDX-License-Identifier: Apache-2.0
#include "odf/inline_writer.hpp"

#include <algorithm>
#include <array>
#include <sluice/blanks.hpp>

#include "odf/elements.hpp"
#include "odf/objects.hpp"

namespace sluice::odf {
namespace {

bool is_on(Toggle toggle) {
  return toggle == Toggle::kOn;
}

unsigned count_of(XmlNode blanks) {
  return std::clamp(blanks.attribute("text:c").as_uint(1), 1U, kMaxBlanks);
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What has no text of its own, or none for a reader.
constexpr std::array<std::string_view, 16> kSilentInline = {"text:bookmark",
                                                            "text:bookmark-start",
                                                            "text:bookmark-end",
                                                            "text:reference-mark",
                                                            "text:reference-mark-start",
                                                            "text:reference-mark-end",
                                                            "text:toc-mark-start",
                                                            "text:toc-mark-end",
                                                            "text:toc-mark",
                                                            "text:alphabetical-index-mark",
                                                            "text:alphabetical-index-mark-start",
                                                            "text:alphabetical-index-mark-end",
                                                            "office:annotation-end",
                                                            "text:script",
                                                            "office:event-listeners",
                                                            "text:note-citation"};

constexpr std::array<std::string_view, 5> kReferences = {"text:bookmark-ref", "text:reference-ref",
                                                         "text:note-ref", "text:sequence-ref",
                                                         "text:variable-reference"};

std::string alternative_text(XmlNode frame) {
  for (const char* name : {"svg:desc", "svg:title"}) {
    const std::string text = one_line(frame.child_value(name), 4'000);
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace

void InlineWriter::write(XmlNode paragraph, const TextLook& look) {
  is_alone_ = plain_text(paragraph).empty();
  content(paragraph, look);
  wear(TextLook());
  end_code();
}

void InlineWriter::write_heading(XmlNode heading, const TextLook& look) {
  is_heading_ = true;
  write(heading, look);
  is_heading_ = false;
}

std::string InlineWriter::code_of(XmlNode paragraph) {
  std::string code;
  walk_xml(
      paragraph,
      [&](XmlNode node) {
        if (!node.is_element()) code += node.value();
        if (named(node, "text:s")) code.append(count_of(node), ' ');
        if (named(node, "text:tab")) code += '\t';
        if (named(node, "text:line-break")) code += '\n';
        const bool is_aside = named(node, "text:note") || named(node, "office:annotation") ||
                              std::string_view(node.name()).starts_with("draw:");
        return is_aside ? Walk::kOver : Walk::kInto;
      },
      [](XmlNode) {});
  return code;
}

void InlineWriter::content(XmlNode parent, const TextLook& look) {
  for (const XmlNode node : parent.children()) {
    if (node.is_element()) {
      element(node, look);
    } else {
      text(node.value(), look);
    }
  }
}

void InlineWriter::text(std::string_view text, const TextLook& look) {
  if (context_.rejected > 0 || text.empty()) return;
  if (is_on(look.hidden) && !context_.settings.hidden_text)
    return context_.left_out.hidden.add(text);
  wear(look);
  if (is_on(look.monospaced) && !is_heading_) {
    code_ += text;
  } else {
    out_.text(text);
  }
}

void InlineWriter::end_code() {
  if (code_.empty()) return;
  if (is_blank(code_)) {
    out_.text(code_);
  } else {
    out_.code(code_);
  }
  code_.clear();
}

// Ends the styles that are no longer worn, and begins the new ones.
void InlineWriter::wear(const TextLook& look) {
  struct Pair {
    bool was;
    bool is;
    Style style;
  };
  const std::array<Pair, 7> pairs = {{
      {is_on(worn_.bold), is_on(look.bold) && !is_heading_, Style::kStrong},
      {is_on(worn_.italic), is_on(look.italic), Style::kEmphasis},
      {is_on(worn_.strike), is_on(look.strike), Style::kStrike},
      {is_on(worn_.underline), is_on(look.underline), Style::kUnderline},
      {is_on(worn_.highlight), is_on(look.highlight), Style::kHighlight},
      {worn_.vertical == Vertical::kSubscript, look.vertical == Vertical::kSubscript,
       Style::kSubscript},
      {worn_.vertical == Vertical::kSuperscript, look.vertical == Vertical::kSuperscript,
       Style::kSuperscript},
  }};
  const bool changes =
      std::any_of(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.was != pair.is; });
  if (changes || !is_on(look.monospaced)) end_code();
  for (const Pair& pair : pairs) {
    if (pair.was && !pair.is) out_.end_style(pair.style);
    if (!pair.was && pair.is) out_.begin_style(pair.style);
  }
  worn_ = look;
  if (is_heading_) worn_.bold = Toggle::kUnset;
}

void InlineWriter::element(XmlNode node, const TextLook& look) {
  const std::string_view name = node.name();
  if (name == "text:span" || name == "text:meta" || name == "text:meta-field") {
    const std::string_view style = value_of(node, "text:style-name");
    return content(node, style.empty() ? look : over(look, context_.styles.text(style)));
  }
  if (name == "text:s") return text(std::string(count_of(node), ' '), look);
  if (name == "text:tab") return text(is_on(look.monospaced) ? "\t" : " ", look);
  if (name == "text:line-break") {
    if (context_.rejected > 0) return;
    end_code();
    return out_.line_break();
  }
  if (name == "text:a") return link(node, look);
  if (name == "draw:a") return link(node, look);
  if (name == "text:note") return note(node);
  if (name == "office:annotation") return comment(node);
  if (name == "text:change" || name == "text:change-start" || name == "text:change-end") {
    return change(node);
  }
  if (name == "text:soft-page-break") {
    return context_.begin_page();
  }
  if (name == "text:ruby") {
    content(node.child("text:ruby-base"), look);
    const std::string reading = plain_text(node.child("text:ruby-text"));
    if (!reading.empty()) text("(" + reading + ")", look);
    return;
  }
  if (is_one_of(name, kSilentInline)) return;
  if (is_one_of(name, kReferences)) return reference(node, look);
  if (name.starts_with("draw:") || name.starts_with("dr3d:")) return frame(node);
  if (field(node, look)) return;
  content(node, look);
}

// Fields that a reader of the document does not see.
bool InlineWriter::field(XmlNode node, const TextLook& look) {
  const bool is_hidden =
      value_of(node, "text:is-hidden") == "true" || value_of(node, "text:display") == "none";
  if (!is_hidden) return false;
  if (context_.settings.hidden_text) {
    const std::string_view hidden = value_of(node, "text:string-value");
    if (!hidden.empty()) text(hidden, look);
    content(node, look);
  } else {
    context_.left_out.hidden.add(plain_text(node));
  }
  return true;
}

void InlineWriter::link(XmlNode node, const TextLook& look) {
  std::string url(value_of(node, "xlink:href"));
  if (url.starts_with('#')) {
    const std::string fragment = context_.anchors.fragment_of(url);
    url = fragment.empty() ? std::string() : "#" + fragment;
  }
  end_code();
  if (!url.empty()) out_.begin_link(url);
  content(node, look);
  end_code();
  if (!url.empty()) out_.end_link();
}

void InlineWriter::reference(XmlNode node, const TextLook& look) {
  const std::string fragment = context_.anchors.fragment_of(value_of(node, "text:ref-name"));
  end_code();
  if (!fragment.empty()) out_.begin_link("#" + fragment);
  content(node, look);
  end_code();
  if (!fragment.empty()) out_.end_link();
}

void InlineWriter::change(XmlNode mark) {
  const auto change = context_.changes.find(mark);
  const Changes shown = context_.settings.changes;
  if (change.deletion) {
    if (shown == Changes::kAccept || !named(mark, "text:change")) return;
    wear(TextLook());
    end_code();
    if (shown == Changes::kAll) out_.begin_style(Style::kStrike);
    bool is_first = true;
    for (const XmlNode block : change.deletion.children()) {
      if (named(block, "office:change-info") || !block.is_element()) continue;
      if (!is_first) out_.text(" ");
      is_first = false;
      content(block, TextLook());
    }
    wear(TextLook());
    end_code();
    if (shown == Changes::kAll) out_.end_style(Style::kStrike);
    return;
  }
  if (!change.is_insertion || shown == Changes::kAccept) return;
  const bool begins = named(mark, "text:change-start");
  if (shown == Changes::kReject) {
    if (begins) ++context_.rejected;
    if (!begins && context_.rejected > 0) --context_.rejected;
    return;
  }
  end_code();
  if (begins) {
    out_.begin_style(Style::kUnderline);
  } else {
    out_.end_style(Style::kUnderline);
  }
}

void InlineWriter::note(XmlNode node) {
  if (context_.rejected > 0) return;
  wear(TextLook());
  end_code();
  out_.footnote_reference(context_.notes.add(node.child("text:note-body"), false));
}

void InlineWriter::comment(XmlNode node) {
  if (context_.rejected > 0) return;
  if (!context_.settings.comments) return context_.left_out.comments.add(comment_text(node));
  wear(TextLook());
  end_code();
  out_.footnote_reference(context_.notes.add(node, true));
}

void InlineWriter::frame(XmlNode node) {
  if (context_.rejected > 0) return;
  const std::string_view name = node.name();
  if (name == "draw:frame") {
    if (const XmlNode embedded = node.child("draw:object")) return object(node, embedded);
    const XmlNode ole = node.child("draw:object-ole");
    if (ole && !context_.is_rehearsal) link_to(node, ole, {});
    if (const XmlNode played = node.child("draw:plugin")) return film(node, played);
    if (node.child("draw:text-box") || node.child("table:table")) return asides_.push_back(node);
    picture(node);
    return;
  }
  if (name == "draw:control") {
    if (value_of(node, "text:anchor-type") != "as-char") return asides_.push_back(node);
    wear(TextLook());
    end_code();
    return out_.text(context_.text_of_control(node));
  }
  // A drawing: what it says stands behind the paragraph.
  if (!plain_text(node).empty() || has_content(node)) asides_.push_back(node);
}

bool InlineWriter::picture(XmlNode frame) {
  if (context_.is_rehearsal) {
    out_.text("\uFFFC");
    return true;
  }
  for (const XmlNode image : frame.children("draw:image")) {
    const Images::Picture found = context_.images.picture_of(image);
    if (!found) continue;
    wear(TextLook());
    end_code();
    if (found.asset) {
      out_.image(*found.asset, alternative_text(frame));
    } else {
      out_.image(found.url, alternative_text(frame));
    }
    return true;
  }
  return false;
}

void InlineWriter::film(XmlNode frame, XmlNode played) {
  const std::string_view address = value_of(played, "xlink:href");
  if (!is_web_address(address)) {
    context_.left_out.media.add_file(address);
    picture(frame);
    return;
  }
  wear(TextLook());
  end_code();
  out_.begin_link(address);
  if (!picture(frame)) out_.text(address);
  out_.end_link();
}

void InlineWriter::object(XmlNode frame, XmlNode embedded) {
  const Object found = object_of(embedded, context_.document);
  if (!found.formula.empty()) {
    wear(TextLook());
    end_code();
    return out_.math(found.formula, is_alone_ ? MathLayout::kDisplay : MathLayout::kInline);
  }
  if (found.chart) return asides_.push_back(frame);
  if (context_.is_rehearsal) return;
  // Another document; the picture of it is what the page shows.
  const auto asset = context_.images.asset_of(value_of(frame.child("draw:image"), "xlink:href"));
  if (asset) out_.image(*asset, alternative_text(frame));
  link_to(frame, embedded, found.media_type);
}

// To a document within this one.
void InlineWriter::link_to(XmlNode frame, XmlNode object, std::string_view media_type) {
  const auto taken = take_object(context_.objects, context_.document, object, media_type,
                                 frame.child_value("svg:title"));
  if (!taken) return;
  wear(TextLook());
  end_code();
  write_taken(*taken, out_);
}

}  // namespace sluice::odf
