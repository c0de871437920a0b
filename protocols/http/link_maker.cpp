#include "protocols/http/link_maker.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "gateway/base/assert.hpp"
#include "gateway/base/digest.hpp"

namespace siaga::http {
namespace {

constexpr std::size_t number_bytes = 8;
constexpr std::size_t check_bytes = 8;
constexpr std::size_t seal_bytes = 16;
constexpr std::size_t token_bytes = number_bytes + check_bytes + seal_bytes;
constexpr std::size_t older_token_bytes = number_bytes + seal_bytes;
// What a seal or check is of: no bytes of one can pass for the other.
constexpr std::string_view about_numbers = "siaga link number 1\n";
constexpr std::string_view about_alerts = "siaga link alert 1\n";

std::string number_text(std::int64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
  return bytes;
}

std::int64_t number_in(std::string_view bytes) {
  std::uint64_t number = 0;
  for (char const c : bytes.substr(0, number_bytes))
    number = number << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(number);
}

std::string sealed(std::string const& key, std::string const& text, std::size_t bytes) {
  return hmac(key, text).substr(0, bytes);
}

bool same(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string as_text(std::string const& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<unsigned char const*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  text.resize((8 * bytes.size() + 5) / 6);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

// Of `bytes` bytes, and written as as_text() writes them; empty when it is not.
std::string from_text(std::string_view text, std::size_t bytes) {
  if (text.size() != (8 * bytes + 5) / 6) return "";
  std::string plain(text);
  for (char& c : plain) c = c == '-' ? '+' : c == '_' ? '/' : c;
  plain.resize((plain.size() + 3) / 4 * 4, '=');
  std::string decoded(plain.size(), '\0');
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                      reinterpret_cast<unsigned char const*>(plain.data()),
                      static_cast<int>(plain.size())) < 0)
    return "";
  decoded.resize(bytes);
  return as_text(decoded) == text ? decoded : "";
}

Error not_ours() {
  return Error(Errc::not_found, "not a link of ours");
}

}  // namespace

KeyedLinks::KeyedLinks(LinkKeys keys, std::string public_url)
    : keys_(std::move(keys)), public_url_(std::move(public_url)) {
  require(!keys_.store.empty() && !keys_.key.empty(), "the store has an id and a key for links");
  while (public_url_.ends_with('/')) public_url_.pop_back();
}

std::string KeyedLinks::check_of(std::string const& number) const {
  return sealed(keys_.key, std::string(about_numbers) + keys_.store + number, check_bytes);
}

// The sender's length keeps the two names apart.
std::string KeyedLinks::seal_of(std::string const& number, LinkedTo const& to) const {
  auto const sender_bytes = number_text(static_cast<std::int64_t>(to.sender.size()));
  auto const text = std::string(about_alerts) + keys_.store + number + sender_bytes + to.sender;
  return sealed(keys_.key, text + to.identifier, seal_bytes);
}

std::string KeyedLinks::token_of(LinkedTo const& to) const {
  auto const number = number_text(to.delivery.value);
  return as_text(number + check_of(number) + seal_of(number, to));
}

std::string KeyedLinks::url(LinkedTo const& to) const {
  return public_url_ + "/a/" + token_of(to);
}

Result<LinkRead> KeyedLinks::read(std::string_view token) const {
  if (auto const bytes = from_text(token, token_bytes); !bytes.empty()) {
    auto const number = bytes.substr(0, number_bytes);
    if (!same(bytes.substr(number_bytes, check_bytes), check_of(number))) return not_ours();
    return LinkRead{DeliveryId(number_in(number)), false};
  }
  auto const bytes = from_text(token, older_token_bytes);
  if (bytes.empty() || keys_.older_key.empty()) return not_ours();
  auto const number = bytes.substr(0, number_bytes);
  bool const sealed_then =
      same(bytes.substr(number_bytes), sealed(keys_.older_key, number, seal_bytes));
  DeliveryId const delivery(number_in(number));
  if (!sealed_then || delivery > keys_.older_last) return not_ours();
  return LinkRead{delivery, true};
}

bool KeyedLinks::fits(std::string_view token, LinkedTo const& to) const {
  auto const found = read(token);
  if (!found || found->delivery != to.delivery) return false;
  return found->by_older_program || same(token, token_of(to));
}

}  // namespace siaga::http
