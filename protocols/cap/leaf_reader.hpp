// LeafReader: the value of one node, checked by its element's type.
//
// Place:  understand -> LEAF READER -> values, shapes.
// Thread: one document, one thread.
// Errors: faults go into the document; what is returned then is worth nothing.
#pragma once

#include "protocols/cap/shapes.hpp"
#include "protocols/cap/understand.hpp"

namespace siaga::cap {

class LeafReader {
 public:
  LeafReader(Document& document, Settings const& settings, Rigour rigour)
      : document_(document), settings_(settings), rigour_(rigour) {}

  void go_to(std::uint32_t node) noexcept { at_ = node; }
  std::uint32_t node() const noexcept { return at_; }

  std::string text();  // as written, or "" when blank
  std::string token();
  template <class E>
  E word(E otherwise);
  CapTime time();
  std::string language();
  std::vector<std::string> names();
  std::vector<Reference> references();
  std::string web();
  std::string uri();
  std::optional<std::int64_t> size();
  std::string base64();
  std::string digest();
  std::string decimal();
  std::string polygon();
  std::string circle();

 private:
  std::string_view raw() const { return document_.text_of(document_.nodes[at_]); }
  Element element() const { return document_.nodes[at_].element; }
  // The value without white space around; empty = absent, which only some elements may be.
  std::string_view value();
  void refuse(Check check, std::string_view value = {}, std::string right = {});
  void refuse_shape(ShapeJudgement const& judgement);

  Document& document_;
  Settings const& settings_;
  Rigour rigour_;
  std::uint32_t at_ = 0;
};

template <class E>
E LeafReader::word(E otherwise) {
  if (value().empty()) return otherwise;
  if (auto const found = from_word<E>(raw())) return *found;
  refuse(Check::word, raw());
  return otherwise;
}

}  // namespace siaga::cap
