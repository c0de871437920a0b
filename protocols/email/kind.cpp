#include "protocols/email/kind.hpp"

#include <boost/asio/ip/host_name.hpp>

#include "gateway/base/this_machine.hpp"
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

namespace {

Cautions smtp_cautions(std::any const& any_settings) {
  auto const& settings = std::any_cast<SmtpSettings const&>(any_settings);
  bool const beyond = !stays_on_this_machine(settings.url);
  bool const tls = settings.url.starts_with("smtps:") || settings.starttls == "required";
  Cautions cautions;
  if (beyond && !tls)
    cautions.push_back(
        {Caution::Of::clear_text, "url",
         settings.starttls == "optional" ? "mail, where the server offers no STARTTLS," : "mail"});
  if (!settings.verify) cautions.push_back({Caution::Of::unverified, "verify", "the mail server"});
  return cautions;
}

}  // namespace

ChannelKind smtp_kind() {
  return {"smtp",       "email", &SmtpSettings::fields(), &default_settings,
          &settings_of, &make,   &smtp_cautions};
}

}  // namespace siaga::email
