#include "gateway/cli/signing.hpp"

#include <filesystem>

#include "config/forms.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/key_file.hpp"
#include "gateway/domain/message.hpp"

namespace siaga::cli {
namespace {

constexpr milliseconds valid_min = std::chrono::seconds(10);

// "keys/polres-2026.key" is named polres-2026.
std::string key_id_of(SigningOptions const& options) {
  if (!options.key_id.empty()) return options.key_id;
  std::filesystem::path const file(options.key_file);
  return file.extension() == ".key" ? file.stem().string() : file.filename().string();
}

}  // namespace

UserProperties Signed::properties() const {
  return {{mqtt::signature_property, sig}, {mqtt::key_id_property, key_id}};
}

Result<Signed> signed_message(SigningOptions const& options, std::string const& topic,
                              std::string const& payload, Terminal const& terminal) {
  auto const valid = config::parse_duration(options.valid);
  if (!valid || *valid < valid_min || *valid > mqtt::signature_life_max)
    return Error(Errc::invalid_argument, "--valid '" + options.valid +
                                             "' should be a duration from 10s to 24h, such as 15m");
  auto const id = key_id_of(options);
  if (id.empty() || id.size() > mqtt::key_id_bytes_max)
    return Error(Errc::invalid_argument, "--key-id '" + id + "' should be 1 to 100 bytes long");
  auto const keys = read_key_file(options.key_file);
  if (!keys) return keys.error();
  if (others_may_read(options.key_file))
    terminal.err << "siaga: warning: others may read " << options.key_file << "; chmod 600 it\n";
  auto const expires = to_rfc3339(terminal.now + *valid, ZoneName().offset);
  return Signed{mqtt::sign(*keys, {topic, expires, payload}), id, expires};
}

int exit_of(Error const& error) {
  if (error.is(Errc::invalid_argument) || error.is(Errc::already_exists)) return exit_usage;
  if (error.is(Errc::invalid_configuration)) return exit_bad_config;
  return error.is(Errc::storage_failed) ? exit_store_failed : exit_unknown;
}

}  // namespace siaga::cli
