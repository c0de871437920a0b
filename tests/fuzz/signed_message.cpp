// Fuzz: whatever comes as `sig` and `key` is judged without harm; what is called verified is, byte
// for byte, what the key's owner would have signed.
// The input is lines: sig, key, topic; the rest is the payload.
#include <cstddef>
#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/domain/text.hpp"
#include "protocols/mqtt/signed_message.hpp"

namespace {

using namespace siaga;

// 2026-11-26T09:45:00+08:00, when the seeds' signatures are valid.
constexpr UtcTime now = UtcTime(milliseconds(1'795'657'500'000));

std::string next_line(std::string_view& rest) {
  auto const end = rest.find('\n');
  auto const line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return std::string(line);
}

mqtt::KeyPair const& keys() {
  static auto const pair = mqtt::key_pair_of(std::string(mqtt::seed_bytes, 'p'));
  return pair;
}

Signers const& signers() {
  static auto const known = [] {
    Signers all;
    SigningKey key;
    key.id = "polres-2026";
    key.public_key = keys().public_key;
    all.keys.push_back(key);
    key.id = "polres-2025";
    key.until = now - std::chrono::hours(1);
    all.keys.push_back(key);
    key.id = "lost";
    key.revoked = true;
    all.keys.push_back(key);
    return all;
  }();
  return known;
}

void look_at(Proof const& proof, RawMessage const& message) {
  require(proof.kind == Proof::Kind::verified, "a signed message with keys is verified or refused");
  require(message.key_id == "polres-2026", "only a key that counts verifies");
  auto const expires = message.signature.substr(0, message.signature.find(';'));
  auto const again = mqtt::sign(keys(), {message.topic, expires, message.payload});
  require(again == message.signature, "what is verified is what the owner signs");
  auto const ends = parse_rfc3339(expires);
  require(ends && *ends > now && *ends <= now + mqtt::signature_life_max, "and it is still valid");
}

void look_at(Rejection const& why) {
  require(why.incident == "signature" && why.reasons.size() == 1, "one reason, for ops too");
  auto const& reason = why.reasons.front();
  require(reason.rule.substr(0, 10) == "signature.", "a reason names its rule");
  require(reason.text.size() < 1000 && clean_text(reason.text) == reason.text, "it can be shown");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<char const*>(data), size);
  RawMessage message;
  message.signature = mqtt::bounded(next_line(rest), mqtt::signature_bytes_max);
  message.key_id = mqtt::bounded(next_line(rest), mqtt::key_id_bytes_max);
  message.topic = next_line(rest);
  message.payload = rest;
  auto const judged = mqtt::check_signature(signers(), message, now);
  if (judged)
    look_at(*judged, message);
  else
    look_at(judged.error());
  auto const unknown = mqtt::check_signature(Signers(), message, now);
  require(unknown.has_value() && unknown->kind != Proof::Kind::verified,
          "without keys nothing is verified, nor refused");
  require(clean_text(text_of(*unknown)) == text_of(*unknown), "a proof can be shown");
  return 0;
}
