#include "gateway/app/agency_client.hpp"

#include "protocols/mqtt/client_once.hpp"

namespace siaga {

Result<std::string> publish_as_agency(config::Settings const& settings,
                                      AgencyIdentity const& identity, AgencyMessage message,
                                      milliseconds limit) {
  auto broker = settings.section<mqtt::Settings>("mqtt");
  if (!identity.url.empty()) broker.url = identity.url;
  if (!identity.ca_file.empty()) broker.ca_file = identity.ca_file;
  broker.username = identity.username;
  broker.password_file = identity.password_file;
  broker.cert_file = identity.cert_file;
  broker.key_file = identity.key_file;
  mqtt::OneAlert alert;
  alert.agency = identity.agency;
  alert.payload = std::move(message.payload);
  alert.user_properties = std::move(message.user_properties);
  return mqtt::publish_and_wait(std::move(broker), std::move(alert), limit);
}

}  // namespace siaga
