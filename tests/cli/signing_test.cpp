// `siaga keygen`, `siaga sign` and `siaga send --sign-key`: what an agency does to prove itself.
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "protocols/mqtt/signed_message.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;
namespace mqtt = siaga::mqtt;

namespace {

std::string between(std::string const& text, std::string const& before, std::string const& after) {
  auto const start = text.find(before);
  if (start == std::string::npos) return {};
  auto const from = start + before.size();
  return text.substr(from, text.find(after, from) - from);
}

std::string content_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// An agency's desk: a folder, an alert that need not be one, and a key.
class Desk {
 public:
  Desk() {
    std::ofstream(alert()) << text;
    made_ = session({"keygen", "polres-2026", "--out", place_.path()});
    REQUIRE(made_.exit == exit_good);
  }
  std::string alert() const { return place_.path() + "/al'ert.json"; }
  std::string key() const { return place_.path() + "/polres-2026.key"; }
  std::string const& path() const { return place_.path(); }
  Session const& keygen() const { return made_; }
  siaga::Signers signers() const {
    auto const key = mqtt::from_base64(between(made_.out, "public = \"", "\""), 32);
    REQUIRE(key);
    siaga::Signers known;
    known.keys.push_back({between(made_.out, "id = \"", "\""), *key, {}, {}, false});
    return known;
  }
  // What the gateway makes of the alert, published with these properties.
  std::string verdict(std::string const& topic, std::string const& sig,
                      std::string const& id) const {
    siaga::RawMessage message;
    message.topic = topic;
    message.payload = text;
    message.signature = sig;
    message.key_id = id;
    auto const proof = mqtt::check_signature(signers(), message, half_past_two);
    return proof ? text_of(*proof) : proof.error().reasons.at(0).rule;
  }
  Session sign(std::vector<std::string> more) const {
    std::vector<std::string> words{"sign", alert(), "--key", key()};
    words.insert(words.end(), more.begin(), more.end());
    return session(words);
  }

  static constexpr char const* text = "{\"identifier\":\"a-1\"}\n";

 private:
  siaga::test::TempDir place_;
  Session made_;
};

}  // namespace

TEST_CASE("keygen keeps the secret to its owner and prints what the gateway needs", "[cli]") {
  Desk const desk;
  struct stat state {};
  REQUIRE(::stat(desk.key().c_str(), &state) == 0);
  CHECK((state.st_mode & 0777) == 0600);
  auto const secret = content_of(desk.key());
  CHECK_THAT(secret, ContainsSubstring("# ") && ContainsSubstring("secret key"));
  auto const seed = secret.substr(secret.size() - 45, 44);
  CHECK(mqtt::from_base64(seed, mqtt::seed_bytes));
  CHECK(desk.keygen().out.find(seed) == std::string::npos);
  CHECK_THAT(desk.keygen().out, ContainsSubstring("keys = [ { id = \"polres-2026\", public = \""));
  CHECK_THAT(desk.keygen().out, ContainsSubstring(desk.key()));
}

TEST_CASE("keygen overwrites nothing and makes no two keys alike", "[cli]") {
  Desk const desk;
  auto const before = content_of(desk.key());
  auto const again = session({"keygen", "polres-2026", "--out", desk.path()});
  CHECK(again.exit == exit_usage);
  CHECK_THAT(again.err, ContainsSubstring("never overwritten"));
  CHECK(content_of(desk.key()) == before);
  auto const other = session({"keygen", "polres-2027", "--out", desk.path()});
  CHECK(other.exit == exit_good);
  CHECK(content_of(desk.path() + "/polres-2027.key") != before);
}

TEST_CASE("keygen takes a word and a folder that is there", "[cli]") {
  siaga::test::TempDir place;
  for (std::string const name : {"", "Polres", "a/b", "..", "a b"})
    CHECK(session({"keygen", name, "--out", place.path()}).exit == exit_usage);
  auto const nowhere = session({"keygen", "polres", "--out", place.path() + "/none"});
  CHECK(nowhere.exit == exit_store_failed);
  CHECK_THAT(nowhere.err, ContainsSubstring("/none/polres.key, No such file"));
}

TEST_CASE("what sign prints is a signature the gateway verifies", "[cli]") {
  Desk const desk;
  auto const done = desk.sign({"--agency", "polres"});
  CHECK(done.exit == exit_good);
  CHECK(done.err == "");
  auto const sig = between(done.out, "sig: ", "\n");
  CHECK(desk.verdict("siaga/alert/polres", sig, between(done.out, "key: ", "\n")) ==
        "verified ed25519 polres-2026");
  CHECK(sig.substr(0, 26) == "2026-11-23T14:45:00+08:00;");
}

