// Whatever bytes come as a signed document: no crash, and what holds by these certificates reads as
// the one alert that was ever signed with their keys, which are no more.
#include <cstdlib>

#include "protocols/cap/reading.hpp"
#include "protocols/cap/writer.hpp"
#include "protocols/cap/xml_signature.hpp"

namespace {

constexpr auto certificates = R"(-----BEGIN CERTIFICATE-----
MIIBLjCB1aADAgECAgEBMAoGCCqGSM49BAMCMCAxCzAJBgNVBAYTAklEMREwDwYD
VQQDDAhQZW5lcmJpdDAgFw0wNjEyMDEwMTUxMzVaGA8yMTI2MTEwMjAxNTEzNVow
IDELMAkGA1UEBhMCSUQxETAPBgNVBAMMCFBlbmVyYml0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEEVj2fnOHcfiv703hIPQSRTsK76lDYkTSS4mqEVcqh6Z5+9Aj
iN70lYGetNqInOvdKif+6URWT82hSXshNTCnTzAKBggqhkjOPQQDAgNIADBFAiEA
tJXH2RZ5n3EYpyOXIVxrUJylGd+QJGDdIr7s3OqGt5ICIBBAzXQEIK/5NAnWyxOA
ws+bp/bFYhwn8dL+yEbYUtF3
-----END CERTIFICATE-----
-----BEGIN CERTIFICATE-----
MIIBMDCB16ADAgECAgEBMAoGCCqGSM49BAMCMCExCzAJBgNVBAYTAklEMRIwEAYD
VQQDDAlQZW5ndW1wdWwwIBcNMDYxMjAxMDE1MTM1WhgPMjEyNjExMDIwMTUxMzVa
MCExCzAJBgNVBAYTAklEMRIwEAYDVQQDDAlQZW5ndW1wdWwwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQTQovbw1WOfrOYVFv94hOFvlyGSKk9FBef+1Qx7MeecXYP
PLqeyVAtDBb/JCd5WHN0MHhQ5BKaOMbp5m8qPH0zMAoGCCqGSM49BAMCA0gAMEUC
IQD1H9Jo4n3zX5xdJ6qogZCZOzVmyul6nvEr2lZIZA+c7wIgXhLUWfT8gdUzjS/r
5MlaokyVlFSeAQ5zO8T5dsm3iTg=
-----END CERTIFICATE-----
)";

constexpr auto signed_alert = R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>POLRES-BTG-2026-0017</identifier>
<sender>spkt@polres.example</sender>
<sent>2026-11-23T14:30:00+08:00</sent>
<status>Exercise</status>
<msgType>Alert</msgType>
<scope>Public</scope>
<info>
<category>Security</category>
<event>Unjuk rasa</event>
<urgency>Immediate</urgency>
<severity>Severe</severity>
<certainty>Observed</certainty>
<expires>2026-11-23T20:30:00+08:00</expires>
<area><areaDesc>Lok Tuan</areaDesc><circle>0.16,117.48 1.5</circle></area>
</info>
</alert>
)";

std::string to_text(std::string_view bytes) {
  using namespace siaga::cap;
  auto const reading = read(bytes, Body::xml, Settings{}, Rigour::refusals);
  return reading.alert ? to_xml(*reading.alert) : std::string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  static std::string const right = to_text(signed_alert);
  if (right.empty()) std::abort();
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const signer = siaga::cap::xml_signer(bytes, {certificates}, siaga::cap::Settings{});
  if (!signer) {
    if (signer.error().detail.empty()) std::abort();
    return 0;
  }
  if (*signer != "CN=Penerbit,C=ID" && *signer != "CN=Pengumpul,C=ID") std::abort();
  auto const text = to_text(bytes);  // what no signature covers may still break a limit
  if (!text.empty() && text != right) std::abort();
  return 0;
}
