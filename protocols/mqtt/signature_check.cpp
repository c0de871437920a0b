#include <algorithm>

#include "gateway/domain/text.hpp"
#include "protocols/mqtt/signed_message.hpp"

namespace siaga::mqtt {
namespace {

constexpr std::size_t expires_bytes_max = 40;
constexpr std::size_t shown_bytes_max = 60;
constexpr std::size_t listed_bytes_max = 120;

std::string in_quotes(std::string_view value) {
  return "'" + shortened(value, shown_bytes_max) + "'";
}

Rejection refusal(std::string rule, std::string const& indonesian, std::string const& english) {
  Rejection why(Reason{"", "signature." + std::move(rule), indonesian + " / " + english});
  why.incident = "signature";
  return why;
}

// A `sig` taken apart.
struct Signature {
  std::string expires_text;
  UtcTime expires{};
  std::chrono::minutes offset{};  // of expires_text, to answer in the same
  std::string bytes;
};

// Of a time parse_rfc3339 takes: "Z", or "+08:00" at its end.
std::chrono::minutes offset_in(std::string_view time) {
  if (time.back() == 'Z' || time.back() == 'z') return {};
  auto const digit = [&](std::size_t from_end) { return time[time.size() - from_end] - '0'; };
  std::chrono::minutes const size(60 * (10 * digit(5) + digit(4)) + 10 * digit(2) + digit(1));
  return time[time.size() - 6] == '-' ? -size : size;
}

std::optional<Signature> signature_in(std::string_view text) {
  auto const mark = text.find(';');
  if (text.size() > signature_bytes_max || mark == std::string_view::npos ||
      mark > expires_bytes_max)
    return std::nullopt;
  auto const expires_text = text.substr(0, mark);
  auto const expires = parse_rfc3339(expires_text);
  auto bytes = from_base64(text.substr(mark + 1), signature_bytes);
  if (!expires || !bytes) return std::nullopt;
  return Signature{std::string(expires_text), *expires, offset_in(expires_text), std::move(*bytes)};
}

// One signed message of an agency that has keys.
class Examination {
 public:
  Examination(Signers const& signers, RawMessage const& message, UtcTime now)
      : signers_(signers), message_(message), now_(now) {}

  Judged<Proof> judge() const {
    auto const signature = signature_in(message_.signature);
    if (!signature) return bad_form();
    if (message_.key_id.empty() || message_.key_id.size() > key_id_bytes_max) return bad_key_form();
    auto const key = std::ranges::find(signers_.keys, message_.key_id, &SigningKey::id);
    if (key == signers_.keys.end()) return unknown_key();
    if (key->revoked) return revoked();
    if (key->from && now_ < *key->from) return too_early(*key->from, signature->offset);
    if (key->until && now_ >= *key->until) return too_late(*key->until, signature->offset);
    if (signature->expires <= now_) return expired(*signature);
    if (signature->expires > now_ + signature_life_max) return too_far_ahead(*signature);
    if (!is_right(*key, *signature)) return wrong();
    return Proof{Proof::Kind::verified, "ed25519 " + key->id};
  }

 private:
  // No topic of ours has a line break, so none can pass for the lines that follow it.
  bool is_right(SigningKey const& key, Signature const& signature) const {
    if (message_.topic.find('\n') != std::string::npos) return false;
    Statement const statement{message_.topic, signature.expires_text, message_.payload};
    return is_signed_by(key.public_key, statement, signature.bytes);
  }

  std::string key_in_quotes() const { return in_quotes(message_.key_id); }

