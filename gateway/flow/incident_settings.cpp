#include "gateway/flow/incident_settings.hpp"

namespace siaga::flow {

Fields const& IncidentSettings::fields() {
  static auto const table =
      FieldsOf<IncidentSettings>()
          .list("teams", &IncidentSettings::teams,
                "teams of a directory file whose officers are told: one message for each kind of "
                "incident in 15 minutes, further ones counted in the next message, and its end")
          .list("channels", &IncidentSettings::channels,
                "channels by which they are told; one that failed carries nothing about itself, so "
                "name two")
          .list("checkpoint_mail", &IncidentSettings::checkpoint_mail,
                "mail addresses that get the log's checkpoint once a day, by the first email "
                "channel; who keeps it can show later that the log is still the same");
  return table;
}

}  // namespace siaga::flow
