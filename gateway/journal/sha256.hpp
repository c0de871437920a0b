// Sha256: hashes of log rows, tree nodes and payloads; and bytes nobody can guess.
//
// Place:  merkle, ledger, intake.
// Thread: one Sha256 per thread; it is reused, since setting one up costs more than a short hash.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_st;
struct evp_md_ctx_st;

namespace siaga::journal {

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

 private:
  evp_md_st* kind_;
  evp_md_ctx_st* context_;
};

std::string to_hex(std::string_view bytes);
std::string from_hex(std::string_view hex);                      // empty when it is no hex
std::string hmac(std::string_view key, std::string_view bytes);  // HMAC-SHA256
std::string random_bytes(std::size_t count);

}  // namespace siaga::journal
