// Signing: a message signed with the key file the command line names.
//
// Place:  sign, send -> SIGNING -> the user properties `sig` and `key`.
// Thread: main.
// Errors: invalid_argument (--valid, --key-id), and those of key_file.hpp; exit_of() tells them as
//         an exit code.
#pragma once

#include "gateway/cli/commands.hpp"
#include "gateway/ports/status_feed.hpp"

namespace siaga::cli {

struct Signed {
  std::string sig, key_id, expires;

  UserProperties properties() const;
};

// Warns on the terminal when the key file can be read by others.
[[nodiscard]] Result<Signed> signed_message(SigningOptions const& options, std::string const& topic,
                                            std::string const& payload, Terminal const& terminal);
int exit_of(Error const& error);

}  // namespace siaga::cli
