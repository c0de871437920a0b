// Signed messages: what proves whose a message is, and each way in which it does not.
#include "protocols/mqtt/signed_message.hpp"

#include <sodium.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/child.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga;
using namespace std::chrono_literals;

namespace {

// 2026-11-26T09:45:00+08:00
constexpr UtcTime now = UtcTime(milliseconds(1'795'657'500'000));
constexpr char const* in_a_quarter = "2026-11-26T10:00:00+08:00";

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
unsigned char const* bytes(std::string const& text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

mqtt::KeyPair const& polres_keys() {
  static auto const keys = mqtt::key_pair_of(std::string(mqtt::seed_bytes, 'p'));
  return keys;
}

// A message of Polres, well signed, and the keys the gateway knows of it; a test spoils what it is
// about.
struct Case {
  Signers signers;
  RawMessage message;
  UtcTime at = now;

  Case() {
    signers.keys.push_back({"polres-2026", polres_keys().public_key, {}, {}, false});
    message.topic = "siaga/alert/polres";
    message.payload = R"({"identifier":"a-1"})";
    message.key_id = "polres-2026";
    sign_until(in_a_quarter);
  }
  void sign_until(std::string const& expires) {
    message.signature = mqtt::sign(polres_keys(), {message.topic, expires, message.payload});
  }
  Judged<Proof> judged() const { return mqtt::check_signature(signers, message, at); }
  std::string verdict() const {
    auto const proof = judged();
    if (proof) return text_of(*proof);
    CHECK(proof.error().incident == "signature");
    REQUIRE(proof.error().reasons.size() == 1);
    CHECK(proof.error().reasons[0].path.empty());
    CHECK_THAT(proof.error().reasons[0].text, ContainsSubstring(" / "));
    return proof.error().reasons[0].rule;
  }
  std::string sentence() const {
    auto const proof = judged();
    return proof ? "" : proof.error().reasons.at(0).text;
  }
};

}  // namespace

TEST_CASE("a well signed message is verified by the key that signed it", "[mqtt]") {
  CHECK(Case().verdict() == "verified ed25519 polres-2026");
}

TEST_CASE("our Ed25519 is that of RFC 8032", "[mqtt]") {
  // Section 7.1, TEST 1 to 3: the public keys of these seeds.
  auto const public_of = [](std::string_view seed) {
    return mqtt::key_pair_of(bytes_of_hex(seed)).public_key;
  };
  CHECK(public_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60") ==
        bytes_of_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
  CHECK(public_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb") ==
        bytes_of_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
  CHECK(public_of("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7") ==
        bytes_of_hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
}

TEST_CASE("libsodium signs the vector of RFC 8032, and verifies it", "[mqtt]") {
  // Section 7.1, TEST 2: one byte.
  auto const keys = mqtt::key_pair_of(
      bytes_of_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  auto const expected = bytes_of_hex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  auto const secret = keys.seed + keys.public_key;
  std::string signature(mqtt::signature_bytes, '\0');
  unsigned char const message = 0x72;
  crypto_sign_detached(bytes(signature), nullptr, &message, 1, bytes(secret));
  CHECK(signature == expected);
  CHECK(crypto_sign_verify_detached(bytes(expected), &message, 1, bytes(keys.public_key)) == 0);
}

TEST_CASE("the form is that of decision 11, byte for byte", "[mqtt]") {
  // The signature was made by `openssl pkeyutl -sign -rawin` with the seed of RFC 8032, TEST 1.
  auto const keys = mqtt::key_pair_of(
      bytes_of_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  CHECK(mqtt::sign(keys, {"siaga/alert/polres", in_a_quarter, "<alert/>"}) ==
        "2026-11-26T10:00:00+08:00;oyRjK5wPeEMUnPa9N5/U9QLj0lbKSFRbXIouZ9HfZef+ZN8Xmd0CJq1BkRK5R+/"
        "ab2oTtKb3FK/3GtjdtQs/DA==");
}

TEST_CASE("an unsigned message of an agency with keys is refused", "[mqtt]") {
  Case c;
  c.message.signature.clear();
  CHECK(c.verdict() == "signature.missing");
  CHECK_THAT(c.sentence(), ContainsSubstring("siaga sign"));
}

TEST_CASE("an unsigned message may still be proved by a certificate", "[mqtt]") {
  Case c;
  c.message.signature.clear();
  c.signers.certificates.push_back("-----BEGIN CERTIFICATE-----");
  CHECK(c.verdict() == "none");
  c.signers.keys.clear();
  CHECK(c.verdict() == "none");
}

TEST_CASE("an agency without keys may send what it likes, and nothing is claimed of it", "[mqtt]") {
  Case c;
  c.signers = {};
  CHECK(c.verdict() == "unverified ed25519 polres-2026");
  c.message.signature = "what it likes";
  c.message.key_id = "\x1b[31m" + std::string(200, 'k');
  CHECK(c.verdict().size() < 100);
  CHECK(c.verdict().find('\x1b') == std::string::npos);
  c.message.key_id.clear();
  CHECK(c.verdict() == "unverified ed25519");
  c.message.signature.clear();
  CHECK(c.verdict() == "none");
}

TEST_CASE("a sig that cannot be read is told with what would be right", "[mqtt]") {
  Case c;
  auto const good = c.message.signature;
  auto const base64 = good.substr(good.find(';') + 1);
  for (std::string const& sig :
       {std::string(";"), std::string("x"), base64, ";" + base64,
        "2026-11-26T10:00:00;" + base64,  // no offset
        "2026-11-26 ;" + base64, std::string(in_a_quarter) + " " + base64, good + "=", good + "\n",
        " " + good, good.substr(0, good.size() - 2), good.substr(0, good.size() - 4),
        good.substr(0, good.size() - 3) + "B==", std::string(in_a_quarter) + ";" + base64 + base64,
        std::string(mqtt::signature_bytes_max, 'x'), good + std::string(1, '\0')}) {
    INFO(sig);
    c.message.signature = sig;
    CHECK(c.verdict() == "signature.form");
    CHECK_THAT(c.sentence(), ContainsSubstring("2026-11-26T10:00:00+08:00;"));
  }
}

TEST_CASE("a signature needs the id of its key", "[mqtt]") {
  Case c;
  c.message.key_id.clear();
  CHECK(c.verdict() == "signature.form");
  CHECK_THAT(c.sentence(), ContainsSubstring("'polres-2026'"));
  c.message.key_id = std::string(mqtt::key_id_bytes_max + 1, 'k');
  CHECK(c.verdict() == "signature.form");
}

TEST_CASE("a key that is not the agency's is refused, and its own are named", "[mqtt]") {
  Case c;
  c.message.key_id = "kodim-2026";
  CHECK(c.verdict() == "signature.key-unknown");
  CHECK_THAT(c.sentence(), ContainsSubstring("'kodim-2026'") && ContainsSubstring("'polres-2026'"));
}

TEST_CASE("a revoked key signs nothing any more", "[mqtt]") {
  Case c;
  c.signers.keys[0].revoked = true;
  CHECK(c.verdict() == "signature.key-revoked");
}

TEST_CASE("a key counts from its 'from' on, and from its 'until' on no more", "[mqtt]") {
  Case c;
  auto& key = c.signers.keys[0];
  key.from = now;
  key.until = now + 1s;
  CHECK(c.verdict() == "verified ed25519 polres-2026");
  key.from = now + 1s;
  CHECK(c.verdict() == "signature.key-validity");
  CHECK_THAT(c.sentence(), ContainsSubstring("2026-11-26T09:45:01+08:00"));
  key.from = {};
  key.until = now;
  CHECK(c.verdict() == "signature.key-validity");
  CHECK_THAT(c.sentence(), ContainsSubstring("2026-11-26T09:45:00+08:00"));
}

TEST_CASE("while keys change, both count", "[mqtt]") {
  Case c;
  auto const next = mqtt::make_key_pair();
  c.signers.keys.push_back({"polres-2027", next.public_key, now - 1h, {}, false});
  CHECK(c.verdict() == "verified ed25519 polres-2026");
  c.message.key_id = "polres-2027";
  CHECK(c.verdict() == "signature.wrong");
  c.message.signature = mqtt::sign(next, {c.message.topic, in_a_quarter, c.message.payload});
  CHECK(c.verdict() == "verified ed25519 polres-2027");
}

TEST_CASE("a signature ends when it says, and never lives for more than a day", "[mqtt]") {
  Case c;
  c.at = now + 15min - 1ms;
  CHECK(c.verdict() == "verified ed25519 polres-2026");
  c.at = now + 15min;
  CHECK(c.verdict() == "signature.expired");
  CHECK_THAT(c.sentence(), ContainsSubstring("'2026-11-26T10:00:00+08:00'"));
  c.at = now;
  c.sign_until("2026-11-27T09:45:00+08:00");
  CHECK(c.verdict() == "verified ed25519 polres-2026");
  c.sign_until("2026-11-27T09:45:01+08:00");
  CHECK(c.verdict() == "signature.expired");
  CHECK_THAT(c.sentence(), ContainsSubstring("no later than 2026-11-27T09:45:00+08:00"));
}

TEST_CASE("any offset will do, and the answer is in the same", "[mqtt]") {
  Case c;
  for (auto const* expires : {"2026-11-26T02:00:00Z", "2026-11-26T02:00:00+00:00",
                              "2026-11-25T22:30:00-03:30", "2026-11-26T10:00:00.5+08:00"}) {
    INFO(expires);
    c.sign_until(expires);
    CHECK(c.verdict() == "verified ed25519 polres-2026");
  }
  c.sign_until("2026-11-25T22:00:00-03:30");
  CHECK_THAT(c.sentence(), ContainsSubstring("2026-11-25T22:15:00-03:30"));
}

TEST_CASE("one altered bit of payload, topic, expiry or signature and it is wrong", "[mqtt]") {
  Case c;
  SECTION("payload") {
    c.message.payload[3] ^= 1;
  }
  SECTION("a byte more") {
    c.message.payload += '\n';
  }
  SECTION("topic") {
    c.message.topic = "siaga/alert/polret";
  }
  SECTION("answer instead of alert") {
    c.message.topic = "siaga/ack/polres";
  }
  SECTION("expiry") {
    c.message.signature[15] ^= 1;
  }
  SECTION("expiry written otherwise") {
    c.message.signature.replace(0, 25, "2026-11-26T02:00:00+00:00");
  }
  SECTION("signature") {
    auto& letter = c.message.signature[30];
    letter = letter == 'A' ? 'B' : 'A';
  }
  CHECK(c.verdict() == "signature.wrong");
}

TEST_CASE("another agency's key does not sign for this one", "[mqtt]") {
  Case c;
  auto const kodim = mqtt::make_key_pair();
  c.message.signature = mqtt::sign(kodim, {c.message.topic, in_a_quarter, c.message.payload});
  CHECK(c.verdict() == "signature.wrong");
}

TEST_CASE("a line break in a topic cannot pass for the next line", "[mqtt]") {
  Case c;
  auto const signature = mqtt::sign(polres_keys(), {"t", in_a_quarter, "A\nP"});
  c.message.signature = std::string("A") + signature.substr(25);
  c.message.topic = std::string("t\n") + in_a_quarter;
  c.message.payload = "P";
  CHECK(c.verdict() == "signature.form");  // "A" is no time
  c.message.topic = "siaga/alert/polres\n";
  c.sign_until(in_a_quarter);
  CHECK(c.verdict() == "signature.wrong");
}

TEST_CASE("a public key of the wrong length verifies nothing", "[mqtt]") {
  Case c;
  c.signers.keys[0].public_key.pop_back();
  CHECK(c.verdict() == "signature.wrong");
}

TEST_CASE("what is signed is any bytes at all", "[mqtt]") {
  Case c;
  for (std::string const& payload : {std::string(), std::string(3, '\0'), std::string("\xff\n\r\n"),
                                     std::string(1 << 20, 'x')}) {
    c.message.payload = payload;
    c.sign_until(in_a_quarter);
    CHECK(c.verdict() == "verified ed25519 polres-2026");
  }
}

TEST_CASE("a property that is too long stays too long, in whole characters", "[mqtt]") {
  CHECK(mqtt::bounded("1234", 4) == "1234");
  CHECK(mqtt::bounded("12345678", 4) == "12345");
  CHECK(mqtt::bounded("1234\u00e9678", 4) == "1234\u00e9");
  CHECK(mqtt::bounded("1234\U0001F692", 4) == "1234\U0001F692");
  CHECK(mqtt::bounded(std::string(100, '\x80'), 4).size() == 8);
}

TEST_CASE("base64 is written in one way only", "[mqtt]") {
  CHECK(mqtt::to_base64("") == "");
  CHECK(mqtt::to_base64("siaga") == "c2lhZ2E=");
  CHECK(mqtt::from_base64("c2lhZ2E=", 5) == "siaga");
  for (auto const* text : {"c2lhZ2E", "c2lhZ2F=", "c2lh Z2E=", "c2lhZ2E=\n",
                           "c2lhZ2E==", "c2lhZ2_=", "c2lh", "c2lhZ2Ec"})
    CHECK_FALSE(mqtt::from_base64(text, 5));
}

TEST_CASE("OpenSSL accepts our signature", "[mqtt]") {
  test::TempDir place;
  auto const file = [&](std::string const& name, std::string const& content) {
    std::ofstream(place.path() + "/" + name, std::ios::binary) << content;
    return place.path() + "/" + name;
  };
  auto const keys = mqtt::make_key_pair();
  auto const sig = mqtt::sign(keys, {"siaga/alert/polres", in_a_quarter, "<alert/>"});
  // RFC 8410: SubjectPublicKeyInfo of an Ed25519 key.
  auto const spki = bytes_of_hex("302a300506032b6570032100") + keys.public_key;
  auto const key = file("key.pem", "-----BEGIN PUBLIC KEY-----\n" + mqtt::to_base64(spki) +
                                       "\n-----END PUBLIC KEY-----\n");
  auto const signature = file("sig", *mqtt::from_base64(sig.substr(26), mqtt::signature_bytes));
  auto const verified = [&](std::string const& message) {
    return test::run_child({"openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key,
                            "-sigfile", signature, "-in", file("message", message)},
                           10s)
        .exit_code;
  };
  std::string const right =
      "siaga-signed-v1\nsiaga/alert/polres\n2026-11-26T10:00:00+08:00\n<alert/>";
  CHECK(verified(right) == 0);
  CHECK(verified(right + "\n") != 0);
}
