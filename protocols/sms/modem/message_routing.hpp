// MessageRouting: chooses how the modem hands over messages: the best way that it offers. Pure.
//
// Place:  StartUp -> MESSAGE ROUTING -> AT+CNMI, AT+CPMS.
// Thread: values; any thread.
// Rule:   directly (+CMT, +CDS) only if the modem waits for our acknowledgement (+CSMS: 1), so that
//         a message we could not keep is sent again. Otherwise messages are stored (+CMTI, +CDSI)
//         and deleted after they are kept.
// See:    3GPP TS 27.005, 3.2.1 (+CSMS), 3.2.2 (+CPMS), 3.4.1 (+CNMI).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::sms {

struct RoutingChoice {
  int mode = 0;     // 2 = buffered while the line is in use, 1 = dropped then, 3 = at any price
  int message = 0;  // 2 = +CMT, 1 = +CMTI, 0 = none
  int receipt = 0;  // 1 = +CDS, 2 = +CDSI, 0 = none
  int buffered = 0;
  std::size_t values = 5;  // how many the modem takes

  std::string command() const;  // "AT+CNMI=2,2,0,1,0"
  std::string text() const;     // "messages by +CMT, receipts by +CDS"
};

// `offered` is the rest of +CNMI=?'s line: "(0-2),(0-3),(0,2),(0-2),(0,1)".
RoutingChoice choose_routing(std::string_view offered, bool acknowledges);
// What to try in turn when the modem refuses a choice it offered.
std::vector<RoutingChoice> fallbacks(RoutingChoice const& refused);

struct StorageChoice {
  std::string name;                   // of mem1, and of mem3 where there is one
  std::size_t memories = 1;           // how many +CPMS takes
  std::vector<std::string> readable;  // every storage something may lie in

  std::string command() const;  // `AT+CPMS="ME","ME","ME"`
};

// `offered` is the rest of +CPMS=?'s line; `wanted` in order of preference.
std::optional<StorageChoice> choose_storage(std::string_view offered,
                                            std::vector<std::string> const& wanted);

}  // namespace siaga::sms
