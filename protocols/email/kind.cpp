#include "protocols/email/kind.hpp"

#include <boost/asio/ip/host_name.hpp>

#include "protocols/email/channel.hpp"
#include "protocols/email/settings.hpp"

namespace siaga::email {
namespace {

std::any default_settings() {
  return SmtpSettings();
}

void* settings_of(std::any& value) {
  return std::any_cast<SmtpSettings>(&value);
}

Result<std::unique_ptr<Channel>> make(std::any const& value, ChannelContext context) {
  auto const* settings = std::any_cast<SmtpSettings>(&value);
  if (settings == nullptr) return Error(Errc::invalid_argument, "these are not smtp settings");
  boost::system::error_code unnamed;  // then the sender's domain greets
  auto terms = terms_of(*settings, boost::asio::ip::host_name(unnamed));
  if (!terms) return terms.error();
  return std::unique_ptr<Channel>(
      std::make_unique<SmtpChannel>(std::move(*terms), std::move(context)));
}

}  // namespace

ChannelKind smtp_kind() {
  return {"smtp", "email", &SmtpSettings::fields(), &default_settings, &settings_of, &make};
}

}  // namespace siaga::email
