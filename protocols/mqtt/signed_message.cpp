#include "protocols/mqtt/signed_message.hpp"

#include <sodium.h>

#include <array>

#include "gateway/base/assert.hpp"

namespace siaga::mqtt {
namespace {

static_assert(seed_bytes == crypto_sign_SEEDBYTES);
static_assert(public_key_bytes == crypto_sign_PUBLICKEYBYTES);
static_assert(signature_bytes == crypto_sign_BYTES);

void start_sodium() {
  static int const started = sodium_init();
  require(started >= 0, "libsodium starts");
}

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string signed_bytes(Statement const& statement) {
  std::string bytes = "siaga-signed-v1\n";
  bytes.append(statement.topic).append("\n");
  bytes.append(statement.expires).append("\n");
  return bytes.append(statement.payload);
}

}  // namespace

KeyPair make_key_pair() {
  start_sodium();
  std::string seed(seed_bytes, '\0');
  randombytes_buf(seed.data(), seed.size());
  return key_pair_of(std::move(seed));
}

KeyPair key_pair_of(std::string seed) {
  start_sodium();
  require(seed.size() == seed_bytes, "an Ed25519 seed is 32 bytes");
  KeyPair keys{std::move(seed), std::string(public_key_bytes, '\0')};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(bytes_of(keys.public_key), secret.data(), bytes_of(keys.seed));
  sodium_memzero(secret.data(), secret.size());
  return keys;
}

std::string sign(KeyPair const& keys, Statement const& statement) {
  start_sodium();
  require(keys.seed.size() == seed_bytes, "an Ed25519 seed is 32 bytes");
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> ignored{};
  crypto_sign_seed_keypair(ignored.data(), secret.data(), bytes_of(keys.seed));
  auto const bytes = signed_bytes(statement);
  std::string signature(signature_bytes, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(bytes), bytes.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  return std::string(statement.expires) + ";" + to_base64(signature);
}

bool is_signed_by(std::string_view public_key, Statement const& statement,
                  std::string_view signature) {
  start_sodium();
  if (public_key.size() != public_key_bytes || signature.size() != signature_bytes) return false;
  auto const bytes = signed_bytes(statement);
  return crypto_sign_verify_detached(bytes_of(signature), bytes_of(bytes), bytes.size(),
                                     bytes_of(public_key)) == 0;
}

std::string bounded(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  auto end = bytes_max + 1;
  auto const inside = [&] { return (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u; };
  while (end < text.size() && end < bytes_max + 4 && inside()) ++end;  // whole characters
  return std::string(text.substr(0, end));
}

std::string to_base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its final zero
  return text;
}

std::optional<std::string> from_base64(std::string_view text, std::size_t bytes) {
  std::string decoded(bytes, '\0');
  std::size_t length = 0;
  char const* end = nullptr;
  int const failed = sodium_base642bin(bytes_of(decoded), decoded.size(), text.data(), text.size(),
                                       nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL);
  bool const whole = failed == 0 && end == text.data() + text.size() && length == bytes;
  if (!whole) return std::nullopt;
  return decoded;
}

}  // namespace siaga::mqtt
