#include "gateway/cli/example_values.hpp"

namespace siaga::cli {

config::ExampleValues example_values() {
  return {
      {"gateway.name", "\"contoh\""},
      {"gateway.directory", "[\"directory.example.toml\"]"},
      {"mqtt.url", "\"mqtt://127.0.0.1:1883\""},
      {"http.listen", "\"127.0.0.1:8080\""},
      {"http.public_url", "\"http://127.0.0.1:8080\""},
      {"incidents.teams", "[\"ops\"]"},
      {"incidents.channels", "[\"sms\", \"email\"]"},
      {"smpp", "sms"},
      {"smpp.host", "\"127.0.0.1\""},
      {"smpp.port", "2775"},
      {"smpp.system_id", "\"siaga\""},
      {"smpp.source", "\"SIAGA\""},
      {"modem", "modem"},
      {"modem.device", "\"/dev/siaga-modem\""},
      {"smtp", "email"},
      {"smtp.url", "\"smtp://127.0.0.1:25\""},
      {"smtp.from", "\"siaga@contoh.example\""},
      {"voice", "radio"},
      {"voice.sink", "\"wav:air\""},
      {"voice.callsign", "\"SIAGA CONTOH\""},
  };
}

std::string example_directory() {
  return R"(# Who can be told: posts, never private persons. [gateway] directory names this file.

[[officer]]
id = "piket"                       # how teams, log and answers name the post
name = "Perwira Piket"             # as other officers see it
agency = "polres"
areas = ["64.74"]                  # Kemendagri codes it answers for; none = everywhere
language = "id"
sms = "+6281200000001"             # an address per path: the keys of the channel kinds

[[officer]]
id = "kabag-ops"
name = "Kabag Ops"
agency = "polres"
areas = ["64.74"]
sms = "+6281200000002"
email = "kabag.ops@polres.example"

[[officer]]
id = "ops"                         # keeps the gateway itself running
name = "Piket TI"
agency = "polres"
sms = "+6281200000003"
email = "ops@contoh.example"

[[team]]
id = "piket"
members = ["piket"]
test = true                        # may be told of alerts of status Test

[[team]]
id = "kabag"
members = ["kabag-ops"]
# public = true                    # never told of Restricted or Private alerts

[[team]]
id = "ops"                         # named by [incidents]
members = ["ops"]

# [[area]]                         # once one is listed, alerts for any other are refused
# code = "64.74.01.1003"
# name = "Lok Tuan"
# outline = ["0.15,117.47 0.15,117.48 0.17,117.48 0.17,117.47 0.15,117.47"]
)";
}

}  // namespace siaga::cli
