// RequestReader: bytes to one Request, by Beast's parser, within the settings' bounds. No socket.
//
// Place:  session -> REQUEST READER -> Request.
// Thread: any; one request per reader.
// Errors: broken, with the status to refuse with. RFC 9112.
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
  Request request() const;            // once whole
  bool keeps_alive() const;
  bool head_only() const;
  int refusal() const noexcept { return refusal_; }

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  int refusal_ = 400;
  bool broken_ = false;
};

}  // namespace siaga::http
