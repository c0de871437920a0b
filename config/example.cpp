#include "config/field_value.hpp"
#include "config/records.hpp"
#include "config/reference.hpp"
#include "config/settings.hpp"

namespace siaga::config {
namespace {

constexpr char const* head =
    R"(# Siaga: every setting once. What is commented out shows its default.
# Generated: `siaga reference --example > config/siaga.example.toml`.
# Check yours with `siaga check`.
)";

constexpr char const* rules = R"~(
# Who may publish, on siaga/alert/<id>. Within `may`, what is left out is allowed.
[[agency]]
id = "polres"
name = "Polres Contoh"
senders = ["spkt@polres.example"]
may = { scope = ["Restricted", "Private"], severity_max = "Extreme", areas = ["64.74"] }
parent = "kesbangpol"              # may update and cancel its alerts
# recipients_max = 500             # an alert for more people is held, not sent; 0 = no bound
# rate_per_s = 100                 # faster than this only for `burst` alerts; the rest waits
# burst = 200
# answers_per_s = 20               # the same for answers its systems give for officers
# answers_burst = 500
# keys = [ { id = "polres-2026", public = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" } ]
# certificates = []                # files whose XML signatures are its own

[[agency]]
id = "kesbangpol"
name = "Kesbangpol Contoh"
may = { severity_max = "Severe", areas = ["64.74"] }
# keys = [ { id = "kesbangpol-2026", public = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=" } ]

# Which policy an alert falls under: the first match wins; continue = true goes on.
[[route]]
match = { agency = ["polres"], category = ["Security"], severity_min = "Severe" }
policy = "siaga-1"

[[route]]
policy = "piket-saja"

# Who is told when. The ladder stops when acks_needed officers have accepted.
[[policy]]
id = "siaga-1"
steps = [
  { after = "0s", teams = ["piket"], channels = ["sms", "radio"] },
  { after = "5m", teams = ["kabag"], channels = ["sms", "email"] },
]
acks_needed = 1
repeat = 2
# tell_when_handled = true

[[policy]]
id = "piket-saja"
steps = [ { after = "0s", teams = ["piket"], channels = ["sms"] } ]

# The word for how grave an alert is; the first that fits. Without any the customary table holds.
[[level]]
word = "AWAS"                      # AWAS, SIAGA, WASPADA or INFO
label = "SIAGA 1 (AWAS)"           # as officers see it; a number never without its word
severity = ["Extreme"]
urgency = ["Immediate", "Expected"]

[[level]]
word = "SIAGA"
label = "SIAGA 2"
severity = ["Extreme", "Severe"]

[[level]]
word = "WASPADA"
label = "SIAGA 3 (WASPADA)"
severity = ["Moderate"]
)~";

void add_field(std::string& out, std::string const& within, Field const& field,
               ExampleValues const& values) {
  out += "\n# " + phrase(field.sentence);
  auto range = range_text(field);
  if (range.empty()) range = field.unit;
  if (!field.choices.empty()) {
    range.clear();
    for (auto const& choice : field.choices) range += (range.empty() ? "" : " | ") + choice;
  }
  out += (range.empty() ? "" : " (" + range + ")") + "\n";
  auto const given = values.find(within + "." + field.key);
  if (given != values.end())
    out += field.key + " = " + given->second + "\n";
  else
    out += "# " + field.key + " = " + toml_text(field, field.default_value) + "\n";
}

void add_section(std::string& out, std::string const& header, std::string const& within,
                 std::string const& sentence, Fields const& fields, ExampleValues const& values) {
  out += "\n# " + phrase(sentence) + "\n" + header;
  for (auto const& field : fields.all()) add_field(out, within, field, values);
}

}  // namespace

std::string example(Schema const& schema, ExampleValues const& values) {
  std::string out = head;
  add_section(out, "[gateway]\n", "gateway", "the gateway itself", GatewaySettings::fields(),
              values);
  for (auto const& section : schema.sections)
    add_section(out, "[" + section.name + "]\n", section.name, section.sentence, *section.fields,
                values);
  for (auto const& kind : schema.channel_kinds) {
    auto const named = values.find(kind.name);
    auto const name = named == values.end() ? kind.name : named->second;
    add_section(out, "[channel." + name + "]\nkind = \"" + kind.name + "\"\n", kind.name,
                kind.sentence, *kind.fields, values);
    for (auto const& field : ChannelRecord::fields().all())
      add_field(out, kind.name, field, values);
  }
  return out + rules;
}

}  // namespace siaga::config
