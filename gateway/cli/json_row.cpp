#include "gateway/cli/json_row.hpp"

namespace siaga::cli {
namespace json = boost::json;

namespace {

std::string stamp(UtcTime time, ZoneName const& zone) {
  return to_rfc3339(time, zone.offset);
}

json::value stamp(std::optional<UtcTime> const& time, ZoneName const& zone) {
  return time ? json::value(stamp(*time, zone)) : json::value(nullptr);
}

template <class E>
json::string word(E value) {
  return json::string(to_word(value));
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

template <class Id>
json::value id_or_null(Id const& id) {
  return id.empty() ? json::value(nullptr) : json::value(id.value);
}

}  // namespace

json::object json_row(journal::AlertRow const& row, ZoneName const& zone) {
  json::object object;
  object["alert"] = row.id.value;
  object["code"] = row.code;
  object["identifier"] = row.identifier;
  object["sender"] = row.sender;
  object["agency"] = row.agency.value;
  object["state"] = word(row.state);
  object["status"] = word(row.status);
  object["type"] = word(row.msg_type);
  object["severity"] = word(row.severity);
  object["event"] = row.event;
  object["headline"] = row.headline;
  object["place"] = row.place;
  object["sent"] = stamp(row.sent, zone);
  object["accepted_at"] = stamp(row.accepted_at, zone);
  object["expires"] = stamp(row.expires, zone);
  object["ended_at"] = stamp(row.ended_at, zone);
  object["signature"] = row.proof;
  object["recipients"] = row.recipients;
  object["reached"] = row.reached;
  object["accepted"] = row.accepted;
  object["declined"] = row.declined;
  return object;
}

json::object json_row(journal::AckRow const& row, ZoneName const& zone) {
  json::object object;
  object["seq"] = row.seq;
  object["alert"] = row.alert.value;
  object["code"] = row.code;
  object["officer"] = row.officer.value;
  object["answer"] = word(row.answer);
  object["via"] = word(row.via);
  object["evidence"] = word(row.evidence);
  object["at"] = stamp(row.at, zone);
  object["delay_s"] = static_cast<double>(row.delay.count()) / 1000.0;
  object["text"] = row.text;
  return object;
}

json::object json_row(journal::DeliveryRow const& row, ZoneName const& zone) {
  json::object object;
  object["id"] = row.id.value;
  object["officer"] = id_or_null(row.officer);
  object["channel"] = row.channel.value;
  object["kind"] = word(row.kind);
  object["step"] = row.step + 1;
  object["state"] = word(row.state);
  object["attempts"] = row.attempts;
  object["at"] = stamp(row.at, zone);
  object["reason"] = row.reason;
  object["possible_duplicate"] = row.possible_duplicate;
  return object;
}

json::object json_row(journal::RefusedRow const& row, ZoneName const& zone) {
  json::object object;
  object["inbox"] = row.inbox.value;
  object["agency"] = row.agency.value;
  object["received_at"] = stamp(row.received_at, zone);
  object["decision"] = word(row.decision);
  json::array reasons;
  for (auto const& reason : row.reasons)
    reasons.push_back({{"path", reason.path}, {"rule", reason.rule}, {"text", reason.text}});
  object["reasons"] = std::move(reasons);
  return object;
}

json::object json_row(KeptIncident const& row, ZoneName const& zone) {
  auto const& words = words_of(row.kind);
  auto const both = [](std::string_view id, std::string_view en) {
    return json::object{{"id", json::string(id)}, {"en", json::string(en)}};
  };
  json::object object;
  object["kind"] = word(row.kind);
  object["about"] = row.about;
  object["state"] = row.ended ? "ended" : "open";
  object["since"] = stamp(row.since, zone);
  object["last"] = stamp(row.last, zone);
  object["ended"] = nullptr;
  if (row.ended) object["ended"] = stamp(*row.ended, zone);
  object["count"] = row.count;
  object["told"] = row.told;
  object["detail"] = row.detail;
  object["text"] = both(incident_what(words.id), incident_what(words.en));
  object["do"] = both(incident_to_do(words.id), incident_to_do(words.en));
  return object;
}

json::object json_row(journal::LogRow const& row, ZoneName const& zone) {
  json::object object;
  object["seq"] = row.seq;
  object["at"] = stamp(row.at, zone);
  object["at_ms"] = row.at.time_since_epoch().count();
  object["kind"] = row.kind;
  object["alert"] = id_or_null(row.alert);
  object["delivery"] = id_or_null(row.delivery);
  object["officer"] = id_or_null(row.officer);
  object["detail"] = row.detail;
  object["leaf"] = hex(row.leaf);
  return object;
}

}  // namespace siaga::cli
