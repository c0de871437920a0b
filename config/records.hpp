// Records: the tables of agencies, routes, policies, officers and teams as they are written, before
// their words become domain values.
//
// Place:  table_reader -> RECORDS -> directory_reader, routing_reader; reference renders them too.
// Thread: values.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::config {

using Texts = std::vector<std::string>;

struct ChannelRecord {  // [channel.NAME], besides `kind` and the keys of the kind
  bool is_public = false;
  std::string standby;
  std::chrono::milliseconds standby_after{30000};
  bool private_link = false;
  static Fields const& fields();
};

struct AgencyRecord {  // [[agency]], with `may` and `keys`
  std::string id, name;
  Texts senders;
  std::string parent;
  std::int64_t recipients_max = 0;
  double rate_per_s = 100;
  std::int64_t burst = 200;
  double answers_per_s = 20;
  std::int64_t answers_burst = 500;
  Texts hosts, certificates;
  static Fields const& fields();
};

struct GrantRecord {  // may = { ... }
  Texts scope, areas, categories, events, statuses;
  std::string severity_max;
  static Fields const& fields();
};

struct KeyRecord {  // keys = [ { ... } ]
  std::string id, public_key, from, until;
  bool revoked = false;
  static Fields const& fields();
};

struct LevelRecord {  // [[level]]
  std::string word, label;
  Texts severity, urgency, certainty;
  static Fields const& fields();
};

struct RouteRecord {  // [[route]], with `match`
  std::string policy;
  bool continues = false;
  static Fields const& fields();
};

struct MatchRecord {  // match = { ... }
  Texts agency, category, event, area, scope, status;
  std::string severity_min, urgency_min, certainty_min;
  static Fields const& fields();
};

struct PolicyRecord {  // [[policy]], with `steps`
  std::string id;
  std::int64_t acks_needed = 1;
  std::int64_t repeat = 1;
  bool tell_when_handled = true;
  static Fields const& fields();
};

struct StepRecord {  // steps = [ { ... } ]
  std::chrono::milliseconds after{0};
  Texts teams, channels;
  static Fields const& fields();
};

struct OfficerRecord {  // [[officer]], with an address per channel key
  std::string id, name, agency, language;
  Texts areas;
  static Fields const& fields();
};

struct AreaRecord {  // [[area]]
  std::string code, name;
  Texts outline;
  static Fields const& fields();
};

struct TeamRecord {  // [[team]]
  std::string id;
  Texts members;
  bool test = false;
  bool is_public = false;
  static Fields const& fields();
};

}  // namespace siaga::config
