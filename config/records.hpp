// Records: the tables of agencies, routes, policies, officers and teams as they are written, before
// their words become domain values.
//
// Place:  table_reader -> RECORDS -> directory_reader, routing_reader; reference renders them too.
// Thread: values.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::config {

using Texts = std::vector<std::string>;

struct AgencyRecord {  // [[agency]], with `may`
  std::string id, name;
  Texts senders;
  static Fields const& fields();
};

struct GrantRecord {  // may = { ... }
  Texts scope, areas, categories, events, statuses;
  std::string severity_max;
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

struct TeamRecord {  // [[team]]
  std::string id;
  Texts members;
  bool test = false;
  bool is_public = false;
  static Fields const& fields();
};

}  // namespace siaga::config
