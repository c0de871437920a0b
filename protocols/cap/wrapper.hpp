// wrapper: {"data": base64 of CAP XML, "filename": ...}, as WMO's CAP Composer publishes over MQTT.
//
// Place:  reading -> WRAPPER -> reading, with the XML inside.
// Thread: any; pure.
// Errors: a Rejection of one reason. Members other than `data` are nobody's here and ignored.
#pragma once

#include "gateway/domain/command.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

// A JSON object with a member "data" and none "identifier"; told without parsing values.
bool is_wrapper(std::string_view payload);

[[nodiscard]] Judged<std::string> unwrap(std::string_view payload, Settings const& settings);

}  // namespace siaga::cap
