// `siaga keygen`: an agency's signing key; the secret stays with it, the public part goes to the
// gateway.
#include "config/forms.hpp"
#include "gateway/base/visible.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/key_file.hpp"
#include "gateway/cli/signing.hpp"

namespace siaga::cli {

int keygen(KeygenOptions const& options, Terminal const& terminal) {
  if (!config::is_word(options.name)) {
    terminal.err << "siaga: '" << options.name
                 << "' cannot name a key: use a-z, 0-9, '-' and '_', such as polres-2026\n";
    return exit_usage;
  }
  auto const path = options.folder + "/" + options.name + ".key";
  auto const keys = mqtt::make_key_pair();
  if (auto const written = write_key_file(path, keys); !written) {
    terminal.err << "siaga: " << visible(written.error().text()) << '\n';
    return exit_of(written.error());
  }
  terminal.out << "# The secret key is in " << path
               << "; only you can read it. It stays with you.\n"
               << "# For those who run the gateway, for your [[agency]] in its configuration:\n"
               << "keys = [ { id = \"" << options.name << "\", public = \""
               << mqtt::to_base64(keys.public_key) << "\" } ]\n";
  return exit_good;
}

}  // namespace siaga::cli
