#include "protocols/sms/modem/network_state.hpp"

#include <charconv>

#include "protocols/sms/modem/at_line.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

constexpr int weak_dbm = -105;
constexpr int unknown_99 = 99, unknown_255 = 255;

bool is_served(int stat) {
  return stat == 1 || stat == 5 || stat == 6 || stat == 7 || stat == 9 || stat == 10;
}

bool is_roaming(int stat) {
  return stat == 5 || stat == 7 || stat == 10;
}

std::string_view technology_text(int technology) {
  if (technology == 0 || technology == 1 || technology == 3 || technology == 8) return "GSM";
  if (technology == 2 || (technology >= 4 && technology <= 6)) return "UMTS";
  if (technology == 7 || technology == 9 || technology == 10) return "LTE";
  if (technology >= 11) return "5G";
  return {};
}

std::string_view unserved_text(int stat) {
  switch (stat) {
    case 0:
      return "not registered and not searching: is the antenna connected?";
    case 2:
      return "searching for a network";
    case 3:
      return "the network refuses this SIM: is its contract in force?";
    case 8:
      return "emergency calls only: the network does not serve this SIM";
    default:
      return "not registered";
  }
}

}  // namespace

void NetworkState::take_registration(Registration& into, std::string_view values) {
  auto const all = split_values(values);
  if (all.empty()) return;
  // <n>,<stat>,... when asked for; <stat>,"lac","ci",<AcT> by itself.
  bool const asked = all.size() >= 2 && all[1].size() <= 2 && number_of(all[1]);
  std::size_t const stat = asked ? 1 : 0;
  into.stat = number_of(all[stat]).value_or(-1);
  if (all.size() > stat + 3)
    if (auto const technology = number_of(all[stat + 3])) into.technology = *technology;
}

void NetworkState::take(std::string_view line) {
  auto const name = at_name(line);
  auto const values = values_of(line);
  if (same_text(name, "+CREG")) return take_registration(circuit_, values);
  if (same_text(name, "+CEREG")) return take_registration(lte_, values);
  if (same_text(name, "+C5GREG")) return take_registration(nr_, values);
  auto const all = split_values(values);
  if (same_text(name, "+COPS") && all.size() >= 3) {
    operator_ = unquoted(all[2]).substr(0, 32);
    if (all.size() > 3 && circuit_.technology < 0)
      circuit_.technology = number_of(all[3]).value_or(-1);
  }
  if (same_text(name, "+CSQ") && !all.empty()) {
    auto const level = number_of(all[0]).value_or(unknown_99);
    signal_dbm_.reset();
    if (level >= 0 && level <= 31) signal_dbm_ = -113 + 2 * level;
  }
  if (same_text(name, "+CESQ") && all.size() >= 6) {
    auto const rsrp = number_of(all[5]).value_or(unknown_255);
    if (rsrp >= 0 && rsrp <= 97) signal_dbm_ = -141 + rsrp;
  }
}

NetworkState::Registration const& NetworkState::best() const noexcept {
  if (is_served(circuit_.stat)) return circuit_;
  if (is_served(lte_.stat)) return lte_;
  if (is_served(nr_.stat)) return nr_;
  return circuit_.stat < 0 ? lte_ : circuit_;
}

bool NetworkState::is_registered() const noexcept {
  return is_served(best().stat);
}

bool NetworkState::is_weak() const noexcept {
  return signal_dbm_ && *signal_dbm_ <= weak_dbm;
}

std::string NetworkState::signal_text() const {
  return signal_dbm_ ? std::to_string(*signal_dbm_) + " dBm" : "signal unknown";
}

std::string NetworkState::text() const {
  auto const& now = best();
  if (!is_registered()) return std::string(unserved_text(now.stat));
  std::string text = is_roaming(now.stat) ? "registered abroad" : "registered at home";
  if (!operator_.empty()) text += " with " + operator_;
  auto const technology = technology_text(now.technology);
  if (!technology.empty()) text += ", " + std::string(technology);
  return text + ", " + signal_text() + (is_weak() ? " (weak)" : "");
}

}  // namespace siaga::sms
