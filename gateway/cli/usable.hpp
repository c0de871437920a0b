// usable: the things several commands need before they can begin: a configuration without errors, a
// duration. If one is wrong, the message names the place.
//
// Place:  send, sms probe -> USABLE -> config.
// Thread: main.
#pragma once

#include <optional>
#include <string>

#include "config/settings.hpp"
#include "gateway/cli/terminal.hpp"

namespace siaga::cli {

std::optional<config::Settings> usable_settings(std::string const& file, Terminal const& terminal);
// Of --wait.
std::optional<milliseconds> usable_wait(std::string const& text, Terminal const& terminal);

}  // namespace siaga::cli
