// What an agency signs, published through a real broker: by the line `siaga sign` prints, and by
// `siaga send`.
#include <boost/json/parse.hpp>
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "protocols/mqtt/signed_message.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/mosquitto.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;
using namespace std::chrono_literals;
namespace mqtt = siaga::mqtt;

namespace {

constexpr char const* text = R"({"identifier":"a-1"})";

// A broker, an agency with a key, and who listens at the gateway's end.
struct World {
  siaga::test::Mosquitto broker;
  siaga::test::TempDir place;
  std::unique_ptr<siaga::test::Child> gateway;
  siaga::Signers signers;

  World() {
    broker.start();
    gateway = broker.subscribe("siaga/alert/+", {"-F", "got|%t|%P|%p"});
    std::ofstream(alert()) << text;
    auto const made = session({"keygen", "polres-2026", "--out", place.path()});
    auto const key = made.out.substr(made.out.find("public = \"") + 10, 44);
    signers.keys.push_back({"polres-2026", mqtt::from_base64(key, 32).value(), {}, {}, false});
  }
  std::string alert() const { return place.path() + "/alert.json"; }
  std::string key() const { return place.path() + "/polres-2026.key"; }

  // What the gateway would make of the message that came.
  std::string verdict() {
    auto const line = gateway->line_with("got|siaga/alert/polres|sig:", 10s);
    REQUIRE(line);
    auto const end = line->find(" key:polres-2026|");
    REQUIRE(end != std::string::npos);
    auto const sig_at = line->find("sig:") + 4;
    siaga::RawMessage message;
    message.topic = "siaga/alert/polres";
    message.payload = line->substr(end + 17);
    message.signature = line->substr(sig_at, end - sig_at);
    message.key_id = "polres-2026";
    auto const proof = mqtt::check_signature(signers, message, half_past_two);
    return proof ? text_of(*proof) : proof.error().reasons.at(0).rule;
  }
};

}  // namespace

TEST_CASE("the line that sign prints publishes what the gateway verifies", "[cli]") {
  World world;
  auto const done = session(
      {"sign", world.alert(), "--key", world.key(), "--agency", "polres", "--format", "json"});
  auto const command = std::string(boost::json::parse(done.out).at("command").as_string());
  auto const port = std::to_string(world.broker.port());
  REQUIRE(
      siaga::test::run_child({"sh", "-c", command + " -h 127.0.0.1 -p " + port}, 10s).exit_code ==
      0);
  CHECK(world.verdict() == "verified ed25519 polres-2026");
}

TEST_CASE("send signs what it publishes", "[cli]") {
  World world;
  auto const file = world.place.path() + "/siaga.toml";
  std::ofstream(world.place.path() + "/directory.toml") << "";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n[mqtt]\nurl = \"" << world.broker.url()
                      << "\"\n";
  auto const done = session({"send", world.alert(), "--agency", "polres", "--config", file,
                             "--wait", "500ms", "--sign-key", world.key()});
  CHECK(done.exit == exit_no_receipt);  // no gateway answers
  CHECK(world.verdict() == "verified ed25519 polres-2026");
}
