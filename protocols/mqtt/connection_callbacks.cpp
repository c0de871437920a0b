#include "gateway/base/assert.hpp"
#include "protocols/mqtt/connection_shared.hpp"
#include "protocols/mqtt/signed_message.hpp"

namespace siaga::mqtt {
namespace {

std::string words_of(enum MQTTReasonCodes code) {
  auto const* words = MQTTReasonCode_toString(code);
  return words != nullptr ? words : "reason " + std::to_string(code);
}

std::string_view view_of(MQTTLenString const& text) {
  if (text.len <= 0) return {};
  return {text.data, static_cast<std::size_t>(text.len)};
}

std::string text_of(MQTTProperties& properties, MQTTPropertyCodes code) {
  auto const* found = MQTTProperties_getProperty(&properties, code);
  return found != nullptr ? std::string(view_of(found->value.data)) : std::string();
}

// The first user property of this name; one that is too long stays too long.
std::string user_property(MQTTProperties const& properties, std::string_view name,
                          std::size_t bytes_max) {
  for (int i = 0; i < properties.count; ++i) {
    auto const& property = properties.array[i];
    if (property.identifier != MQTTPROPERTY_CODE_USER_PROPERTY) continue;
    if (view_of(property.value.data) == name)
      return bounded(view_of(property.value.value), bytes_max);
  }
  return {};
}

std::string failure_text(MQTTAsync_failureData5 const& data) {
  std::string text;
  if (data.reasonCode != MQTTREASONCODE_SUCCESS) text = words_of(data.reasonCode);
  if (data.message != nullptr) text += (text.empty() ? "" : ", ") + std::string(data.message);
  if (text.empty()) text = MQTTAsync_strerror(data.code);
  return text;
}

// The broker's receive maximum (MQTT 5.0, 3.2.2.3.3).
std::size_t window_of(MQTTProperties& properties) {
  auto const code = MQTTPROPERTY_CODE_RECEIVE_MAXIMUM;
  if (MQTTProperties_hasProperty(&properties, code) == 0) return 65'535;
  auto const bears = MQTTProperties_getNumericValue(&properties, code);
  return bears > 0 ? static_cast<std::size_t>(bears) : 1;
}

// The largest packet the broker takes (MQTT 5.0, 3.2.2.3.6); 0 = it names none.
std::uint32_t packet_bytes_of(MQTTProperties& properties) {
  auto const code = MQTTPROPERTY_CODE_MAXIMUM_PACKET_SIZE;
  auto* const found = MQTTProperties_getProperty(&properties, code);
  return found != nullptr ? found->value.integer4 : 0;
}

RawMessage raw_of(char const* topic, int topic_bytes, MQTTAsync_message& message) {
  RawMessage raw;
  raw.topic = topic_bytes > 0 ? std::string(topic, static_cast<std::size_t>(topic_bytes)) : topic;
  raw.payload.assign(static_cast<char const*>(message.payload),
                     static_cast<std::size_t>(message.payloadlen));
  raw.content_type = text_of(message.properties, MQTTPROPERTY_CODE_CONTENT_TYPE);
  raw.response_topic = text_of(message.properties, MQTTPROPERTY_CODE_RESPONSE_TOPIC);
  raw.correlation_data = text_of(message.properties, MQTTPROPERTY_CODE_CORRELATION_DATA);
  raw.signature = user_property(message.properties, signature_property, signature_bytes_max);
  raw.key_id = user_property(message.properties, key_id_property, key_id_bytes_max);
  raw.retained = message.retained != 0;
  return raw;
}

// The broker has no room for the connection, whoever it is.
bool is_for_now(enum MQTTReasonCodes code) {
  return code == MQTTREASONCODE_QUOTA_EXCEEDED || code == MQTTREASONCODE_SERVER_BUSY ||
         code == MQTTREASONCODE_CONNECTION_RATE_EXCEEDED;
}

}  // namespace

// True lets Paho acknowledge it. Once cut, nothing is asked any more: no acknowledgement can leave.
bool Connection::Shared::take(char* topic, int topic_bytes, MQTTAsync_message& message) {
  if (is_cut) return false;
  if (on_message(raw_of(topic, topic_bytes, message), message.qos)) return true;
  require(!sockets.empty() && cut(sockets), "a message that was not kept is not acknowledged");
  is_cut = true;
  return false;
}

int Connection::Shared::arrived(void* context, char* topic, int bytes,
                                MQTTAsync_message* message) noexcept {
  (void)of(context).take(topic, bytes, *message);
  MQTTAsync_freeMessage(&message);
  MQTTAsync_free(topic);
  return 1;  // 0 would acknowledge it all the same, and call again from memory
}

void Connection::Shared::was_lost(void* context, char* cause) noexcept {
  std::string why = cause != nullptr ? cause : "connection lost";
  of(context).on_our_thread([why](Shared& self) { self.end({why, false}); });
}

void Connection::Shared::was_ended(void* context, MQTTProperties*,
                                   enum MQTTReasonCodes reason) noexcept {
  Loss const because{"ended by the broker: " + words_of(reason),
                     reason == MQTTREASONCODE_SESSION_TAKEN_OVER};
  of(context).on_our_thread([because](Shared& self) { self.end(because); });
}

// On the receiver, before any message of this connection can be: only here are the sockets learnt.
void Connection::Shared::did_connect(void* context, MQTTAsync_successData5* data) noexcept {
  auto& self = of(context);
  self.sockets = added(self.before, sockets_to(self.port));
  send_without_delay(self.sockets);
  auto const session =
      data->alt.connect.sessionPresent != 0 ? BrokerSession::resumed : BrokerSession::fresh;
  auto const bears = window_of(data->properties);
  auto const bytes = packet_bytes_of(data->properties);
  self.on_our_thread([session, bears, bytes](Shared& s) {
    s.window = std::min(s.window, bears);
    s.packet_bytes_max = bytes;
    s.did(Result<BrokerSession>(session));
  });
}

void Connection::Shared::did_not_connect(void* context, MQTTAsync_failureData5* data) noexcept {
  bool const refused =
      data->reasonCode >= MQTTREASONCODE_UNSPECIFIED_ERROR && !is_for_now(data->reasonCode);
  Error error(refused ? Errc::refused_by_peer : Errc::connect_failed, failure_text(*data));
  of(context).on_our_thread([error](Shared& s) { s.did(Result<BrokerSession>(error)); });
}

void Connection::Shared::did_subscribe(void* context, MQTTAsync_successData5* data) noexcept {
  Result<void> result;
  int const count = data->alt.sub.reasonCodeCount;
  for (int i = 0; i < count; ++i) {
    auto const code = count > 1 ? data->alt.sub.reasonCodes[i] : data->reasonCode;
    if (code == MQTTREASONCODE_GRANTED_QOS_1) continue;
    result = Error(Errc::refused_by_peer, "subscribing at QoS 1: " + words_of(code));
  }
  of(context).on_our_thread([result](Shared& s) { s.did(result); });
}

void Connection::Shared::did_not_subscribe(void* context, MQTTAsync_failureData5* data) noexcept {
  Error error(Errc::refused_by_peer, "subscribing: " + failure_text(*data));
  of(context).on_our_thread([error](Shared& s) { s.did(Result<void>(error)); });
}

void Connection::Shared::did_publish(void* context, MQTTAsync_successData5*) noexcept {
  auto const& token = *static_cast<Token*>(context);
  token.owner->on_our_thread([id = token.id](Shared& self) { self.settle(id, Result<void>()); });
}

void Connection::Shared::did_not_publish(void* context, MQTTAsync_failureData5* data) noexcept {
  auto const& token = *static_cast<Token*>(context);
  bool const refused = data->reasonCode >= MQTTREASONCODE_UNSPECIFIED_ERROR;
  Error error(refused ? Errc::refused_by_peer : Errc::connection_lost, failure_text(*data));
  token.owner->on_our_thread([id = token.id, error](Shared& self) { self.settle(id, error); });
}

}  // namespace siaga::mqtt
