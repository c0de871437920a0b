#include "protocols/mqtt/connection_shared.hpp"

namespace siaga::mqtt {
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds answer_limit{15};

MQTTLenString view_of(std::string& text) {
  return {static_cast<int>(text.size()), text.data()};
}

void add_text(MQTTProperties& to, MQTTPropertyCodes code, std::string& text) {
  if (text.empty()) return;
  MQTTProperty property{};
  property.identifier = code;
  property.value.data = view_of(text);
  MQTTProperties_add(&to, &property);
}

// What Paho would send for it at most: header, lengths and property identifiers counted generously.
std::size_t packet_bytes(Publication const& publication) {
  constexpr std::size_t beside = 64, beside_a_pair = 8;
  auto const& message = publication.message;
  auto bytes = beside + message.topic.size() + message.payload.size() +
               message.content_type.size() + message.correlation_data.size() +
               publication.response_topic.size();
  for (auto const& [name, value] : message.user_properties)
    bytes += beside_a_pair + name.size() + value.size();
  return bytes;
}

void add_pair(MQTTProperties& to, std::string& name, std::string& value) {
  MQTTProperty property{};
  property.identifier = MQTTPROPERTY_CODE_USER_PROPERTY;
  property.value.data = view_of(name);
  property.value.value = view_of(value);
  MQTTProperties_add(&to, &property);
}

}  // namespace

void Connection::publish(Publication publication, OnPublished done) {
  auto& self = *shared_;
  auto const id = ++self.published;
  auto entry = std::make_unique<Shared::Publishing>();
  entry->token = {&self, id};
  entry->publication = std::move(publication);
  entry->done = std::move(done);
  self.waiting.emplace(id, std::move(entry));
  self.send_waiting();
}

std::size_t Connection::publishing() const noexcept {
  return shared_->sent.size() + shared_->waiting.size();
}

void Connection::Shared::send_waiting() {
  while (!waiting.empty() && sent.size() < window) {
    auto entry = std::move(waiting.begin()->second);
    waiting.erase(waiting.begin());
    auto const id = entry->token.id;
    auto& publishing = *sent.emplace(id, std::move(entry)).first->second;
    auto const begun = send(publishing);
    if (!begun) settle(id, begun.error());
  }
}

Result<void> Connection::Shared::send(Publishing& publishing) {
  auto& message = publishing.publication.message;
  if (packet_bytes_max > 0 && packet_bytes(publishing.publication) > packet_bytes_max)
    return Error(Errc::invalid_argument, "larger than the broker takes");
  publishing.answer_by = Steady::now() + answer_limit;
  MQTTAsync_responseOptions response = MQTTAsync_responseOptions_initializer;
  response.onSuccess5 = &Shared::did_publish;
  response.onFailure5 = &Shared::did_not_publish;
  response.context = &publishing.token;
  add_text(response.properties, MQTTPROPERTY_CODE_CONTENT_TYPE, message.content_type);
  add_text(response.properties, MQTTPROPERTY_CODE_CORRELATION_DATA, message.correlation_data);
  add_text(response.properties, MQTTPROPERTY_CODE_RESPONSE_TOPIC,
           publishing.publication.response_topic);
  for (auto& [name, value] : message.user_properties) add_pair(response.properties, name, value);
  int const begun =
      MQTTAsync_send(handle, message.topic.c_str(), static_cast<int>(message.payload.size()),
                     message.payload.data(), 1, message.retained, &response);
  MQTTProperties_free(&response.properties);
  if (begun == MQTTASYNC_SUCCESS) return {};
  bool const never = begun == MQTTASYNC_BAD_UTF8_STRING;
  return Error(never ? Errc::invalid_argument : Errc::unavailable,
               std::string("publishing: ") + MQTTAsync_strerror(begun));
}

void Connection::Shared::settle(std::uint64_t id, Result<void> result) {
  auto const found = sent.find(id);
  if (found == sent.end()) return;
  auto const entry = std::move(found->second);
  sent.erase(found);
  entry->done(std::move(result));
  send_waiting();
}

void Connection::Shared::settle_all() {
  Error const on_its_way(Errc::connection_lost, "the connection to the broker ended");
  Error const not_sent(Errc::unavailable, on_its_way.detail);
  for (auto const& [id, entry] : std::exchange(sent, {})) entry->done(on_its_way);
  for (auto const& [id, entry] : std::exchange(waiting, {})) entry->done(not_sent);
}

void Connection::Shared::look_for_silence() {
  bool const late = !sent.empty() && sent.begin()->second->answer_by < Steady::now();
  if (late) end({"the broker does not answer a publish", false});
}

}  // namespace siaga::mqtt
