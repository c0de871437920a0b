// ModemSettings: one GSM modem as [channel.NAME] kind = "modem" describes it.
//
// Place:  config loader -> SETTINGS -> Modem.
// Units:  baud in bits per second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/base/fields.hpp"

namespace siaga::sms {

struct ModemSettings {
  std::string device;
  std::int64_t baud = 115200;
  bool hardware_flow = false;
  std::string pin_file;
  std::string service_centre;
  std::vector<std::string> storages{"ME", "SM", "MT"};
  std::string listing = "auto";
  std::vector<std::string> reset_command;
  std::string country_code = "62";
  bool transliterate = true;
  bool plain_letters = false;
  std::vector<std::string> languages;
  std::int64_t parts_max = 4;
  std::int64_t reference_bits = 8;
  std::string flash = "off";
  bool replace = false;
  std::chrono::milliseconds answer_timeout{10000};
  std::chrono::milliseconds prompt_timeout{5000};
  std::chrono::milliseconds send_timeout{180000};
  std::chrono::milliseconds sweep_every{60000};
  std::chrono::milliseconds reset_command_timeout{30000};
  std::chrono::milliseconds retry_fault{300000};

  static Fields const& fields();
};

}  // namespace siaga::sms