  Rejection bad_form() const {
    auto const value = in_quotes(message_.signature);
    return refusal("form",
                   "sig " + value +
                       " tidak dapat dibaca; tulis waktu berakhir, titik koma, lalu base64 dari 64"
                       " byte: 2026-11-26T10:00:00+08:00;mL9c...==",
                   "sig " + value +
                       " cannot be read; write when it ends, a semicolon, then base64 of 64 bytes:"
                       " 2026-11-26T10:00:00+08:00;mL9c...==");
  }
  Rejection bad_key_form() const {
    if (message_.key_id.empty())
      return refusal(
          "form",
          "ada sig tetapi tidak ada user property key; isi dengan id kunci, misalnya " +
              known_keys(),
          "there is a sig but no user property key; give the key's id, such as " + known_keys());
    return refusal(
        "form",
        "key " + key_in_quotes() + " terlalu panjang; id kunci yang dikenal: " + known_keys(),
        "key " + key_in_quotes() + " is too long; the ids known: " + known_keys());
  }
  Rejection unknown_key() const {
    return refusal("key-unknown",
                   "kunci " + key_in_quotes() +
                       " tidak terdaftar untuk instansi ini; yang terdaftar: " + known_keys(),
                   "key " + key_in_quotes() +
                       " is not registered for this agency; those that are: " + known_keys());
  }
  Rejection revoked() const {
    return refusal(
        "key-revoked",
        "kunci " + key_in_quotes() + " sudah dicabut; tandatangani dengan kunci yang masih berlaku",
        "key " + key_in_quotes() + " is revoked; sign with one that is still valid");
  }
  Rejection too_early(UtcTime from, std::chrono::minutes offset) const {
    auto const time = to_rfc3339(from, offset);
    return refusal("key-validity",
                   "kunci " + key_in_quotes() + " baru berlaku mulai " + time +
                       "; sampai saat itu pakai kunci sebelumnya",
                   "key " + key_in_quotes() + " is valid only from " + time +
                       "; until then use the one before it");
  }
  Rejection too_late(UtcTime until, std::chrono::minutes offset) const {
    auto const time = to_rfc3339(until, offset);
    return refusal("key-validity",
                   "kunci " + key_in_quotes() + " berlaku sampai " + time +
                       "; tandatangani dengan kunci penggantinya",
                   "key " + key_in_quotes() + " was valid until " + time +
                       "; sign with the one that follows it");
  }
  Rejection expired(Signature const& signature) const {
    auto const ended = in_quotes(signature.expires_text);
    auto const limit = to_rfc3339(now_, signature.offset);
    return refusal("expired",
                   "tanda tangan berlaku sampai " + ended + " dan sekarang " + limit +
                       "; tandatangani lagi, dan periksa jam komputer pengirim",
                   "the signature was valid until " + ended + " and it is " + limit +
                       "; sign again, and check the sender's clock");
  }
  Rejection too_far_ahead(Signature const& signature) const {
    auto const ends = in_quotes(signature.expires_text);
    auto const limit = to_rfc3339(now_ + signature_life_max, signature.offset);
    return refusal("expired",
                   "tanda tangan berlaku sampai " + ends +
                       ", lebih dari 24 jam lagi; isi waktu paling lambat " + limit,
                   "the signature is valid until " + ends +
                       ", more than 24 hours ahead; give a time no later than " + limit);
  }
  Rejection wrong() const {
    auto const topic = in_quotes(message_.topic);
    return refusal("wrong",
                   "tanda tangan tidak cocok dengan kunci " + key_in_quotes() + ", topik " + topic +
                       " dan isi pesan; tandatangani persis byte yang dikirim, untuk topik ini",
                   "the signature does not fit key " + key_in_quotes() + ", topic " + topic +
                       " and the payload; sign exactly the bytes published, for this topic");
  }
  // "'polres-2026', 'polres-2027'"
  std::string known_keys() const {
    std::string text;
    for (auto const& key : signers_.keys) {
      text.append(text.empty() ? "" : ", ").append(in_quotes(key.id));
      if (text.size() > listed_bytes_max) break;
    }
    return shortened(text, listed_bytes_max);
  }

  Signers const& signers_;
  RawMessage const& message_;
  UtcTime now_;
};

}  // namespace

Judged<Proof> check_signature(Signers const& signers, RawMessage const& message, UtcTime now) {
  if (signers.keys.empty()) {
    if (message.signature.empty()) return Proof{};
    auto const key = shortened(message.key_id, shown_bytes_max);
    return Proof{Proof::Kind::unverified, key.empty() ? "ed25519" : "ed25519 " + key};
  }
  if (!message.signature.empty()) return Examination(signers, message, now).judge();
  if (!signers.certificates.empty()) return Proof{};
  return refusal(
      "missing",
      "pesan tidak bertanda tangan, padahal instansi ini punya kunci; kirim user property"
      " sig dan key, misalnya dengan siaga sign",
      "the message is not signed, and this agency has keys; send the user properties sig"
      " and key, for instance with siaga sign");
}

}  // namespace siaga::mqtt
