// Written: a configuration written into a folder of its own, loaded, and its problems as text.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "config/settings.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::config::test {

struct LinkSettings {  // stands for any protocol's
  std::string host;
  std::int64_t port = 2775;
  double gain = 0.5;
  bool loud = false;
  std::chrono::milliseconds patience{30000};
  std::vector<std::string> hosts;
  std::string mode = "soft";
  std::string password;
  std::string password_file;

  static Fields const& fields() {
    static auto const table =
        FieldsOf<LinkSettings>()
            .text("host", &LinkSettings::host, "the peer's name")
            .required()
            .number("port", &LinkSettings::port, "the peer's port")
            .range(1, 65535)
            .real("gain", &LinkSettings::gain, "loudness")
            .range(0, 1)
            .flag("loud", &LinkSettings::loud, "whether it shouts")
            .duration("patience", &LinkSettings::patience, "how long it waits")
            .range(1000, 60000)
            .list("hosts", &LinkSettings::hosts, "more peers")
            .text("mode", &LinkSettings::mode, "how it speaks")
            .one_of({"soft", "harsh"})
            .text("password", &LinkSettings::password, "the secret")
            .secret()
            .text("password_file", &LinkSettings::password_file, "the file of the secret")
            .path();
    return table;
  }
};

struct BrokerSettings {
  std::string url = "mqtt://127.0.0.1:1883";
  static Fields const& fields() {
    static auto const table =
        FieldsOf<BrokerSettings>().text("url", &BrokerSettings::url, "where the broker is");
    return table;
  }
};

inline Schema small_schema() {
  Schema schema;
  schema.sections = {section<BrokerSettings>("mqtt", "the broker")};
  schema.channel_kinds = {section<LinkSettings>("smpp", "SMS by SMPP"),
                          section<BrokerSettings>("smtp", "mail by SMTP"),
                          section<BrokerSettings>("voice", "speech by radio")};
  schema.channel_kinds[0].address_key = "sms";
  schema.channel_kinds[1].address_key = "email";
  return schema;
}

class Written {
 public:
  Written& file(std::string const& file_name, std::string const& text) {
    std::ofstream(folder_ / file_name, std::ios::binary) << text;
    return *this;
  }
  std::string path(std::string const& file_name) const { return (folder_ / file_name).string(); }
  Loaded load() const { return config::load(path("siaga.toml"), small_schema()); }

  // All problems, one a line, without the folder in front.
  std::string problems() const { return without_folder(load()); }
  std::string without_folder(Loaded const& loaded) const {
    std::string all;
    for (auto const& problem : loaded.problems) all += problem.text() + "\n";
    auto const prefix = folder_.string() + "/";
    for (auto at = all.find(prefix); at != all.npos; at = all.find(prefix))
      all.erase(at, prefix.size());
    return all;
  }

 private:
  siaga::test::TempDir dir_;
  std::filesystem::path folder_ = dir_.path();
};

inline constexpr char const* good_main = R"([gateway]
name = "bontang"

[mqtt]

[channel.sms]
kind = "smpp"
host = "127.0.0.1"

[channel.email]
kind = "smtp"

[channel.radio]
kind = "voice"

[[agency]]
id = "polres"
name = "Polres Bontang"
senders = ["spkt@polres.example"]
may = { scope = ["Restricted"], severity_max = "Extreme", areas = ["64.74"] }

[[route]]
match = { agency = ["polres"], category = ["Security"], severity_min = "Severe" }
policy = "siaga-1"

[[policy]]
id = "siaga-1"
steps = [
  { after = "0s", teams = ["piket"], channels = ["sms", "radio"] },
  { after = "5m", teams = ["kabag"], channels = ["sms", "email"] },
]
repeat = 2
)";

inline constexpr char const* good_directory = R"([[officer]]
id = "piket-1"
name = "Perwira Piket"
agency = "polres"
areas = ["64.74.01.1003"]
sms = "+6281200000001"

[[officer]]
id = "kabag-ops"
name = "Kabag Ops"
agency = "polres"
sms = "+6281200000002"
email = "kabag.ops@polres.example"

[[team]]
id = "piket"
members = ["piket-1"]
test = true

[[team]]
id = "kabag"
members = ["kabag-ops"]
public = true
)";

// `text` with the first `old` in it replaced.
inline std::string with(std::string text, std::string const& old, std::string const& fresh) {
  auto const at = text.find(old);
  if (at == text.npos) throw std::logic_error("the text to replace is not there: " + old);
  return text.replace(at, old.size(), fresh);
}

inline std::string problems_of(std::string const& main, std::string const& directory) {
  Written written;
  written.file("siaga.toml", main).file("directory.toml", directory);
  return written.problems();
}

}  // namespace siaga::config::test
