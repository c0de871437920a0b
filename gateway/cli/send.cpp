#include <boost/json/parse.hpp>

#include "gateway/app/agency_client.hpp"
#include "gateway/base/visible.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/files.hpp"
#include "gateway/cli/signing.hpp"
#include "gateway/cli/usable.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::cli {
namespace {

std::string decision_of(std::string const& receipt) {
  boost::system::error_code error;
  auto const value = boost::json::parse(receipt, error);
  if (error || !value.is_object()) return {};
  auto const* decision = value.get_object().if_contains("decision");
  return decision != nullptr && decision->is_string() ? std::string(decision->get_string())
                                                      : std::string();
}

int exit_for(std::string const& decision) {
  if (decision == "rejected") return exit_bad_alert;
  return decision.empty() ? exit_no_receipt : exit_good;
}

}  // namespace

int send(SendOptions const& options, Terminal const& terminal) {
  auto const limit = usable_wait(options.limit, terminal);
  if (!limit) return exit_usage;
  auto const settings = usable_settings(options.config_file, terminal);
  if (!settings) return exit_bad_config;
  auto payload = read_alert_file(options.alert_file);
  if (!payload) {
    terminal.err << "siaga: " << visible(payload.error().text()) << '\n';
    return exit_unknown;
  }
  AgencyMessage message{std::move(*payload), {}};
  if (!options.signing.key_file.empty()) {
    auto const topic = std::string(topics::alert) + options.agency;
    auto const made = signed_message(options.signing, topic, message.payload, terminal);
    if (!made) {
      terminal.err << "siaga: " << visible(made.error().text()) << '\n';
      return exit_of(made.error());
    }
    message.user_properties = made->properties();
  }
  AgencyIdentity const identity{options.agency,        options.url,     options.username,
                                options.password_file, options.ca_file, options.cert_file,
                                options.key_file};
  auto const receipt = publish_as_agency(*settings, identity, std::move(message), *limit);
  if (!receipt) {
    terminal.err << "siaga: " << visible(receipt.error().text()) << '\n';
    bool const known = settings->grants.of(AgencyId(options.agency)) != nullptr;
    if (receipt.error().is(Errc::timed_out))
      terminal.err << "siaga: whether the gateway has the alert is unknown; send the same file "
                      "again, duplicates are harmless\n";
    if (!known)
      terminal.err << "siaga: note that " << options.config_file << " knows no agency '"
                   << options.agency << "'\n";
    return exit_no_receipt;
  }
  terminal.out << visible(*receipt) << '\n';
  return exit_for(decision_of(*receipt));
}

}  // namespace siaga::cli
