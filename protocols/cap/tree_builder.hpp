// TreeBuilder: grows a Document's tree from a reader's events, and finds what is unknown, repeated,
// missing, out of order or too much on the way, so that both forms obey one table.
//
// Place:  xml_reader, json_reader -> TREE BUILDER -> Document.
// Thread: one message, one thread. No allocation grows with depth.
// Errors: faults go into the Document; `stopped()` says that reading on is useless.
#pragma once

#include <array>

#include "protocols/cap/document.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

class TreeBuilder {
 public:
  TreeBuilder(Document& document, Settings const& settings);

  void open_root(std::uint32_t offset);
  // An element of this name within the one open; one that is refused is skipped with all it holds.
  void open(std::string_view name, std::uint32_t offset);
  void open_unknown(std::string_view name, std::uint32_t offset);
  void text(std::string_view text);
  void close();
  // The message ends here though it is not whole: what was read so far can still be looked up.
  void abandon();

  bool skipping() const noexcept { return skipped_ > 0; }
  bool stopped() const noexcept { return stopped_; }
  bool in_leaf() const noexcept { return leaf_; }
  std::uint32_t node() const noexcept { return frames_[depth_].node; }  // innermost group
  Element group() const noexcept { return document_.nodes[node()].element; }
  // Counts `element` as present though it cannot be read, so that it is not called missing too.
  void saw(int child) noexcept { ++frames_[depth_].counts[static_cast<std::size_t>(child)]; }
  void fault(Check check, Element element, std::string value = {}, std::string right = {});
  // About a child of the innermost group that is not opened.
  void refuse_child(Check check, int child, std::string value, std::string right);

 private:
  struct Frame {
    std::uint32_t node = 0;
    int last = 0;
    bool text_told = false;
    std::array<std::uint32_t, 24> counts{};
  };

  bool admit(Element element, int child, std::string_view name, std::uint32_t offset);
  bool within_limits(Element element, std::uint32_t before);
  void add_node(Element element, std::uint32_t ordinal, std::uint32_t offset);
  void tell_missing();
  void fault_below(Check check, Element element, std::string_view name, std::uint32_t offset,
                   std::string right);

  Document& document_;
  Settings const& settings_;
  std::array<Frame, 8> frames_;  // alert, info, area, geocode
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0;
  std::int64_t areas_ = 0;
  bool leaf_ = false;
  bool stopped_ = false;
};

}  // namespace siaga::cap
