// ModemReport: the facts that start-up learned about a modem, and its choices; the probe prints it.
//
// Place:  StartUp -> MODEM REPORT -> ModemService, Storages, `sms probe`.
// Thread: values; any thread.
// Rule:   IMEI and SIM number are shortened in everything that is printed or logged.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/sms/modem/message_routing.hpp"
#include "protocols/sms/modem/network_state.hpp"

namespace siaga::sms {

struct StorageFill {
  std::string name;
  int used = 0;
  int total = 0;
  bool is_full() const noexcept { return total > 0 && used >= total; }
};

struct ModemReport {
  std::string manufacturer, model, revision, imei;
  std::string sim_number;  // ICCID
  std::optional<int> pin_tries_left;
  std::string service_centre;
  bool acknowledges = false;    // +CSMS: 1: what comes directly waits for AT+CNMA
  bool keeps_link = false;      // +CMMS: parts of one message share a connection
  bool has_no_listing = false;  // AT+CMGL is known to hang this model
  std::optional<StorageChoice> storage;
  RoutingChoice routing;
  NetworkState network;

  std::string name() const;  // "huawei E220"
  std::vector<std::pair<std::string, std::string>> lines() const;
};

// Models that die of AT+CMGL after a while: their storages are read one message at a time.
bool hangs_on_listing(std::string const& manufacturer, std::string const& model);

}  // namespace siaga::sms
