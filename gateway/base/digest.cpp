#include "gateway/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "gateway/base/assert.hpp"

namespace siaga {

Sha256::Sha256() : kind_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
  require(kind_ != nullptr && context_ != nullptr, "SHA-256 is available");
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(context_);
  EVP_MD_free(kind_);
}

void Sha256::begin() {
  require(EVP_DigestInit_ex2(context_, kind_, nullptr) == 1, "SHA-256 begins");
}

void Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1, "SHA-256 goes on");
}

Hash Sha256::end() {
  Hash hash;
  auto* const into = reinterpret_cast<unsigned char*>(hash.data());
  require(EVP_DigestFinal_ex(context_, into, nullptr) == 1, "SHA-256 ends");
  return hash;
}

Hash Sha256::of(std::string_view bytes) {
  begin();
  add(bytes);
  return end();
}

Hash Sha256::of(char prefix, std::string_view left, std::string_view right) {
  begin();
  add({&prefix, 1});
  add(left);
  add(right);
  return end();
}

std::string to_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string bytes;
  if (hex.size() % 2 != 0) return {};
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    auto const high = digits.find(hex[i]);
    auto const low = digits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

std::string hmac(std::string_view key, std::string_view bytes) {
  std::string code(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  auto const* const made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
                                reinterpret_cast<unsigned char*>(code.data()), &size);
  require(made != nullptr, "HMAC-SHA256 ends");
  code.resize(size);
  return code;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  int const made =
      RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count));
  require(made == 1, "the system gives random bytes");
  return bytes;
}

}  // namespace siaga