TEST_CASE("sign prints a line for the shell that publishes it", "[cli]") {
  Desk const desk;
  auto const done = desk.sign({"--agency", "polres"});
  auto const sig = between(done.out, "sig: ", "\n");
  CHECK_THAT(done.out,
             ContainsSubstring("mosquitto_pub -V 5 -q 1 -t 'siaga/alert/polres' -f '" +
                               desk.path() + "/al'\\''ert.json' -D publish user-property sig '" +
                               sig + "' -D publish user-property key 'polres-2026'\n"));
}

TEST_CASE("sign answers programs in JSON", "[cli]") {
  Desk const desk;
  auto const done = desk.sign({"--topic", "siaga/ack/polres", "--key-id", "polres-2026", "--valid",
                               "24h", "--format", "json"});
  CHECK(done.exit == exit_good);
  auto const made = boost::json::parse(done.out).as_object();
  auto const text = [&](char const* key) { return std::string(made.at(key).as_string()); };
  CHECK(text("topic") == "siaga/ack/polres");
  CHECK(text("expires") == "2026-11-24T14:30:00+08:00");
  CHECK(desk.verdict("siaga/ack/polres", text("sig"), text("key")) ==
        "verified ed25519 polres-2026");
  CHECK(desk.verdict("siaga/alert/polres", text("sig"), text("key")) == "signature.wrong");
  CHECK_THAT(text("command"), ContainsSubstring("mosquitto_pub"));
}

TEST_CASE("sign needs one topic the gateway listens on, and a sensible life", "[cli]") {
  Desk const desk;
  for (auto const& line : std::vector<std::vector<std::string>>{
           {},
           {"--agency", "a/b"},
           {"--agency", "a\nb"},
           {"--topic", "siaga/status/polres"},
           {"--agency", "a", "--topic", "b"},
           {"--agency", "a", "--valid", "25h"},
           {"--agency", "a", "--valid", "1s"},
           {"--agency", "a", "--valid", "no"},
           {"--agency", "a", "--key-id", std::string(101, 'k')}}) {
    auto const done = desk.sign(line);
    INFO(done.err);
    CHECK(done.exit == exit_usage);
    CHECK_FALSE(done.err.empty());
  }
}

TEST_CASE("a file that is no key is told apart from one that is not there", "[cli]") {
  Desk const desk;
  auto const with_key = [&](std::string const& key) {
    return session({"sign", desk.alert(), "--key", key, "--agency", "polres"});
  };
  CHECK(with_key(desk.path() + "/none.key").exit == exit_unknown);
  CHECK(with_key(desk.path()).exit == exit_unknown);
  for (auto const* content : {"", "# only words\n", "c2lhZ2E=\n", "-----BEGIN PRIVATE KEY-----\n",
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"}) {
    std::ofstream(desk.path() + "/bad.key") << content;
    auto const done = with_key(desk.path() + "/bad.key");
    CHECK(done.exit == exit_bad_config);
    CHECK_THAT(done.err, ContainsSubstring("siaga keygen"));
  }
}

TEST_CASE("a key others may read still signs, with a warning", "[cli]") {
  Desk const desk;
  REQUIRE(::chmod(desk.key().c_str(), 0644) == 0);
  auto const done = desk.sign({"--agency", "polres"});
  CHECK(done.exit == exit_good);
  CHECK_THAT(done.err, ContainsSubstring("chmod 600"));
}

TEST_CASE("send with a key that cannot be used sends nothing", "[cli]") {
  Desk const desk;
  auto const file = desk.path() + "/siaga.toml";
  std::ofstream(desk.path() + "/directory.toml") << "";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n";
  auto const send = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"send",     desk.alert(), "--agency", "polres",
                                   "--config", file,         "--wait",   "1s"};
    words.insert(words.end(), more.begin(), more.end());
    return session(words).exit;
  };
  CHECK(send({"--sign-key", desk.path() + "/none.key"}) == exit_unknown);
  CHECK(send({"--sign-key", desk.alert()}) == exit_bad_config);
  CHECK(send({"--sign-key", desk.key(), "--valid", "2d"}) == exit_usage);
  CHECK(send({"--key-id", "polres-2026"}) == exit_usage);
}
