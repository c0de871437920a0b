#include "protocols/sms/modem/modem_report.hpp"

#include <array>
#include <string_view>

#include "protocols/sms/modem/at_line.hpp"

namespace siaga::sms {
namespace {

std::string shortened(std::string const& number) {
  constexpr std::size_t shown = 4;
  if (number.size() <= 2 * shown) return number.empty() ? "unknown" : "***";
  return number.substr(0, shown) + "***" + number.substr(number.size() - shown);
}

std::string or_unknown(std::string const& text) {
  return text.empty() ? "unknown" : text;
}

}  // namespace

std::string ModemReport::name() const {
  auto text = manufacturer;
  if (!text.empty() && !model.empty()) text += ' ';
  text += model;
  return text.empty() ? "modem" : text;
}

std::vector<std::pair<std::string, std::string>> ModemReport::lines() const {
  std::vector<std::pair<std::string, std::string>> all;
  all.emplace_back("modem", name());
  all.emplace_back("firmware", or_unknown(revision));
  all.emplace_back("imei", shortened(imei));
  all.emplace_back("sim", shortened(sim_number));
  if (pin_tries_left) all.emplace_back("pin tries left", std::to_string(*pin_tries_left));
  all.emplace_back("network", network.text());
  all.emplace_back("service centre", or_unknown(service_centre));
  all.emplace_back("incoming", routing.text());
  all.emplace_back("acknowledged", acknowledges ? "yes (AT+CNMA)" : "no");
  all.emplace_back("parts in one connection", keeps_link ? "yes (AT+CMMS)" : "no");
  if (has_no_listing)
    all.emplace_back("listing", "one message at a time: this model hangs on CMGL");
  return all;
}

bool hangs_on_listing(std::string const& manufacturer, std::string const& model) {
  constexpr auto known =
      std::to_array<std::string_view>({"E220", "E17", "E16", "E15", "E18", "E27", "K35"});
  if (!same_text(std::string_view(manufacturer).substr(0, 6), "huawei")) return false;
  for (auto const begin : known)
    if (same_text(std::string_view(model).substr(0, begin.size()), begin)) return true;
  return false;
}

}  // namespace siaga::sms
