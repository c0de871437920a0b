// Document: one message between its bytes and its meaning: the tree of CAP elements found in it,
// the same from XML and from JSON, and the faults found so far.
//
// Place:  xml_reader, json_reader -> TreeBuilder -> DOCUMENT -> understand, conditions -> reasons.
// Thread: values.
// Units:  offsets are bytes of `source`. Nodes stand in document order; a node's descendants follow
//         it up to `end`.
#pragma once

#include <string>
#include <vector>

#include "protocols/cap/rules.hpp"

namespace siaga::cap {

enum class Form : std::uint8_t { xml, json };
inline constexpr std::uint32_t no_node = 0xffffffff;

struct Node {
  Element element = Element::none;
  std::uint32_t parent = no_node;
  std::uint32_t end = 0;
  std::uint32_t ordinal = 0;  // among its siblings of the same name, from 0
  std::uint32_t offset = 0;
  std::uint32_t text_begin = 0, text_size = 0;  // in `pool`; leaves only
};

struct Fault {
  Check check = Check::nul;
  Element element = Element::none;   // which element the rule is of
  std::uint32_t node = no_node;      // where: this node,
  std::string below;                 // or what is, or should be, below it by this name
  std::uint32_t offset = no_offset;  // where in the source, when not the node's own place
  std::string value;
  std::string right;

  static constexpr std::uint32_t no_offset = 0xffffffff;
};

// Keeps the first `most` refusals, and advice apart.
class Faults {
 public:
  explicit Faults(std::size_t most) : most_(most) {}
  void add(Fault fault);
  void sort();  // into the order of the document; what has no place comes last
  bool any() const noexcept { return !refusals_.empty(); }
  bool full() const noexcept { return refusals_.size() > most_; }
  bool of(Element element) const noexcept;  // any refusal of it
  std::vector<Fault> const& refusals() const noexcept { return refusals_; }
  std::vector<Fault> const& advice() const noexcept { return advice_; }

 private:
  std::size_t most_;
  std::vector<Fault> refusals_;
  std::vector<Fault> advice_;
};

struct Document {
  Document(Form f, std::string_view text, std::size_t faults_max)
      : form(f), source(text), faults(faults_max) {}
  Document(Document const&) = delete;  // `source` may point into `converted`
  Document& operator=(Document const&) = delete;

  Form form;
  std::string_view source;  // UTF-8; the payload itself, or `converted`
  std::string converted;
  std::vector<Node> nodes;
  std::string pool;
  bool has_signature = false;  // an enveloped one of XML Signature
  Faults faults;

  std::string_view text_of(Node const& node) const noexcept {
    return std::string_view(pool).substr(node.text_begin, node.text_size);
  }
  // The node of this element that is the `ordinal`-th below `parent`; no_node when there is none.
  std::uint32_t find(std::uint32_t parent, Element element,
                     std::uint32_t ordinal = 0) const noexcept;
};

// White space as XML has it, off both ends.
std::string_view trimmed(std::string_view text) noexcept;

}  // namespace siaga::cap
