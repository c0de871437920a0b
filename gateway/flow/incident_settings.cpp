#include "gateway/flow/incident_settings.hpp"

namespace siaga::flow {

Fields const& IncidentSettings::fields() {
  static auto const table =
      FieldsOf<IncidentSettings>()
          .list("teams", &IncidentSettings::teams,
                "teams of a directory file whose officers are told: one message a kind of incident "
                "and 15 minutes, the rest counted in the next, and its end")
          .list("channels", &IncidentSettings::channels,
                "channels they are told by, but for the one that failed: name two")
          .list("checkpoint_mail", &IncidentSettings::checkpoint_mail,
                "mail addresses that get the log's checkpoint once a day, by the first email "
                "channel; who keeps it can show later that the log is still the same");
  return table;
}

}  // namespace siaga::flow
