#include "config/reference.hpp"

#include <cctype>

#include "config/field_value.hpp"
#include "config/records.hpp"
#include "config/settings.hpp"

namespace siaga::config {
namespace {

constexpr char const* introduction = R"(# Configuration

One TOML file, by default `/etc/siaga/siaga.toml`, and the directory files it names. This page is
generated from the tables the loader reads by: `siaga reference > config/README.md`.

- `siaga check --config FILE` reads everything, connects to nothing, and prints all problems as
  `file:line:column: what, why, what to do`. `siaga run` prints the same and exits 78.
- Unknown keys are errors. A key that is left out has the default shown here.
- Paths are relative to the file that names them. Durations are a whole number and a unit:
  `250ms`, `30s`, `5m`, `2h`, `1d`.
- Secrets belong in files of their own (`password_file`), readable by the gateway alone.
- Who may read the files: `siaga.toml` and the directory files only the gateway and the people who
  run `siaga check`, since they hold phone numbers and addresses: `chown root:siaga`, mode 0640, in
  a folder of mode 0750. Files with secrets only the gateway: its own and mode 0600, or
  `LoadCredential` of the unit. `data_dir` only the gateway (mode 0700), so run queries such as
  `siaga alerts` as its user. `siaga check` and every start warn of files that are open to others.
  Siaga makes its own files for its own user alone (umask 077).
- `SIGHUP` reads all files again, and takes over all of them or none.
- The log records the SHA-256 of what was read: `cat siaga.toml directory.toml | sha256sum`.

| file | what it is |
|---|---|
| `siaga.example.toml`, `directory.example.toml` | every key once, with comments |
| `bontang/` | the profile of Kota Bontang, as the demo uses it: posts, never persons |
| `systemd/siaga.service` | the hardened unit |
| `mosquitto/` | broker profile: TLS, one identity per agency, topics by identity |

)";

std::string capital(std::string sentence) {
  if (!sentence.empty())
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  return sentence;
}

std::string type_of(Field const& field) {
  switch (field.default_value.index()) {
    case 0:
      return field.is_path ? "path" : "text";
    case 1:
      return field.is_size ? "size" : "whole number";
    case 2:
      return "number";
    case 3:
      return "true/false";
    case 4:
      return "duration";
    default:
      return field.is_path ? "paths" : "texts";
  }
}

bool is_empty(FieldValue const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) return text->empty();
  if (auto const* texts = std::get_if<Texts>(&value)) return texts->empty();
  return false;
}

std::string default_of(Field const& field) {
  if (field.required) return "required";
  return is_empty(field.default_value) ? "" : "`" + toml_text(field, field.default_value) + "`";
}

std::string values_of(Field const& field) {
  std::string text;
  for (auto const& choice : field.choices)
    text += (text.empty() ? "`" : ", `") + (choice.empty() ? "\"\"" : choice) + "`";
  if (!text.empty()) return text;
  text = range_text(field);
  return text.empty() ? field.unit : text;
}

std::string cell(std::string text) {
  std::string safe;
  for (char const c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
  return safe;
}

void add_row(std::string& out, std::string const& key, Field const& field) {
  out += "| `" + key + "` | " + type_of(field) + " | " + cell(default_of(field)) + " | " +
         cell(values_of(field)) + " | " + cell(phrase(field.sentence)) +
         (field.is_secret ? " (a secret)" : "") + " |\n";
}

// A table of keys; some stand in a table of their own within it: "match.severity_min".
struct Part {
  std::string within;
  Fields const* fields;
};

void add_table(std::string& out, std::string const& heading, std::string const& sentence,
               std::vector<Part> const& parts) {
  out += "## " + heading + "\n" + sentence + "\n\n| key | type | default | values | what |\n" +
         "|---|---|---|---|---|\n";
  for (auto const& part : parts)
    for (auto const& field : part.fields->all()) add_row(out, part.within + field.key, field);
  out += "\n";
}

void add_sections(std::string& out, Schema const& schema) {
  add_table(out, "`[gateway]`", "The gateway itself.", {{"", &GatewaySettings::fields()}});
  for (auto const& section : schema.sections)
    add_table(out, "`[" + section.name + "]`", capital(phrase(section.sentence)) + ".",
              {{"", section.fields}});
  for (auto const& kind : schema.channel_kinds) {
    auto const addressed = kind.address_key.empty()
                               ? "One message speaks to all who listen."
                               : "Officers are addressed by their key `" + kind.address_key + "`.";
    add_table(out, "`[channel.NAME]` with `kind = \"" + kind.name + "\"`",
              capital(phrase(kind.sentence)) + ". " + addressed,
              {{"", kind.fields}, {"", &ChannelRecord::fields()}});
  }
}

void add_rules(std::string& out) {
  add_table(out, "`[[agency]]`",
            "Who may publish alerts, and of what kind. Within `may`, what is left out is allowed.",
            {{"", &AgencyRecord::fields()},
             {"may.", &GrantRecord::fields()},
             {"keys[].", &KeyRecord::fields()}});
  add_table(out, "`[[route]]`",
            "Which policy an alert falls under. Tried in order, the first match wins. Within "
            "`match`, all that is given must hold.",
            {{"", &RouteRecord::fields()}, {"match.", &MatchRecord::fields()}});
  add_table(out, "`[[policy]]`",
            "Who is told when, and when it is enough. The first step begins at once.",
            {{"", &PolicyRecord::fields()}, {"steps[].", &StepRecord::fields()}});
  add_table(
      out, "`[[level]]`",
      "The word for how grave an alert is; the first that fits. Without any: Extreme is AWAS, "
      "Severe SIAGA, Moderate WASPADA, anything else INFO; what is Past or Unlikely one less.",
      {{"", &LevelRecord::fields()}});
}

void add_people(std::string& out, Schema const& schema) {
  std::string keys;
  for (auto const& kind : schema.channel_kinds)
    if (!kind.address_key.empty() && keys.find("`" + kind.address_key + "`") == keys.npos)
      keys += (keys.empty() ? "`" : ", `") + kind.address_key + "`";
  add_table(out, "`[[officer]]`, in a directory file",
            "A post that can be told, never a private person. Besides these keys an address per "
            "path: " +
                keys + ".",
            {{"", &OfficerRecord::fields()}});
  add_table(out, "`[[team]]`, in a directory file", "Officers told together.",
            {{"", &TeamRecord::fields()}});
  add_table(
      out, "`[[area]]`, in a directory file",
      "A district the gateway knows. Once one is listed, an alert for any other is refused; with "
      "outlines, shapes without a code are placed, and must lie within what the agency may "
      "speak for.",
      {{"", &AreaRecord::fields()}});
}

}  // namespace

std::string reference(Schema const& schema) {
  std::string out = introduction;
  add_sections(out, schema);
  add_rules(out);
  add_people(out, schema);
  out.pop_back();
  return out;
}

}  // namespace siaga::config
