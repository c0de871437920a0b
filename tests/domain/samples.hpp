// Samples: one realistic alert, and the people of Bontang, for the tests of the domain.
#pragma once

#include <string>
#include <string_view>

#include "gateway/domain/alert.hpp"

namespace siaga::test {

inline CapTime cap_time(std::string_view text) {
  return CapTime{parse_rfc3339(text).value(), std::string(text)};
}

inline UtcTime utc(std::string_view text) {
  return parse_rfc3339(text).value();
}

inline Area area_of(std::string description, std::string code) {
  Area area;
  area.description = std::move(description);
  if (!code.empty()) area.geocodes.push_back({"KEMENDAGRI", std::move(code)});
  return area;
}

inline Info unrest() {
  Info info;
  info.language = "id";
  info.categories = {Category::security};
  info.event = "Unjuk rasa";
  info.response_types = {ResponseType::monitor};
  info.urgency = Urgency::immediate;
  info.severity = Severity::severe;
  info.certainty = Certainty::observed;
  info.expires = cap_time("2026-11-23T20:30:00+08:00");
  info.sender_name = "Polres Bontang";
  info.headline = "Massa menuju gerbang pabrik";
  info.description = "Sekitar 200 orang bergerak dari simpang tiga.";
  info.instruction = "Merapat ke titik kumpul, hindari konfrontasi. Laporkan perkembangan.";
  info.areas = {area_of("Kel. Lok Tuan", "64.74.01.1003")};
  return info;
}

inline Alert sample_alert() {
  Alert alert;
  alert.identifier = "polres-2026-0001";
  alert.sender = "spkt@polres-bontang.example";
  alert.sent = cap_time("2026-11-23T14:30:00+08:00");
  alert.scope = Scope::restricted;
  alert.restriction = "petugas piket";
  alert.infos = {unrest()};
  return alert;
}

}  // namespace siaga::test
