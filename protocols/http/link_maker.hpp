// KeyedLinks: acknowledgement links that name a delivery and cannot be guessed.
//
// Place:  lane -> KEYED LINKS -> email;  http -> KEYED LINKS -> delivery.
// Thread: any.
// Form:   base64url of the delivery's number (8 bytes) and the first 16 bytes of HMAC-SHA256 over
// it,
//         keyed with 32 random bytes kept in DATA_DIR/link.key, mode 0600, made at first start.
// Errors: file_unreadable with the key file's path; not_found for any link that is not ours.
#pragma once

#include <array>
#include <memory>

#include "gateway/ports/replies.hpp"

namespace siaga::http {

class KeyedLinks final : public LinkMaker {
 public:
  static Result<std::unique_ptr<KeyedLinks>> open(std::string const& data_dir,
                                                  std::string public_url);

  std::string url(DeliveryId delivery) const override;
  Result<DeliveryId> delivery_of(std::string_view token) const override;

 private:
  using Key = std::array<unsigned char, 32>;
  KeyedLinks(Key const& key, std::string public_url);

  Key key_;
  std::string public_url_;
};

}  // namespace siaga::http
