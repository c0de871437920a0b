#include "config/signer_reader.hpp"

#include <openssl/evp.h>

#include <fstream>
#include <iterator>
#include <set>

namespace siaga::config {
namespace {

constexpr std::size_t key_bytes = 32;                    // Ed25519, RFC 8032 section 5.1.5
constexpr std::size_t key_text_length = 44;              // in base64, with one '='
constexpr std::size_t certificate_bytes_max = 1u << 20;  // a file that is larger is none

std::optional<std::string> public_key_in(std::string const& base64) {
  if (base64.size() != key_text_length || !base64.ends_with('=')) return std::nullopt;
  std::string bytes(key_text_length, 0);
  auto const length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                      reinterpret_cast<unsigned char const*>(base64.data()),
                                      static_cast<int>(base64.size()));
  if (length != static_cast<int>(key_bytes) + 1) return std::nullopt;  // it counts the padding
  bytes.resize(key_bytes);
  return bytes;
}

class SignerReader {
 public:
  SignerReader(TableReader& reader, std::string agency)
      : reader_(reader), agency_(std::move(agency)) {}

  Signers read(toml::table const& table, Texts const& certificates) {
    for (auto const* one : reader_.tables(table, "keys", agency_ + " keys")) key(*one);
    for (std::size_t i = 0; i < certificates.size(); ++i)
      certificate(reader_.place(table, "certificates", i), certificates[i]);
    return std::move(signers_);
  }

 private:
  void key(toml::table const& table) {
    auto const record = reader_.record<KeyRecord>(table, agency_ + " keys");
    auto const word = agency_ + " key '" + record.id + "'";
    SigningKey key;
    key.id = record.id;
    key.from = time(table, "from", record.from, word);
    key.until = time(table, "until", record.until, word);
    key.revoked = record.revoked;
    if (auto bytes = public_key_in(record.public_key))
      key.public_key = std::move(*bytes);
    else if (!record.public_key.empty())
      reader_.error(reader_.place(table, "public"),
                    word +
                        " is no Ed25519 public key: write the base64 that `siaga keygen` printed,"
                        " 44 characters ending in '='");
    if (key.from && key.until && *key.until <= *key.from)
      reader_.error(reader_.place(table, "until"),
                    word + " ends before it begins: write an 'until' later than 'from'");
    if (!ids_.insert(record.id).second)
      reader_.error(reader_.place(table, "id"), word + " is listed twice: give each its own id");
    signers_.keys.push_back(std::move(key));
  }

  std::optional<UtcTime> time(toml::table const& table, std::string const& name,
                              std::string const& text, std::string const& word) {
    if (text.empty()) return std::nullopt;
    auto const time = parse_rfc3339(text);
    if (!time)
      reader_.error(reader_.place(table, name),
                    word + ": '" + text + "' is no time: write \"2026-11-23T14:30:00+08:00\"");
    return time;
  }

  void certificate(Place place, std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
      return reader_.error(place, agency_ + ": the certificate " + path +
                                      " cannot be read: create it or mend the name");
    std::string pem(certificate_bytes_max, 0);
    file.read(pem.data(), static_cast<std::streamsize>(pem.size()));
    pem.resize(static_cast<std::size_t>(file.gcount()));
    if (pem.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
      return reader_.error(place, agency_ + ": " + path +
                                      " holds no certificate: it must have the PEM form, with a"
                                      " line BEGIN CERTIFICATE");
    signers_.certificates.push_back(std::move(pem));
  }

  TableReader& reader_;
  std::string agency_;
  Signers signers_;
  std::set<std::string> ids_;
};

}  // namespace

Signers read_signers(TableReader& reader, toml::table const& agency, AgencyRecord const& record) {
  return SignerReader(reader, "agency '" + record.id + "'").read(agency, record.certificates);
}

}  // namespace siaga::config
