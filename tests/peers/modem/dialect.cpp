#include "tests/peers/modem/dialect.hpp"

#include <array>

namespace siaga::simmodem {
namespace {

constexpr auto dialects = std::to_array<Dialect>({
    {.name = "huawei",
     .manufacturer = "huawei",
     .model = "MU509",
     .revision = "11.810.09.20.00",
     .facts_are_named = false,
     .routing = "(0-2),(0-3),(0,2,3),(0-2),(0,1)",
     .services = "(0,1)",
     .storages = R"(("ME","MT","SM"),("ME","MT","SM"),("ME","MT","SM"))",
     .together = "(0-2)",
     .pin_counter = "AT^CPIN?",
     .sim_number = "AT^ICCID?",
     .has_lte = false,
     .boot = "^SYSSTART|^SRVST:2",
     .chatter = "^RSSI:15",
     .full = R"(^SMMEMFULL:"ME")"},
    {.name = "simcom",
     .manufacturer = "SIMCOM INCORPORATED",
     .model = "SIM7600E",
     .revision = "LE11B12SIM7600M22",
     .facts_are_named = true,
     .routing = "(0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
     .services = "(0-1)",
     .storages = R"(("ME","MT","SM","SR"),("ME","MT","SM","SR"),("ME","MT","SM","SR"))",
     .together = "(0,1,2)",
     .pin_counter = "AT+SPIC",
     .sim_number = "AT+ICCID",
     .has_lte = true,
     .boot = "RDY|+CPIN: READY|SMS DONE|PB DONE",
     .chatter = R"(*PSUTTZ: 26/11/23,06:30:00","+32",0)",
     .full = "+SMSFULL: 1"},
    {.name = "quectel",
     .manufacturer = "Quectel",
     .model = "EC25",
     .revision = "EC25EFAR06A06M4G",
     .facts_are_named = false,
     .routing = "(0-2),(0-3),(0,2),(0-2),(0,1)",
     .services = "(0,1)",
     .storages = R"(("SM","ME","MT","SR"),("SM","ME","MT","SR"),("SM","ME","MT","SR"))",
     .together = "(0-2)",
     .pin_counter = "AT+QPINC?",
     .sim_number = "AT+CCID",
     .has_lte = true,
     .boot = R"(RDY|+CFUN: 1|+CPIN: READY|+QUSIM: 1|+QIND: SMS DONE)",
     .chatter = R"(+QIND: "csq",20,99)",
     .full = R"(+QIND: SMS FULL,"ME")"},
    {.name = "cinterion",
     .manufacturer = "SIEMENS",
     .model = "MC55",
     .revision = "REVISION 04.00",
     .facts_are_named = false,
     .routing = "(0-3),(0,1,2,3),(0,2,3),(0,1,2),(1)",
     .services = "(0,1)",
     .storages = R"(("MT","SM","ME"),("MT","SM","ME"),("MT","SM","ME"))",
     .together = "",
     .pin_counter = "AT^SPIC",
     .sim_number = "",
     .has_lte = false,
     .boot = "^SYSSTART",
     .chatter = R"(+CIEV: "battchg",5)",
     .full = R"(+CIEV: "smsfull",1)"},
});

}  // namespace

Dialect const* dialect_named(std::string_view name) {
  for (auto const& dialect : dialects)
    if (dialect.name == name) return &dialect;
  return nullptr;
}

}  // namespace siaga::simmodem
