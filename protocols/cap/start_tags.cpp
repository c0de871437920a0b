#include "protocols/cap/start_tags.hpp"

namespace siaga::cap {
namespace {

bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Scan {
 public:
  explicit Scan(std::string_view document) noexcept : rest_(document), whole_(document) {}

  std::optional<TooMuch> run() noexcept {
    while (to_markup()) {
      if (rest_.starts_with("<!--"))
        pass("-->", 4);
      else if (rest_.starts_with("<![CDATA["))
        pass("]]>", 9);
      else if (rest_.starts_with("<?"))
        pass("?>", 2);
      else if (rest_.starts_with("</"))
        pass(">", 2);
      else if (rest_.starts_with("<!"))
        return std::nullopt;
      else if (auto const found = start_tag())
        return found;
    }
    return std::nullopt;
  }

 private:
  bool to_markup() noexcept {
    auto const at = rest_.find('<');
    rest_ = at == std::string_view::npos ? std::string_view() : rest_.substr(at);
    return !rest_.empty();
  }
  void pass(std::string_view end, std::size_t from) noexcept {
    auto const at = rest_.find(end, from);
    rest_ = at == std::string_view::npos ? std::string_view() : rest_.substr(at + end.size());
  }
  // Up to its '>', or to the first byte too many.
  std::optional<TooMuch> start_tag() noexcept {
    std::size_t attributes = 0, word = 0;  // where the name before the next '=' begins
    char quote = 0;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (i >= tag_bytes_max) return too_much(Check::limit_tag, tag_bytes_max);
      char const c = rest_[i];
      if (quote != 0) {
        if (c == quote) quote = 0, word = i + 1;
      } else if (c == '>') {
        rest_.remove_prefix(i + 1);
        return std::nullopt;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (is_space(c)) {
        if (i + 1 < rest_.size() && !is_space(rest_[i + 1]) && rest_[i + 1] != '=') word = i + 1;
      } else if (c == '=') {
        if (++attributes > tag_attributes_max)
          return too_much(Check::limit_attributes, tag_attributes_max);
        auto const name = rest_.substr(word, i - word);
        if (name.starts_with("xmlns") && ++namespaces_ > namespaces_max)
          return too_much(Check::limit_namespaces, namespaces_max);
      }
    }
    rest_ = {};
    return std::nullopt;
  }
  TooMuch too_much(Check check, std::size_t most) const noexcept {
    return {check, whole_.size() - rest_.size(), most};
  }

  std::string_view rest_;
  std::string_view whole_;
  std::size_t namespaces_ = 0;
};

}  // namespace

std::optional<TooMuch> too_much_in_a_tag(std::string_view document) noexcept {
  return Scan(document).run();
}

}  // namespace siaga::cap
