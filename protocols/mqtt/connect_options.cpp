#include "protocols/mqtt/connect_options.hpp"

#include <fstream>

namespace siaga::mqtt {
using std::chrono::ceil;
using std::chrono::seconds;

namespace {

void add_number(MQTTProperties& to, MQTTPropertyCodes code, std::uint32_t value) {
  MQTTProperty property{};
  property.identifier = code;
  property.value.integer4 = value;
  MQTTProperties_add(&to, &property);
}

void add_short(MQTTProperties& to, MQTTPropertyCodes code, std::uint16_t value) {
  MQTTProperty property{};
  property.identifier = code;
  property.value.integer2 = value;
  MQTTProperties_add(&to, &property);
}

Result<std::string> first_line(std::string const& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line))
    return Error(Errc::file_unreadable, "the broker's password in " + file);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

char const* or_null(std::string const& text) {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace

std::string paho_url(BrokerAddress const& broker) {
  bool const ipv6 = broker.host.find(':') != std::string::npos;
  auto const host = ipv6 ? "[" + broker.host + "]" : broker.host;
  return (broker.tls ? "ssl://" : "tcp://") + host + ":" + std::to_string(broker.port);
}

Result<std::unique_ptr<ConnectOptions>> ConnectOptions::make(ConnectRequest const& request) {
  auto const broker = broker_address(request.settings.url);
  if (!broker) return broker.error();
  std::unique_ptr<ConnectOptions> made(new ConnectOptions(request));
  if (!request.settings.password_file.empty()) {
    auto password = first_line(request.settings.password_file);
    if (!password) return password.error();
    made->password_ = std::move(*password);
    made->options_.password = made->password_.c_str();
  }
  made->set_properties();
  if (made->request_.will) made->set_will();
  if (broker->tls) made->set_tls();
  return made;
}

ConnectOptions::ConnectOptions(ConnectRequest const& request)
    : request_(request),
      options_(MQTTAsync_connectOptions_initializer5),
      tls_(MQTTAsync_SSLOptions_initializer),
      will_(MQTTAsync_willOptions_initializer),
      properties_(MQTTProperties_initializer),
      will_properties_(MQTTProperties_initializer) {
  auto const& settings = request_.settings;
  options_.cleanstart = request_.keeps_session ? 0 : 1;
  options_.keepAliveInterval = static_cast<int>(ceil<seconds>(settings.keep_alive).count());
  options_.connectTimeout = static_cast<int>(ceil<seconds>(settings.connect_limit).count());
  options_.username = or_null(settings.username);
}

ConnectOptions::~ConnectOptions() {
  MQTTProperties_free(&properties_);
  MQTTProperties_free(&will_properties_);
}

void ConnectOptions::set_properties() {
  auto const& settings = request_.settings;
  if (request_.keeps_session)
    add_number(properties_, MQTTPROPERTY_CODE_SESSION_EXPIRY_INTERVAL,
               static_cast<std::uint32_t>(ceil<seconds>(settings.session_expiry).count()));
  add_short(properties_, MQTTPROPERTY_CODE_RECEIVE_MAXIMUM,
            static_cast<std::uint16_t>(settings.receive_maximum));
  add_number(properties_, MQTTPROPERTY_CODE_MAXIMUM_PACKET_SIZE,
             static_cast<std::uint32_t>(settings.packet_bytes_max));
  options_.connectProperties = &properties_;
}

void ConnectOptions::set_will() {
  will_.topicName = request_.will->topic.c_str();
  will_.message = request_.will->payload.c_str();
  will_.retained = 1;
  will_.qos = 1;
  options_.will = &will_;
  std::string type = "application/json";
  MQTTProperty property{};
  property.identifier = MQTTPROPERTY_CODE_CONTENT_TYPE;
  property.value.data = {static_cast<int>(type.size()), type.data()};
  MQTTProperties_add(&will_properties_, &property);
  options_.willProperties = &will_properties_;
}

void ConnectOptions::set_tls() {
  auto const& settings = request_.settings;
  tls_.trustStore = or_null(settings.ca_file);
  tls_.keyStore = or_null(settings.cert_file);
  tls_.privateKey = or_null(settings.key_file);
  tls_.enableServerCertAuth = 1;
  tls_.verify = 1;  // the host's name as well
  tls_.sslVersion = MQTT_SSL_VERSION_DEFAULT;
  options_.ssl = &tls_;
}

}  // namespace siaga::mqtt
