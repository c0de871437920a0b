// Dialect: what one vendor's modems answer, as their manuals tell. Values only.
//
// See:    AT command manuals of Huawei (MU509, EM770W), SIMCom (SIM800, SIM7600), Quectel (EC25),
//         Siemens/Cinterion (MC55, BGS2).
#pragma once

#include <string_view>

namespace siaga::simmodem {

struct Dialect {
  std::string_view name;
  std::string_view manufacturer, model, revision;
  bool facts_are_named;          // "+CGMM: ..." rather than the bare word
  std::string_view routing;      // of +CNMI=?
  std::string_view services;     // of +CSMS=?
  std::string_view storages;     // of +CPMS=?
  std::string_view together;     // of +CMMS=?; "" = unknown command
  std::string_view pin_counter;  // the command; "" = none
  std::string_view sim_number;   // the command
  bool has_lte;                  // AT+CEREG
  std::string_view boot;         // lines after power-up, '|' between
  std::string_view chatter;      // a line of no interest
  std::string_view full;         // said when a storage is full
};

// nullptr: no such dialect.
Dialect const* dialect_named(std::string_view name);

}  // namespace siaga::simmodem
