#include "protocols/sms/modem/sim_pin.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "protocols/sms/modem/at_line.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

constexpr int tries_of_a_fresh_card = 3;

Error needs_person(std::string detail) {
  return Error(Errc::invalid_configuration, std::move(detail));
}

std::optional<int> value_at(std::vector<std::string> const& lines, std::size_t place) {
  for (auto const& line : lines) {
    auto const values = split_values(values_of(line));
    if (!at_name(line).empty() && values.size() > place) return number_of(values[place]);
  }
  return std::nullopt;
}

// A line per code: `+CPINR: SIM PIN,3,3`, `+QPINC: "SC",3,10`.
std::optional<int> value_after(std::vector<std::string> const& lines, std::string_view code) {
  for (auto const& line : lines) {
    auto const values = split_values(values_of(line));
    if (values.size() > 1 && same_text(unquoted(values[0]), code)) return number_of(values[1]);
  }
  return std::nullopt;
}

using Lines = std::vector<std::string>;

constexpr auto counters = std::to_array<PinCounter>({
    {"AT+CPINR", [](Lines const& lines) { return value_after(lines, "SIM PIN"); }},
    {"AT^CPIN?",  // code, tries for it, then PUK, PIN, PUK2, PIN2
     [](Lines const& lines) {
       auto const left = value_at(lines, 3);
       return left ? left : value_at(lines, 1);
     }},
    {"AT+QPINC?", [](Lines const& lines) { return value_after(lines, "SC"); }},
    {"AT+SPIC", [](Lines const& lines) { return value_at(lines, 0); }},
    {"AT^SPIC", [](Lines const& lines) { return value_at(lines, 0); }},
    {"AT+UPINCNT", [](Lines const& lines) { return value_at(lines, 0); }},
    {"AT#PCT", [](Lines const& lines) { return value_at(lines, 0); }},
});

Result<std::string> read_pin(std::string const& path) {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line))
    return Error(Errc::file_unreadable, "pin_file " + path + ": cannot read its first line");
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  if (line.size() < 4 || line.size() > 8 || !std::ranges::all_of(line, digit))
    return needs_person("pin_file " + path + ": a PIN has 4 to 8 digits");
  return line;
}

std::string first_line(std::string const& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace

std::span<PinCounter const> pin_counters() {
  return counters;
}

std::string SimPin::pin_version() const {
  struct stat facts {};
  if (::stat(pin_file_.c_str(), &facts) != 0) return {};
  return std::to_string(facts.st_mtim.tv_sec) + "." + std::to_string(facts.st_mtim.tv_nsec) + " " +
         std::to_string(facts.st_size);
}

Result<void> SimPin::may_enter(std::optional<int> tries_left) const {
  if (pin_file_.empty())
    return needs_person("the SIM wants its PIN: set pin_file, or switch its PIN off");
  if (is_refused_ || is_entered_)
    return needs_person("the SIM refused the PIN in pin_file; it is not entered again");
  if (tries_left && *tries_left <= 1)
    return needs_person("the SIM has " + std::to_string(*tries_left) +
                        " try left for its PIN, which is kept for a person: enter it by hand");
  auto const tried = first_line(marker_);
  bool const untouched = tries_left && *tries_left >= tries_of_a_fresh_card;
  if (!tried.empty() && tried == pin_version() && !untouched)
    return needs_person(
        "the PIN in pin_file was entered before a restart and not accepted; correct the file");
  return {};
}

Result<void> SimPin::write_marker() const {
  auto const text = pin_version() + "\n";
  int const fd =
      ::open(marker_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  bool const written = fd >= 0 &&
                       ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (written) return {};
  return Error(Errc::storage_failed, marker_ + ": cannot be written, so the PIN is not entered");
}

Result<std::string> SimPin::take(std::optional<int> tries_left) {
  if (auto const may = may_enter(tries_left); !may) return may.error();
  auto pin = read_pin(pin_file_);
  if (!pin) return pin.error();
  if (auto const kept = write_marker(); !kept) return kept.error();
  is_entered_ = true;
  return pin;
}

void SimPin::accepted() {
  is_entered_ = false;
  ::unlink(marker_.c_str());
}

}  // namespace siaga::sms
