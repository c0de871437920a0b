#include "protocols/http/link_maker.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace siaga::http {
namespace {

constexpr std::size_t number_bytes = 8;
constexpr std::size_t seal_bytes = 16;
constexpr std::size_t token_bytes = number_bytes + seal_bytes;  // 24: base64 without padding
constexpr std::size_t token_chars = 32;

using Token = std::array<unsigned char, token_bytes>;

void write_number(Token& token, std::int64_t number) {
  for (std::size_t i = 0; i < number_bytes; ++i)
    token[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
}

std::int64_t read_number(Token const& token) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) number = number << 8 | token[i];
  return static_cast<std::int64_t>(number);
}

void seal(Token& token, std::array<unsigned char, 32> const& key) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), token.data(), number_bytes,
       digest.data(), &size);
  std::memcpy(token.data() + number_bytes, digest.data(), seal_bytes);
}

std::string as_text(Token const& token) {
  std::array<unsigned char, token_chars + 1> out;
  EVP_EncodeBlock(out.data(), token.data(), token_bytes);
  std::string text(reinterpret_cast<char const*>(out.data()), token_chars);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

bool from_text(std::string_view text, Token& token) {
  if (text.size() != token_chars) return false;
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+' || c == '/' || c == '=') return false;
    c = c == '-' ? '+' : c == '_' ? '/' : c;
  }
  return EVP_DecodeBlock(token.data(), reinterpret_cast<unsigned char const*>(plain.data()),
                         token_chars) == static_cast<int>(token_bytes);
}

Error key_error(std::string const& path, std::string const& doing) {
  return Error(Errc::file_unreadable, doing + " " + path + ": " + std::strerror(errno));
}

}  // namespace

Result<std::unique_ptr<KeyedLinks>> KeyedLinks::open(std::string const& data_dir,
                                                     std::string public_url) {
  auto const path = data_dir + "/link.key";
  Key key;
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return key_error(path, "cannot make");
    bool const random = RAND_bytes(key.data(), static_cast<int>(key.size())) == 1;
    bool const whole = random &&
                       ::write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                       ::fsync(fd) == 0;
    ::close(fd);
    if (!whole) {
      auto const error = key_error(path, random ? "cannot write" : "no random bytes for");
      ::unlink(path.c_str());
      return error;
    }
  } else {
    if (fd < 0) return key_error(path, "cannot read");
    auto const bytes = ::read(fd, key.data(), key.size());
    ::close(fd);
    if (bytes != static_cast<ssize_t>(key.size()))
      return Error(Errc::file_unreadable,
                   path +
                       " is not a key of 32 bytes; remove it to have a new one "
                       "made (links sent before then stop working)");
  }
  while (public_url.ends_with('/')) public_url.pop_back();
  return std::unique_ptr<KeyedLinks>(new KeyedLinks(key, std::move(public_url)));
}

KeyedLinks::KeyedLinks(Key const& key, std::string public_url)
    : key_(key), public_url_(std::move(public_url)) {}

std::string KeyedLinks::url(DeliveryId delivery) const {
  Token token;
  write_number(token, delivery.value);
  seal(token, key_);
  return public_url_ + "/a/" + as_text(token);
}

Result<DeliveryId> KeyedLinks::delivery_of(std::string_view text) const {
  Token token;
  if (!from_text(text, token)) return Error(Errc::not_found, "not a link of ours");
  Token expected = token;
  seal(expected, key_);
  if (CRYPTO_memcmp(token.data(), expected.data(), token_bytes) != 0)
    return Error(Errc::not_found, "not a link of ours");
  return DeliveryId(read_number(token));
}

}  // namespace siaga::http
