#include "config/settings.hpp"

namespace siaga::config {

Fields const& GatewaySettings::fields() {
  static auto const table =
      FieldsOf<GatewaySettings>()
          .text("name", &GatewaySettings::name, "the gateway's name in topics and client ids")
          .required()
          .text("time_zone", &GatewaySettings::time_zone, "the zone times are shown in")
          .text("language", &GatewaySettings::language,
                "language of broadcasts, and of officers who have none of their own")
          .text("data_dir", &GatewaySettings::data_dir, "folder of the store")
          .path()
          .list("directory", &GatewaySettings::directory, "the files of officers and teams")
          .path();
  return table;
}

}  // namespace siaga::config
