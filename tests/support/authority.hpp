// Authority: a small certificate authority of a test's own: ca.pem, and certificates it signed.
//
// Place:  TLS tests; the work is done by the program `openssl`. Throws with its words.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/child.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {

class Authority {
 public:
  Authority() {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", file("ca.key"), "-out", file("ca.pem"), "-subj", "/CN=test authority",
             "-days", "2"});
  }
  // NAME.pem and NAME.key, for the names in `alternative`: "DNS:localhost,IP:127.0.0.1".
  void sign(std::string const& name, std::string const& alternative) {
    openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", file(name + ".key"), "-out", file(name + ".csr"), "-subj", "/CN=" + name});
    std::ofstream(file("ext")) << "subjectAltName=" << alternative << '\n';
    openssl({"x509", "-req", "-in", file(name + ".csr"), "-CA", file("ca.pem"), "-CAkey",
             file("ca.key"), "-CAcreateserial", "-extfile", file("ext"), "-days", "2", "-out",
             file(name + ".pem")});
  }
  std::string file(std::string const& name) const { return directory_.path() + "/" + name; }

 private:
  static void openssl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    auto const done = run_child(std::move(arguments), std::chrono::seconds(20));
    if (done.exit_code != 0) throw std::runtime_error(done.output);
  }
  TempDir directory_;
};

}  // namespace siaga::test
