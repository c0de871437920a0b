#include "gateway/journal/store/settings.hpp"

namespace siaga::journal {

Fields const& Settings::fields() {
  static FieldsOf<Settings> const table =
      FieldsOf<Settings>()
          .size("quarantine_bytes", &Settings::quarantine_bytes,
                "How much is kept of refused messages, an eighth of it for one agency; beyond that "
                "the oldest are dropped, and their hashes and reasons stay.")
          .range(1'000'000, 1e12)
          .text("on_rollback", &Settings::on_rollback,
                "when the store is older than the log checkpoint the broker retains: tell goes on "
                "telling people and says so, stop ends the gateway with 76; `siaga log "
                "accept-rollback` ends either")
          .one_of({"tell", "stop"});
  return table;
}

}  // namespace siaga::journal
