// Settings: one whole configuration, read and checked; everything the app is built from.
//
// Place:  loader -> SETTINGS -> app.
// Thread: immutable once loaded. SIGHUP loads a new one and swaps it in whole, or not at all.
#pragma once

#include <any>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/schema.hpp"
#include "gateway/base/result.hpp"
#include "gateway/domain/authorise.hpp"
#include "gateway/domain/directory.hpp"
#include "gateway/domain/level.hpp"
#include "gateway/domain/message.hpp"
#include "gateway/domain/routing.hpp"

namespace siaga::config {

struct GatewaySettings {
  std::string name = "siaga";
  std::string time_zone = "Asia/Makassar";
  std::string language = "id";
  std::string data_dir = "var";
  std::vector<std::string> directory = {"directory.toml"};
  static Fields const& fields();
};

struct ChannelSettings {
  ChannelName name;
  std::string kind;
  bool is_public = false;
  ChannelName standby;  // empty = none
  std::chrono::milliseconds standby_after{};
  bool private_link = false;
  std::any settings;  // of the kind's settings struct
};

// Where something is written, for problems found after loading.
struct Where {
  std::string file;
  std::size_t line = 1, column = 1;
};

struct Settings {
  GatewaySettings gateway;
  ZoneName zone;
  std::map<std::string, std::any> sections;  // by section name
  std::vector<ChannelSettings> channels;
  Grants grants;
  Routing routing;
  LevelTable levels;
  std::shared_ptr<Directory const> directory;
  std::string hash;        // SHA-256, hex, over every file read
  std::string fixed_hash;  // over what SIGHUP must not change: gateway, mqtt, channels, ...
  std::string file;
  std::map<std::string, Where> places;  // "mqtt", "mqtt.url", "channel.sms", "channel.sms.source"

  template <class S>
  S const& section(std::string const& name) const {
    return std::any_cast<S const&>(sections.at(name));
  }
};

// One thing to mend: "siaga.toml:12:5: unknown key 'prot' in [channel.sms]: did you mean 'port'?"
struct Problem {
  std::string file;
  std::size_t line = 0, column = 0;
  std::string what;  // what is wrong, why, what to do
  bool warning = false;
  std::string text() const;
};

struct Loaded {
  Settings settings;
  std::vector<Problem> problems;  // all of them, in file order
  bool usable() const;            // no problem but warnings
};

Loaded load(std::string const& file, Schema const& schema);

}  // namespace siaga::config
