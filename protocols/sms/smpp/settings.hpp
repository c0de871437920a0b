// SmppSettings: one SMPP account as [channel.NAME] kind = "smpp" describes it.
//
// Place:  config loader -> SETTINGS -> smpp_kind().
// Units:  rate_per_s counts parts, as contracts with carriers do.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gateway/base/fields.hpp"

namespace siaga::sms {

struct SmppSettings {
  std::string host;
  std::int64_t port = 2775;
  std::string system_id;
  std::string password;
  std::string password_file;
  std::string system_type;
  std::string source;
  std::int64_t source_ton = -1;
  std::int64_t source_npi = -1;
  std::int64_t destination_ton = 1;
  std::int64_t destination_npi = 1;
  std::string country_code = "62";
  std::int64_t rate_per_s = 100;
  std::int64_t window = 32;
  std::string bind = "transceiver";
  std::int64_t binds = 1;
  std::string version = "3.4";
  bool tls = false;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  std::string charset = "gsm";
  bool transliterate = true;
  bool plain_letters = false;
  std::int64_t parts_max = 4;
  std::int64_t reference_bits = 8;
  std::string long_text = "udh";
  std::string flash = "off";
  bool replace = false;
  std::vector<std::string> languages;
  std::vector<std::string> error_codes;
  std::string receipt_ids = "auto";
  std::chrono::milliseconds hold_receipts{15000};
  std::chrono::milliseconds query_after{0};
  std::chrono::milliseconds enquire_every{30000};
  std::chrono::milliseconds response_timeout{30000};
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds retry_refused{300000};

  static Fields const& fields();
};

}  // namespace siaga::sms
