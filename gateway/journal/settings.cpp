#include "gateway/journal/settings.hpp"

namespace siaga::journal {

Fields const& Settings::fields() {
  static FieldsOf<Settings> const table =
      FieldsOf<Settings>()
          .text("on_rollback", &Settings::on_rollback,
                "when the store is older than the log checkpoint the broker retains: tell goes on "
                "telling people and says so, stop ends the gateway with 76; `siaga log "
                "accept-rollback` ends either")
          .one_of({"tell", "stop"});
  return table;
}

}  // namespace siaga::journal
