// Reply: what a mail server answers, taken from the byte stream one whole answer at a time.
//
// Place:  stream -> REPLY READER -> dialogue. Pure.
// Format: RFC 5321 section 4.2 (several lines, one code); enhanced codes are RFC 3463.
// Bounds: a line 2,048 bytes, an answer 16,384 bytes and 200 lines; beyond that, protocol_violated.
// Errors: protocol_violated; after it the reader is only good for drop().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace siaga::email {

struct Reply {
  int code = 0;
  std::string text;  // without the codes; lines joined by '\n'; printable

  int kind() const noexcept { return code / 100; }  // 2 done, 3 go on, 4 not now, 5 no
  // "450 4.2.0 try later": one line for logs and journal rows; mail addresses are taken out of it.
  std::string shown() const;
};

class ReplyReader {
 public:
  static constexpr std::size_t line_bytes_max = 2048;
  static constexpr std::size_t reply_bytes_max = 16384;
  static constexpr std::size_t reply_lines_max = 200;

  void feed(std::string_view bytes) { buffer_.append(bytes); }
  // The next whole answer; nullopt = more bytes are needed.
  [[nodiscard]] Result<std::optional<Reply>> next();
  // Forgets everything received: mandatory when TLS starts, or plain text could speak for the
  // server.
  void drop() noexcept;
  bool empty() const noexcept { return buffer_.size() == start_ && lines_ == 0; }

 private:
  [[nodiscard]] Result<bool> take_line(std::string_view line);  // whether it was the last one

  std::string buffer_;
  std::size_t start_ = 0;  // of what is not yet taken
  Reply reply_;
  std::size_t lines_ = 0;
};

}  // namespace siaga::email
