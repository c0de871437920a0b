#include "protocols/sms/modem/message_routing.hpp"

#include <algorithm>
#include <initializer_list>

#include "protocols/sms/modem/at_line.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

int first_offered(std::string_view list, std::initializer_list<int> preferred) {
  for (int const value : preferred)
    if (offers(list, value)) return value;
  return 0;
}

bool holds(std::vector<std::string> const& names, std::string_view name) {
  return std::ranges::any_of(names, [&](auto const& one) { return same_text(one, name); });
}

}  // namespace

std::string RoutingChoice::command() const {
  int const all[] = {mode, message, 0, receipt, buffered};
  std::string text = "AT+CNMI=";
  for (std::size_t i = 0; i < std::min<std::size_t>(values, 5); ++i)
    text += (i > 0 ? "," : "") + std::to_string(all[i]);
  return text;
}

std::string RoutingChoice::text() const {
  std::string const by_message = message == 2 || message == 3 ? "+CMT" : "+CMTI";
  std::string const by_receipt = receipt == 1 ? "+CDS" : "+CDSI";
  return (message == 0 ? std::string("messages only when asked for")
                       : "messages by " + by_message) +
         ", " + (receipt == 0 ? std::string("no receipts") : "receipts by " + by_receipt);
}

RoutingChoice choose_routing(std::string_view offered, bool acknowledges) {
  auto const lists = split_values(offered);
  auto const list = [&](std::size_t i) { return i < lists.size() ? lists[i] : std::string_view(); };
  RoutingChoice choice;
  choice.values = std::max<std::size_t>(lists.size(), 2);
  choice.mode = first_offered(list(0), {2, 1, 3});
  if (acknowledges) {
    choice.message = first_offered(list(1), {2, 1});
    choice.receipt = first_offered(list(3), {1, 2});
  } else {
    choice.message = first_offered(list(1), {1, 2});
    choice.receipt = first_offered(list(3), {2, 1});
  }
  choice.buffered = first_offered(list(4), {0, 1});
  return choice;
}

std::vector<RoutingChoice> fallbacks(RoutingChoice const& refused) {
  std::vector<RoutingChoice> all;
  auto other = refused;
  other.buffered = 1 - refused.buffered;
  all.push_back(other);
  other.values = 4;
  all.push_back(other);
  other = refused;
  other.message = 1;
  all.push_back(other);
  other.mode = 1;
  all.push_back(other);
  other.receipt = 0;
  other.values = 2;
  all.push_back(other);
  return all;
}

std::string StorageChoice::command() const {
  auto const quoted = '"' + name + '"';
  auto text = "AT+CPMS=" + quoted;
  for (std::size_t i = 1; i < memories; ++i) text += ',' + quoted;
  return text;
}

std::optional<StorageChoice> choose_storage(std::string_view offered,
                                            std::vector<std::string> const& wanted) {
  auto lists = split_values(offered);
  if (lists.empty()) return std::nullopt;
  bool const all_in_brackets = lists.size() == 1 && lists[0].substr(0, 2) == "((";
  if (all_in_brackets) lists = split_values(lists[0].substr(1, lists[0].size() - 2));
  StorageChoice choice;
  choice.memories = std::min<std::size_t>(lists.size(), 3);
  auto const reading = words_of(lists[0]);
  auto const receiving = words_of(lists[choice.memories - 1]);
  for (auto const& name : wanted) {
    if (!holds(reading, name)) continue;
    if (holds(receiving, name) && choice.name.empty()) choice.name = name;
  }
  if (choice.name.empty()) return std::nullopt;
  for (auto const* name : {"ME", "SM", "SR", "MT"}) {
    bool const is_union = std::string_view(name) == "MT" && choice.readable.size() > 1;
    if (holds(reading, name) && !is_union) choice.readable.emplace_back(name);
  }
  return choice;
}

}  // namespace siaga::sms
