// NetworkState: what the modem said last about its network: registration, operator, signal. Pure.
//
// Place:  StartUp, ModemService -> NETWORK STATE -> LinkState and its reason, the probe's report.
// Thread: values; core.
// Units:  signal in dBm.
// See:    3GPP TS 27.007, 7.2 (+CREG), 10.1.22 (+CEREG), 7.3 (+COPS), 8.5 (+CSQ), 8.69 (+CESQ).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::sms {

class NetworkState {
 public:
  // A line of +CREG, +CEREG, +C5GREG, +COPS, +CSQ or +CESQ, asked for or not; others are ignored.
  void take(std::string_view line);

  bool is_registered() const noexcept;
  bool is_weak() const noexcept;
  bool knows_signal() const noexcept { return signal_dbm_.has_value(); }
  std::string operator_name() const { return operator_; }
  // "registered at home with TELKOMSEL, LTE, -71 dBm"; "searching for a network"
  std::string text() const;
  std::string signal_text() const;

 private:
  // Values of the standard; -1 = not said.
  struct Registration {
    int stat = -1;
    int technology = -1;
  };
  Registration const& best() const noexcept;
  void take_registration(Registration& into, std::string_view values);

  Registration circuit_, lte_, nr_;
  std::string operator_;
  std::optional<int> signal_dbm_;
};

}  // namespace siaga::sms
