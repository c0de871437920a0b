// log: one line per event on standard error, key=value, with the syslog level in front for systemd.
//
// Place:  written once, where a thing is handled. The acknowledgement log is the journal, not this.
// Thread: any; one write(2) per line.
// Rule:   values are shown, not obeyed: see visible(). Never message text, phone numbers or mail
//         addresses at info and above; see masked().
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace siaga::log {

enum class Level { error = 3, warning = 4, info = 6, debug = 7 };

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

void set_level(Level least_urgent) noexcept;
void write(Level level, std::string_view event, Fields fields) noexcept;

inline void error(std::string_view event, Fields fields = {}) noexcept {
  write(Level::error, event, fields);
}
inline void warning(std::string_view event, Fields fields = {}) noexcept {
  write(Level::warning, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) noexcept {
  write(Level::info, event, fields);
}
inline void debug(std::string_view event, Fields fields = {}) noexcept {
  write(Level::debug, event, fields);
}

// "+62812***0001", "k***@polres.example": enough to recognise, not enough to use.
std::string masked(std::string_view address);

}  // namespace siaga::log
