// SPDX-License-Identifier: Apache-2.0
//
// Looks for the article of a page, among menus, teasers, adverts and comments. Scores elements by
// the running text below them, as Arc90's Readability began it in 2009: paragraphs vote for their
// ancestors, class names vote for and against, links weigh against.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "article_names.hpp"
#include "dom.hpp"
#include "text_sums.hpp"

namespace sluice::html {

// How hard an attempt tries to throw things away.
struct Strictness {
  bool strip_chrome = true;
  bool weigh_names = true;
  bool clean = true;
};

// The votes of paragraphs for what they stand in.
class ArticleScores {
 public:
  ArticleScores(const Dom& dom, const ArticleNames& names, const std::vector<std::uint8_t>& base)
      : dom_(dom), names_(names), base_(base) {}

  void score(const std::vector<std::uint8_t>& marks, const TextSums& sums, bool weigh_names);
  // The element that the article is in; the body, if nothing has a vote.
  NodeId best(const std::vector<std::uint8_t>& marks, const TextSums& sums) const;
  double operator[](NodeId id) const { return scores_[id]; }
  bool has_votes(NodeId id) const { return scored_[id] != 0; }

 private:
  using Top = std::array<NodeId, 5>;

  // Whether text stands here, rather than boxes.
  bool is_paragraph(NodeId id) const;
  double first_score(NodeId id) const;
  void vote(NodeId id, double points);
  NodeId body() const;
  NodeId common_ancestor(const Top& top) const;
  NodeId climb(NodeId top, const TextSums& sums) const;

  const Dom& dom_;
  const ArticleNames& names_;
  const std::vector<std::uint8_t>& base_;
  bool weigh_names_ = true;
  std::vector<double> scores_;
  std::vector<std::uint8_t> scored_;
};

class ArticleFinder {
 public:
  // `marks` as from mark_layout. Both must outlive this.
  ArticleFinder(const Dom& dom, const std::vector<std::uint8_t>& marks)
      : dom_(dom), base_(marks), names_(dom), sums_(dom), scores_(dom, names_, base_) {}

  struct Article {
    std::vector<NodeId> roots;        // what it is in, in document order
    std::vector<std::uint8_t> marks;  // kDropped on all that is not it
    std::uint32_t text = 0;           // characters
  };
  // The best guess. If little is found, milder attempts are made.
  Article find();

 private:
  int weight(NodeId id) const { return strictness_.weigh_names ? names_.weight(id) : 0; }
  bool gone(NodeId id) const { return (marks_[id] & kGone) != 0; }
  void drop(NodeId id);

  Article attempt(Strictness strictness);
  void strip_chrome();
  // The top candidate and those beside it that belong to it.
  std::vector<NodeId> with_siblings(NodeId top) const;
  bool belongs(NodeId id, NodeId top, double least) const;
  // Drops, within the article, what is not part of it.
  void clean(NodeId root);
  bool is_waste(NodeId id) const;
  bool looks_like_margin(NodeId id) const;

  static const std::uint8_t kGone;

  const Dom& dom_;
  const std::vector<std::uint8_t>& base_;
  const ArticleNames names_;
  TextSums sums_;
  ArticleScores scores_;
  Strictness strictness_;
  std::vector<std::uint8_t> marks_;
};

// Drops all that is neither below a root nor above one; `roots` in document order.
void keep_only(const Dom& dom, const std::vector<NodeId>& roots, std::vector<std::uint8_t>& marks);

}  // namespace sluice::html
