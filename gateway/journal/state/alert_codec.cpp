#include "gateway/journal/state/alert_codec.hpp"

#include "gateway/journal/state/json_fields.hpp"

// Found by argument-dependent lookup, so beside the types they describe; static, so this file's
// alone.
namespace siaga {

template <class T, class U>
concept Is = std::same_as<std::remove_const_t<T>, U>;

template <class V, Is<CapTime> T>
static void fields(V& visit, T& time) {
  visit("at", time.at);
  visit("text", time.text);
}

template <class V, Is<NamedValue> T>
static void fields(V& visit, T& named) {
  visit("valueName", named.name);
  visit("value", named.value);
}

template <class V, Is<Reference> T>
static void fields(V& visit, T& reference) {
  visit("sender", reference.sender);
  visit("identifier", reference.identifier);
  visit("sent", reference.sent);
}

template <class V, Is<Resource> T>
static void fields(V& visit, T& resource) {
  visit("resourceDesc", resource.description);
  visit("mimeType", resource.mime_type);
  visit("size", resource.size_bytes);
  visit("uri", resource.uri);
  visit("derefUri", resource.deref_uri);
  visit("digest", resource.digest);
}

template <class V, Is<Area> T>
static void fields(V& visit, T& area) {
  visit("areaDesc", area.description);
  visit("polygon", area.polygons);
  visit("circle", area.circles);
  visit("geocode", area.geocodes);
  visit("altitude", area.altitude);
  visit("ceiling", area.ceiling);
  visit("districts", area.districts);
}

template <class V, Is<Info> T>
static void fields(V& visit, T& info) {
  visit("language", info.language);
  visit("category", info.categories);
  visit("event", info.event);
  visit("responseType", info.response_types);
  visit("urgency", info.urgency);
  visit("severity", info.severity);
  visit("certainty", info.certainty);
  visit("audience", info.audience);
  visit("eventCode", info.event_codes);
  visit("effective", info.effective);
  visit("onset", info.onset);
  visit("expires", info.expires);
  visit("senderName", info.sender_name);
  visit("headline", info.headline);
  visit("description", info.description);
  visit("instruction", info.instruction);
  visit("web", info.web);
  visit("contact", info.contact);
  visit("parameter", info.parameters);
  visit("resource", info.resources);
  visit("area", info.areas);
}

template <class V, Is<Alert> T>
static void fields(V& visit, T& alert) {
  visit("identifier", alert.identifier);
  visit("sender", alert.sender);
  visit("sent", alert.sent);
  visit("status", alert.status);
  visit("msgType", alert.msg_type);
  visit("source", alert.source);
  visit("scope", alert.scope);
  visit("restriction", alert.restriction);
  visit("addresses", alert.addresses);
  visit("code", alert.codes);
  visit("note", alert.note);
  visit("references", alert.references);
  visit("incidents", alert.incidents);
  visit("info", alert.infos);
}

template <class V, Is<Step> T>
static void fields(V& visit, T& step) {
  visit("after_ms", step.after);
  visit("teams", step.teams);
  visit("channels", step.channels);
}

template <class V, Is<Policy> T>
static void fields(V& visit, T& policy) {
  visit("id", policy.id);
  visit("steps", policy.steps);
  visit("acks_needed", policy.acks_needed);
  visit("repeat", policy.repeat);
  visit("tell_when_handled", policy.tell_when_handled);
}

namespace journal {
namespace {

template <class T>
Result<T> decode(std::string_view text) {
  json::error_code ec;
  auto const value = json::parse(json::string_view(text.data(), text.size()), ec);
  if (ec) return Error(Errc::storage_corrupt, "stored JSON: " + ec.message());
  try {
    return read<T>(value);
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

}  // namespace

std::string encode(Alert const& alert) {
  return json::serialize(write(alert));
}
Result<Alert> decode_alert(std::string_view text) {
  return decode<Alert>(text);
}
std::string encode(Policy const& policy) {
  return json::serialize(write(policy));
}
Result<Policy> decode_policy(std::string_view text) {
  return decode<Policy>(text);
}

}  // namespace journal
}  // namespace siaga
