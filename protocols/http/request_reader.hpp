// RequestReader: bytes to one Request, by Beast's parser, within the settings' bounds. No socket.
//
// Place:  session -> REQUEST READER -> Request.
// Thread: any; one request per reader.
// Bounds: whatever is not the body counts into `header_bytes_max` while it is read: request line,
//         fields, what frames chunks, trailers. Fields are counted too.
// Errors: broken, with the status to refuse with. RFC 9112; stricter where two programs could read
//         one request in two ways: `chunked` alone is a transfer encoding, of HTTP/1.1 alone, and
//         never beside a length.
#pragma once

#include <memory>

#include "protocols/http/message.hpp"
#include "protocols/http/settings.hpp"

namespace siaga::http {

class RequestReader {
 public:
  enum class Progress { more, whole, broken };

  explicit RequestReader(Settings const& settings);
  ~RequestReader();
  RequestReader(RequestReader const&) = delete;
  RequestReader& operator=(RequestReader const&) = delete;

  Progress take(std::string& bytes);  // removes what it used
  bool has_header() const;
  Request request() const;  // once whole
  // X-Forwarded-For as it stood in the header, never in a trailer.
  std::string const& forwarded_for() const noexcept { return forwarded_for_; }
  bool keeps_alive() const;
  bool head_only() const;
  int refusal() const noexcept { return refusal_; }

 private:
  struct Parser;
  Progress refuse(int status);
  Progress refuse_header();  // more when nothing is wrong with it
  bool too_much_beside_body(std::size_t unread) const;

  std::unique_ptr<Parser> parser_;
  std::size_t beside_body_max_;
  std::size_t taken_ = 0;  // bytes
  std::string forwarded_for_;
  int refusal_ = 400;
  bool broken_ = false;
};

}  // namespace siaga::http
