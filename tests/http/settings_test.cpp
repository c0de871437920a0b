#include "protocols/http/settings.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;

namespace {

std::string complaint(Settings const& settings) {
  auto const judged = judge(settings);
  return judged ? "" : judged.error().detail;
}

}  // namespace

TEST_CASE("probes are answered where browsers are only when no other machine reaches it",
          "[http]") {
  Settings settings;
  CHECK(has_probes_too(settings));
  for (auto const* loopback : {"127.0.0.1:8080", "127.8.8.8:80", "[::1]:8080"}) {
    settings.listen = loopback;
    CHECK(has_probes_too(settings));
  }
  for (auto const* open : {"0.0.0.0:8080", "[::]:8080", "192.0.2.1:80", "no address"}) {
    settings.listen = open;
    CHECK_FALSE(has_probes_too(settings));
  }
  settings.listen = "127.0.0.1:8080";
  settings.probes = "127.0.0.1:9464";
  CHECK_FALSE(has_probes_too(settings));
}

TEST_CASE("the listener of probes speaks no TLS and believes no proxy", "[http]") {
  Settings settings;
  settings.probes = "127.0.0.1:9464";
  settings.cert_file = settings.key_file = "some.pem";
  settings.trusted_proxy = {"10.0.0.1"};
  auto const probes = probe_settings(settings);
  CHECK(probes.listen == "127.0.0.1:9464");
  CHECK(probes.cert_file.empty());
  CHECK(probes.trusted_proxy.empty());
}

TEST_CASE("what cannot work is told by its key", "[http]") {
  CHECK(complaint(Settings()).empty());
  Settings settings;
  settings.probes = "localhost:9464";
  CHECK(complaint(settings).starts_with("probes"));
  settings.probes = settings.listen;
  CHECK(complaint(settings).starts_with("probes"));
  settings = Settings();
  settings.trusted_proxy = {"127.0.0.1", "nginx"};
  CHECK(complaint(settings).starts_with("trusted_proxy"));
  settings = Settings();
  settings.cert_file = "/nowhere/cert.pem";
  CHECK(complaint(settings).starts_with("cert_file"));
  settings.key_file = "/nowhere/key.pem";
  CHECK(complaint(settings).starts_with("cert_file"));
  settings.cert_file.clear();
  CHECK(complaint(settings).starts_with("key_file"));
}
