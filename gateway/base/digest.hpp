// Digest: SHA-256 of log rows, tree nodes, payloads and configuration; its keyed form; and bytes
// that nobody can guess.
//
// Place:  below everything; OpenSSL does the work.
// Thread: one Sha256 per thread; it is reused, since setting one up costs more than a short hash.
#pragma once

#include <array>
#include <string>
#include <string_view>

struct evp_md_st;
struct evp_md_ctx_st;

namespace siaga {

using Hash = std::array<char, 32>;

inline std::string_view bytes_of(Hash const& hash) {
  return {hash.data(), hash.size()};
}

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256 const&) = delete;
  Sha256& operator=(Sha256 const&) = delete;

  Hash of(std::string_view bytes);
  Hash of(char prefix, std::string_view left, std::string_view right = {});

  // For what comes in pieces: begin(), add() as often as wanted, end().
  void begin();
  void add(std::string_view bytes);
  Hash end();

 private:
  evp_md_st* kind_;
  evp_md_ctx_st* context_;
};

std::string to_hex(std::string_view bytes);
std::string from_hex(std::string_view hex);                      // empty when it is no hex
std::string hmac(std::string_view key, std::string_view bytes);  // HMAC-SHA256
std::string random_bytes(std::size_t count);

}  // namespace siaga
