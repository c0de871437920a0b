// KeyedLinks: acknowledgement links that name a delivery, belong to one alert of one store, and
// cannot be guessed.
//
// Place:  lane -> KEYED LINKS -> email;  http -> KEYED LINKS -> link desk.
// Thread: any; pure.
// Form:   base64url of 32 bytes: the delivery's number (8), a check by which a token is known as
//         ours before the store is asked (8), and a seal over the alert's name too (16). Both are
//         the first bytes of an HMAC-SHA256, over the store's id as well. Links of the program
//         before are 24 bytes: number and seal (16) over it alone, by a key of their own. They are
//         known up to the last delivery that program had.
// Errors: not_found for any link that is not ours.
#pragma once

#include "gateway/ports/links.hpp"

namespace siaga::http {

struct LinkKeys {
  std::string store;      // its own id
  std::string key;        // 32 bytes
  std::string older_key;  // of the program before; empty = none
  DeliveryId older_last;
};

class KeyedLinks final : public LinkMaker {
 public:
  KeyedLinks(LinkKeys keys, std::string public_url);

  std::string url(LinkedTo const& to) const override;
  Result<LinkRead> read(std::string_view token) const override;
  bool fits(std::string_view token, LinkedTo const& to) const override;

 private:
  std::string check_of(std::string const& number) const;
  std::string seal_of(std::string const& number, LinkedTo const& to) const;
  std::string token_of(LinkedTo const& to) const;

  LinkKeys keys_;
  std::string public_url_;
};

}  // namespace siaga::http
