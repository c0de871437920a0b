#include "gateway/journal/state/reason_codec.hpp"

#include <boost/json.hpp>

#include "gateway/journal/log/words.hpp"

namespace siaga::journal {

namespace json = boost::json;

std::string reasons_json(std::vector<Reason> const& reasons) {
  json::array all;
  for (auto const& reason : reasons) {
    json::object one;
    one["path"] = reason.path;
    one["rule"] = reason.rule;
    one["text"] = reason.text;
    all.push_back(std::move(one));
  }
  return json::serialize(all);
}

std::vector<Reason> reasons_in(std::string_view text) {
  std::vector<Reason> reasons;
  boost::system::error_code error;
  auto const parsed = json::parse(json::string_view(text.data(), text.size()), error);
  auto const* all = error ? nullptr : parsed.if_array();
  for (std::size_t i = 0; all != nullptr && i < all->size(); ++i) {
    auto const word = [&](char const* key) {
      auto const* object = (*all)[i].if_object();
      auto const* value = object == nullptr ? nullptr : object->if_contains(key);
      return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    };
    reasons.push_back({word("path"), word("rule"), word("text")});
  }
  return reasons;
}

std::string rules_of(std::vector<Reason> const& reasons) {
  std::string rules;
  for (auto const& reason : reasons) {
    if (!rules.empty()) rules += ' ';
    rules += reason.rule;
    if (!reason.path.empty()) rules += '@' + logged_path(reason.path);
    if (!reason.place.empty()) rules += " (" + reason.place + ')';
  }
  return rules;
}

}  // namespace siaga::journal
